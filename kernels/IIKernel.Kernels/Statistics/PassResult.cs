namespace IIKernel.Kernels.Statistics;

/// <summary>
/// What a pass found. Results over different segments of one sample can be merged in any order and in any grouping, with the same bits:
/// numbers are counted, and sums stay apart, segment by segment, until all are there.
/// </summary>
public sealed class PassResult
{
    /// <summary>The result of a pass over all segments of its range.</summary>
    /// <param name="pass">What was asked for.</param>
    /// <param name="columns">One entry for each column.</param>
    /// <exception cref="ArgumentException">The sample does not have the segments of the range.</exception>
    public PassResult(AccumulationPass pass, ColumnResult[] columns)
        : this(pass, [pass.Range], columns)
    {
        pass.RequireRange();
    }

    private PassResult(AccumulationPass pass, SegmentRange[] ranges, ColumnResult[] columns)
    {
        // What an earlier pass cached is not held any longer.
        Pass = pass with { Earlier = null };
        Ranges = ranges;
        Columns = columns;
    }

    /// <summary>What was asked for; of merged results, by one of them.</summary>
    public AccumulationPass Pass { get; }

    /// <summary>The segments that it goes over: ascending, none of them next to another.</summary>
    public SegmentRange[] Ranges { get; }

    /// <summary>One entry for each column.</summary>
    public ColumnResult[] Columns { get; }

    /// <summary>Number of draws that it goes over.</summary>
    public long Draws => Ranges.Sum(r => Pass.Segments.Start(r.End) - Pass.Segments.Start(r.First));

    /// <summary>Whether it goes over the whole sample.</summary>
    public bool IsWhole => Ranges is [{ First: 0 } only] && only.Count == Pass.Segments.Count;

    /// <summary>What the passes found together.</summary>
    /// <param name="results">Results of passes over different segments that were alike otherwise, at least one, in any order.</param>
    /// <exception cref="ArgumentException">The passes differ, or two went over the same segment.</exception>
    public static PassResult Merge(IReadOnlyList<PassResult> results)
    {
        var pass = results[0].Pass;
        if (results.FirstOrDefault(r => !AreAlike(pass, r.Pass)) is not null)
            throw new ArgumentException("Results of passes that differ cannot be merged.", nameof(results));

        // Where the sums of each range stand: in which result, from which position on.
        var pieces = results.SelectMany((result, i) =>
        {
            var at = 0;
            return result.Ranges.Select(range => (Range: range, Result: i, At: (at += range.Count) - range.Count)).ToArray();
        }).OrderBy(p => p.Range.First).ToArray();
        var ranges = new List<SegmentRange>();
        foreach (var (range, _, _) in pieces)
        {
            var last = ranges.LastOrDefault();
            if (range.First < last.End) throw new ArgumentException($"Segment {range.First} is in two results.", nameof(results));
            if (range.First > last.End || ranges.Count == 0) ranges.Add(range);
            else ranges[^1] = last with { Count = last.Count + range.Count };
        }

        SegmentSums[] Sums(int column) => pass.Centres is null ? []
            : [.. pieces.SelectMany(p => results[p.Result].Columns[column].Segments.AsSpan(p.At, p.Range.Count).ToArray())];
        var columns = pass.Columns.Select((_, c) => ColumnResult.Merge([.. results.Select(r => r.Columns[c])], Sums(c)));
        return new(pass, [.. ranges], [.. columns]);
    }

    private static bool AreAlike(AccumulationPass a, AccumulationPass b) =>
        (a.Draws, a.Bins, a.CountsGaps) == (b.Draws, b.Bins, b.CountsGaps) && a.Columns.AsSpan().SequenceEqual(b.Columns)
        && a.Centres.AsSpan().SequenceEqual(b.Centres) && a.Windows.Zip(b.Windows).All(w => w.First.AsSpan().SequenceEqual(w.Second));
}

/// <summary>What a pass found about one column.</summary>
public sealed record ColumnResult
{
    /// <summary>Nothing so far.</summary>
    /// <param name="windows">Number of windows.</param>
    /// <param name="bins">Bins of each; 0 where values are kept.</param>
    public ColumnResult(int windows, int bins)
    {
        Gaps = new long[windows + 1];
        Bins = new long[windows * bins];
        Smallest = new double[windows];
        Largest = new double[windows];
        Array.Fill(Smallest, double.PositiveInfinity);
        Array.Fill(Largest, double.NegativeInfinity);
    }

    /// <summary>
    /// Sums over the draws of each segment of the deviations from the centre and of their squares, ascending;
    /// empty where no sums were asked for.
    /// </summary>
    public SegmentSums[] Segments { get; set; } = [];

    /// <summary>Number of values in each gap where those are counted: below the first window, between neighbours, above the last.</summary>
    public long[] Gaps { get; init; }

    /// <summary>Number of values in each bin, window by window; empty where values were kept.</summary>
    public long[] Bins { get; init; }

    /// <summary>
    /// Smallest value in each window; +∞ where there is none or values were kept, and, where gaps are counted, for all windows but
    /// the first.
    /// </summary>
    public double[] Smallest { get; init; }

    /// <summary>
    /// Largest value in each window; −∞ where there is none or values were kept, and, where gaps are counted, for all windows but
    /// the last.
    /// </summary>
    public double[] Largest { get; init; }

    /// <summary>The values in the windows, ascending; empty where they were binned.</summary>
    public double[] Kept { get; set; } = [];

    /// <summary>
    /// The values that were binned, in any order, and perhaps others that are in no window; null where they were not cached.
    /// </summary>
    public IReadOnlyList<ArraySegment<double>>? Cached { get; set; }

    /// <summary>Number of draws whose value is no number; they are counted nowhere else.</summary>
    public long Undefined { get; set; }

    /// <summary>Number of draws whose value is infinite: in a first pass they are counted in the outermost gaps too.</summary>
    public long Infinite { get; set; }

    /// <summary>What several results say together.</summary>
    /// <param name="results">The results, of passes with the same windows.</param>
    /// <param name="segments">The sums of all their segments, ascending.</param>
    internal static ColumnResult Merge(ColumnResult[] results, SegmentSums[] segments)
    {
        var windows = results[0].Smallest.Length;
        var merged = new ColumnResult(windows, results[0].Bins.Length / windows)
        {
            Segments = segments,
            Kept = Ascending([.. results.SelectMany(r => r.Kept)]),
            Cached = results.All(r => r.Cached is not null) ? [.. results.SelectMany(r => r.Cached!)] : null,
            Undefined = results.Sum(r => r.Undefined),
            Infinite = results.Sum(r => r.Infinite),
        };
        foreach (var result in results)
        {
            for (var i = 0; i < merged.Gaps.Length; i++) merged.Gaps[i] += result.Gaps[i];
            for (var i = 0; i < merged.Bins.Length; i++) merged.Bins[i] += result.Bins[i];
            for (var w = 0; w < windows; w++)
            {
                merged.Smallest[w] = Math.Min(merged.Smallest[w], result.Smallest[w]);
                merged.Largest[w] = Math.Max(merged.Largest[w], result.Largest[w]);
            }
        }

        return merged;
    }

    /// <summary>Sorts values in place; there is one zero, so that values that compare as equal are the same bits.</summary>
    public static double[] Ascending(double[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] += 0.0;
        values.AsSpan().Sort();
        return values;
    }
}
