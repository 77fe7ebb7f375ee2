using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Statistics;

/// <content>What is remembered or kept of the windows' values, room by room.</content>
internal sealed partial class StreamAccumulator<TLane>
{
    private readonly RoomPool _rooms = new();

    // The rooms of each stream that are full.
    private readonly List<ArraySegment<double>>[] _full;

    // Remembers or keeps the values that were marked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void SetAside(int stream, ref StreamState state, int others, ref double values, int count)
    {
        if (state.Count + others > RoomPool.Length - Few) MakeRoom(stream, others);
        CopyOthers(ref values, count, state.Room + state.Count);
        state.Count += others;
    }

    // What is kept is tidied when its room is full, and the room left only if most of it is wanted.
    private void MakeRoom(int s, int others)
    {
        ref var state = ref _states[s];
        if (!_remembers)
        {
            Tidy(s);
            if (state.Count <= RoomPool.Length * 3 / 4 && state.Count + others <= RoomPool.Length - Few) return;
        }

        GoOn(s, _rooms.Take());
    }

    // Drops what lies in no window.
    private unsafe void Tidy(int s) => _states[s].Count = Sift(s, _states[s].Room, _states[s].Count);

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
