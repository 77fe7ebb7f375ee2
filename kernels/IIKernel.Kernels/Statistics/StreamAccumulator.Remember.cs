using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Statistics;

/// <content>What is remembered or kept of the windows' values, room by room.</content>
internal sealed partial class StreamAccumulator<TLane>
{
    private readonly RoomPool _rooms = new();

    // The rooms of each stream that are full.
    private readonly List<ArraySegment<double>>[] _full;

    // Remembers the values that were marked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Remember(int stream, ref StreamState state, int others, ref double values, int count)
    {
        if (state.Count + others > RoomPool.Length - Few) GoOn(stream, _rooms.Take());
        CopyOthers(ref values, count, state.Room + state.Count);
        state.Count += others;
    }

    // Keeps the values that were marked: when a room is full it is tidied, and left only if most of it is wanted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Keep(int stream, ref StreamState state, int others, ref double values, int count)
    {
        if (state.Count + others > RoomPool.Length - Few)
        {
            Tidy(stream);
            if (state.Count > RoomPool.Length * 3 / 4 || state.Count + others > RoomPool.Length - Few) GoOn(stream, _rooms.Take());
        }

        CopyOthers(ref values, count, state.Room + state.Count);
        state.Count += others;
    }

    // Drops what lies in no window. Streams may be tidied side by side.
    private unsafe void Tidy(int s)
    {
        ref var state = ref _states[s];
        var wanted = stackalloc double[BlockSums.BlockDraws + Few];
        var copied = 0;
        for (var at = 0; at < state.Count; at += TLane.Count)
        {
            ref var values = ref *(state.Room + at);
            var inside = 0UL;
            foreach (ref readonly var window in _pass.Windows[s].AsSpan())
                inside |= TLane.BetweenBits(TLane.Broadcast(window.Low), Unsafe.As<double, TLane>(ref values), TLane.Broadcast(window.High));
            var count = Copy(ref values, inside & Present(Math.Min(state.Count - at, TLane.Count)), wanted);
            new ReadOnlySpan<double>(wanted, count).CopyTo(new(state.Room + copied, count));
            copied += count;
        }

        state.Count = copied;
    }

    // Goes on in another room.
    private void GoOn(int s, ArraySegment<double> room)
    {
        Flush(s);
        Place(ref _states[s], room);
    }

    private void Flush(int s)
    {
        ref var state = ref _states[s];
        if (state.Count > 0) _full[s].Add(state.Values[..state.Count]);
        state.Count = 0;
    }

    // Takes this thread's share of what an earlier pass remembers of a stream: the values that are still wanted move to the first of its
    // rooms, and the last are free.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Recall(int s, int thread)
    {
        ref var state = ref _states[s];
        var all = _pass.Earlier?.Results[s].Remembered ?? [];
        var taken = thread;
        Place(ref state, Next(all, ref taken));
        for (var i = thread; i < all.Count; i += _threads)
        {
            for (Span<double> values = all[i]; values.Length > 0; values = values[Math.Min(Together, values.Length)..])
            {
                var count = Math.Min(Together, values.Length);
                ref var first = ref MemoryMarshal.GetReference(values);
                var others = CountGaps(ref state, ref first, count);
                CopyOthers(ref first, count, _some.Start);
                var recalled = new ReadOnlySpan<double>(_some.Start, others);
                var fit = Math.Min(others, RoomPool.Length - Few - state.Count);
                Append(ref state, recalled[..fit]);
                if (fit == others) continue;
                GoOn(s, Next(all, ref taken));
                Append(ref state, recalled[fit..]);
            }
        }

        while (taken < all.Count) _rooms.Return(Next(all, ref taken));
    }

    // Adds no more than these values: behind them may be what is to be recalled next.
    private static unsafe void Append(ref StreamState state, ReadOnlySpan<double> values)
    {
        values.CopyTo(new(state.Room + state.Count, values.Length));
        state.Count += values.Length;
    }

    // The next of this thread's rooms, or a new one.
    private ArraySegment<double> Next(IReadOnlyList<ArraySegment<double>> rooms, ref int taken)
    {
        if (taken >= rooms.Count) return _rooms.Take();
        var room = rooms[taken];
        taken += _threads;
        return new(room.Array!, room.Offset, RoomPool.Length);
    }
}
