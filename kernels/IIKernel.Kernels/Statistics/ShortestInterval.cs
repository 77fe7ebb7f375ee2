namespace IIKernel.Kernels.Statistics;

/// <summary>
/// The search for the shortest coverage interval (JCGM 101:2008, 7.7.4) in a sample whose tails are known by the counts in
/// bins. Candidates start at the lower edge of a bin of the lower tail or end at the upper edge of one of the upper tail: the
/// first and the last rank are among them, and in between the length has its minimum where both ends are equally dense.
/// </summary>
internal static class ShortestInterval
{
    /// <summary>An interval from one rank to the rank so many above; its ends are known but for a bin's width.</summary>
    /// <param name="Rank">Rank at which it starts.</param>
    /// <param name="Low">About its lower end.</param>
    /// <param name="High">About its upper end.</param>
    /// <param name="Coarseness">What the two may be off together.</param>
    public readonly record struct Candidate(long Rank, double Low, double High, double Coarseness);

    /// <summary>Every interval of a sorted sample.</summary>
    public static List<Candidate> Of(ReadOnlySpan<double> sorted, long span)
    {
        var candidates = new List<Candidate>();
        for (var r = 0; r + span < sorted.Length; r++) candidates.Add(new(r + 1, sorted[r], sorted[r + (int)span], 0));
        return candidates;
    }

    /// <summary>The candidates in the outer two of some windows.</summary>
    /// <param name="result">Counts in the windows' bins.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="draws">Number of draws that were counted.</param>
    /// <param name="span">Distance of the ranks of an interval's ends.</param>
    public static List<Candidate> Of(StreamResult result, Window[] windows, long draws, long span)
    {
        var bins = result.Bins.Length / windows.Length;
        var last = windows.Length - 1;
        var lower = new Tail(result, windows[0], 0, bins, 0);
        var inUpper = 0L;
        for (var bin = 0; bin < bins; bin++) inUpper += result.Bins[last * bins + bin];
        var upper = new Tail(result, windows[last], last, bins, draws - inUpper);
        var candidates = new List<Candidate>(2 * bins);
        for (var bin = 0; bin < bins; bin++)
        {
            if (lower.Count(bin) > 0 && lower.Below(bin) + 1 is var first && upper.TryFind(first + span, out var high))
                candidates.Add(new(first, lower.Low(bin), high, lower.Width + upper.Width));
            if (upper.Count(bin) > 0 && upper.Below(bin + 1) - span is var start && lower.TryFind(start, out var low))
                candidates.Add(new(start, low, upper.High(bin), lower.Width + upper.Width));
        }

        return candidates;
    }

    /// <summary>The shortest; of equal ones that with the lowest rank.</summary>
    public static Candidate Shortest(List<Candidate> candidates)
    {
        var best = candidates[0];
        foreach (var c in candidates)
            if (c.High - c.Low < best.High - best.Low || (c.High - c.Low == best.High - best.Low && c.Rank < best.Rank)) best = c;
        return best;
    }

    /// <summary>
    /// The lowest and the highest rank of those candidates that a larger sample might find to be the shortest: what they are longer
    /// than the shortest is no more than some standard deviations of it. Two order statistics k ranks apart lie a sum of k
    /// spacings apart, whose relative standard deviation is 1/√k.
    /// </summary>
    public static (long First, long Last) Plausible(List<Candidate> candidates, double deviations)
    {
        var best = Shortest(candidates);
        var (first, last) = (best.Rank, best.Rank);
        foreach (var c in candidates)
        {
            var distance = Math.Max(1, Math.Abs(c.Rank - best.Rank));
            var noise = Math.Sqrt(((c.Low - best.Low) * (c.Low - best.Low) + (c.High - best.High) * (c.High - best.High)) / distance);
            if (c.High - c.Low - (best.High - best.Low) > deviations * noise + c.Coarseness + best.Coarseness) continue;
            first = Math.Min(first, c.Rank);
            last = Math.Max(last, c.Rank);
        }

        return (first, last);
    }

    // The bins of one window, its first rank's predecessors being below.
    private readonly struct Tail
    {
        private readonly double[] _edges;
        private readonly long[] _below;

        public Tail(StreamResult result, Window window, int at, int bins, long below)
        {
            Width = (window.GridHigh - window.GridLow) / bins;
            _edges = new double[bins + 1];
            _below = new long[bins + 1];
            _below[0] = below;
            for (var bin = 0; bin <= bins; bin++)
            {
                // The outer edges are brought in to the values that there are.
                _edges[bin] = Math.Clamp(window.EdgeAbout(bin, bins), result.Smallest[at], Math.Max(result.Smallest[at], result.Largest[at]));
                if (bin < bins) _below[bin + 1] = _below[bin] + result.Bins[at * bins + bin];
            }
        }

        // Of a bin, but for the outermost, which also holds what lies beyond the grid: the few values there lie nearer to the grid
        // than interpolation has it, but not so near that an interval with one of them could be the shortest.
        public double Width { get; }

        public long Count(int bin) => _below[bin + 1] - _below[bin];

        public long Below(int bin) => _below[bin];

        public double Low(int bin) => _edges[bin];

        public double High(int bin) => _edges[bin + 1];

        // The value of a rank, interpolated within its bin.
        public bool TryFind(long rank, out double value)
        {
            value = 0;
            if (rank <= _below[0] || rank > _below[^1]) return false;

            // Of bins with the same count below, the last holds the rank.
            var (bin, end) = (0, _below.Length - 1);
            while (bin + 1 < end)
            {
                var middle = (bin + end) / 2;
                if (_below[middle] < rank) bin = middle;
                else end = middle;
            }

            value = Low(bin) + (High(bin) - Low(bin)) * ((rank - Below(bin) - 0.5) / Count(bin));
            return true;
        }
    }
}
