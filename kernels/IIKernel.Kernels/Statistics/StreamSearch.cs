namespace IIKernel.Kernels.Statistics;

/// <summary>
/// The search for the wanted order statistics of one stream. A pilot, the first draws sorted, sets three windows:
/// the lower tail, the middle and the upper tail (Floyd and Rivest 1975). Passes over all draws then count exactly
/// how many values lie in each bin of the windows, and the bins that hold a wanted rank become the next pass's
/// windows, until their values are few enough to be kept or are all the same. No order statistic is ever estimated.
/// </summary>
internal sealed class StreamSearch
{
    /// <summary>Draws of the pilot.</summary>
    public const int PilotDraws = 4096;

    /// <summary>
    /// Bins per window of a first pass. A large sample does with fewer, which stay in cache: neighbouring ranks then
    /// differ less in the length of their intervals.
    /// </summary>
    public static int FirstBins(long draws) => draws < 1 << 18 ? 1024 : 256;

    /// <summary>Bins per window of a later pass, where a stream has up to eleven windows.</summary>
    public const int LaterBins = 64;

    // Half the width of a first window, in standard deviations of the pilot's ranks; widened after a miss, which costs
    // a pass for one stream as for all.
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

    /// <summary>Whether everything is found.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Exact number of values that the next pass will find in the windows; only after a first pass.</summary>
    public long Expected { get; private set; }

    /// <summary>Sets the windows of the first pass, wider than the last time.</summary>
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
        var tail = 1 - _ranks.Span / (double)_ranks.Draws;
        var outer = (int)Math.Ceiling(n * (tail + Margin(tail, _margin, _ranks.Draws)));
        var inner = (int)Math.Floor(n * (0.5 - Margin(0.5, _margin, _ranks.Draws)));
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
        var lowerEnd = Math.BitIncrement(sorted[Math.Min(outer, n - 1)]);
        var middleStart = sorted[Math.Clamp(inner, 0, n - 1)];
        var middleEnd = Math.BitIncrement(sorted[Math.Clamp(n - 1 - inner, 0, n - 1)]);
        var upperStart = sorted[Math.Max(n - 1 - outer, 0)];
        Windows = lowerEnd <= middleStart && middleEnd <= upperStart
            ? [new(double.NegativeInfinity, lowerEnd, least, lowerEnd), new(middleStart, middleEnd), new(upperStart, double.PositiveInfinity, upperStart, most)]
            : [new(double.NegativeInfinity, double.PositiveInfinity, least, most)];
    }

    /// <summary>Takes the result of a first pass.</summary>
    public void TakeFirst(StreamResult result, double centre, bool hasMoments)
    {
        if (hasMoments) _moments = BlockSums.Moments(_ranks.Draws, centre, result.Sum, result.SumOfSquares);
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

    // Half the width of a window about probability p: the pilot's noise, and two standard deviations of the ranks
    // that the standard errors need.
    private static double Margin(double p, double deviations, long draws) =>
        Math.Sqrt(p * (1 - p)) * (deviations / Math.Sqrt(PilotDraws) + 2 / Math.Sqrt(draws));

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
