using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>Neighbouring order statistics of a sample, and two numbers between which they lie, or which they are.</summary>
/// <param name="Smallest">None is smaller.</param>
/// <param name="Largest">None is larger.</param>
/// <param name="Below">Number of values of the sample below them.</param>
/// <param name="Count">How many they are, at least one.</param>
/// <param name="Window">Which window of a pass they come from; between windows lie values that nothing else is known of.</param>
internal readonly record struct Cell(double Smallest, double Largest, long Below, long Count, int Window)
{
    /// <summary>Whether they are all the same number.</summary>
    public bool IsSingle => Smallest == Largest;

    /// <summary>The rank of the last.</summary>
    public long Last => Below + Count;
}

/// <summary>
/// The search for the shortest of the intervals from a rank to the rank so many above, of equal ones the first, in a sample that is known
/// by cells: two cells bound the lengths of the intervals between them from below and above. What cannot be the shortest is left out, the
/// cells that are left are divided by the next pass, until they are single numbers. Any distribution will do.
/// </summary>
/// <param name="span">Distance of the ranks of an interval's ends.</param>
internal sealed class ShortestSearch(long span)
{
    // Windows of a pass.
    private const int MostWindows = 12;

    private readonly List<Cell> _singles = [];
    private double _length = double.PositiveInfinity;
    private long _rank = long.MaxValue;

    /// <summary>The windows of the next pass; none at the end.</summary>
    public Window[] Windows { get; private set; } = [];

    /// <summary>Number of values of the sample below each window.</summary>
    public long[] Below { get; private set; } = [];

    /// <summary>Number of values in each window.</summary>
    public long[] Counts { get; private set; } = [];

    /// <summary>Whether the last pass left more than half of what it looked at: finer bins would not end the search soon.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>The shortest interval that is known.</summary>
    public (double Low, double High) Interval { get; private set; } = (double.NaN, double.NaN);

    /// <summary>Its length.</summary>
    public double Length => _length;

    /// <summary>Takes note of an interval.</summary>
    /// <param name="rank">The rank of its lower end.</param>
    /// <param name="low">Its lower end.</param>
    /// <param name="high">Its upper end.</param>
    public void Consider(long rank, double low, double high)
    {
        var length = Distance(low, high);
        if (length > _length || (length == _length && rank > _rank)) return;
        (_length, _rank, Interval) = (length, rank, (low, high));
    }

    /// <summary>Searches some cells, ascending.</summary>
    public void Search(IReadOnlyList<Cell> cells)
    {
        var pairs = Pairs(cells);
        foreach (var (lower, upper, rank) in pairs)
            if (cells[lower].IsSingle && cells[upper].IsSingle) Consider(rank, cells[lower].Smallest, cells[upper].Smallest);
        var limit = _length;
        foreach (var (lower, upper, _) in pairs) limit = Math.Min(limit, Distance(cells[lower].Smallest, cells[upper].Largest));
        var isLeft = new bool[cells.Count];
        foreach (var (lower, upper, rank) in pairs)
        {
            if (cells[lower].IsSingle && cells[upper].IsSingle) continue;
            var least = Math.Max(0, Distance(cells[lower].Largest, cells[upper].Smallest));
            if (least < limit || (least == limit && (_length > limit || rank < _rank))) isLeft[lower] = isLeft[upper] = true;
        }

        SetWindows(cells, isLeft);
    }

    /// <summary>
    /// Takes what a pass found in the windows: the values themselves, or counts in bins of <see cref="Window.PositionBin"/>.
    /// </summary>
    public void Take(ColumnResult result)
    {
        var expected = Counts.Sum();
        var cells = new List<Cell>(_singles);
        var at = 0;
        for (var w = 0; w < Windows.Length; w++)
        {
            var below = Below[w];
            if (result.Bins.Length > 0) below = AddBins(result, w, below, cells);
            else
                for (; at < result.Kept.Length && result.Kept[at] < Windows[w].High; below = cells[^1].Last)
                    at += Add(cells, result.Kept.AsSpan(at), below, w);
            if (below != Below[w] + Counts[w])
                throw new InvalidOperationException("A pass did not find the values that were counted: a fault of this program.");
        }

        cells.Sort((a, b) => a.Below.CompareTo(b.Below));
        Search(cells);
        IsStalled = Counts.Sum() > expected / 2;
    }

    private static int Add(List<Cell> cells, ReadOnlySpan<double> kept, long below, int window)
    {
        var count = 1;
        while (count < kept.Length && kept[count] == kept[0]) count++;
        cells.Add(new(kept[0], kept[0], below, count, window));
        return count;
    }

    private long AddBins(ColumnResult result, int w, long below, List<Cell> cells)
    {
        var (window, bins) = (Windows[w], result.Bins.Length / Windows.Length);
        var shift = window.Shift(bins);
        for (var bin = 0; bin < bins; bin++)
        {
            if (result.Bins[w * bins + bin] is not (> 0 and var count)) continue;
            cells.Add(new(
                Math.Max(window.PositionEdge(bin, shift), result.Smallest[w]),
                Math.Min(Math.BitDecrement(window.PositionEdge(bin + 1, shift)), result.Largest[w]), below, count, w));
            below += count;
        }

        return below;
    }

    // The cells that hold the ends of some interval, with the lowest rank of one.
    private List<(int Lower, int Upper, long Rank)> Pairs(IReadOnlyList<Cell> cells)
    {
        var pairs = new List<(int, int, long)>(2 * cells.Count);
        var upper = 0;
        for (var lower = 0; lower < cells.Count; lower++)
        {
            for (var rank = cells[lower].Below + 1; rank <= cells[lower].Last; rank = cells[upper].Last - span + 1)
            {
                while (upper < cells.Count && cells[upper].Last < rank + span) upper++;
                if (upper == cells.Count) return pairs;
                rank = Math.Max(rank, cells[upper].Below + 1 - span);
                if (rank <= cells[lower].Last) pairs.Add((lower, upper, rank));
            }
        }

        return pairs;
    }

    // Windows around the cells that are left and no single numbers, apart where most lies between them. What single numbers lie in one
    // come again with it.
    private void SetWindows(IReadOnlyList<Cell> cells, bool[] isLeft)
    {
        int[] open = [.. Enumerable.Range(0, cells.Count).Where(i => isLeft[i] && !cells[i].IsSingle)];
        int[] starts = [.. Enumerable.Range(1, Math.Max(0, open.Length - 1))
            .OrderByDescending(i => cells[open[i]].Window != cells[open[i - 1]].Window)
            .ThenByDescending(i => cells[open[i]].Below - cells[open[i - 1]].Last)
            .ThenByDescending(i => cells[open[i]].Smallest - cells[open[i - 1]].Largest)
            .Take(MostWindows - 1).Append(0).Order()];
        if (open.Length == 0) starts = [];
        Windows = new Window[starts.Length];
        Below = new long[starts.Length];
        Counts = new long[starts.Length];
        _singles.Clear();
        for (var w = 0; w < starts.Length; w++)
        {
            var (first, last) = (cells[open[starts[w]]], cells[open[w + 1 < starts.Length ? starts[w + 1] - 1 : open.Length - 1]]);
            Windows[w] = new(first.Smallest, Math.BitIncrement(last.Largest));
            (Below[w], Counts[w]) = (first.Below, last.Last - first.Below);
        }

        if (starts.Length == 0) return;
        for (var i = 0; i < cells.Count; i++)
        {
            if (!isLeft[i] || !cells[i].IsSingle) continue;
            var w = Array.FindLastIndex(Below, below => below <= cells[i].Below);
            if (w < 0 || cells[i].Below >= Below[w] + Counts[w]) _singles.Add(cells[i] with { Window = -1 });
        }
    }

    // Between infinities of one sign there is none.
    private static double Distance(double low, double high) =>
        high - low is var distance && double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
