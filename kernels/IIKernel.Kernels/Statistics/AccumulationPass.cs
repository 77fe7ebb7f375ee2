using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>A half-open interval of values, [Low, High), with a grid of equal bins over its finite part.</summary>
/// <param name="Low">Lower end; may be −∞.</param>
/// <param name="High">Upper end; may be +∞.</param>
/// <param name="GridLow">Where the grid starts: finite.</param>
/// <param name="GridHigh">Where the grid ends: finite, not below its start.</param>
public readonly record struct Window(double Low, double High, double GridLow, double GridHigh)
{
    /// <summary>A window whose grid covers all of it.</summary>
    public Window(double low, double high)
        : this(low, high, low, high)
    {
    }

    /// <summary>Whether the window holds a value.</summary>
    public bool Contains(double value) => Low <= value && value < High;

    /// <summary>Whether any of some windows, ascending and disjoint, holds a value.</summary>
    public static bool AnyContains(ReadOnlySpan<Window> windows, double value)
    {
        foreach (ref readonly var window in windows)
            if (value < window.High) return value >= window.Low;
        return false;
    }

    /// <summary>Whether there is a gap above a window, below the next, and it holds one representable number only.</summary>
    public static bool IsSingleGap(ReadOnlySpan<Window> windows, int w) =>
        w >= 0 && w + 1 < windows.Length && Math.BitIncrement(windows[w].High) >= windows[w + 1].Low;

    /// <summary>
    /// What tells values in some windows, ascending, from others: known are those between them, and at least as many more on either side.
    /// </summary>
    public static CoarseScale CoarseScale(ReadOnlySpan<Window> windows) => Lanes.CoarseScale.Of(windows[0].GridLow, windows[^1].GridHigh, 1 << 14);

    /// <summary>Bins per unit of value; 0 where the grid has no width that can be divided.</summary>
    public double Scale(int bins) => bins / (GridHigh - GridLow) is var scale && double.IsFinite(scale) ? scale : 0;

    /// <summary>The bin of a value, which never falls as the value rises.</summary>
    /// <param name="value">A finite value that the window holds.</param>
    /// <param name="bins">Number of bins.</param>
    /// <param name="scale"><see cref="Scale"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bin(double value, int bins, double scale)
    {
        var position = (value - GridLow) * scale;
        return position >= bins ? bins - 1 : position > 0 ? (int)position : 0;
    }

    /// <summary>
    /// Lower edge of bin <paramref name="bin"/>: the smallest number that <see cref="Bin"/> puts there or higher. The
    /// outer edges are the window's own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Edge(int bin, int bins)
    {
        if (bin <= 0) return Low;
        if (bin >= bins) return High;
        var scale = Scale(bins);
        if (scale == 0) return High;

        // Bisection over the representable numbers, whose bit patterns are in their order.
        long below = Order(GridLow), reached = Order(GridHigh);
        while (below + 1 < reached)
        {
            var middle = Middle(below, reached);
            if (Bin(At(middle), bins, scale) >= bin) reached = middle;
            else below = middle;
        }

        return Math.Clamp(At(reached), Low, High);
    }

    /// <summary>Whether the window holds one representable number only.</summary>
    public bool IsSingle => Math.BitIncrement(Low) >= High;

    /// <summary>The position of a number among all: negative bit patterns ascend towards zero when mirrored; ±0 are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Order(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    /// <summary>The position halfway between two: their difference may overflow where they differ in sign, this mean does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Middle(long below, long above) => (below & above) + ((below ^ above) >> 1);

    /// <summary>The number at a position.</summary>
    public static double At(long position) =>
        BitConverter.Int64BitsToDouble(position >= 0 ? position : long.MinValue - position);
}

/// <summary>
/// One pass over the draws 0 … Draws − 1 of some outputs, the streams. A draw's value is set aside when it lies
/// in a window of its stream; everything else is counted or passed over.
/// </summary>
public sealed record AccumulationPass
{
    /// <summary>How many draws it goes over, the first of the sample.</summary>
    public required long Draws { get; init; }

    /// <summary>N, which gives the sums their shape, where that is more.</summary>
    public long Sample { get; init; }

    /// <summary>Indices of <see cref="Plan.OutputMap"/>, S of them.</summary>
    public required int[] Streams { get; init; }

    /// <summary>Values near the streams' means, for the sums; null where no sums are wanted.</summary>
    public double[]? Centres { get; init; }

    /// <summary>
    /// The windows of each stream, ascending and disjoint; in a pass with <see cref="CountsGaps"/> at most three.
    /// </summary>
    public required Window[][] Windows { get; init; }

    /// <summary>
    /// Where to look for values of the windows in a pass without <see cref="CountsGaps"/>: a few intervals for each
    /// stream that cover its windows. What lies between the windows of one interval is passed over.
    /// </summary>
    public (double Low, double High)[][] Intervals { get; init; } = [];

    /// <summary>
    /// Whether the values in the gaps below, between and above a stream's windows are counted, and values that are no finite number
    /// looked for: the first pass over a stream.
    /// </summary>
    public required bool CountsGaps { get; init; }

    /// <summary>Bins per window; 0 where the values themselves are wanted.</summary>
    public required int Bins { get; init; }

    /// <summary>
    /// Whether the values in the windows are wanted too, beside the bins, and there is memory for them. A backend that would draw them
    /// again at greater cost than it takes to remember them hands them out.
    /// </summary>
    public bool Remembers { get; init; }

    /// <summary>
    /// What a pass over fewer draws found of the same streams and remembers, in windows that hold these: a backend may go on from
    /// there. It ended with a whole segment of <see cref="BlockSums"/>. Nobody needs it any more afterwards: its memory may be used.
    /// </summary>
    public EarlierPass? Earlier { get; init; }

    /// <summary>
    /// What a stream's values are compared with: the gaps between its windows, which hold most of them, where those are counted; else
    /// its intervals.
    /// </summary>
    public (double Low, double High)[] Compared(int stream)
    {
        if (!CountsGaps) return Intervals[stream];
        var windows = Windows[stream];
        var gaps = new (double Low, double High)[windows.Length - 1];
        for (var w = 0; w < gaps.Length; w++) gaps[w] = (windows[w].High, windows[w + 1].Low);
        return gaps;
    }

    /// <summary>Blocks in a segment of the sums.</summary>
    public long BlocksPerSegment => BlockSums.BlocksPerSegment(Math.Max(Draws, Sample));

    /// <summary>Number of segments that the draws make, the last one perhaps partial.</summary>
    public long Segments => (BlockSums.Blocks(Draws) + BlocksPerSegment - 1) / BlocksPerSegment;
}

/// <summary>What a pass over the first draws of a sample found.</summary>
/// <param name="Draws">Number of draws.</param>
/// <param name="Results">One entry for each stream.</param>
public sealed record EarlierPass(long Draws, StreamResult[] Results);

/// <summary>What a pass found about one stream.</summary>
public sealed class StreamResult
{
    /// <summary>Sum over all draws of the deviations from the centre, in the shape of <see cref="BlockSums"/>.</summary>
    public double Sum { get; set; }

    /// <summary>Likewise of their squares.</summary>
    public double SumOfSquares { get; set; }

    /// <summary>Number of finite values in each gap where those are counted: below the first window, between neighbours, above the last.</summary>
    public required long[] Gaps { get; init; }

    /// <summary>Number of values in each bin, window by window; empty where values were kept.</summary>
    public required long[] Bins { get; init; }

    /// <summary>
    /// Smallest value in each window; +∞ where there is none or values were kept, and, where gaps are counted, for all windows but
    /// the first.
    /// </summary>
    public required double[] Smallest { get; init; }

    /// <summary>
    /// Largest value in each window; −∞ where there is none or values were kept, and, where gaps are counted, for all windows but
    /// the last.
    /// </summary>
    public required double[] Largest { get; init; }

    /// <summary>The values in the windows, ascending; empty where they were binned.</summary>
    public double[] Kept { get; set; } = [];

    /// <summary>
    /// The values that were binned, in any order, and perhaps others that are in no window; null where they were not remembered.
    /// </summary>
    public IReadOnlyList<ArraySegment<double>>? Remembered { get; set; }

    /// <summary>Number of draws whose value is not finite.</summary>
    public long Undefined { get; set; }
}
