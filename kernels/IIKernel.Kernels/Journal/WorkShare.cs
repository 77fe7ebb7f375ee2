using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>Which part of the work is done here.</summary>
/// <param name="Index">Number of the share, from 0.</param>
/// <param name="Count">Number of shares, at least 1, which together are all.</param>
public readonly record struct WorkShare(int Index, int Count)
{
    /// <summary>Its segments of some.</summary>
    public SegmentRange Of(SegmentRange range)
    {
        var first = (int)((long)range.Count * Index / Count);
        return new(range.First + first, (int)((long)range.Count * (Index + 1) / Count) - first);
    }
}
