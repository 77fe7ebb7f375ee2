namespace IIKernel.Kernels.Statistics;

/// <summary>Adjacent segments of a sample.</summary>
/// <param name="First">Number of the first, from 0.</param>
/// <param name="Count">How many, at least one.</param>
public readonly record struct SegmentRange(int First, int Count)
{
    /// <summary>Number of the segment behind the last.</summary>
    public int End => First + Count;
}

/// <summary>
/// One pass over the draws of some segments of a sample, and over some outputs, the columns. A draw's value is set aside when it lies
/// in a window of its column; everything else is counted or passed over. Passes over other segments that are alike otherwise give
/// results that can be merged (<see cref="PassResult.Merge"/>).
/// </summary>
public sealed record AccumulationPass
{
    private readonly SegmentRange? _range;

    /// <summary>N, the draws of the sample: its segments are those of <see cref="SampleSegments"/>.</summary>
    public required long Draws { get; init; }

    /// <summary>The segments that are drawn; all of the sample if not said otherwise.</summary>
    public SegmentRange Range
    {
        get => _range ?? new(0, Segments.Count);
        init => _range = value;
    }

    /// <summary>Indices of <see cref="Plan.OutputMap"/>, S of them, each at most once.</summary>
    public required int[] Columns { get; init; }

    /// <summary>Values near the columns' means, for the sums; null where no sums are wanted.</summary>
    public double[]? Centres { get; init; }

    /// <summary>
    /// The windows of each column, any number from one on, ascending and disjoint. One that holds a single number
    /// (<see cref="Window.Only"/>) is a threshold: the counts below, in and above it are exact.
    /// </summary>
    public required Window[][] Windows { get; init; }

    /// <summary>
    /// Where to look for values of the windows in a pass without <see cref="CountsGaps"/>: a few intervals for each
    /// column that cover its windows. What lies between the windows of one interval is passed over.
    /// </summary>
    public (double Low, double High)[][] Intervals { get; init; } = [];

    /// <summary>
    /// Whether the values in the gaps below, between and above a column's windows are counted, and values that are no numbers
    /// looked for: a first pass over a column, which has bins. They are those of <see cref="Window.Bin"/>; without, those of
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
    /// What a pass over the first segments of the range found and cached of the same columns, in windows that hold these: a backend may
    /// go on from there, or draw them again. Nobody needs it any more afterwards: its memory may be used.
    /// </summary>
    public PassResult? Earlier { get; init; }

    /// <summary>The segments of the sample.</summary>
    public SampleSegments Segments => new(Draws);

    /// <summary>Refuses segments that the sample does not have.</summary>
    /// <exception cref="ArgumentException">It does not have those of the range.</exception>
    internal void RequireRange()
    {
        if (Range.First < 0 || Range.Count < 1 || Range.End > Segments.Count)
            throw new ArgumentException($"A sample of {Segments.Count} segments has none of {Range}.");
    }

    /// <summary>The segments that <see cref="Earlier"/> lacks.</summary>
    internal SegmentRange Rest
    {
        get
        {
            if (Earlier is null) return Range;
            if (Earlier.Ranges is not [var done] || done.First != Range.First || done.End >= Range.End)
                throw new ArgumentException("An earlier pass goes over the first segments of a range and leaves some.");
            return new(done.End, Range.End - done.End);
        }
    }

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
}
