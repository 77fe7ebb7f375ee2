using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// Where the wanted order statistics of one column lie, as far as a part of its sample can tell: three windows, the lower tail, the
/// middle and the upper tail (Floyd and Rivest 1975). A pilot, the first draws sorted, sets them; the counts in their bins over a
/// larger part narrow them. A tail's window reaches to the end of the line only where the first or the last draws may be wanted.
/// </summary>
/// <param name="ranks">Number of draws and wanted order statistics.</param>
internal sealed class Brackets(QuantileRanks ranks)
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

    // Ranks at which the shortest interval may start, as shares of the sample.
    private (double From, double To) _plausible;
    private double _margin = FirstMargin / Widening;

    /// <summary>The windows; one or two of another kind where the pilot had values that are not finite, or one value only.</summary>
    public Window[] Windows { get; private set; } = [];

    /// <summary>
    /// Whether the pilot shows equal values, as of a discrete distribution, or gaps: then the length of an interval tells nothing of its
    /// neighbours', and none may be left out unseen.
    /// </summary>
    public bool IsIrregular { get; private set; }

    /// <summary>Whether the windows hold the ends of every interval.</summary>
    public bool IsAnywhere => IsIrregular || _margin > FirstMargin || ranks.Draws - ranks.Span <= Short * Math.Sqrt(ranks.Draws);

    /// <summary>About which share of the values they will hold.</summary>
    public double Share { get; private set; } = 1;

    /// <summary>Sets the windows from a pilot, wider than the last time.</summary>
    /// <param name="sorted">The first draws, ascending; empty where some are no numbers. Infinite ones are taken for the largest numbers.</param>
    public void SetPilot(Span<double> sorted)
    {
        _margin *= Widening;
        Share = 1;
        if (sorted.IsEmpty)
        {
            Windows = [new(double.MinValue, double.PositiveInfinity, 0, 0)];
            return;
        }

        for (var i = 0; i < sorted.Length && double.IsInfinity(sorted[i]); i++) sorted[i] = Math.Clamp(sorted[i], double.MinValue, double.MaxValue);
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
        _plausible = (0, 1 - ranks.Span / (double)ranks.Draws);
        if (!IsAnywhere && ranks.HasInterval) SetPlausible(ShortestInterval.Of(sorted, SpanOf(n), FirstMargin), n);

        // A value that the pilot holds many times belongs to a window as a whole: ranks near its first or last are
        // in it or next to it.
        var at = Positions(n);
        var far = FarPosition(n);
        if (!SetThree(
            [], at, n, (sorted[(int)at.Lower.From], sorted[(int)far]), Math.BitIncrement(sorted[(int)at.Lower.To]),
            sorted[(int)at.Middle.From], Math.BitIncrement(sorted[(int)at.Middle.To]),
            sorted[(int)at.Upper.From], (sorted[(int)(n - 1 - far)], Math.BitIncrement(sorted[(int)at.Upper.To]))))
            Windows = [new(double.MinValue, double.PositiveInfinity, sorted[0], sorted[^1])];
    }

    /// <summary>
    /// Narrows the windows by the counts of a part. Windows of another kind than three, and windows that the part shows to be too
    /// narrow, stay: the whole sample decides.
    /// </summary>
    /// <param name="result">Counts in the windows' bins.</param>
    /// <param name="inWindows">Counts in the windows.</param>
    /// <param name="draws">Number of draws of the part.</param>
    public void Narrow(ColumnResult result, long[] inWindows, long draws)
    {
        if (Windows.Length != 3 || result.Undefined > 0) return;
        var below = result.Gaps[0];
        var belowMiddle = below + inWindows[0] + result.Gaps[1];
        var belowUpper = belowMiddle + inWindows[1] + result.Gaps[2];
        var before = _plausible;
        if (ranks.HasInterval && !IsAnywhere)
        {
            if (ShortestInterval.Of(result, Windows, draws, SpanOf(draws), Plausible) is not { } shortest) return;
            SetPlausible(shortest, draws);
            KeepWithin(below, inWindows[0], belowUpper, inWindows[2], draws);
        }

        var at = Positions(draws);
        var far = FarPosition(draws);
        var lowerFar = Enclosing(result, 0, Math.Max(far - below, 0));
        var upperFar = Enclosing(result, 2, Math.Min(draws - 1 - far - belowUpper, inWindows[2] - 1));
        var lower = (From: Enclosing(result, 0, at.Lower.From - below), To: Enclosing(result, 0, at.Lower.To - below));
        var middle = (From: Enclosing(result, 1, at.Middle.From - belowMiddle), To: Enclosing(result, 1, at.Middle.To - belowMiddle));
        var upper = (From: Enclosing(result, 2, at.Upper.From - belowUpper), To: Enclosing(result, 2, at.Upper.To - belowUpper));
        if (!SetThree(
            Windows, at, draws, (lower.From.Low, lowerFar.High), lower.To.High, middle.From.Low, middle.To.High, upper.From.Low, (upperFar.Low, upper.To.High)))
        {
            _plausible = before;
            return;
        }

        Share = (lower.To.Through - lower.From.Before + middle.To.Through - middle.From.Before + upper.To.Through - upper.From.Before) / (double)draws;
    }

    /// <summary>Whether the outer windows hold every rank that the shortest interval may start or end with.</summary>
    /// <param name="below">Number of values of the whole sample below each window.</param>
    /// <param name="inWindows">Likewise in it.</param>
    public bool CoverTails(long[] below, long[] inWindows)
    {
        var first = (long)(_plausible.From * ranks.Draws);
        var last = (long)(_plausible.To * ranks.Draws);
        return (below[0] <= first || IsSingle(0)) && (below[^1] + inWindows[^1] >= Math.Min(last + ranks.Span, ranks.Draws) || IsSingle(Windows.Length))
            && (below[0] + inWindows[0] >= last || IsSingle(1)) && (below[^1] <= first + ranks.Span || IsSingle(Windows.Length - 1));
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

    private bool IsSingle(int gap) => Window.OnlyInGap(Windows, gap) is not null;

    private long SpanOf(long draws) => (long)(ranks.Span / (double)ranks.Draws * draws);

    private void SetPlausible(ShortestInterval shortest, long draws) =>
        _plausible = ((shortest.First - 1) / (double)draws, shortest.Last / (double)draws);

    // Leaves out what is so near to an end of the outer windows, of which it is known how many of the draws lie below and in them, that
    // its margin reaches beyond. Where a window goes to the end of the line there is nothing beyond.
    private void KeepWithin(long below, long inLower, long belowUpper, long inUpper, long draws)
    {
        var n = (double)draws;
        var covered = ranks.Span / (double)ranks.Draws;
        var (from, to) = _plausible;
        if (below > 0) from = Math.Max(from, below / n + Margin(from, draws));
        to = Math.Min(to, (below + inLower) / n - Margin(to, draws));
        from = Math.Max(from, belowUpper / n + Margin(from + covered, draws) - covered);
        if (belowUpper + inUpper < draws) to = Math.Min(to, (belowUpper + inUpper) / n - Margin(to + covered, draws) - covered);
        if (from <= to) _plausible = (from, to);
    }

    private long FarPosition(long n) => (long)(FarOut * (1 - ranks.Span / (double)ranks.Draws) * n);

    // Sets three windows, within three others if there are any, by the values at their positions among n. Of the outer two the end of what
    // is sought is given and the value with few beyond it.
    private bool SetThree(
        ReadOnlySpan<Window> within,
        ((long From, long To) Lower, (long From, long To) Middle, (long From, long To) Upper) at, long n,
        (double End, double Far) lower, double lowerEnd, double middleStart, double middleEnd, double upperStart, (double Far, double End) upper)
    {
        var least = Math.Max(lower.End, lowerEnd - 2 * (lowerEnd - lower.Far));
        var most = Math.Min(upper.End, upperStart + 2 * (upper.Far - upperStart));

        // Written so that NaN fails.
        if (!double.IsFinite(most - least)) return false;
        if (!(least < lowerEnd && lowerEnd <= middleStart && middleStart < middleEnd && middleEnd <= upperStart && upperStart < most)) return false;
        var lowerStart = at.Lower.From > 0 ? lower.End : double.MinValue;
        var upperEnd = at.Upper.To < n - 1 ? upper.End : double.PositiveInfinity;

        // A little wider, so that a quarter of a value's bits tells whether it lies in them, but no wider than those that were counted in.
        var windows = new Window[] { new(lowerStart, lowerEnd, least, lowerEnd), new(middleStart, middleEnd), new(upperStart, upperEnd, upperStart, most) };
        var scale = Window.CoarseScale(windows);
        for (var w = 0; w < windows.Length; w++)
        {
            var low = scale.Edge(windows[w].Low, false);
            var high = scale.Edge(windows[w].High, true);
            if (!within.IsEmpty) (low, high) = (Math.Max(low, within[w].Low), Math.Min(high, within[w].High));
            if ((w == 0 || windows[w - 1].High <= low) && (w == 2 || high <= windows[w + 1].Low)) windows[w] = windows[w] with { Low = low, High = high };
        }

        Windows = windows;
        Share = (at.Lower.To - at.Lower.From + at.Middle.To - at.Middle.From + at.Upper.To - at.Upper.From + 3) / (double)n;
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

    // Positions among n sorted values, from 0, that the windows must hold: of the wanted ranks and of the ends of the shortest
    // interval, with their margins.
    private ((long From, long To) Lower, (long From, long To) Middle, (long From, long To) Upper) Positions(long n)
    {
        var covered = ranks.Span / (double)ranks.Draws;
        var lower = Math.Clamp(ranks.Lower / (double)ranks.Draws, 0, 1);
        var upper = Math.Clamp(ranks.Upper / (double)ranks.Draws, 0, 1);
        return (
            About(Math.Min(lower, _plausible.From), Math.Max(lower, _plausible.To), n), About(0.5, 0.5, n),
            About(Math.Min(upper, _plausible.From + covered), Math.Max(upper, _plausible.To + covered), n));
    }

    // Positions about shares of the sample, with their margins.
    private (long From, long To) About(double from, double to, long n)
    {
        from = Math.Clamp(from, 0, 1);
        to = Math.Clamp(to, 0, 1);
        return (Math.Clamp((long)Math.Floor(n * (from - Margin(from, n))), 0, n - 1), Math.Clamp((long)Math.Ceiling(n * (to + Margin(to, n))), 0, n - 1));
    }

    // The noise of n draws of the sample that set a window, and two standard deviations of the ranks that the standard errors need. At
    // the very ends of the sample one value more, since the whole sample's first ranks may lie anywhere in it.
    private double Margin(double p, long n)
    {
        var noise = _margin * Math.Sqrt(1.0 / n - 1.0 / ranks.Draws) + 2 / Math.Sqrt(ranks.Draws);
        return Math.Sqrt(Math.Clamp(p * (1 - p), 0, 1)) * noise + _margin / n;
    }

    // A bin, and how many values of its window lie below its lower and its upper end.
    private readonly record struct Enclosure(double Low, double High, long Before, long Through);
}
