using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <content>
/// The shortest interval: an estimate from the counts of the whole sample, whose ends are found with the other ranks, and which bounds the
/// search among all intervals that the windows hold, where that estimate is not sure to be short enough.
/// </content>
internal sealed partial class ColumnSearch
{
    private readonly ShortestSearch[] _intervals = [.. levels.Select(level => new ShortestSearch(level.Span))];

    // About where the shortest interval of each level starts, and a length that no interval falls short of.
    private readonly (long Rank, double Least)[] _candidates = new (long, double)[levels.Count];

    // The counts of the whole sample, until the shortest intervals are found.
    private (ColumnResult Result, Window[] Windows, long[] Below)? _whole;

    // Which level's is searched.
    private int _level;

    /// <summary>Whether finer bins will hardly lessen that: only the values themselves will.</summary>
    public bool IsStalled => _intervals[_level].IsStalled;

    /// <summary>Leaves the interval that is searched at the shortest that is known.</summary>
    public void GiveUp() => EndLevel();

    // All wanted ranks are found. What is left are the shortest intervals; the equal-tailed one is a candidate too.
    private void EndRanks()
    {
        for (; _level < levels.Count; _level++)
        {
            var (level, interval, (candidate, least)) = (levels[_level], _intervals[_level], _candidates[_level]);
            if (!level.HasInterval) continue;
            foreach (var rank in new[] { candidate, level.Lower })
                interval.Consider(rank, _wanted.Value(rank), _wanted.Value(rank + level.Span));
            if (!_brackets.IsIrregular && interval.Length <= (1 + ShortestInterval.Tolerance) * least) continue;
            var (result, windows, below) = _whole!.Value;
            interval.Search(Cells(result, windows, below, _draws));
            if (interval.Windows.Length == 0) continue;
            SearchInterval();
            return;
        }

        (IsDone, _whole, Windows) = (true, null, []);
    }

    private void EndLevel()
    {
        _level++;
        EndRanks();
    }

    private void SearchInterval()
    {
        var interval = _intervals[_level];
        (Windows, _below, Expected, Intervals) = (interval.Windows, interval.Below, interval.Counts.Sum(), []);
        if (Windows.Length == 0) EndLevel();
        else Intervals = Cover(interval.Counts);
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

    // About where the shortest interval of a level starts, and a length that none falls short of.
    private (long Rank, double Least) Shortest(int level, ColumnResult result)
    {
        var (ranks, lower, upper) = (levels[level], _brackets.Lower(level), _brackets.Upper(level));
        // A gap that holds one number often enough has an interval without length.
        if (Windows.Length > 1 && Window.OnlyInGap(Windows, 1) is not null && result.Gaps[1] > ranks.Span)
            return (_below[1] - result.Gaps[1] + 1, 0);
        if (ShortestInterval.Of(result, Windows, (lower, _below[lower]), (upper, _below[upper]), ranks.Span, 0) is not { } found)
            return (ranks.Lower, 0);
        var isFine = _brackets.IsAnywhere(level) || result.Bins.Length / Windows.Length >= SampleParts.FineBins;
        return (found.Rank, isFine ? found.Least : found.Likely);
    }
}
