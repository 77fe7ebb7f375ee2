using System.Numerics;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// The search for the wanted order statistics of one stream. A pilot, the first draws sorted, sets three windows:
/// the lower tail, the middle and the upper tail (Floyd and Rivest 1975). Passes over ever larger parts of the sample
/// count exactly how many values lie in each bin of the windows; each part sets the windows of the next, which are
/// narrower the larger it was. Once all draws are counted, the bins that hold a wanted rank become the next pass's windows,
/// until their values are few enough to be kept or are all the same. No order statistic is ever estimated.
/// </summary>
internal sealed class StreamSearch
{
    /// <summary>Draws of the pilot.</summary>
    public const int PilotDraws = 1024;

    // A part of the sample is so many times as large as the one before: it costs that much less than what it narrows.
    private const int Growth = 16;

    // A small sample is narrowed more before it is counted as a whole: then all that its windows hold can be remembered, and it need
    // not be drawn again.
    private const int LastGrowth = 4;
    private const int Small = 1 << 17;

    /// <summary>
    /// Bins per window while a part of the sample is counted. The whole of a large sample does with fewer, which stay in cache: its
    /// windows are narrow, and neighbouring ranks differ less in the length of their intervals.
    /// </summary>
    public static int Bins(long part, long draws) => part < draws ? 256 : draws < 1 << 18 ? 512 : 128;

    /// <summary>Bins per window of a later pass, where a stream has up to eleven windows.</summary>
    public const int LaterBins = 64;

    // The grid of a tail reaches at most twice as far as all but this share of it, so that few values do not coarsen it; those
    // beyond share a bin.
    private const double FarOut = 0.02;

    // Half the width of a window, in standard deviations of the ranks of the part that sets it; widened after a miss, which
    // costs a pass for one stream as for all.
    private const double FirstMargin = 5.5;
    private const double Widening = 4;

    private readonly QuantileRanks _ranks;
    private readonly Dictionary<long, double> _found = [];
    private readonly HashSet<long> _wanted = [];

    // Ranks at which the shortest interval may start, as shares of the sample.
    private (double From, double To) _plausible;
    private double _margin = FirstMargin / Widening;
    private int _bins;
    private long _shortest;
    private long[] _below = [];
    private (double Mean, double StandardDeviation) _moments;
    private long _undefined;

    public StreamSearch(QuantileRanks ranks)
    {
        _ranks = ranks;
        foreach (var rank in new[]
        {
            ranks.Lower, ranks.Median, ranks.Upper, ranks.LowerError.Low, ranks.LowerError.High,
            ranks.MedianError.Low, ranks.MedianError.High, ranks.UpperError.Low, ranks.UpperError.High,
        })
        {
            if (rank >= 1 && rank <= ranks.Draws) _wanted.Add(rank);
        }
    }

    /// <summary>The windows of the next pass.</summary>
    public Window[] Windows { get; private set; } = [];

    /// <summary>Where the next pass looks for them.</summary>
    public (double Low, double High)[] Intervals { get; private set; } = [];

    /// <summary>Whether the windows must be set anew from a pilot before the next pass.</summary>
    public bool NeedsPilot { get; private set; } = true;

    /// <summary>Number of draws of the part that was counted last; 0 before the first.</summary>
    public long Counted { get; private set; }

    /// <summary>Whether everything is found.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Exact number of values that the next pass will find in the windows; only after a first pass.</summary>
    public long Expected { get; private set; }

    /// <summary>About which share of the values the windows of a part will hold.</summary>
    public double Share { get; private set; } = 1;

    /// <summary>Whether all that the windows hold in the end may be remembered.</summary>
    /// <param name="draws">Draws of the sample.</param>
    public static bool IsSmall(long draws) => draws <= Small;

    /// <summary>
    /// Sizes of the parts that are counted one after the other, the first draws each, whole segments of <see cref="BlockSums"/>; the
    /// last is the whole sample.
    /// </summary>
    /// <param name="draws">Draws of the sample.</param>
    public static long[] Parts(long draws)
    {
        var segment = BlockSums.BlocksPerSegment(draws) * BlockSums.BlockDraws;
        var parts = new List<long> { draws };
        for (var part = draws / (IsSmall(draws) ? LastGrowth : Growth); part >= 4 * PilotDraws; part /= Growth) parts.Insert(0, part / segment * segment);
        return [.. parts];
    }

    /// <summary>Sets the windows of the next pass from a pilot, wider than the last time.</summary>
    /// <param name="sorted">The first <see cref="PilotDraws"/> draws, ascending; empty where some are not finite.</param>
    public void SetPilot(ReadOnlySpan<double> sorted)
    {
        NeedsPilot = false;
        _margin *= Widening;
        Share = 1;
        if (sorted.IsEmpty)
        {
            Windows = [new(double.NegativeInfinity, double.PositiveInfinity, 0, 0)];
            return;
        }

        if (sorted[0] == sorted[^1])
        {
            // All draws alike so far: everything that is this very number is counted, not kept.
            var (only, next) = (sorted[0], Math.BitIncrement(sorted[0]));
            Windows = [new(double.NegativeInfinity, only, only, only), new(next, double.PositiveInfinity, next, next)];
            Share = 0;
            return;
        }

        // After a miss nothing is believed to be implausible.
        var n = sorted.Length;
        _plausible = (0, 1 - _ranks.Span / (double)_ranks.Draws);
        if (_margin == FirstMargin && _ranks.HasInterval) SetPlausible(ShortestInterval.Of(sorted, SpanOf(n), _margin), n);

        // A value that the pilot holds many times belongs to a window as a whole: ranks near its first or last are
        // in it or next to it.
        var at = Positions(n);
        var far = FarPosition(n);
        if (!SetThree(
            ShareOf(at, n), (sorted[(int)at.Lower.From], sorted[(int)far]), Math.BitIncrement(sorted[(int)at.Lower.To]),
            sorted[(int)at.Middle.From], Math.BitIncrement(sorted[(int)at.Middle.To]),
            sorted[(int)at.Upper.From], (sorted[(int)(n - 1 - far)], Math.BitIncrement(sorted[(int)at.Upper.To]))))
            Windows = [new(double.NegativeInfinity, double.PositiveInfinity, sorted[0], sorted[^1])];
    }

    /// <summary>Takes the sums over the whole sample.</summary>
    public void TakeMoments(StreamResult result, double centre) =>
        _moments = BlockSums.Moments(_ranks.Draws, centre, result.Sum, result.SumOfSquares);

    /// <summary>Takes the counts of a part of the sample.</summary>
    public void TakePart(StreamResult result, long draws)
    {
        _bins = result.Bins.Length / Windows.Length;
        for (var w = 1; w < Windows.Length; w++)
        {
            // A pass over a part follows the outer values only.
            result.Smallest[w] = Windows[w].Low;
            result.Largest[w - 1] = Math.BitDecrement(Windows[w - 1].High);
        }

        if (draws < _ranks.Draws)
        {
            Narrow(result, draws);
            return;
        }

        Counted = draws;
        _undefined = result.Undefined;
        if (_undefined > 0)
        {
            IsDone = true;
            return;
        }

        // Number of values below each window, from the counts in the windows and in the gaps between them.
        var inWindows = Counts(result);
        _below = new long[Windows.Length];
        for (var w = 1; w < Windows.Length; w++) _below[w] = _below[w - 1] + inWindows[w - 1] + result.Gaps[w - 1];
        if (!CoversTails(inWindows) || !_wanted.All(rank => IsCovered(rank, inWindows)))
        {
            NeedsPilot = true;
            return;
        }

        Settle(inWindows);
        if (_ranks.HasInterval)
        {
            _shortest = Shortest(result);
            _wanted.Add(_shortest);
            _wanted.Add(_shortest + _ranks.Span);
            Settle(inWindows);
        }

        Zoom(result, inWindows);
    }

    /// <summary>Takes the result of a later pass.</summary>
    public void TakeNext(StreamResult result)
    {
        var inWindows = Counts(result);
        if (result.Bins.Length > 0) Zoom(result, inWindows);
        else TakeKept(result, inWindows);
    }

    /// <summary>Takes, after the whole sample was counted, the values that it remembered: what is in the windows of the next pass.</summary>
    public void TakeRemembered(IReadOnlyList<ArraySegment<double>> values)
    {
        if (IsDone || NeedsPilot || Counted < _ranks.Draws) return;
        var kept = new double[Expected];
        var count = 0;
        foreach (var segment in values) count += Keep(segment, kept.AsSpan(count));
        kept.AsSpan().Sort();
        TakeNext(new() { Gaps = [], Bins = [], Smallest = [], Largest = [], Kept = kept });
    }

    /// <summary>What was found.</summary>
    public OutputStatistics Statistics()
    {
        if (_undefined > 0) return OutputStatistics.UndefinedIn(_undefined);
        return OutputStatistics.Of(_ranks, _moments.Mean, _moments.StandardDeviation, _shortest, rank => _found[rank]);
    }

    // Sets the windows of the next part from the counts of this one. Windows of another kind than three, and windows that this
    // part shows to be too narrow, stay: the whole sample decides.
    private void Narrow(StreamResult result, long draws)
    {
        Counted = draws;
        if (Windows.Length != 3 || result.Undefined > 0) return;
        var inWindows = Counts(result);
        var before = _plausible;
        if (_ranks.HasInterval)
        {
            if (ShortestInterval.Of(result, Windows, draws, SpanOf(draws), _margin) is not { } shortest) return;
            SetPlausible(shortest, draws);
        }

        var at = Positions(draws);
        var below = inWindows[0] + result.Gaps[0];
        var belowUpper = draws - inWindows[2];
        var far = FarPosition(draws);
        if (!SetThree(
            ShareOf(at, draws), (Enclosing(result, 0, at.Lower.From).Low, Enclosing(result, 0, far).High), Enclosing(result, 0, at.Lower.To).High,
            Enclosing(result, 1, at.Middle.From - below).Low, Enclosing(result, 1, at.Middle.To - below).High,
            Enclosing(result, 2, at.Upper.From - belowUpper).Low,
            (Enclosing(result, 2, inWindows[2] - 1 - far).Low, Enclosing(result, 2, at.Upper.To - belowUpper).High)))
            _plausible = before;
    }

    private long SpanOf(long draws) => (long)(_ranks.Span / (double)_ranks.Draws * draws);

    private void SetPlausible(ShortestInterval shortest, long draws) =>
        _plausible = ((shortest.First - 1) / (double)draws, shortest.Last / (double)draws);

    private long FarPosition(long n) => (long)(FarOut * (1 - _ranks.Span / (double)_ranks.Draws) * n);

    // Sets three windows; the outer two are open. Of these the end of what is sought is given and the value with few beyond it.
    private bool SetThree(
        double share, (double End, double Far) lower, double lowerEnd, double middleStart, double middleEnd, double upperStart, (double Far, double End) upper)
    {
        var least = Math.Max(lower.End, lowerEnd - 2 * (lowerEnd - lower.Far));
        var most = Math.Min(upper.End, upperStart + 2 * (upper.Far - upperStart));

        // Written so that NaN fails.
        if (!(least < lowerEnd && lowerEnd <= middleStart && middleStart < middleEnd && middleEnd <= upperStart && upperStart < most)) return false;
        Windows =
        [
            new(double.NegativeInfinity, lowerEnd, least, lowerEnd), new(middleStart, middleEnd),
            new(upperStart, double.PositiveInfinity, upperStart, most),
        ];
        Share = share;
        return true;
    }

    // The bin that holds the value at a position among those of a window, brought in to the values that there are; NaN where the
    // window does not hold it.
    private (double Low, double High) Enclosing(StreamResult result, int window, long position)
    {
        if (position < 0) return (double.NaN, double.NaN);
        for (var bin = 0; bin < _bins; bin++)
        {
            position -= result.Bins[window * _bins + bin];
            if (position >= 0) continue;
            return (
                Math.Max(Windows[window].Edge(bin, _bins), result.Smallest[window]),
                Math.Min(Windows[window].Edge(bin + 1, _bins), Math.BitIncrement(result.Largest[window])));
        }

        return (double.NaN, double.NaN);
    }

    // Positions among n sorted values, from 0, that the windows must hold: of the wanted ranks and of the ends of the shortest
    // interval, with their margins.
    private ((long From, long To) Lower, (long From, long To) Middle, (long From, long To) Upper) Positions(long n)
    {
        var covered = _ranks.Span / (double)_ranks.Draws;
        var lower = Math.Clamp(_ranks.Lower / (double)_ranks.Draws, 0, 1);
        var upper = Math.Clamp(_ranks.Upper / (double)_ranks.Draws, 0, 1);
        return (
            About(Math.Min(lower, _plausible.From), Math.Max(lower, _plausible.To), n), About(0.5, 0.5, n),
            About(Math.Min(upper, _plausible.From + covered), Math.Max(upper, _plausible.To + covered), n));
    }

    private static double ShareOf(((long From, long To) Lower, (long From, long To) Middle, (long From, long To) Upper) at, long n) =>
        (at.Lower.To + at.Middle.To - at.Middle.From + n - at.Upper.From) / (double)n;

    // With a margin: the noise of the n draws that set a window, and two standard deviations of the ranks that the standard
    // errors need. At the very ends of the sample one value more, since the whole sample's first ranks may lie anywhere in it.
    private (long From, long To) About(double from, double to, long n)
    {
        double Margin(double p) => Math.Sqrt(p * (1 - p)) * (_margin / Math.Sqrt(n) + 2 / Math.Sqrt(_ranks.Draws)) + _margin / n;
        from = Math.Clamp(from, 0, 1);
        to = Math.Clamp(to, 0, 1);
        return (
            Math.Clamp((long)Math.Floor(n * (from - Margin(from))), 0, n - 1), Math.Clamp((long)Math.Ceiling(n * (to + Margin(to))), 0, n - 1));
    }

    private long[] Counts(StreamResult result)
    {
        var counts = new long[Windows.Length];
        if (result.Bins.Length > 0)
        {
            for (var i = 0; i < result.Bins.Length; i++) counts[i / _bins] += result.Bins[i];
            return counts;
        }

        var w = 0;
        foreach (var value in result.Kept)
        {
            while (!Windows[w].Contains(value)) w++;
            counts[w]++;
        }

        return counts;
    }

    // Copies those of some values that are in the windows; returns how many.
    private int Keep(ReadOnlySpan<double> values, Span<double> kept)
    {
        var count = 0;
        for (; values.Length >= Vector<double>.Count; values = values[Vector<double>.Count..])
        {
            var x = new Vector<double>(values);
            var inside = Vector<long>.Zero;
            foreach (ref readonly var window in Windows.AsSpan())
                inside |= Vector.LessThanOrEqual(new Vector<double>(window.Low), x) & Vector.LessThan(x, new Vector<double>(window.High));
            if (inside == Vector<long>.Zero) continue;
            foreach (var value in values[..Vector<double>.Count])
                if (Window.AnyContains(Windows, value)) kept[count++] = value;
        }

        foreach (var value in values)
            if (Window.AnyContains(Windows, value)) kept[count++] = value;
        return count;
    }

    // The search for the shortest interval needs every rank that it may start or end with.
    private bool CoversTails(long[] inWindows)
    {
        var last = (long)(_plausible.To * _ranks.Draws);
        var first = (long)(_plausible.From * _ranks.Draws) + _ranks.Span;
        return (inWindows[0] >= last || IsSingleGap(0)) && (inWindows[^1] >= _ranks.Draws - first || IsSingleGap(Windows.Length - 2));
    }

    private bool IsCovered(long rank, long[] inWindows)
    {
        for (var w = 0; w < Windows.Length; w++)
        {
            if (rank > _below[w] && rank <= _below[w] + inWindows[w]) return true;
            if (w + 1 < Windows.Length && rank > _below[w] + inWindows[w] && rank <= _below[w + 1]) return IsSingleGap(w);
        }

        return false;
    }

    private bool IsSingleGap(int w) =>
        w >= 0 && w + 1 < Windows.Length && Math.BitIncrement(Windows[w].High) >= Windows[w + 1].Low;

    // Ranks in a gap that holds one number only are found.
    private void Settle(long[] inWindows)
    {
        for (var w = 0; w + 1 < Windows.Length; w++)
        {
            if (!IsSingleGap(w)) continue;
            foreach (var rank in _wanted.Where(r => r > _below[w] + inWindows[w] && r <= _below[w + 1]).ToArray()) Find(rank, Windows[w].High);
        }
    }

    private void TakeKept(StreamResult result, long[] inWindows)
    {
        var start = 0L;
        for (var w = 0; w < Windows.Length; w++)
        {
            foreach (var rank in _wanted.Where(r => r > _below[w] && r <= _below[w] + inWindows[w]).ToArray())
                Find(rank, result.Kept[start + rank - _below[w] - 1]);
            start += inWindows[w];
        }

        IsDone = true;
    }

    private void Zoom(StreamResult result, long[] inWindows)
    {
        var next = new SortedDictionary<long, (Window Window, long Count)>();
        foreach (var rank in _wanted.ToArray())
        {
            var w = 0;
            while (rank > _below[w] + inWindows[w]) w++;
            if (result.Smallest[w] == result.Largest[w])
            {
                Find(rank, result.Smallest[w]);
                continue;
            }

            var below = _below[w];
            var bin = w * _bins;
            while (rank > below + result.Bins[bin]) below += result.Bins[bin++];
            bin -= w * _bins;

            // The outer edges are brought in to the values that there are.
            var low = Math.Max(Windows[w].Edge(bin, _bins), result.Smallest[w]);
            var high = Math.Min(Windows[w].Edge(bin + 1, _bins), Math.BitIncrement(result.Largest[w]));
            var window = new Window(low, high);
            if (window.IsSingle) Find(rank, low);
            else next[below] = (window, result.Bins[w * _bins + bin]);
        }

        Windows = [.. next.Values.Select(v => v.Window)];
        _below = [.. next.Keys];
        _bins = LaterBins;
        Expected = next.Values.Sum(v => v.Count);
        Intervals = Cover(next);
        IsDone = Windows.Length == 0;
    }

    // Neighbouring windows with few values between them are looked for as one.
    private (double Low, double High)[] Cover(SortedDictionary<long, (Window Window, long Count)> windows)
    {
        const int few = 200;
        var intervals = new List<(double Low, double High)>();
        var reached = long.MinValue / 2;
        foreach (var (below, (window, count)) in windows)
        {
            if (below - reached <= _ranks.Draws / few) intervals[^1] = (intervals[^1].Low, window.High);
            else intervals.Add((window.Low, window.High));
            reached = below + count;
        }

        return [.. intervals];
    }

    private long Shortest(StreamResult result)
    {
        // A gap that holds one number often enough has an interval without length.
        if (IsSingleGap(0) && result.Gaps[0] > _ranks.Span) return _below[1] - result.Gaps[0] + 1;
        return ShortestInterval.Of(result, Windows, _ranks.Draws, _ranks.Span, 0)?.Rank ?? Math.Max(1, _ranks.Lower);
    }

    private void Find(long rank, double value)
    {
        _found[rank] = value;
        _wanted.Remove(rank);
    }
}
