namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Rooms of one size for values that are remembered, of one thread. Streams remember at different rates and forget much of it again:
/// what one leaves another takes. A room is a page of memory, which is touched only when it is taken.
/// </summary>
internal sealed class RoomPool
{
    /// <summary>Values in a room.</summary>
    public const int Length = 512;

    // Rooms that are allocated together.
    private const int Together = 128;

    // Behind the last room whole blocks may be read.
    private const int Slack = BlockSums.BlockDraws;

    private readonly Stack<ArraySegment<double>> _free = new();

    /// <summary>An empty room: its values are anything, and do not move.</summary>
    public ArraySegment<double> Take()
    {
        if (_free.Count == 0)
        {
            var rooms = GC.AllocateUninitializedArray<double>(Together * Length + Slack, pinned: true);
            for (var i = Together - 1; i >= 0; i--) Return(new(rooms, i * Length, Length));
        }

        return _free.Pop();
    }

    /// <summary>Takes back a room.</summary>
    public void Return(ArraySegment<double> room) => _free.Push(room);
}
