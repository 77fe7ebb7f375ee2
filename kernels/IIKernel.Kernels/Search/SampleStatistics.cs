using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// Draws a sample and describes every output by its moments and exact order statistics, in memory that does not
/// grow with the number of draws: draws are recomputable functions of their index, so further passes over them
/// take the place of keeping them.
/// </summary>
public static class SampleStatistics
{
    // Values that all columns together may keep in a later pass.
    private const long KeptTogether = 1L << 23;

    // Values that all columns together may cache of the whole sample, so that it need not be drawn again.
    private const long CachedTogether = 3L << 23;

    // A sample of no more than that is sorted: with fewer draws, neighbouring values of a tail lie up to 0.1 % of the
    // interval apart, which is the promise of the search on bins.
    private const int SortedDraws = 16_384;

    // Values that are held at a time where drawing is cheap: few, for memory's sake, but of so many columns that drawing them again for
    // each batch does not cost more than sorting them. Where it is dear, as many as may be cached: from one uncertain input for so
    // many columns on.
    private const int ColumnValues = 1 << 21;
    private const int ColumnsPerInput = 20;
    private const int FewestColumns = 64;

    // Columns of several years that are searched together, so that what is gathered of them, some 25 KB each and 12 KB a thread, does not
    // grow with the number of years. A year is drawn as a whole, so that it is never divided: time would grow with the square of regions.
    private const int SearchedTogether = 20_480;

    /// <summary>The largest number of draws.</summary>
    public const long MaximumDraws = 1L << 48;

    /// <summary>Describes the asked outputs over the draws 0 … ranks.Draws − 1.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="ranks">Number of draws and wanted order statistics.</param>
    /// <param name="outputs">Indices of outputs, each at most once.</param>
    /// <param name="point">Every output at the point inputs: values near the means.</param>
    /// <param name="threads">Number of threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry for each asked output, in the asked order.</returns>
    /// <remarks>
    /// Order statistics equal those of a full sort to the bit, and the shortest interval is that of a full sort where it is searched over
    /// all ranks: in samples of up to 16,384 draws, and where the first draws show equal values or gaps. Elsewhere it is at most
    /// <see cref="ShortestInterval.Tolerance"/> longer, if no part of the sample led astray (<see cref="Brackets"/>). Its ends are order
    /// statistics in any case, and it is never longer than the equal-tailed one. The mean and standard deviation of a fixed multiple of
    /// another output are that output's times the factors.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than <see cref="MaximumDraws"/> draws.</exception>
    public static OutputStatistics[] Collect(
        IDrawSource source, QuantileRanks ranks, int[] outputs, double[] point, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Collect(source, [ranks], outputs, point, threads, progress, cancellation)[0];

    /// <summary>The same at several levels at once, from the same passes: one row a level.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="levels">Number of draws and wanted order statistics, of each level; all of as many draws.</param>
    /// <param name="outputs">Indices of outputs, each at most once.</param>
    /// <param name="point">Every output at the point inputs: values near the means.</param>
    /// <param name="threads">Number of threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>For each level one entry for each asked output, in the asked order.</returns>
    /// <remarks>As at one level: the shortest interval of another level may be found on other bins than by itself.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than <see cref="MaximumDraws"/> draws.</exception>
    /// <exception cref="ArgumentException">Levels of different numbers of draws, or none.</exception>
    public static OutputStatistics[][] Collect(
        IDrawSource source, IReadOnlyList<QuantileRanks> levels, int[] outputs, double[] point, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Collect(source, levels, outputs, point, threads, KeptTogether, CachedTogether, progress, cancellation);

    /// <summary>
    /// The same with limits on the values that a later pass keeps and on those that are cached of the whole sample, and with the largest
    /// sample that is sorted. The first decides how many passes there are, and about their result only that a shortest interval for which
    /// more would have to be kept of one column, at any fineness of bins, is left at the shortest that is known; the second also on which
    /// bins the shortest interval is searched.
    /// </summary>
    internal static OutputStatistics[][] Collect(
        IDrawSource source, IReadOnlyList<QuantileRanks> levels, int[] outputs, double[] point, int threads,
        long keptTogether, long cachedTogether, IProgress<double>? progress = null, CancellationToken cancellation = default,
        int searchedTogether = SearchedTogether, int sortedDraws = SortedDraws)
    {
        if (levels.Select(level => level.Draws).Distinct().Count() != 1)
            throw new ArgumentException("Levels are asked for of one number of draws.", nameof(levels));
        var draws = levels[0].Draws;
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1, nameof(levels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, MaximumDraws, nameof(levels));
        var aliases = source.Layout.Aliases;

        // In the order in which a draw computes them, so that what belongs to them is read in the order of memory.
        var columns = outputs.Select(o => aliases[o].Column).Where(s => s >= 0).Distinct().Order().ToArray();
        var points = columns.Select(s => point[s]).ToArray();
        var together = IsDear(source.Layout, columns.Length) ? cachedTogether : ColumnValues;
        OutputStatistics[][] statistics = draws <= sortedDraws
            ? Sorted(source, levels, columns, points, threads, together, cancellation)
            : InLots(Lots(source.Layout, columns, searchedTogether), lot =>
                Searched(source, levels, columns[lot], points[lot], threads, keptTogether, cachedTogether, progress, cancellation));
        var of = columns.Zip(statistics).ToDictionary(p => p.First, p => p.Second);
        return [.. levels.Select((ranks, i) => outputs.Select(o => aliases[o] is { Column: >= 0 } alias
            ? of[alias.Column][i].Map(alias.Apply) : OutputStatistics.Constant(aliases[o].Constant, ranks)).ToArray())];
    }

    /// <summary>Describes one sample in memory.</summary>
    /// <param name="sample">ranks.Draws values in draw order.</param>
    /// <param name="centre">A value that may lie near their mean.</param>
    /// <param name="ranks">The wanted order statistics.</param>
    public static OutputStatistics Describe(ReadOnlySpan<double> sample, double centre, QuantileRanks ranks)
    {
        if (Undefined(sample) is > 0 and var undefined) return OutputStatistics.UndefinedIn(undefined);
        var sorted = sample.ToArray();
        sorted.AsSpan().Sort();
        return DescribeSorted(sorted, SampleMoments.Of(sample, centre), ranks);
    }

    private static OutputStatistics DescribeSorted(Memory<double> sorted, SampleMoments moments, QuantileRanks ranks)
    {
        var shortest = ranks.HasInterval ? Shortest(sorted.Span, ranks.Span) : (double.NaN, double.NaN);
        var statistics = OutputStatistics.Of(ranks, moments, shortest, rank => sorted.Span[(int)rank - 1]);
        return statistics with { Infinite = Infinite(sorted.Span) };
    }

    private static long Undefined(ReadOnlySpan<double> sample)
    {
        var undefined = 0L;
        foreach (var value in sample)
            if (double.IsNaN(value)) undefined++;
        return undefined;
    }

    private static long Infinite(ReadOnlySpan<double> sorted)
    {
        var finite = sorted;
        while (finite.Length > 0 && double.IsInfinity(finite[0])) finite = finite[1..];
        while (finite.Length > 0 && double.IsInfinity(finite[^1])) finite = finite[..^1];
        return sorted.Length - finite.Length;
    }

    // One row a column, an entry for each level.
    private static OutputStatistics[][] Sorted(
        IDrawSource source, IReadOnlyList<QuantileRanks> levels, int[] columns, double[] points, int threads, long together,
        CancellationToken cancellation)
    {
        var result = new OutputStatistics[columns.Length][];
        var undefined = new long[columns.Length];
        var moments = new SampleMoments[columns.Length];
        Columns(
            source, columns, (int)levels[0].Draws, threads, together, cancellation,
            (i, column) =>
            {
                undefined[i] = Undefined(column.Span);
                moments[i] = SampleMoments.Of(column.Span, points[i]);
            },
            (i, column) => result[i] = [.. levels.Select(ranks =>
                undefined[i] > 0 ? OutputStatistics.UndefinedIn(undefined[i]) : DescribeSorted(column, moments[i], ranks))]);
        return result;
    }

    private static OutputStatistics[][] Searched(
        IDrawSource source, IReadOnlyList<QuantileRanks> levels, int[] columns, double[] points, int threads,
        long keptTogether, long cachedTogether, IProgress<double>? progress, CancellationToken cancellation)
    {
        var all = levels[0].Draws;
        var searches = columns.Select(_ => new ColumnSearch(levels)).ToArray();
        double[]? centres = null;
        PassResult? earlier = null;
        var segments = new SampleSegments(all);

        // By all columns that the plan has, so that what is found of one does not depend on which others are asked for.
        var most = source.Layout.ColumnCount;
        var cachesAll = SampleParts.LastShare(all, levels.Count) * all * most <= cachedTogether;
        foreach (var draws in SampleParts.Of(all, cachesAll))
        {
            for (var round = 0; ; round++)
            {
                // All columns, then those again whose windows missed, with wider ones.
                int[] open = [.. Enumerable.Range(0, columns.Length).Where(i => searches[i].NeedsPilot || searches[i].Counted < draws)];
                if (open.Length == 0) break;
                int[] missed = [.. open.Where(i => searches[i].NeedsPilot)];
                var defined = new bool[missed.Length];
                var middles = new double[missed.Length];
                Columns(
                    source, [.. missed.Select(i => columns[i])], SampleParts.PilotDraws, threads, ColumnValues, cancellation,
                    (i, column) =>
                    {
                        defined[i] = Undefined(column.Span) == 0;
                        if (centres is null) middles[i] = SampleMoments.Centre(column.Span, points[missed[i]]);
                    },
                    (i, column) => searches[missed[i]].SetPilot(defined[i] ? column.Span : []));
                centres ??= middles;
                long[] expected = [.. open.Select(i => (long)(searches[i].Share * draws))];
                var caches = cachesAll && expected.Sum() <= cachedTogether;

                // Parts that one goes on from another are made of segments of the whole sample, and add up their sums.
                var parts = cachesAll ? segments : new(draws);
                var found = source.Accumulate(new()
                {
                    Draws = parts.Draws,
                    Range = new(0, parts.Through(draws)),
                    Columns = [.. open.Select(i => columns[i])],
                    Centres = round == 0 && (draws == all || cachesAll) ? centres : null,
                    Windows = [.. open.Select(i => searches[i].Windows)],
                    CountsGaps = true,
                    Bins = SampleParts.Bins(draws, all, cachesAll),
                    Caches = caches,
                    Earlier = round == 0 ? earlier : null,
                }, progress, cancellation);
                InParallel(open.Length, threads, i =>
                {
                    var search = searches[open[i]];
                    var result = found.Columns[i];
                    if (round == 0 && draws == all) search.TakeMoments(result, centres[open[i]]);
                    search.TakePart(result, draws);
                    if (result.Cached is { } values) search.TakeCached(values, keptTogether);
                });
                earlier = round == 0 && found.Columns.All(r => r.Cached is not null) ? found : null;
            }
        }

        while (true)
        {
            int[] open = [.. Enumerable.Range(0, columns.Length).Where(i => !searches[i].IsDone)];
            if (open.Length == 0) break;
            var keeps = open.Sum(i => searches[i].Expected) <= keptTogether;
            if (!keeps)
            {
                // Bins first, for all that they bring nearer to the end; then the values of as many columns as there is memory for.
                int[] moving = [.. open.Where(i => !searches[i].IsStalled)];
                keeps = moving.Length == 0;
                open = keeps ? Fitting(searches, open, keptTogether) : moving;
            }

            if (open.Length == 0) continue;
            var found = source.Accumulate(new()
            {
                Draws = all,
                Columns = [.. open.Select(i => columns[i])],
                Windows = [.. open.Select(i => searches[i].Windows)],
                Intervals = [.. open.Select(i => searches[i].Intervals)],
                CountsGaps = false,
                Bins = keeps ? 0 : ColumnSearch.LaterBins,
            }, progress, cancellation);
            InParallel(open.Length, threads, i => searches[open[i]].TakeNext(found.Columns[i]));
        }

        return [.. searches.Select(s => levels.Select((_, level) => s.Statistics(level)).ToArray())];
    }

    private static OutputStatistics[][] InLots(IEnumerable<Range> lots, Func<Range, OutputStatistics[][]> searched)
    {
        var work = new IndependentWork();
        OutputStatistics[][] all = [.. lots.SelectMany(lot => work.Do(() => searched(lot)) ?? [])];
        work.End();
        return all;
    }

    private static IEnumerable<Range> Lots(OutputLayout layout, int[] columns, int together)
    {
        var perYear = layout.YearOutputs;
        var (first, end) = (0, 0);
        while (end < columns.Length)
        {
            var next = end + 1;
            while (next < columns.Length && columns[next] / perYear == columns[end] / perYear) next++;
            if (end > first && next - first > together)
            {
                yield return first..end;
                first = end;
            }

            end = next;
        }

        if (end > first) yield return first..end;
    }

    // The first of some columns whose values may be kept together. One that has too many by itself ends its search.
    private static int[] Fitting(ColumnSearch[] searches, int[] open, long keptTogether)
    {
        var fitting = new List<int>();
        var sum = 0L;
        foreach (var i in open)
        {
            if (searches[i].Expected > keptTogether)
            {
                searches[i].GiveUp();
            }
            else if (sum + searches[i].Expected <= keptTogether)
            {
                sum += searches[i].Expected;
                fitting.Add(i);
            }
        }

        return [.. fitting];
    }

    private static bool IsDear(OutputLayout layout, int columns) => (long)layout.UncertainInputs * ColumnsPerInput >= columns;

    // Hands out the first draws of each column, a column at a time: as they were drawn, then sorted, where all are numbers.
    private static void Columns(
        IDrawSource source, int[] columns, int draws, int threads, long together, CancellationToken cancellation,
        ColumnAction drawn, ColumnAction sorted)
    {
        var batch = (int)Math.Min(Math.Max(together / draws, FewestColumns), columns.Length);
        var values = new double[batch * draws];
        for (var first = 0; first < columns.Length; first += batch)
        {
            var from = first;
            var count = Math.Min(batch, columns.Length - first);
            source.Evaluate(0, draws, columns.AsSpan(first, count), values, cancellation);
            InParallel((count + ColumnSort.Together - 1) / ColumnSort.Together, threads, group =>
            {
                var start = group * ColumnSort.Together;
                var end = Math.Min(start + ColumnSort.Together, count);
                for (var i = start; i < end; i++) drawn(from + i, values.AsMemory(i * draws, draws));
                ColumnSort.Sort(values.AsSpan(start * draws, (end - start) * draws), draws);
                for (var i = start; i < end; i++) sorted(from + i, values.AsMemory(i * draws, draws));
            });
        }
    }

    private delegate void ColumnAction(int index, Memory<double> column);

    private static void InParallel(int count, int threads, Action<int> action) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, action);

    // JCGM 101:2008, 7.7.4: the smallest y(r + q) − y(r); the first of several equal ones.
    private static (double Low, double High) Shortest(ReadOnlySpan<double> sorted, long span)
    {
        var best = 0;
        var length = double.PositiveInfinity;
        for (var r = 0; r + span < sorted.Length; r++)
        {
            // Between infinities of one sign there is no length.
            var candidate = sorted[r + (int)span] - sorted[r];
            if (!(candidate < length)) continue;
            length = candidate;
            best = r;
        }

        return (sorted[best], sorted[best + (int)span]);
    }
}
