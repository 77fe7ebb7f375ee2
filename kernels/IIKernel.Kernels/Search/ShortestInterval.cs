using System.Runtime.CompilerServices;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// The search for the shortest coverage interval (JCGM 101:2008, 7.7.4) in a sample whose tails are known by the counts in
/// bins. Candidates start at the lower edge of a bin of the lower tail or end at the upper edge of one of the upper tail: the
/// first and the last rank are among them, and in between the length has its minimum where both ends are equally dense.
/// </summary>
/// <param name="Rank">Rank at which the shortest candidate starts; of equal ones the lowest.</param>
/// <param name="First">Lowest rank of a candidate that a larger sample might find to be the shortest.</param>
/// <param name="Last">Highest rank of such a candidate.</param>
/// <param name="Least">No interval that starts and ends in the windows is shorter, but for rounding.</param>
/// <param name="Likely">Hardly any is shorter where the values of a bin are spread evenly.</param>
internal readonly record struct ShortestInterval(long Rank, long First, long Last, double Likely, double Least = 0)
{
    /// <summary>By what share of its length an interval may be longer than the shortest, where not all are looked at.</summary>
    public const double Tolerance = 1e-3;

    // An interval from one rank to the rank so many above, and about where its ends are.
    private readonly record struct Candidate(long Rank, double Low, double High)
    {
        public double Length => High - Low;
    }

    /// <summary>Searches a sorted sample.</summary>
    /// <param name="sorted">The sample, ascending, of more than span values.</param>
    /// <param name="span">Distance of the ranks of an interval's ends.</param>
    /// <param name="deviations">See <see cref="Of(ReadOnlySpan{Candidate}, double, double)"/>.</param>
    public static ShortestInterval Of(ReadOnlySpan<double> sorted, long span, double deviations)
    {
        var candidates = new Candidate[sorted.Length - span];
        for (var r = 0; r < candidates.Length; r++) candidates[r] = new(r + 1, sorted[r], sorted[r + (int)span]);
        return Of(candidates, 0, deviations);
    }

    /// <summary>Searches two of some windows, or one; null where they hold no candidate.</summary>
    /// <param name="result">Counts in the windows' bins.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="lowerTail">The window where an interval starts, and how many values lie below it.</param>
    /// <param name="upperTail">The window where it ends, likewise.</param>
    /// <param name="span">Distance of the ranks of an interval's ends.</param>
    /// <param name="deviations">See <see cref="Of(ReadOnlySpan{Candidate}, double, double)"/>.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ShortestInterval? Of(
        ColumnResult result, Window[] windows, (int Window, long Below) lowerTail, (int Window, long Below) upperTail,
        long span, double deviations)
    {
        var bins = result.Bins.Length / windows.Length;
        // Some 24 KB at most, written before they are read.
        Span<Candidate> buffer = stackalloc Candidate[2 * bins];
        var found = 0;
        var least = double.PositiveInfinity;

        // Those that start at a lower edge, then those that end at an upper edge.
        var lower = new Tail(result, windows, lowerTail.Window, lowerTail.Below);
        var upper = new Tail(result, windows, upperTail.Window, upperTail.Below);
        while (lower.MoveNext())
        {
            var first = lower.Below + 1;
            if (lower.Count == 0) continue;
            if (upper.TryFind(first + span, out var high)) buffer[found++] = new(first, lower.Low, high);
            if (lower.Below + lower.Count + span > upper.Below) least = Math.Min(least, upper.Low - lower.High);
        }

        var coarseness = lower.Precision + upper.Precision;
        lower = new(result, windows, lowerTail.Window, lowerTail.Below);
        upper = new(result, windows, upperTail.Window, upperTail.Below);
        while (upper.MoveNext())
        {
            var start = upper.Below + upper.Count - span;
            if (upper.Count > 0 && lower.TryFind(start, out var low)) buffer[found++] = new(start, low, upper.High);
        }

        return found > 0 ? Of(buffer[..found], coarseness, deviations) with { Least = least } : null;
    }

    // A candidate is plausible if it is longer than the shortest by no more than some standard deviations of the difference and what
    // their ends are known to. Two order statistics k ranks apart lie a sum of k spacings apart, whose relative standard
    // deviation is 1/√k.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ShortestInterval Of(ReadOnlySpan<Candidate> candidates, double coarseness, double deviations)
    {
        var best = candidates[0];
        foreach (ref readonly var c in candidates)
            if (c.Length < best.Length || (c.Length == best.Length && c.Rank < best.Rank)) best = c;
        var (first, last) = (best.Rank, best.Rank);
        foreach (ref readonly var c in candidates)
        {
            var excess = c.Length - (1 - Tolerance) * best.Length - coarseness;
            var distance = Math.Max(1, Math.Abs(c.Rank - best.Rank));
            var (low, high) = (deviations * (c.Low - best.Low), deviations * (c.High - best.High));
            if (excess > 0 && excess * excess * distance > low * low + high * high) continue;
            first = Math.Min(first, c.Rank);
            last = Math.Max(last, c.Rank);
        }

        return new(best.Rank, first, last, best.Length - coarseness);
    }

    // The bins of one window in ascending order.
    private ref struct Tail
    {
        private readonly ReadOnlySpan<long> _counts;
        private readonly Window _window;
        private readonly double _smallest;
        private readonly double _largest;
        private readonly double _binWidth;
        private int _bin = -1;

        public Tail(ColumnResult result, Window[] windows, int window, long below)
        {
            var bins = result.Bins.Length / windows.Length;
            _counts = result.Bins.AsSpan(window * bins, bins);
            _window = windows[window];
            _smallest = result.Smallest[window];
            _largest = Math.Max(_smallest, result.Largest[window]);
            _binWidth = (_window.GridHigh - _window.GridLow) / bins;
            Below = below;
        }

        // What an interpolated value is known to as a rule: a quarter of a bin's width, but for the outermost bin, which also holds what
        // lies beyond the grid: the few values there lie nearer to the grid than interpolation has it, but not so near that an interval
        // with one of them could be the shortest.
        public readonly double Precision => 0.25 * _binWidth;

        // Number of draws below the current bin.
        public long Below { get; private set; }

        public readonly long Count => _bin < 0 ? 0 : _counts[_bin];

        public readonly double Low => Edge(_bin);

        public readonly double High => Edge(_bin + 1);

        public bool MoveNext()
        {
            if (_bin + 1 == _counts.Length) return false;
            Below += Count;
            _bin++;
            return true;
        }

        // The value of a rank, interpolated within its bin; ranks must ascend from call to call.
        public bool TryFind(long rank, out double value)
        {
            value = 0;
            if (rank <= Below) return false;
            while (rank > Below + Count)
                if (!MoveNext()) return false;
            value = Low + (High - Low) * ((rank - Below - 0.5) / Count);
            return true;
        }

        // But for rounding; the outer edges are brought in to the values that there are.
        private readonly double Edge(int bin)
        {
            var edge = bin <= 0 ? _window.Low : bin >= _counts.Length ? _window.High : _window.GridLow + _binWidth * bin;
            return Math.Clamp(edge, _smallest, _largest);
        }
    }
}
