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

    /// <summary>
    /// Bins per window of a first pass. A large sample does with fewer, which stay in cache: neighbouring ranks then
    /// differ less in the length of their intervals.
    /// </summary>
    public static int FirstBins(long draws) => draws < 1 << 18 ? 1024 : 256;

    /// <summary>Bins per window of a later pass, where a stream has up to eleven windows.</summary>
    public const int LaterBins = 64;

    // Half the width of a window, in standard deviations of the ranks of the part that sets it; widened after a miss, which
    // costs a pass for one stream as for all.
    private const double FirstMargin = 5.5;
    private const double Widening = 4;

    private readonly QuantileRanks _ranks;
    private readonly Dictionary<long, double> _found = [];
    private readonly HashSet<long> _wanted = [];
    private double _margin = FirstMargin / Widening;
    private int _bins;
    private long _shortest;
    private long[] _below = [];
    private (double Mean, double StandardDeviation) _moments;
    private long _undefined;

    public StreamSearch(QuantileRanks ranks)
    {
        _ranks = ranks;
        _bins = FirstBins(ranks.Draws);
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

    /// <summary>Sizes of the parts that are counted one after the other, the first draws each; the last is the whole sample.</summary>
    /// <param name="draws">Draws of the sample.</param>
    public static long[] Parts(long draws)
    {
        var parts = new List<long>();
        for (var part = draws; part > Growth / 4 * PilotDraws || parts.Count == 0; part /= Growth) parts.Insert(0, part);
        return [.. parts];
    }

    /// <summary>Sets the windows of the next pass from a pilot, wider than the last time.</summary>
    /// <param name="sorted">The first <see cref="PilotDraws"/> draws, ascending.</param>
    public void SetPilot(ReadOnlySpan<double> sorted)
    {
        NeedsPilot = false;
        _margin *= Widening;
        if (!double.IsFinite(sorted[0]) || !double.IsFinite(sorted[^1]))
        {
            Windows = [new(double.NegativeInfinity, double.PositiveInfinity, 0, 0)];
            return;
        }

        var n = sorted.Length;
        var (outer, inner) = Positions(n);
        var (least, most) = (sorted[0], sorted[^1]);
        if (least == most)
        {
            // All draws alike so far: everything that is this very number is counted, not kept.
            var next = Math.BitIncrement(least);
            Windows = [new(double.NegativeInfinity, least, least, least), new(next, double.PositiveInfinity, next, next)];
            return;
        }

        // A value that the pilot holds many times belongs to a window as a whole: ranks near its first or last are
        // in it or next to it.
        var lowerEnd = Math.BitIncrement(sorted[(int)outer]);
        var middleStart = sorted[(int)inner];
        var middleEnd = Math.BitIncrement(sorted[(int)(n - 1 - inner)]);
        var upperStart = sorted[(int)(n - 1 - outer)];
        if (!SetThree(least, lowerEnd, middleStart, middleEnd, upperStart, most))
            Windows = [new(double.NegativeInfinity, double.PositiveInfinity, least, most)];
    }

    /// <summary>Takes the sums over the whole sample.</summary>
    public void TakeMoments(StreamResult result, double centre) =>
        _moments = BlockSums.Moments(_ranks.Draws, centre, result.Sum, result.SumOfSquares);

    /// <summary>Takes the counts of a part of the sample.</summary>
    public void TakePart(StreamResult result, long draws)
    {
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
            _shortest = ShortestOnGrid(result);
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

    /// <summary>What was found.</summary>
    public OutputStatistics Statistics()
    {
        if (_undefined > 0) return OutputStatistics.UndefinedIn(_undefined);
        return OutputStatistics.Of(_ranks, _moments.Mean, _moments.StandardDeviation, _shortest, rank => _found[rank]);
    }

    // Sets the windows of the next part from the counts of this one, which they may only narrow. Windows of another
    // kind than three, and windows that this part shows to be too narrow, stay: the whole sample decides.
    private void Narrow(StreamResult result, long draws)
    {
        Counted = draws;
        if (Windows.Length != 3 || result.Undefined > 0) return;
        var inWindows = Counts(result);
        var (outer, inner) = Positions(draws);
        var upperStart = Enclosing(result, 2, inWindows[2] - 1 - outer).Low;
        var lowerEnd = Enclosing(result, 0, outer).High;
        var below = inWindows[0] + result.Gaps[0];
        var middleStart = Enclosing(result, 1, inner - below).Low;
        var middleEnd = Enclosing(result, 1, draws - 1 - inner - below).High;
        SetThree(result.Smallest[0], lowerEnd, middleStart, middleEnd, upperStart, result.Largest[2]);
    }

    private bool SetThree(double least, double lowerEnd, double middleStart, double middleEnd, double upperStart, double most)
    {
        // Written so that NaN fails.
        if (!(least < lowerEnd && lowerEnd <= middleStart && middleStart < middleEnd && middleEnd <= upperStart && upperStart < most)) return false;
        Windows =
        [
            new(double.NegativeInfinity, lowerEnd, least, lowerEnd), new(middleStart, middleEnd),
            new(upperStart, double.PositiveInfinity, upperStart, most),
        ];
        return true;
    }

    // The bin that holds the value at a position among those of a window; NaN where the window does not hold it.
    private (double Low, double High) Enclosing(StreamResult result, int window, long position)
    {
        if (position < 0) return (double.NaN, double.NaN);
        for (var bin = 0; bin < _bins; bin++)
        {
            position -= result.Bins[window * _bins + bin];
            if (position < 0) return (Windows[window].Edge(bin, _bins), Windows[window].Edge(bin + 1, _bins));
        }

        return (double.NaN, double.NaN);
    }

    // Positions among n sorted values, from 0: of the end of the lower tail and of the start of the middle, each with its margin;
    // the upper tail and the end of the middle lie as far from the last value.
    private (long Outer, long Inner) Positions(long n)
    {
        var tail = 1 - _ranks.Span / (double)_ranks.Draws;
        return (
            Math.Min((long)Math.Ceiling(n * (tail + Margin(tail, n))), n - 1),
            Math.Clamp((long)Math.Floor(n * (0.5 - Margin(0.5, n))), 0, n - 1));
    }

    // Half the width of a window about probability p: the noise of the n draws that set it, and two standard deviations
    // of the ranks that the standard errors need.
    private double Margin(double p, long n) =>
        Math.Sqrt(p * (1 - p)) * (_margin / Math.Sqrt(n) + 2 / Math.Sqrt(_ranks.Draws));

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

    // The search for the shortest interval needs every rank of both tails.
    private bool CoversTails(long[] inWindows)
    {
        var tail = _ranks.Draws - _ranks.Span;
        return (inWindows[0] >= tail || IsSingleGap(0)) && (inWindows[^1] >= tail || IsSingleGap(Windows.Length - 2));
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

    // The candidates are the ranks at the lower edges of the lower tail's bins; the value at the other end is
    // interpolated within its bin. What is chosen is a rank; its values are then found exactly.
    private long ShortestOnGrid(StreamResult result)
    {
        var upper = Windows.Length - 1;
        var best = Math.Max(1, _ranks.Lower);
        var length = double.PositiveInfinity;
        var below = 0L;
        var reached = _below[upper];
        var bin = 0;
        for (var b = 0; b < _bins && below + 1 + _ranks.Span <= _ranks.Draws; b++)
        {
            var count = result.Bins[b];
            var rank = below + 1;
            below += count;
            var end = rank + _ranks.Span;
            if (count == 0 || end <= reached) continue;
            while (bin < _bins - 1 && end > reached + result.Bins[upper * _bins + bin]) reached += result.Bins[upper * _bins + bin++];
            var low = Math.Max(Windows[0].EdgeAbout(b, _bins), result.Smallest[0]);
            var start = Math.Max(Windows[upper].EdgeAbout(bin, _bins), result.Smallest[upper]);
            var stop = Math.Min(Windows[upper].EdgeAbout(bin + 1, _bins), result.Largest[upper]);
            var candidate = start + (stop - start) * ((end - reached - 0.5) / result.Bins[upper * _bins + bin]) - low;
            if (candidate >= length) continue;
            length = candidate;
            best = rank;
        }

        return best;
    }

    private void Find(long rank, double value)
    {
        _found[rank] = value;
        _wanted.Remove(rank);
    }
}
