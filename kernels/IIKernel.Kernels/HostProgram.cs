using System.Diagnostics;
using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>
/// A plan in host memory, evaluated lane by lane in tiles of adjacent draws. A tile is what one thread
/// takes at a time; its outputs are gathered in a buffer that stays in cache and then copied out by rows.
/// </summary>
internal sealed class HostProgram<TLane>(SamplePlan plan, int threads) : IProgram
    where TLane : unmanaged, ILane<TLane>
{
#if DEBUG
    // A hostile size: many partial tiles, even in small tests.
    private static readonly int TileDraws = 3 * TLane.Count;
#else
    private const int TileDraws = 64;
#endif

    private readonly PlanView<HostArray<double>, HostArray<int>> _view =
        Kernels.Plan.PlanView.Create(plan, static a => new HostArray<double>(a), static a => new HostArray<int>(a));

    /// <inheritdoc/>
    public SamplePlan Plan { get; } = plan;

    /// <inheritdoc/>
    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.LongLength, (long)outputs.Length * count, nameof(destination));
        var selection = new Selection(Plan, outputs);
        var tiles = (count + TileDraws - 1) / TileDraws;
        if (threads == 1)
        {
            var tile = new Tile(this, selection);
            for (var i = 0; i < tiles; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                tile.Evaluate(first, i * TileDraws, count, destination);
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, tiles, options, () => new Tile(this, selection), (i, _, tile) =>
            {
                tile.Evaluate(first, i * TileDraws, count, destination);
                return tile;
            }, static _ => { });
        }
    }

    /// <inheritdoc/>
    public double[] EvaluatePoint()
    {
        var all = new int[Plan.Outputs.Count];
        for (var i = 0; i < all.Length; i++) all[i] = i;
        var tile = new Tile(this, new Selection(Plan, all));
        return tile.EvaluatePoint();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // Which outputs are wanted, where each goes, and how much of the program that needs.
    private sealed class Selection
    {
        public Selection(SamplePlan plan, ReadOnlySpan<int> outputs)
        {
            var map = plan.Outputs;
            Count = outputs.Length;
            Rows = new int[map.Count];
            Array.Fill(Rows, -1);
            var firstSector = map.Sector(0, 0);
            var perYear = map.Index(1, 0, 0);
            for (var i = 0; i < outputs.Length; i++)
            {
                var output = outputs[i];
                if (Rows[output] >= 0) throw new ArgumentException($"Output {output} is asked for twice.", nameof(outputs));
                Rows[output] = i;
                if (output >= firstSector) Sectors = 1;
                else Years = Math.Max(Years, output / perYear + 1);
            }
        }

        public int Count { get; }

        public int[] Rows { get; }

        public int Years { get; }

        public int Sectors { get; }
    }

    private sealed class Tile
    {
        private readonly HostProgram<TLane> _program;
        private readonly Selection _selection;
        private readonly Workspace<TLane, HostStore<TLane>> _work;
        private readonly double[] _values;

        public Tile(HostProgram<TLane> program, Selection selection)
        {
            var plan = program.Plan;
            _program = program;
            _selection = selection;
            var length = Workspace<TLane, HostStore<TLane>>.Length(plan.RelatedCount, plan.CategoryCount, plan.GroupCount, plan.Outputs);
            _work = new(plan.RelatedCount, plan.CategoryCount, plan.GroupCount, new HostStore<TLane>(new TLane[length]));
            _values = new double[selection.Count * TileDraws];
        }

        // Draws from + first …: whole lanes are computed, and only those draws are kept that belong to the call.
        public void Evaluate(long first, int from, int count, double[] destination)
        {
            var kept = Math.Min(TileDraws, count - from);
            for (var offset = 0; offset < kept; offset += TLane.Count)
            {
                SampleProgram.Evaluate(
                    _program._view, (ulong)(first + from + offset), _selection.Years, _selection.Sectors,
                    _work, new TileSink(_selection.Rows, _values, offset));
            }

            for (var row = 0; row < _selection.Count; row++)
                _values.AsSpan(row * TileDraws, kept).CopyTo(new Span<double>(destination, checked(row * count + from), kept));
        }

        public double[] EvaluatePoint()
        {
            SampleProgram.EvaluatePoint(_program._view, _work, new TileSink(_selection.Rows, _values, 0));
            var point = new double[_selection.Count];
            for (var row = 0; row < point.Length; row++) point[row] = _values[row * TileDraws];
            return point;
        }
    }

    private readonly struct TileSink(int[] rows, double[] values, int offset) : IOutputSink<TLane>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int output, TLane value)
        {
            var row = rows[output];
            if (row < 0) return;
            Debug.Assert(row * TileDraws + offset + TLane.Count <= values.Length, "A tile overflows.");
            Unsafe.As<double, TLane>(ref values[row * TileDraws + offset]) = value;
        }
    }
}
