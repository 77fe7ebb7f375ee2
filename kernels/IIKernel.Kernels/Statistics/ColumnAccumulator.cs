using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// What one thread has gathered of a pass. It takes the values column by column, several blocks at a time, so that what
/// belongs to a column stays in registers and in the first cache. Segments may come in any order, their blocks in ascending order.
/// </summary>
/// <typeparam name="TLane">What it computes with.</typeparam>
internal sealed partial class ColumnAccumulator<TLane> : BlockReceiver
    where TLane : unmanaged, IHostLane<TLane>
{
    // So many values are looked at in one go: what is taken of them never leaves the first cache.
    private const int Blocks = 4;
    private const int Together = Blocks * SumBlock.Draws;

    // Room behind the values, since a whole lane is read, and a few values at a time written.
    private const int Slack = SumBlock.Draws;

    private readonly AccumulationPass _pass;
    private readonly bool _sums;
    private readonly bool _gaps;
    private readonly bool _caches;
    private readonly ColumnState[] _states;
    private readonly BinCounter<TLane>[] _bins;
    private readonly PositionCounter[] _positions;
    private readonly int _threads;

    // Where values of any column are set aside for a moment.
    private readonly LaneMemory _some = new(Together + Slack);

    /// <summary>One with its share of what an earlier pass caches.</summary>
    /// <param name="pass">What is wanted.</param>
    /// <param name="thread">Which one it is.</param>
    /// <param name="threads">How many there are of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ColumnAccumulator(AccumulationPass pass, int thread, int threads)
    {
        _pass = pass;
        _threads = threads;
        _sums = pass.Centres is not null;
        _gaps = pass.CountsGaps;
        _caches = pass.Caches;
        var columns = pass.Columns.Length;
        _states = new ColumnState[columns];
        _full = new List<ArraySegment<double>>[columns];
        var coarse = new List<CoarseInterval>();
        var most = 0;
        _bins = pass.Bins > 0 && _gaps && !_caches ? new BinCounter<TLane>[columns] : [];
        _positions = pass.Bins > 0 && !_gaps ? new PositionCounter[columns] : [];
        for (var s = 0; s < columns; s++)
        {
            ref var state = ref _states[s];
            state.Coarse = coarse.Count;
            if (_gaps) CompareWithGaps(pass, s, ref state, coarse);
            else CompareWithIntervals(pass.Intervals[s], ref state, coarse);
            while (coarse.Count % CoarseInterval.Together != 0) coarse.Add(CoarseInterval.Empty);
            state.CoarseEnd = coarse.Count;
            most = Math.Max(most, state.CoarseEnd - state.Coarse);
            if (pass.Centres is { } centres) state.Centre = centres[s];
            if (_bins.Length > 0) _bins[s] = new(pass, s);
            if (_positions.Length > 0) _positions[s] = new(pass, s);
            _full[s] = [];
        }

        _coarse = [.. coarse];
        _inside = new ulong[Blocks * most];
        for (var s = 0; s < columns; s++)
        {
            if (_caches)
            {
                Recall(s, thread);
                continue;
            }

            if (pass.Bins == 0) Place(ref _states[s], _pages.Take());
            if (pass.Earlier?.Columns[s].Cached is not { } earlier) continue;
            for (var i = thread; i < earlier.Count; i += threads) Put(s, earlier[i]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Take(int column, Span<double> values)
    {
        ref var state = ref _states[column];
        if (_sums)
        {
            var whole = values.Length / SumBlock.Draws * SumBlock.Draws;
            TLane.AddBlocks(values[..whole], state.Centre, ref state.Sum, ref state.SumOfSquares);
            if (whole < values.Length)
            {
                var (sum, squares) = SumBlock.Add(values[whole..], state.Centre);
                state.Sum += sum;
                state.SumOfSquares += squares;
            }
        }

        Put(column, values);
    }

    // Bins, caches or keeps what is wanted.
    private void Put(int column, Span<double> values)
    {
        for (; values.Length > Together; values = values[Together..]) PutSome(column, values[..Together]);
        PutSome(column, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void PutSome(int column, Span<double> values)
    {
        ref var state = ref _states[column];
        ref var first = ref MemoryMarshal.GetReference(values);
        var count = _gaps ? CountGaps(ref state, ref first, values.Length) : FindWithin(state, ref first, values.Length);
        if (_bins.Length == 0 && _positions.Length == 0)
        {
            SetAside(column, ref state, count, ref first, values.Length);
            return;
        }

        CopyOthers(ref first, values.Length, _some.Start);
        if (_gaps) _bins[column].Add(ref *_some.Start, Filter(column, _some.Start, count));
        else _positions[column].Add(new(_some.Start, count));
    }

    /// <summary>Ends a segment: hands out the sums of each column, and starts the next.</summary>
    public SegmentSums[] EndSegment()
    {
        if (_pass.Centres is null) return [];
        var sums = new SegmentSums[_states.Length];
        for (var s = 0; s < sums.Length; s++)
        {
            ref var state = ref _states[s];
            sums[s] = new(state.Sum, state.SumOfSquares);
            state.Sum = state.SumOfSquares = 0;
        }

        return sums;
    }

    private static unsafe void Place(ref ColumnState state, ArraySegment<double> page)
    {
        state.Values = page;
        state.Page = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(page.Array!)) + page.Offset;
    }

    // What was gathered of one column: sums of the segment, values that were set aside, and counts.
    private unsafe struct ColumnState
    {
        public double Centre;

        // What gives its values' keys.
        public CoarseScale Scale;
        public double Sum;
        public double SumOfSquares;

        // Where values are set aside, and its address, which does not change.
        public ArraySegment<double> Values;
        public double* Page;
        public int Count;
        public int Coarse;
        public int CoarseEnd;
        public long Infinite;
        public long InFirstGap;
        public long Below;
        public long Above;

        // Of the gaps from the fourth on, but for the last.
        public long[] More;
    }
}
