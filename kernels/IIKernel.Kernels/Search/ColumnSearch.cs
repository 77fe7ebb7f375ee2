using System.Numerics;
using System.Runtime.CompilerServices;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// The search for the wanted order statistics of one column. Passes over ever larger parts of the sample count exactly how many
/// values lie in each bin of the windows of <see cref="Brackets"/>; each part sets the windows of the next, which are narrower the
/// larger it was. Once all draws are counted, the bins that hold a wanted rank become the next pass's windows, until their values
/// are few enough to be kept or are all the same. No order statistic is ever estimated.
/// </summary>
/// <param name="levels">Wanted order statistics of each level, all of as many draws.</param>
internal sealed partial class ColumnSearch(IReadOnlyList<QuantileRanks> levels)
{
    /// <summary>
    /// Bins per window of a later pass, where a column has up to eleven windows a level. Each pass leaves a window with one of so many
    /// parts of its representable numbers: some ten passes tell any two apart.
    /// </summary>
    public const int LaterBins = 64;

    // Windows of a later pass with no more than one in so many of the values between them are looked for as one.
    private const int Few = 200;

    private readonly Brackets _brackets = new(levels);
    private readonly WantedRanks _wanted = new(levels);
    private readonly long _draws = levels[0].Draws;

    // Number of values below each window.
    private long[] _below = [];
    private SampleMoments _moments;
    private long _infinite;
    private long _undefined;

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
    public double Share => _brackets.Share;

    /// <summary>Sets the windows of the next pass from a pilot, wider than the last time.</summary>
    /// <param name="sorted">The first <see cref="SampleParts.PilotDraws"/> draws, ascending; empty where some are no numbers.</param>
    public void SetPilot(Span<double> sorted)
    {
        NeedsPilot = false;
        _brackets.SetPilot(sorted);
        Windows = _brackets.Windows;
    }

    /// <summary>Takes the sums over the whole sample.</summary>
    public void TakeMoments(ColumnResult result, double centre) =>
        _moments = SampleMoments.Of(_draws, centre, result.Segments);

    /// <summary>Takes the counts of a part of the sample.</summary>
    public void TakePart(ColumnResult result, long draws)
    {
        // A first pass follows the outer values only.
        result = result with
        {
            Smallest = [result.Smallest[0], .. Windows.Skip(1).Select(w => w.Low)],
            Largest = [.. Windows.SkipLast(1).Select(w => Math.BitDecrement(w.High)), result.Largest[^1]],
        };
        var inWindows = Counts(result);
        _below = new long[Windows.Length];
        for (var w = 0; w < Windows.Length; w++) _below[w] = result.Gaps[w] + (w > 0 ? _below[w - 1] + inWindows[w - 1] : 0);
        Counted = draws;
        if (draws < _draws)
        {
            _brackets.Narrow(result, _below, inWindows, draws);
            Windows = _brackets.Windows;
            return;
        }

        (_undefined, _infinite) = (result.Undefined, result.Infinite);
        if (_undefined > 0)
        {
            IsDone = true;
            return;
        }

        if (!_brackets.CoverTails(_below, inWindows) || !AreCovered(inWindows))
        {
            NeedsPilot = true;
            return;
        }

        Settle(inWindows);
        _whole = (result, Windows, _below);
        for (var i = 0; i < levels.Count; i++)
        {
            if (!levels[i].HasInterval) continue;
            _candidates[i] = Shortest(i, result);
            _wanted.Add(_candidates[i].Rank);
            _wanted.Add(_candidates[i].Rank + levels[i].Span);
        }

        Settle(inWindows);

        Zoom(result, inWindows, later: false);
    }

    /// <summary>Takes the result of a later pass.</summary>
    public void TakeNext(ColumnResult result)
    {
        if (_level < levels.Count && _intervals[_level].Windows.Length > 0)
        {
            _intervals[_level].Take(result);
            SearchInterval();
            return;
        }

        var inWindows = Counts(result);
        if (result.Bins.Length > 0) Zoom(result, inWindows, later: true);
        else TakeKept(result.Kept, inWindows);
    }

    /// <summary>Takes, after the whole sample was counted, the values that it cached: what is in the windows of the next passes.</summary>
    /// <param name="values">The values.</param>
    /// <param name="most">How many a pass may keep.</param>
    public void TakeCached(IReadOnlyList<ArraySegment<double>> values, long most)
    {
        if (NeedsPilot || Counted < _draws) return;
        while (!IsDone && Expected <= most)
        {
            var kept = new double[Expected];
            var count = 0;
            foreach (var segment in values) count += Keep(segment, kept.AsSpan(count));
            if (count != kept.Length)
                throw new InvalidOperationException($"A search found {count} values of {kept.Length}: a fault of this program.");
            kept.AsSpan().Sort();
            TakeNext(new(Windows.Length, 0) { Kept = kept });
        }
    }

    /// <summary>What was found at a level.</summary>
    public OutputStatistics Statistics(int level) => _undefined > 0 ? OutputStatistics.UndefinedIn(_undefined)
        : OutputStatistics.Of(levels[level], _moments, _intervals[level].Interval, _wanted.Value) with { Infinite = _infinite };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long[] Counts(ColumnResult result)
    {
        var counts = new long[Windows.Length];
        var bins = result.Bins.Length / Windows.Length;
        for (var i = 0; i < result.Bins.Length; i++) counts[i / bins] += result.Bins[i];
        var w = 0;
        foreach (var value in result.Kept)
        {
            while (!Windows[w].Contains(value)) w++;
            counts[w]++;
        }

        return counts;
    }

    // Copies those of some values that are in the windows; returns how many.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            for (var i = 0; i < Vector<double>.Count; i++)
                if (inside[i] != 0) kept[count++] = values[i];
        }

        foreach (var value in values)
            if (Window.AnyContains(Windows, value)) kept[count++] = value;
        return count;
    }

    // Whether every wanted rank is in a window, or in a gap that holds one number only.
    private bool AreCovered(long[] inWindows)
    {
        for (var i = 0; i < _wanted.Count; i++)
            if (GapOf(_wanted.Rank(i), inWindows) is >= 0 and var gap && Window.OnlyInGap(Windows, gap) is null) return false;
        return true;
    }

    // Ranks in a gap that holds one number only are found.
    private void Settle(long[] inWindows)
    {
        for (var i = 0; i < _wanted.Count; i++)
            if (GapOf(_wanted.Rank(i), inWindows) is >= 0 and var gap && Window.OnlyInGap(Windows, gap) is { } only) _wanted.Find(i, only);
    }

    // The gap that a rank lies in, from 0 for the one below the windows; −1 in a window.
    private int GapOf(long rank, long[] inWindows)
    {
        var w = LastBelow(rank);
        return rank <= _below[w] ? w : rank > _below[w] + inWindows[w] ? w + 1 : -1;
    }

    // The last window with fewer values below it than the rank.
    private int LastBelow(long rank)
    {
        var w = 0;
        while (w + 1 < Windows.Length && _below[w + 1] < rank) w++;
        return w;
    }

    private void TakeKept(double[] kept, long[] inWindows)
    {
        for (var i = 0; i < _wanted.Count; i++)
        {
            if (!_wanted.IsOpen(i)) continue;
            var (w, before) = (0, 0L);
            while (_wanted.Rank(i) > _below[w] + inWindows[w]) before += inWindows[w++];
            _wanted.Find(i, kept[before + _wanted.Rank(i) - _below[w] - 1]);
        }

        EndRanks();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Zoom(ColumnResult result, long[] inWindows, bool later)
    {
        var bins = result.Bins.Length / Windows.Length;
        var next = new Window[_wanted.Count];
        var nextBelow = new long[_wanted.Count];
        var nextCounts = new long[_wanted.Count];
        var found = 0;
        for (var i = 0; i < _wanted.Count; i++)
        {
            if (!_wanted.IsOpen(i)) continue;
            var w = 0;
            while (_wanted.Rank(i) > _below[w] + inWindows[w]) w++;
            if (result.Smallest[w] == result.Largest[w])
            {
                _wanted.Find(i, result.Smallest[w]);
                continue;
            }

            var below = _below[w];
            var bin = 0;
            while (_wanted.Rank(i) > below + result.Bins[w * bins + bin]) below += result.Bins[w * bins + bin++];

            // Ranks ascend: those of one bin are neighbours.
            if (found > 0 && nextBelow[found - 1] == below) continue;

            // The outer edges are brought in to the values that there are.
            var (from, to) = later
                ? (Windows[w].PositionEdge(bin, Windows[w].Shift(bins)), Windows[w].PositionEdge(bin + 1, Windows[w].Shift(bins)))
                : (Windows[w].Edge(bin, bins), Windows[w].Edge(bin + 1, bins));
            var window = new Window(Math.Max(from, result.Smallest[w]), Math.Min(to, Math.BitIncrement(result.Largest[w])));
            if (window.IsSingle) _wanted.Find(i, window.Low);
            else (next[found], nextBelow[found], nextCounts[found++]) = (window, below, result.Bins[w * bins + bin]);
        }

        if (later && next.AsSpan(0, found).SequenceEqual(Windows))
            throw new InvalidOperationException("A pass narrowed no window of the search for order statistics: a fault of this program.");
        Windows = next[..found];
        _below = nextBelow[..found];
        Expected = nextCounts.Sum();
        Intervals = Cover(nextCounts);
        if (found == 0) EndRanks();
    }

    // Intervals that hold the windows: neighbouring ones with few values between them are looked for as one.
    private (double Low, double High)[] Cover(long[] counts)
    {
        var intervals = new (double Low, double High)[Windows.Length];
        var last = -1;
        for (var w = 0; w < Windows.Length; w++)
        {
            if (w == 0 || _below[w] - _below[w - 1] - counts[w - 1] > _draws / Few) intervals[++last] = (Windows[w].Low, Windows[w].High);
            else intervals[last].High = Windows[w].High;
        }

        return intervals[..(last + 1)];
    }
}
