using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Pages of one size for values that are cached, of one thread. Columns cache at different rates and forget much of it again:
/// what one leaves another takes. They are pages of memory, touched only when they are taken.
/// </summary>
internal sealed class PagePool
{
    /// <summary>Values in a page.</summary>
    public const int Length = 512;

    // Pages that are allocated together.
    private const int Together = 128;

    // Behind the last page whole blocks may be read.
    private const int Slack = SumBlock.Draws;

    private readonly Stack<ArraySegment<double>> _free = new();

    /// <summary>An empty page: its values are anything, and do not move.</summary>
    public ArraySegment<double> Take()
    {
        if (_free.Count == 0)
        {
            var pages = GC.AllocateUninitializedArray<double>(Together * Length + Slack, pinned: true);
            for (var i = Together - 1; i >= 0; i--) Return(new(pages, i * Length, Length));
        }

        return _free.Pop();
    }

    /// <summary>Takes back a page.</summary>
    public void Return(ArraySegment<double> page) => _free.Push(page);
}
