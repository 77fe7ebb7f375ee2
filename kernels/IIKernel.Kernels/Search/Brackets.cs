using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// Where the wanted order statistics of one column lie, as far as a part of its sample can tell: windows about the lower tail and the upper
/// tail of each level, and about the middle (Floyd and Rivest 1975); where they overlap they are one. A pilot, the first draws sorted,
/// sets them; the counts in their bins over a larger part narrow them. A tail's window reaches to the end of the line only where the first
/// or the last draws may be wanted.
/// </summary>
/// <param name="levels">Wanted order statistics of each level, all of as many draws.</param>
internal sealed class Brackets(IReadOnlyList<QuantileRanks> levels)
{
    // The grid of a tail reaches at most twice as far as all but this share of it, so that few values do not coarsen it; those
    // beyond share a bin.
    private const double FarOut = 0.02;

    // Half the width of a window, in standard deviations of the ranks of the part that sets it; widened after a miss, which
    // costs a pass for one column as for all.
    private const double FirstMargin = 4.5;
    private const double Widening = 4;

    // By how many standard deviations an interval may be longer than the shortest one of a part, and what may be lost besides, and still be
    // the shortest of the sample.
    private const double Plausible = 2.5;

    // Of so many intervals, in square roots of the number of draws, all are looked at: their windows hold hardly more than others.
    private const double Short = 10;

    // A gap in the pilot is so many times as wide as the spacings of as many values about it on average: once in millions by chance.
    private const int GapWidth = 24;
    private const int GapNeighbours = 8;

    private readonly long _draws = levels[0].Draws;

    // Ranks at which the shortest interval of a level may start, as shares of the sample.
    private (double From, double To)[] _plausible = [];
    private double _margin = FirstMargin / Widening;

    // The window of each range of positions.
    private int[] _windowOf = [];

    /// <summary>
    /// The windows; one or two of another kind where the pilot had values that are not finite, or one value only, or could not tell.
    /// </summary>
    public Window[] Windows { get; private set; } = [];

    /// <summary>
    /// Whether the pilot shows equal values, as of a discrete distribution, or gaps: then the length of an interval tells nothing of its
    /// neighbours', and none may be left out unseen.
    /// </summary>
    public bool IsIrregular { get; private set; }

    /// <summary>About which share of the values they will hold.</summary>
    public double Share { get; private set; } = 1;

    /// <summary>Which window holds the lower tail of a level.</summary>
    public int Lower(int level) => _windowOf.Length == 0 ? 0 : _windowOf[2 * level];

    /// <summary>Which window holds the upper tail of a level.</summary>
    public int Upper(int level) => _windowOf.Length == 0 ? Windows.Length - 1 : _windowOf[2 * level + 1];

    /// <summary>Whether the windows hold the ends of every interval of a level.</summary>
    public bool IsAnywhere(int level) =>
        IsIrregular || _margin > FirstMargin || _draws - levels[level].Span <= Short * Math.Sqrt(_draws);

    /// <summary>Sets the windows from a pilot, wider than the last time.</summary>
    /// <param name="sorted">
    /// The first draws, ascending; empty where some are no numbers. Infinite ones are taken for the largest numbers.
    /// </param>
    public void SetPilot(Span<double> sorted)
    {
        _margin *= Widening;
        (Share, _windowOf) = (1, []);
        if (sorted.IsEmpty)
        {
            Windows = [new(double.MinValue, double.PositiveInfinity, 0, 0)];
            return;
        }

        for (var i = 0; i < sorted.Length && double.IsInfinity(sorted[i]); i++)
            sorted[i] = Math.Clamp(sorted[i], double.MinValue, double.MaxValue);
        for (var i = sorted.Length; i > 0 && double.IsInfinity(sorted[i - 1]); i--) sorted[i - 1] = double.MaxValue;
        IsIrregular = HasTiesOrGaps(sorted);
        if (sorted[0] == sorted[^1])
        {
            // All draws alike so far: everything that is this very number is counted, not kept.
            var (only, next) = (sorted[0], Math.BitIncrement(sorted[0]));
            Windows = [new(double.MinValue, only, only, only), new(next, double.PositiveInfinity, only, only)];
            Share = 0;
            return;
        }

        // After a miss nothing is believed to be implausible.
        var n = sorted.Length;
        _plausible = [.. levels.Select(level => (0, 1 - Covered(level)))];
        for (var i = 0; i < levels.Count; i++)
        {
            if (!IsAnywhere(i) && levels[i].HasInterval)
                SetPlausible(i, ShortestInterval.Of(sorted, SpanOf(levels[i], n), FirstMargin), n);
        }

        // A value that the pilot holds many times belongs to a window as a whole: ranks near its first or last are
        // in it or next to it.
        var at = Positions(n);
        var found = new Stretch[at.Length];
        for (var k = 0; k < at.Length; k++)
            found[k] = new(k, sorted[(int)at[k].From], Math.BitIncrement(sorted[(int)at[k].To]), at[k].From, at[k].To);
        var far = FarPosition(n);
        if (!Set([], at, found, n, sorted[(int)far], sorted[(int)(n - 1 - far)]))
            Windows = [new(double.MinValue, double.PositiveInfinity, sorted[0], sorted[^1])];
    }

    /// <summary>
    /// Narrows the windows by the counts of a part. Windows of another kind, and windows that the part shows to be too
    /// narrow, stay: the whole sample decides.
    /// </summary>
    /// <param name="result">Counts in the windows' bins.</param>
    /// <param name="below">Counts below the windows.</param>
    /// <param name="inWindows">Counts in the windows.</param>
    /// <param name="draws">Number of draws of the part.</param>
    public void Narrow(ColumnResult result, long[] below, long[] inWindows, long draws)
    {
        if (_windowOf.Length == 0 || result.Undefined > 0) return;
        var before = _plausible;
        _plausible = [.. _plausible];
        if (!TryNarrow(result, below, inWindows, draws)) _plausible = before;
    }

    /// <summary>Whether the windows of the tails hold every rank that a level's shortest interval may start or end with.</summary>
    /// <param name="below">Number of values of the whole sample below each window.</param>
    /// <param name="inWindows">Likewise in it.</param>
    public bool CoverTails(long[] below, long[] inWindows)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var (from, to) = _plausible.Length == 0 ? default : _plausible[i];
            var (lower, upper, first, last) = (Lower(i), Upper(i), (long)(from * _draws), (long)(to * _draws));
            if (below[lower] > first && !IsSingle(lower)) return false;
            if (below[lower] + inWindows[lower] < last && !IsSingle(lower + 1)) return false;
            if (below[upper] > first + levels[i].Span && !IsSingle(upper)) return false;
            if (below[upper] + inWindows[upper] < Math.Min(last + levels[i].Span, _draws) && !IsSingle(upper + 1)) return false;
        }

        return true;
    }

    private static bool HasTiesOrGaps(ReadOnlySpan<double> sorted)
    {
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i + 1]) return true;
            if (i < GapNeighbours || i + 1 + GapNeighbours >= sorted.Length) continue;
            var (below, above) = (sorted[i] - sorted[i - GapNeighbours], sorted[i + 1 + GapNeighbours] - sorted[i + 1]);
            if (sorted[i + 1] - sorted[i] > GapWidth * (below + above) / (2 * GapNeighbours)) return true;
        }

        return false;
    }

    private static double Covered(QuantileRanks level) => level.Span / (double)level.Draws;

    private static long SpanOf(QuantileRanks level, long draws) => (long)(Covered(level) * draws);

    private bool IsSingle(int gap) => Window.OnlyInGap(Windows, gap) is not null;

    private bool TryNarrow(ColumnResult result, long[] below, long[] inWindows, long draws)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            if (IsAnywhere(i) || !levels[i].HasInterval) continue;
            var (lower, upper) = (Lower(i), Upper(i));
            if (ShortestInterval.Of(result, Windows, (lower, below[lower]), (upper, below[upper]), SpanOf(levels[i], draws), Plausible)
                is not { } shortest) return false;
            SetPlausible(i, shortest, draws);
            KeepWithin(i, below[lower], inWindows[lower], below[upper], inWindows[upper], draws);
        }

        var at = Positions(draws);
        var found = new Stretch[at.Length];
        for (var k = 0; k < at.Length; k++)
        {
            var w = _windowOf[k];
            var (start, end) = (Enclosing(result, w, at[k].From - below[w]), Enclosing(result, w, at[k].To - below[w]));
            found[k] = new(k, start.Low, end.High, below[w] + start.Before, below[w] + end.Through - 1);
        }

        var (far, last) = (FarPosition(draws), Windows.Length - 1);
        var lowerFar = Enclosing(result, 0, Math.Max(far - below[0], 0)).High;
        var upperFar = Enclosing(result, last, Math.Min(draws - 1 - far - below[last], inWindows[last] - 1)).Low;
        return Set(Windows, at, found, draws, lowerFar, upperFar);
    }

    private void SetPlausible(int level, ShortestInterval shortest, long draws) =>
        _plausible[level] = ((shortest.First - 1) / (double)draws, shortest.Last / (double)draws);

    // Leaves out what is so near to an end of the tails' windows, of which it is known how many of the draws lie below and in them, that
    // its margin reaches beyond. Where a window goes to the end of the line there is nothing beyond.
    private void KeepWithin(int level, long below, long inLower, long belowUpper, long inUpper, long draws)
    {
        var n = (double)draws;
        var covered = Covered(levels[level]);
        var (from, to) = _plausible[level];
        if (below > 0) from = Math.Max(from, below / n + Margin(from, draws));
        to = Math.Min(to, (below + inLower) / n - Margin(to, draws));
        from = Math.Max(from, belowUpper / n + Margin(from + covered, draws) - covered);
        if (belowUpper + inUpper < draws) to = Math.Min(to, (belowUpper + inUpper) / n - Margin(to + covered, draws) - covered);
        if (from <= to) _plausible[level] = (from, to);
    }

    // Of the widest level.
    private long FarPosition(long n) => (long)(FarOut * (1 - levels.Max(Covered)) * n);

    // Sets windows, within others if there are any, that hold what is found at positions of a part of n draws. Of the outermost two the
    // value with few beyond it is given.
    private bool Set(Window[] within, (long From, long To)[] at, Stretch[] found, long n, double lowerFar, double upperFar)
    {
        var (windows, holders, windowOf) = (new List<Window>(), new List<int>(), new int[found.Length]);
        var (through, sum) = (-1L, 0L);
        foreach (var stretch in found.OrderBy(s => s.Start).ThenBy(s => s.First))
        {
            // Written so that NaN fails.
            if (!(stretch.Start < stretch.End)) return false;
            if (windows.Count > 0 && stretch.Start < windows[^1].High)
            {
                windows[^1] = new(windows[^1].Low, Math.Max(windows[^1].High, stretch.End));
            }
            else
            {
                windows.Add(new(stretch.Start, stretch.End));
                holders.Add(within.Length > 0 ? _windowOf[stretch.Number] : -1);
            }

            windowOf[stretch.Number] = windows.Count - 1;
            sum += Math.Max(0, stretch.Last - Math.Max(through, stretch.First - 1));
            through = Math.Max(through, stretch.Last);
        }

        var least = Math.Max(windows[0].Low, windows[0].High - 2 * (windows[0].High - lowerFar));
        var most = Math.Min(windows[^1].High, windows[^1].Low + 2 * (upperFar - windows[^1].Low));
        if (!double.IsFinite(most - least) || !(least < windows[0].High && windows[^1].Low < most)) return false;
        windows[0] = windows[0] with { GridLow = least };
        windows[^1] = windows[^1] with { GridHigh = most };
        if (at.Min(a => a.From) == 0) windows[0] = windows[0] with { Low = double.MinValue };
        if (at.Max(a => a.To) == n - 1) windows[^1] = windows[^1] with { High = double.PositiveInfinity };

        // A little wider, so that a quarter of a value's bits tells whether it lies in them, but no wider than those that were counted in.
        Window[] set = [.. windows];
        var scale = Window.CoarseScale(set);
        for (var w = 0; w < set.Length; w++)
        {
            var (low, high) = (scale.Edge(set[w].Low, false), scale.Edge(set[w].High, true));
            if (holders[w] >= 0) (low, high) = (Math.Max(low, within[holders[w]].Low), Math.Min(high, within[holders[w]].High));
            if ((w == 0 || set[w - 1].High <= low) && (w == set.Length - 1 || high <= set[w + 1].Low))
                set[w] = set[w] with { Low = low, High = high };
        }

        (Windows, _windowOf, Share) = (set, windowOf, sum / (double)n);
        return true;
    }

    // The bin that holds the value at a position among those of a window, brought in to the values that there are; NaN where the
    // window does not hold it.
    private Enclosure Enclosing(ColumnResult result, int window, long position)
    {
        var bins = result.Bins.Length / Windows.Length;
        var before = 0L;
        for (var bin = 0; bin < bins && position >= 0; bin++)
        {
            var through = before + result.Bins[window * bins + bin];
            if (position < through)
            {
                return new(
                    Math.Max(Windows[window].Edge(bin, bins), result.Smallest[window]),
                    Math.Min(Windows[window].Edge(bin + 1, bins), Math.BitIncrement(result.Largest[window])), before, through);
            }

            before = through;
        }

        return new(double.NaN, double.NaN, 0, 0);
    }

    // Positions among n sorted values, from 0, that the windows must hold, with their margins: of the wanted ranks and of the ends of the
    // shortest interval, two for each level, then the middle.
    private (long From, long To)[] Positions(long n)
    {
        var at = new (long From, long To)[2 * levels.Count + 1];
        for (var i = 0; i < levels.Count; i++)
        {
            var (covered, (from, to)) = (Covered(levels[i]), _plausible[i]);
            var lower = Math.Clamp(levels[i].Lower / (double)_draws, 0, 1);
            var upper = Math.Clamp(levels[i].Upper / (double)_draws, 0, 1);
            at[2 * i] = About(Math.Min(lower, from), Math.Max(lower, to), n);
            at[2 * i + 1] = About(Math.Min(upper, from + covered), Math.Max(upper, to + covered), n);
        }

        at[^1] = About(0.5, 0.5, n);
        return at;
    }

    // Positions about shares of the sample, with their margins.
    private (long From, long To) About(double from, double to, long n)
    {
        from = Math.Clamp(from, 0, 1);
        to = Math.Clamp(to, 0, 1);
        return (
            Math.Clamp((long)Math.Floor(n * (from - Margin(from, n))), 0, n - 1),
            Math.Clamp((long)Math.Ceiling(n * (to + Margin(to, n))), 0, n - 1));
    }

    // The noise of n draws of the sample that set a window, and two standard deviations of the ranks that the standard errors need. At
    // the very ends of the sample one value more, since the whole sample's first ranks may lie anywhere in it.
    private double Margin(double p, long n)
    {
        var noise = _margin * Math.Sqrt(1.0 / n - 1.0 / _draws) + 2 / Math.Sqrt(_draws);
        return Math.Sqrt(Math.Clamp(p * (1 - p), 0, 1)) * noise + _margin / n;
    }

    // A bin, and how many values of its window lie below its lower and its upper end.
    private readonly record struct Enclosure(double Low, double High, long Before, long Through);

    // What holds a range of positions: from a value to below another, and the positions of all values there.
    private readonly record struct Stretch(int Number, double Start, double End, long First, long Last);
}
