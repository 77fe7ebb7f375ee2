namespace IIKernel.Kernels.Statistics;

/// <summary>
/// One pass over the draws 0 … Draws − 1 of some outputs, the columns. A draw's value is set aside when it lies
/// in a window of its column; everything else is counted or passed over.
/// </summary>
public sealed record AccumulationPass
{
    /// <summary>How many draws it goes over, the first of the sample.</summary>
    public required long Draws { get; init; }

    /// <summary>N, which gives the sums their shape, where that is more.</summary>
    public long Sample { get; init; }

    /// <summary>Indices of <see cref="Plan.OutputMap"/>, S of them.</summary>
    public required int[] Columns { get; init; }

    /// <summary>Values near the columns' means, for the sums; null where no sums are wanted.</summary>
    public double[]? Centres { get; init; }

    /// <summary>
    /// The windows of each column, ascending and disjoint; in a pass with <see cref="CountsGaps"/> at most three.
    /// </summary>
    public required Window[][] Windows { get; init; }

    /// <summary>
    /// Where to look for values of the windows in a pass without <see cref="CountsGaps"/>: a few intervals for each
    /// column that cover its windows. What lies between the windows of one interval is passed over.
    /// </summary>
    public (double Low, double High)[][] Intervals { get; init; } = [];

    /// <summary>
    /// Whether the values in the gaps below, between and above a column's windows are counted, and values that are no numbers
    /// looked for: the first pass over a column. Its bins are those of <see cref="Window.Bin"/>; without, those of
    /// <see cref="Window.PositionBin"/>.
    /// </summary>
    public required bool CountsGaps { get; init; }

    /// <summary>Bins per window; 0 where the values themselves are wanted.</summary>
    public required int Bins { get; init; }

    /// <summary>
    /// Whether the values in the windows are wanted too, beside the bins, and there is memory for them. A backend that would draw them
    /// again at greater cost than it takes to cache them hands them out.
    /// </summary>
    public bool Caches { get; init; }

    /// <summary>
    /// What a pass over fewer draws found of the same columns and caches, in windows that hold these: a backend may go on from
    /// there. It ended with a whole segment of <see cref="SampleSegments"/>. Nobody needs it any more afterwards: its memory may be used.
    /// </summary>
    public EarlierPass? Earlier { get; init; }

    /// <summary>
    /// What a column's values are compared with: the gaps between its windows, which hold most of them, where those are counted; else
    /// its intervals.
    /// </summary>
    public (double Low, double High)[] Compared(int column)
    {
        if (!CountsGaps) return Intervals[column];
        var windows = Windows[column];
        var gaps = new (double Low, double High)[windows.Length - 1];
        for (var w = 0; w < gaps.Length; w++) gaps[w] = (windows[w].High, windows[w + 1].Low);
        return gaps;
    }

    /// <summary>Blocks in a segment of the sums.</summary>
    public long BlocksPerSegment => new SampleSegments(Math.Max(Draws, Sample)).BlocksEach;

    /// <summary>Number of segments that the draws make, the last one perhaps partial.</summary>
    public long Segments => (new SampleSegments(Draws).Blocks + BlocksPerSegment - 1) / BlocksPerSegment;
}

/// <summary>What a pass over the first draws of a sample found.</summary>
/// <param name="Draws">Number of draws.</param>
/// <param name="Results">One entry for each column.</param>
public sealed record EarlierPass(long Draws, ColumnResult[] Results);

/// <summary>What a pass found about one column.</summary>
public sealed class ColumnResult
{
    /// <summary>
    /// Sums over the draws of each segment of the deviations from the centre and of their squares, in the shape of
    /// <see cref="SampleSegments"/>; empty where no sums were asked for.
    /// </summary>
    public SegmentSums[] Segments { get; set; } = [];

    /// <summary>Number of values in each gap where those are counted: below the first window, between neighbours, above the last.</summary>
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
    /// The values that were binned, in any order, and perhaps others that are in no window; null where they were not cached.
    /// </summary>
    public IReadOnlyList<ArraySegment<double>>? Cached { get; set; }

    /// <summary>Number of draws whose value is no number.</summary>
    public long Undefined { get; set; }

    /// <summary>Number of draws whose value is infinite: in a first pass they are counted in the outermost gaps too.</summary>
    public long Infinite { get; set; }
}
