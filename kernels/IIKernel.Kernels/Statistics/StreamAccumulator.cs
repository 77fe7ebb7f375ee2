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
internal sealed class StreamAccumulator<TLane> : BlockReceiver
    where TLane : unmanaged, IHostLane<TLane>
{
    // Blocks whose values are binned at one go.
    private const int Together = 4;

    // Room for so many values where none are expected.
    private const int Least = 512;

    // Room for what is remembered, as a multiple of what is expected; what stays empty is never touched.
    private const double Spare = 1.1;

    // Room behind the values, since whole blocks are read, and whole registers written.
    private const int Slack = BlockSums.BlockDraws;

    private const int MostGaps = 2;

    private readonly AccumulationPass _pass;
    private readonly bool _sums;
    private readonly bool _gaps;
    private readonly bool _remembers;
    private readonly StreamState[] _states;
    private readonly double[] _edges;
    private readonly BinCounter<TLane>[] _bins;
    private readonly long[] _flushed;
    private readonly List<ArraySegment<double>>[] _remembered;
    private readonly int _threads;

    // Where the values of any stream wait to be binned; null where none are.
    private readonly double[]? _scratch;

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
        _flushed = new long[streams];
        _remembered = _remembers ? new List<ArraySegment<double>>[streams] : [];
        _edges = new double[2 * (pass.CountsGaps ? MostGaps * streams : pass.Intervals.Sum(i => i.Length))];
        var end = 0;
        _bins = pass.Bins > 0 && !_remembers ? new BinCounter<TLane>[streams] : [];
        _scratch = _bins.Length > 0 ? Room(0) : null;
        for (var s = 0; s < streams; s++)
        {
            var intervals = pass.Compared(s);
            ref var state = ref _states[s];
            state.Edges = end;
            var count = pass.CountsGaps ? MostGaps : intervals.Length;
            for (var i = 0; i < count; i++, end += 2)
            {
                // A gap that there is not holds nothing.
                var (low, high) = i < intervals.Length ? intervals[i] : (double.PositiveInfinity, double.PositiveInfinity);
                TLane.Interval(low, high, out _edges[end], out _edges[end + 1]);
            }

            state.EdgesCount = 2 * count;
            if (pass.Centres is { } centres) state.Centre = centres[s];
            if (_bins.Length > 0) _bins[s] = new(pass, s);
            if (_remembers) _remembered[s] = [];
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

    // Sets aside or bins what is wanted.
    private void Put(int stream, Span<double> values)
    {
        if (_bins.Length > 0) Bin(stream, values);
        else SetAside(stream, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SetAside(int stream, Span<double> values)
    {
        ref var state = ref _states[stream];
        while (values.Length > 0)
        {
            if (state.Count > state.Full) MakeRoom(stream);
            var block = values[..Math.Min(BlockSums.BlockDraws, values.Length)];
            values = values[block.Length..];
            state.Count += Copy(ref state, block, state.Room + state.Count);
        }
    }

    // Bins values as they come: few at a time, that never leave the first cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Bin(int stream, Span<double> values)
    {
        ref var state = ref _states[stream];
        while (values.Length > 0)
        {
            var count = 0;
            for (var blocks = 0; blocks < Together && values.Length > 0; blocks++)
            {
                var block = values[..Math.Min(BlockSums.BlockDraws, values.Length)];
                values = values[block.Length..];
                count += Copy(ref state, block, state.Room + count);
            }

            _bins[stream].Add(ref *state.Room, count);
            _flushed[stream] += count;
        }
    }

    // Copies those of the values of a block that are to be set aside; returns how many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe int Copy(ref StreamState state, Span<double> block, double* to)
    {
        ref var first = ref MemoryMarshal.GetReference(block);
        if (_gaps && block.Length == BlockSums.BlockDraws) return TLane.CopyOutside(ref first, _edges.AsSpan(state.Edges, state.EdgesCount), ref *to, ref state.InFirstGap);
        var kept = Wanted(ref state, ref first, block.Length);
        var count = BitOperations.PopCount(kept);
        for (; kept != 0; kept &= kept - 1) *to++ = Unsafe.Add(ref first, BitOperations.TrailingZeroCount(kept));
        return count;
    }

    // Which of the values of a block are to be set aside; what lies behind a partial block is anything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Wanted(ref StreamState state, ref double first, int count)
    {
        var edges = _edges.AsSpan(state.Edges, state.EdgesCount);
        var present = Present(count);
        if (!_gaps) return TLane.Within(ref first, edges) & present;
        state.InFirstGap += BitOperations.PopCount(TLane.Within(ref first, edges[..2]) & present);
        return ~TLane.Within(ref first, edges) & present;
    }

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

    /// <summary>Adds up what all threads gathered; the sums are the caller's.</summary>
    public static StreamResult[] Merge(IReadOnlyList<StreamAccumulator<TLane>> parts, int threads)
    {
        var pass = parts[0]._pass;
        var results = new StreamResult[pass.Streams.Length];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            var windows = pass.Windows[s].Length;
            var result = results[s] = new()
            {
                Gaps = new long[MostGaps],
                Bins = new long[windows * pass.Bins],
                Smallest = new double[windows],
                Largest = new double[windows],
            };
            Array.Fill(result.Smallest, double.PositiveInfinity);
            Array.Fill(result.Largest, double.NegativeInfinity);
            var setAside = 0L;
            foreach (var part in parts)
            {
                ref readonly var state = ref part._states[s];
                result.Gaps[0] += state.InFirstGap;
                setAside += part._flushed[s] + state.Count;

                if (pass.Bins == 0)
                {
                    part.Tidy(s);
                    continue;
                }

                if (pass.Remembers is null) part._bins[s].AddTo(result);
                else part.Flush(s);
            }

            // What is neither in the first gap nor was set aside is in the second.
            result.Gaps[0] += pass.Earlier?.Results[s].Gaps[0] ?? 0;
            if (pass.CountsGaps) result.Gaps[1] = pass.Draws - result.Gaps[0] - setAside;
            if (pass.Remembers is not null) Count(parts, s, result);
            if (pass.Bins > 0) return;
            var kept = new double[parts.Sum(p => p._states[s].Count)];
            var at = 0;
            foreach (var part in parts)
            {
                ref var state = ref part._states[s];
                state.Values.AsSpan(0, state.Count).CopyTo(kept.AsSpan(at));
                at += state.Count;
                state.Values = [];
            }

            kept.AsSpan().Sort();
            result.Kept = kept;
        });
        return results;
    }

    // Bins what the threads remember of a stream.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(IReadOnlyList<StreamAccumulator<TLane>> parts, int s, StreamResult result)
    {
        var remembered = new List<ArraySegment<double>>();
        var bins = new BinCounter<TLane>(parts[0]._pass, s);
        foreach (var part in parts) remembered.AddRange(part._remembered[s]);
        foreach (var values in remembered) bins.Add(ref MemoryMarshal.GetArrayDataReference(values.Array!), values.Count);
        bins.AddTo(result);
        result.Remembered = remembered;
    }

    private void MakeRoom(int s)
    {
        ref var state = ref _states[s];
        if (_remembers)
        {
            Flush(s);
            Place(ref state, Room(Expected(s)));
            return;
        }

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
        Place(ref _states[s], _scratch ?? (_remembers && thread < values.Count ? values[thread].Array! : Room(Expected(s))));
        for (var i = thread; i < values.Count; i += _threads) Put(s, values[i]);
    }

    // About how many values of a stream this thread will remember of the draws that are still to be drawn.
    private int Expected(int s) => _pass.Remembers is null ? 0
        : (int)(Spare * _pass.Remembers[s] * (_pass.Draws - (_pass.Earlier?.Draws ?? 0)) / _pass.Draws / _threads);

    private static double[] Room(int count) => GC.AllocateUninitializedArray<double>(Least + count + Slack, pinned: true);

    private static unsafe void Place(ref StreamState state, double[] values)
    {
        state.Values = values;
        state.Room = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(state.Values));
        state.Full = values.Length - Slack - BlockSums.BlockDraws;
    }

    private void Flush(int s)
    {
        ref var state = ref _states[s];
        _remembered[s].Add(new(state.Values, 0, state.Count));
        _flushed[s] += state.Count;
        state.Count = 0;
    }

    // Drops what lies between the windows.
    private unsafe void Tidy(int s)
    {
        ref var state = ref _states[s];
        var windows = _pass.Windows[s];
        Span<double> intervals = stackalloc double[2 * windows.Length];
        for (var w = 0; w < windows.Length; w++) TLane.Interval(windows[w].Low, windows[w].High, out intervals[2 * w], out intervals[2 * w + 1]);
        var count = 0;
        for (var at = 0; at < state.Count; at += BlockSums.BlockDraws)
        {
            var block = state.Room + at;
            var kept = TLane.Within(ref *block, intervals) & Present(Math.Min(BlockSums.BlockDraws, state.Count - at));
            for (; kept != 0; kept &= kept - 1) state.Room[count++] = block[BitOperations.TrailingZeroCount(kept)];
        }

        state.Count = count;
    }

    // The bits of so many values of a block.
    private static ulong Present(int count) => ulong.MaxValue >> (BlockSums.BlockDraws - count);

    // What was gathered of one stream: sums of the segment, values that were set aside and not yet binned, and a count. All that
    // a block asks for fits one cache line.
    private unsafe struct StreamState
    {
        public double Centre;
        public double Sum;
        public double SumOfSquares;

        // The values' address, for the array's own header lies in another line. They do not move.
        public double* Room;
        public int Count;

        // More values than that leave no room for those of a block.
        public int Full;
        public int Edges;
        public int EdgesCount;
        public long InFirstGap;
        public double[] Values;
    }
}
