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
    private const int Blocks = 4;
    private const int Together = Blocks * BlockSums.BlockDraws;

    // Room behind the values, since a whole lane is read, and a few values at a time written.
    private const int Slack = BlockSums.BlockDraws;

    private readonly AccumulationPass _pass;
    private readonly bool _sums;
    private readonly bool _gaps;
    private readonly bool _remembers;
    private readonly StreamState[] _states;
    private readonly BinCounter<TLane>[] _bins;
    private readonly PositionCounter[] _positions;
    private readonly int _threads;

    // Where values of any stream are set aside for a moment.
    private readonly LaneMemory _some = new(Together + Slack);

    /// <summary>One with its share of what an earlier pass remembers.</summary>
    /// <param name="pass">What is wanted.</param>
    /// <param name="thread">Which one it is.</param>
    /// <param name="threads">How many there are of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StreamAccumulator(AccumulationPass pass, int thread, int threads)
    {
        _pass = pass;
        _threads = threads;
        _sums = pass.Centres is not null;
        _gaps = pass.CountsGaps;
        _remembers = pass.Remembers;
        var streams = pass.Streams.Length;
        _states = new StreamState[streams];
        _full = new List<ArraySegment<double>>[streams];
        var coarse = new List<CoarseInterval>();
        var most = 0;
        _bins = pass.Bins > 0 && _gaps && !_remembers ? new BinCounter<TLane>[streams] : [];
        _positions = pass.Bins > 0 && !_gaps ? new PositionCounter[streams] : [];
        for (var s = 0; s < streams; s++)
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
        for (var s = 0; s < streams; s++)
        {
            if (_remembers)
            {
                Recall(s, thread);
                continue;
            }

            if (pass.Bins == 0) Place(ref _states[s], _rooms.Take());
            if (pass.Earlier?.Results[s].Remembered is not { } earlier) continue;
            for (var i = thread; i < earlier.Count; i += threads) Put(s, earlier[i]);
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
        ref var first = ref MemoryMarshal.GetReference(values);
        var count = _gaps ? CountGaps(ref state, ref first, values.Length) : FindWithin(state, ref first, values.Length);
        if (_bins.Length == 0 && _positions.Length == 0)
        {
            SetAside(stream, ref state, count, ref first, values.Length);
            return;
        }

        CopyOthers(ref first, values.Length, _some.Start);
        if (_gaps) _bins[stream].Add(ref *_some.Start, Sift(stream, _some.Start, count));
        else _positions[stream].Add(new(_some.Start, count));
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

    private static unsafe void Place(ref StreamState state, ArraySegment<double> room)
    {
        state.Values = room;
        state.Room = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room.Array!)) + room.Offset;
    }

    // What was gathered of one stream: sums of the segment, values that were set aside, and counts.
    private unsafe struct StreamState
    {
        public double Centre;

        // What gives its values' keys.
        public CoarseScale Scale;
        public double Sum;
        public double SumOfSquares;

        // Where values are set aside, and its address, which does not change.
        public ArraySegment<double> Values;
        public double* Room;
        public int Count;
        public int Coarse;
        public int CoarseEnd;
        public long Infinite;
        public long InFirstGap;
        public long Below;
        public long Above;
    }
}
