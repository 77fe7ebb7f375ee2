using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>
/// A plan in host memory, evaluated lane by lane. Asked for the draws themselves, it gathers tiles of adjacent draws in
/// a buffer and copies them out by rows; asked for statistics, it hands each value on from the register it is in.
/// </summary>
internal sealed class HostProgram<TLane>(SamplePlan plan, int threads) : IProgram
    where TLane : unmanaged, IHostLane<TLane>
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
        var selection = new OutputSelection(Plan, outputs);
        var tiles = (count + TileDraws - 1) / TileDraws;
        ShareOut(tiles, cancellation, (_, take) =>
        {
            var tile = new Tile(this, selection, TileDraws);
            for (var i = take(); i < tiles; i = take())
            {
                cancellation.ThrowIfCancellationRequested();
                tile.Evaluate(first, i * TileDraws, count, destination);
            }
        });
    }

    /// <inheritdoc/>
    public StreamResult[] Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var selection = new OutputSelection(Plan, pass.Streams);
        var blocks = BlockSums.Blocks(pass.Draws);
        var perSegment = BlockSums.BlocksPerSegment(pass.Draws);
        var segments = (int)((blocks + perSegment - 1) / perSegment);
        var sums = new double[segments][];
        var parts = new StreamAccumulator<TLane>[Math.Min(threads, segments)];
        var finished = 0;
        ShareOut(segments, cancellation, (part, take) =>
        {
            var accumulator = parts[part] = new StreamAccumulator<TLane>(pass);
            var lanes = new Source<TLane>(this, selection, accumulator);
            var single = new Source<ScalarLane>(this, selection, accumulator);
            for (var segment = take(); segment < segments; segment = take())
            {
                var first = segment * perSegment * BlockSums.BlockDraws;
                var end = Math.Min(pass.Draws, first + perSegment * BlockSums.BlockDraws);
                var draw = lanes.Pass(first, end, cancellation);
                single.Pass(draw, end, cancellation);
                sums[segment] = accumulator.EndSegment(end - first);
                progress?.Report(Interlocked.Increment(ref finished) / (double)segments);
            }
        });

        var results = StreamAccumulator<TLane>.Merge(parts, threads);
        if (pass.Centres is null) return results;
        foreach (var segment in sums)
        {
            for (var s = 0; s < results.Length; s++)
            {
                results[s].Sum += segment[2 * s];
                results[s].SumOfSquares += segment[2 * s + 1];
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public double[] EvaluatePoint()
    {
        var all = new int[Plan.Outputs.Count];
        for (var i = 0; i < all.Length; i++) all[i] = i;
        var tile = new Tile(this, new OutputSelection(Plan, all), TileDraws);
        return tile.EvaluatePoint();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // Runs one body a thread, each with memory of its own; it takes items until what it gets is none. The memory is
    // that of the threads, however long the run: Parallel.For would start bodies anew from time to time.
    private void ShareOut(int items, CancellationToken cancellation, Action<int, Func<int>> body)
    {
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(threads, items), options, thread => body(thread, () => Interlocked.Increment(ref next)));
    }

    private Workspace<T, HostStore<T>> CreateWorkspace<T>()
        where T : unmanaged, ILane<T>
    {
        var layout = _view.Layout;
        return new(layout, new HostStore<T>(new T[layout.Length]));
    }

    // Draws whose values go to an accumulator.
    private sealed class Source<T>
        where T : unmanaged, IHostLane<T>
    {
        private readonly HostProgram<TLane> _program;
        private readonly OutputSelection _selection;
        private readonly StreamAccumulator<TLane> _accumulator;
        private readonly Workspace<T, HostStore<T>> _work;

        public Source(HostProgram<TLane> program, OutputSelection selection, StreamAccumulator<TLane> accumulator)
        {
            _program = program;
            _selection = selection;
            _accumulator = accumulator;
            _work = program.CreateWorkspace<T>();
        }

        // Passes on the draws from first to before end, as long as they fill lanes; returns the first that does not.
        public long Pass(long first, long end, CancellationToken cancellation)
        {
            for (; first + T.Count <= end; first += T.Count)
            {
                cancellation.ThrowIfCancellationRequested();
                SampleProgram.Evaluate(
                    _program._view, (ulong)first, _selection.Years, _selection.Detail, _work,
                    new StreamSink<T>(_selection.Rows, _selection.Count, _accumulator, (int)(first % BlockSums.BlockDraws)));
            }

            return first;
        }
    }

    private readonly struct StreamSink<T>(int[] rows, int count, StreamAccumulator<TLane> accumulator, int position) : IOutputSink<T>
        where T : unmanaged, IHostLane<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int output, T value)
        {
            Debug.Assert((uint)output < (uint)rows.Length, "The program wrote an output that the map does not have.");
            var row = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), output);
            if (row < count) accumulator.Take(row, position, value);
        }
    }

    // Adjacent draws of the selected outputs: one row an output, so many draws a row.
    private sealed class Tile
    {
        private readonly HostProgram<TLane> _program;
        private readonly OutputSelection _selection;
        private readonly Workspace<TLane, HostStore<TLane>> _work;
        private readonly double[] _values;
        private readonly int _draws;

        public Tile(HostProgram<TLane> program, OutputSelection selection, int draws)
        {
            _program = program;
            _selection = selection;
            _draws = draws;
            _work = program.CreateWorkspace<TLane>();
            _values = new double[(selection.Count + 1) * draws];
        }

        // Fills the tile with the draws from first on; whole lanes are computed, whether all their draws are wanted or not.
        public double[] Fill(long first)
        {
            for (var offset = 0; offset < _draws; offset += TLane.Count)
            {
                SampleProgram.Evaluate(
                    _program._view, (ulong)(first + offset), _selection.Years, _selection.Detail,
                    _work, new TileSink(_selection.Rows, _values, _draws, offset));
            }

            return _values;
        }

        // The draws first + from … of a call for count draws; only those are kept that belong to it.
        public void Evaluate(long first, int from, int count, double[] destination)
        {
            var kept = Math.Min(_draws, count - from);
            Fill(first + from);
            for (var row = 0; row < _selection.Count; row++)
                _values.AsSpan(row * _draws, kept).CopyTo(new Span<double>(destination, checked(row * count + from), kept));
        }

        public double[] EvaluatePoint()
        {
            var view = _program._view;
            view.AtPoint = 1;
            SampleProgram.Evaluate(view, 0, view.YearCount, OutputDetail.All, _work, new TileSink(_selection.Rows, _values, _draws, 0));
            var point = new double[_selection.Count];
            for (var row = 0; row < point.Length; row++) point[row] = _values[row * _draws];
            return point;
        }
    }

    private readonly struct TileSink(int[] rows, double[] values, int draws, int offset) : IOutputSink<TLane>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int output, TLane value)
        {
            Debug.Assert((uint)output < (uint)rows.Length, "The program wrote an output that the map does not have.");
            var at = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), output) * draws + offset;
            Debug.Assert(at + TLane.Count <= values.Length, "A tile overflows.");
            Unsafe.As<double, TLane>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), at)) = value;
        }
    }
}
