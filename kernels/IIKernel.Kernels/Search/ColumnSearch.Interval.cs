using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <content>
/// The shortest interval: an estimate from the counts of the whole sample, whose ends are found with the other ranks, and which bounds the
/// search among all intervals that the windows hold, where that estimate is not sure to be short enough.
/// </content>
internal sealed partial class ColumnSearch
{
    private readonly ShortestSearch _interval = new(ranks.Span);

    // The counts of the whole sample, until the shortest interval is found, and a length that no interval falls short of.
    private (ColumnResult Result, Window[] Windows, long[] Below)? _whole;
    private double _least;
    private long _candidate;

    /// <summary>Whether finer bins will hardly lessen that: only the values themselves will.</summary>
    public bool IsStalled => _interval.IsStalled;

    /// <summary>Leaves it at the shortest interval that is known.</summary>
    public void GiveUp() => IsDone = true;

    // All wanted ranks are found. The equal-tailed interval is a candidate too.
    private void EndRanks()
    {
        IsDone = true;
        if (_whole is not { } whole) return;
        _whole = null;
        foreach (var rank in new[] { _candidate, ranks.Lower }) _interval.Consider(rank, _wanted.Value(rank), _wanted.Value(rank + ranks.Span));
        if (!_brackets.IsIrregular && _interval.Length <= (1 + ShortestInterval.Tolerance) * _least) return;
        _interval.Search(Cells(whole.Result, whole.Windows, whole.Below, ranks.Draws));
        SearchInterval();
    }

    private void SearchInterval()
    {
        Windows = _interval.Windows;
        _below = _interval.Below;
        Expected = _interval.Counts.Sum();
        Intervals = Cover(_interval.Counts);
        IsDone = Windows.Length == 0;
    }

    // The bins of the whole sample that hold values, and the gaps that hold one number.
    private static List<Cell> Cells(ColumnResult result, Window[] windows, long[] below, long draws)
    {
        var cells = new List<Cell>();
        var bins = result.Bins.Length / windows.Length;
        for (var w = 0; w <= windows.Length; w++)
        {
            if (result.Gaps[w] > 0 && Window.OnlyInGap(windows, w) is { } only)
                cells.Add(new(only, only, (w < windows.Length ? below[w] : draws) - result.Gaps[w], result.Gaps[w], w));
            if (w == windows.Length) break;
            var (before, edge) = (below[w], windows[w].Low);
            for (var bin = 0; bin < bins; bin++)
            {
                if (result.Bins[w * bins + bin] is not (> 0 and var count)) continue;
                if (bin > 0) edge = windows[w].Edge(bin, bins);
                cells.Add(new(
                    Math.Max(edge, result.Smallest[w]),
                    Math.Min(Math.BitDecrement(windows[w].Edge(bin + 1, bins)), result.Largest[w]), before, count, w));
                before += count;
            }
        }

        return cells;
    }

    // About where the shortest interval starts, and a length that none falls short of.
    private (long Rank, double Least) Shortest(ColumnResult result)
    {
        // A gap that holds one number often enough has an interval without length.
        if (Windows.Length > 1 && Window.OnlyInGap(Windows, 1) is not null && result.Gaps[1] > ranks.Span) return (_below[1] - result.Gaps[1] + 1, 0);
        if (ShortestInterval.Of(result, Windows, ranks.Draws, ranks.Span, 0) is not { } found) return (ranks.Lower, 0);
        return (found.Rank, _brackets.IsAnywhere || result.Bins.Length / Windows.Length >= SampleParts.FineBins ? found.Least : found.Likely);
    }
}
