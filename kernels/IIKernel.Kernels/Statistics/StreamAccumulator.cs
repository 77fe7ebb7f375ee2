using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// What one thread has gathered of a pass. It takes the values stream by stream, several blocks at a time, so that what
/// belongs to a stream stays in registers and in the first cache. Segments may come in any order, their blocks in ascending order.
/// </summary>
/// <typeparam name="TLane">What it computes with.</typeparam>
internal sealed partial class StreamAccumulator<TLane> : BlockReceiver
    where TLane : unmanaged, IHostLane<TLane>
{
    // So many values are looked at in one go: what is taken of them never leaves the first cache.
    private const int Together = 4 * BlockSums.BlockDraws;

    // Room for so many values where none are expected.
    private const int Least = 512;

    // Room for what is remembered, as a multiple of what is expected; what stays empty is never touched.
    private const double Spare = 1.1;

    // Room behind the values, since whole blocks are read, and whole registers written.
    private const int Slack = BlockSums.BlockDraws;

    // Ends of a stream's gaps: of two between its windows, which hold most values, then of those below and above.
    private const int InnerEdges = 4;
    private const int GapEdges = 8;

    private readonly AccumulationPass _pass;
    private readonly bool _sums;
    private readonly bool _gaps;
    private readonly bool _remembers;
    private readonly StreamState[] _states;
    private readonly double[] _edges;
    private readonly BinCounter<TLane>[] _bins;
    private readonly List<ArraySegment<double>>[] _remembered;
    private readonly int _threads;

    // Where the values of any stream are looked at.
    private readonly LaneMemory _some = new(Together + Slack);

    /// <summary>One with its share of what an earlier pass remembers.</summary>
    /// <param name="pass">What is wanted.</param>
    /// <param name="thread">Which one it is.</param>
    /// <param name="threads">How many there are of them.</param>
    public StreamAccumulator(AccumulationPass pass, int thread, int threads)
    {
        _pass = pass;
        _threads = threads;
        _sums = pass.Centres is not null;
        _gaps = pass.CountsGaps;
        _remembers = pass.Remembers is not null;
        var streams = pass.Streams.Length;
        _states = new StreamState[streams];
        _remembered = _remembers ? new List<ArraySegment<double>>[streams] : [];
        _edges = new double[_gaps ? GapEdges * streams : 2 * pass.Intervals.Sum(i => i.Length)];
        var end = 0;
        _bins = pass.Bins > 0 && !_remembers ? new BinCounter<TLane>[streams] : [];
        for (var s = 0; s < streams; s++)
        {
            ref var state = ref _states[s];
            state.Edges = end;
            foreach (var (low, high) in _gaps ? Gaps(pass, s) : pass.Intervals[s])
            {
                TLane.Interval(low, high, out _edges[end], out _edges[end + 1]);
                end += 2;
            }

            state.EdgesCount = end - state.Edges;
            if (pass.Centres is { } centres) state.Centre = centres[s];
            if (_remembers) _remembered[s] = [];
            if (_bins.Length > 0) _bins[s] = new(pass, s);
            Recall(s, thread);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Take(int stream, Span<double> values)
    {
        ref var state = ref _states[stream];
        if (_sums)
        {
            var whole = values.Length / BlockSums.BlockDraws * BlockSums.BlockDraws;
            TLane.AddBlocks(values[..whole], state.Centre, ref state.Sum, ref state.SumOfSquares);
            if (whole < values.Length)
            {
                var (sum, squares) = BlockSums.Block(values[whole..], state.Centre);
                state.Sum += sum;
                state.SumOfSquares += squares;
            }
        }

        Put(stream, values);
    }

    // Bins, remembers or keeps what is wanted.
    private void Put(int stream, Span<double> values)
    {
        for (; values.Length > Together; values = values[Together..]) PutSome(stream, values[..Together]);
        PutSome(stream, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void PutSome(int stream, Span<double> values)
    {
        ref var state = ref _states[stream];
        ref var some = ref *_some.Start;
        if (_gaps)
        {
            var count = Outside(ref state, values, ref some);
            if (_remembers) Remember(stream, count);
            else _bins[stream].Add(ref some, count);
        }
        else if (_bins.Length > 0)
        {
            _bins[stream].Add(ref some, Within(ref MemoryMarshal.GetReference(values), values.Length, Edges(state), ref some));
        }
        else
        {
            if (state.Count + Together > state.Full) MakeRoom(stream);
            state.Count += Within(ref MemoryMarshal.GetReference(values), values.Length, Edges(state), ref state.Room[state.Count]);
        }
    }

    // Copies those of some values that lie in none of the gaps, and counts the others; returns how many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Outside(ref StreamState state, Span<double> values, ref double to)
    {
        var edges = Edges(state);
        var between = TLane.CopyOutside(ref MemoryMarshal.GetReference(values), values.Length, edges[..InnerEdges], ref to, ref state.InFirstGap);
        var below = 0L;
        var count = TLane.CopyOutside(ref to, between, edges[InnerEdges..], ref to, ref below);
        state.Below += below;
        state.Above += between - count - below;
        return count;
    }

    // Copies those of some values that lie in intervals, perhaps over the values themselves; returns how many. What lies behind a
    // partial block is anything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Within(ref double values, int count, ReadOnlySpan<double> intervals, ref double to)
    {
        var copied = 0;
        for (var at = 0; at < count; at += BlockSums.BlockDraws)
        {
            ref var block = ref Unsafe.Add(ref values, at);
            var present = ulong.MaxValue >> (BlockSums.BlockDraws - Math.Min(BlockSums.BlockDraws, count - at));
            for (var inside = TLane.Within(ref block, intervals) & present; inside != 0; inside &= inside - 1)
                Unsafe.Add(ref to, copied++) = Unsafe.Add(ref block, BitOperations.TrailingZeroCount(inside));
        }

        return copied;
    }

    // What a stream's values are compared with.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<double> Edges(in StreamState state) => _edges.AsSpan(state.Edges, state.EdgesCount);

    /// <summary>Ends a segment: hands out its sums and sums of squares, two for each stream, and starts the next.</summary>
    public double[] EndSegment()
    {
        if (_pass.Centres is null) return [];
        var sums = new double[2 * _states.Length];
        for (var s = 0; s < _states.Length; s++)
        {
            ref var state = ref _states[s];
            sums[2 * s] = state.Sum;
            sums[2 * s + 1] = state.SumOfSquares;
            state.Sum = state.SumOfSquares = 0;
        }

        return sums;
    }

    // The gaps between the windows, then those below and above; one that there is not holds nothing.
    private static (double Low, double High)[] Gaps(AccumulationPass pass, int s)
    {
        var windows = pass.Windows[s];
        var between = pass.Compared(s);
        (double, double) nothing = (double.PositiveInfinity, double.PositiveInfinity);
        return
        [
            between.Length > 0 ? between[0] : nothing, between.Length > 1 ? between[1] : nothing,
            windows[0].Low > double.MinValue ? (double.MinValue, windows[0].Low) : nothing, (windows[^1].High, double.PositiveInfinity),
        ];
    }

    // Remembers the first of the values that were looked at.
    private unsafe void Remember(int s, int count)
    {
        ref var state = ref _states[s];
        if (state.Count + count > state.Full)
        {
            Flush(s);
            Place(ref state, Room(Expected(s)));
        }

        new ReadOnlySpan<double>(_some.Start, count).CopyTo(new(state.Room + state.Count, count));
        state.Count += count;
    }

    private void MakeRoom(int s)
    {
        ref var state = ref _states[s];
        Tidy(s);
        if (state.Count <= state.Full / 2) return;
        var values = state.Values.AsSpan(0, state.Count);
        Place(ref state, Room(2 * state.Values.Length));
        values.CopyTo(state.Values);
    }

    // Sets aside again what an earlier pass remembers of a stream, where it lies: the values that are still wanted, at the front.
    private void Recall(int s, int thread)
    {
        var values = _pass.Earlier?.Results[s].Remembered ?? [];
        Place(ref _states[s], _remembers && thread < values.Count ? values[thread].Array! : Room(Expected(s)));
        for (var i = thread; i < values.Count; i += _threads) Put(s, values[i]);
    }

    // About how many values of a stream this thread will remember of the draws that are still to be drawn.
    private int Expected(int s) => !_remembers ? 0
        : (int)(Spare * _pass.Remembers![s] * (_pass.Draws - (_pass.Earlier?.Draws ?? 0)) / _pass.Draws / _threads);

    private static double[] Room(int count) => GC.AllocateUninitializedArray<double>(Least + count + Slack, pinned: true);

    private static unsafe void Place(ref StreamState state, double[] values)
    {
        state.Values = values;
        state.Room = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values));
        state.Full = values.Length - Slack;
    }

    private void Flush(int s)
    {
        ref var state = ref _states[s];
        _remembered[s].Add(new(state.Values, 0, state.Count));
        state.Count = 0;
    }

    // Drops what lies between the windows.
    private unsafe void Tidy(int s)
    {
        ref var state = ref _states[s];
        var windows = _pass.Windows[s];
        Span<double> intervals = stackalloc double[2 * windows.Length];
        for (var w = 0; w < windows.Length; w++) TLane.Interval(windows[w].Low, windows[w].High, out intervals[2 * w], out intervals[2 * w + 1]);
        state.Count = Within(ref *state.Room, state.Count, intervals, ref *state.Room);
    }

    // What was gathered of one stream: sums of the segment, values that were set aside, and counts.
    private unsafe struct StreamState
    {
        public double Centre;
        public double Sum;
        public double SumOfSquares;

        // The values' address, for the array's own header lies in another line. They do not move.
        public double* Room;
        public int Count;

        // There is no room for more values than that.
        public int Full;
        public int Edges;
        public int EdgesCount;
        public long InFirstGap;
        public long Below;
        public long Above;
        public double[] Values;
    }
}
