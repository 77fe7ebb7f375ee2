using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>
/// A plan in host memory, evaluated block by block. Asked for the draws themselves, it gathers tiles of adjacent draws in
/// a buffer and copies them out by rows; asked for statistics, it hands each value on from the register it is in.
/// </summary>
internal sealed class HostProgram<TLane>(SamplePlan plan, int threads) : IProgram
    where TLane : unmanaged, IHostLane<TLane>
{
#if DEBUG
    // Hostile sizes: many partial tiles and blocks, even in small tests.
    private static readonly int TileDraws = 3 * TLane.Count;
    private const int BlockDraws = BlockSums.BlockDraws;
#else
    private const int TileDraws = 64;

    // Draws that are evaluated together: the intermediate quantities that a regional row reads stay in the first cache.
    private const int BlockDraws = 256;
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
        var perSegment = pass.BlocksPerSegment;
        var before = pass.Earlier is { } earlier ? earlier.Draws / (perSegment * BlockSums.BlockDraws) : 0;
        Debug.Assert(before == 0 || before * perSegment * BlockSums.BlockDraws == pass.Earlier!.Draws, "A segment is torn.");
        var segments = (int)(pass.Segments - before);
        var sums = new double[segments][];
        var parts = new StreamAccumulator<TLane>[Math.Min(threads, segments)];
        var finished = 0;
        ShareOut(segments, cancellation, (part, take) =>
        {
            var accumulator = parts[part] = new StreamAccumulator<TLane>(pass, part, parts.Length);
            var source = new Source(this, selection, accumulator);
            for (var segment = take(); segment < segments; segment = take())
            {
                var first = (before + segment) * perSegment * BlockSums.BlockDraws;
                var end = Math.Min(pass.Draws, first + perSegment * BlockSums.BlockDraws);
                source.Pass(first, end, cancellation);
                sums[segment] = accumulator.EndSegment();
                progress?.Report(Interlocked.Increment(ref finished) / (double)segments);
            }
        });

        var results = StreamAccumulator<TLane>.Merge(parts, threads);
        if (pass.Centres is null) return results;
        for (var s = 0; s < results.Length; s++)
        {
            results[s].Sum = pass.Earlier?.Results[s].Sum ?? 0;
            results[s].SumOfSquares = pass.Earlier?.Results[s].SumOfSquares ?? 0;
            foreach (var segment in sums)
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

    // Scratch memory of a block.
    private TLane[] CreateMemory(int lanes) => new TLane[_view.Layout.Length * lanes];

    // Draws whose values go to an accumulator, output by output.
    private sealed class Source(HostProgram<TLane> program, OutputSelection selection, StreamAccumulator<TLane> accumulator)
    {
        private readonly TLane[] _memory = program.CreateMemory(BlockDraws / TLane.Count);
        private readonly double[] _values = GC.AllocateUninitializedArray<double>(StreamBlock.Rows * BlockDraws);

        // Passes on the draws from first to before end. Whole lanes are computed, whether all their draws are wanted or not.
        public void Pass(long first, long end, CancellationToken cancellation)
        {
            for (; first < end; first += BlockDraws)
            {
                cancellation.ThrowIfCancellationRequested();
                var draws = (int)Math.Min(BlockDraws, end - first);
                SampleProgram.Evaluate<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, StreamSink, StreamBlock>(
                    program._view, selection.Years, selection.Detail,
                    new((ulong)first, draws, program._view.Layout, _memory, _values, selection, accumulator));
            }
        }
    }

    private readonly struct StreamBlock(
        ulong first, int draws, WorkspaceLayout layout, TLane[] memory, double[] values, OutputSelection selection,
        StreamAccumulator<TLane> accumulator)
        : IDrawBlock<TLane, HostStore<TLane>, StreamSink>
    {
        // Outputs that wait here to be finished; a power of two.
        public const int Rows = 8;

        public int Lanes => (int)((uint)(draws + TLane.Count - 1) / (uint)TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Draw(int lane) => first + (ulong)(lane * TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Workspace<TLane, HostStore<TLane>> Work(int lane) => new(layout, new(memory, lane, BlockDraws / TLane.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public StreamSink Sink(int lane) => new(values, lane * TLane.Count);

        public void Finish(int first, int count)
        {
            for (var output = first; output < first + count; output++)
            {
                var row = selection.Rows[output];
                if (row < selection.Count) accumulator.Take(row, values.AsSpan(StreamSink.Row(output), draws));
            }
        }
    }

    private readonly struct StreamSink(double[] values, int offset) : IOutputSink<TLane>
    {
        public static int Row(int output) => (int)((uint)output % StreamBlock.Rows) * BlockDraws;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int output, TLane value)
        {
            Debug.Assert(Row(output) + offset + TLane.Count <= values.Length, "A block overflows.");
            Unsafe.As<double, TLane>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), Row(output) + offset)) = value;
        }
    }

    // Adjacent draws of the selected outputs: one row an output, so many draws a row.
    private sealed class Tile
    {
        private readonly HostProgram<TLane> _program;
        private readonly OutputSelection _selection;
        private readonly TLane[] _memory;
        private readonly double[] _values;
        private readonly int _draws;

        public Tile(HostProgram<TLane> program, OutputSelection selection, int draws)
        {
            _program = program;
            _selection = selection;
            _draws = draws;
            _memory = program.CreateMemory(draws / TLane.Count);
            _values = new double[(selection.Count + 1) * draws];
        }

        // The draws first + from … of a call for count draws; whole lanes are computed, only those are kept that belong to it.
        public void Evaluate(long first, int from, int count, double[] destination)
        {
            var kept = Math.Min(_draws, count - from);
            Fill(_program._view, first + from, _selection.Years, _selection.Detail, (kept + TLane.Count - 1) / TLane.Count);
            for (var row = 0; row < _selection.Count; row++)
                _values.AsSpan(row * _draws, kept).CopyTo(new Span<double>(destination, checked(row * count + from), kept));
        }

        public double[] EvaluatePoint()
        {
            var view = _program._view;
            view.AtPoint = 1;
            Fill(view, 0, view.YearCount, OutputDetail.All, 1);
            var point = new double[_selection.Count];
            for (var row = 0; row < point.Length; row++) point[row] = _values[row * _draws];
            return point;
        }

        private void Fill(PlanView<HostArray<double>, HostArray<int>> view, long first, int years, int detail, int lanes) =>
            SampleProgram.Evaluate<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, TileSink, TileBlock>(
                view, years, detail, new((ulong)first, lanes, view.Layout, _memory, _selection.Rows, _values, _draws));
    }

    private readonly struct TileBlock(
        ulong first, int lanes, WorkspaceLayout layout, TLane[] memory, int[] rows, double[] values, int draws)
        : IDrawBlock<TLane, HostStore<TLane>, TileSink>
    {
        public int Lanes => lanes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Draw(int lane) => first + (ulong)(lane * TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Workspace<TLane, HostStore<TLane>> Work(int lane) => new(layout, new(memory, lane, draws / TLane.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TileSink Sink(int lane) => new(rows, values, draws, lane * TLane.Count);

        public void Finish(int first, int count)
        {
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
