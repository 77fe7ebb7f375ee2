using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Comparison;

/// <summary>Holds a study against the figures that it lists as published.</summary>
public static class StudyComparison
{
    /// <summary>
    /// Compares every published figure: scope by scope in the study's order, within a scope the farthest first, and
    /// figures that the study does not compute last.
    /// </summary>
    /// <param name="compiled">The study.</param>
    /// <param name="sampling">Draws, seed, level.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the comparison with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate.</exception>
    public static IReadOnlyList<ComparedFigure> Of(CompiledStudy compiled, SamplingOptions sampling, IBackend backend, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        var study = compiled.Study;

        // Sets with weights of their own are drawn both ways, which stand beside each other.
        var own = study.RegionSets.Where(s => s is { DirectAllocation: not null } or { IndirectAllocation: not null })
            .Select(s => s.Name).ToHashSet();
        var withoutOwn = study.RegionSets.Select(s => s with { DirectAllocation = null, IndirectAllocation = null }).ToArray();
        var byGdp = own.Count == 0 ? compiled : new CompiledStudy(study with { RegionSets = withoutOwn }, cancellation);
        var compared = Draw(byGdp, study.Published, figure => own.Contains(figure.Scope) ? "gdp" : "",
            sampling, backend, threads, progress, cancellation);
        PublishedFigure[] shared = [.. compared.Where(c => c.Allocation.Length > 0).Select(c => c.Published)];
        if (shared.Length > 0)
            compared = [.. compared, .. Draw(compiled, shared, _ => "own", sampling, backend, threads, progress, cancellation)];
        List<string> scopes = [.. EntityList.Of(study).Select(e => e.Scope).Append("sector").Distinct()];
        return [.. compared.OrderBy(c => scopes.IndexOf(c.Published.Scope)).ThenBy(c => c.Verdict == Verdict.NotComputed)
            .ThenByDescending(c => Math.Abs(c.DistancePercent))];
    }

    // Figures in the given order; the way of sharing out is named where the study computes the figure.
    private static IReadOnlyList<ComparedFigure> Draw(
        CompiledStudy compiled, IReadOnlyList<PublishedFigure> figures, Func<PublishedFigure, string> allocation,
        SamplingOptions sampling, IBackend backend, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var study = compiled.Study;
        var entities = EntityList.Of(study);
        var items = figures.Select(f => compiled.Index.Find(new(f.Scope, f.Code, f.Year, f.Component, f.Measure)) is { } key
            ? new Item(f, key.Name, allocation(f), key)
            : new Item(f, Name(f), "", null)).ToArray();
        using var program = compiled.Load(backend, sampling);
        int[] outputs = [.. items.Select(i => i.Key).OfType<EstimateKey>().Select(k => k.Output).Distinct()];
        var described = program.Describe(
            CoverageRanks.For(sampling.Draws, sampling.Level), outputs, threads, progress, cancellation);
        var statistics = outputs.Zip(described).ToDictionary();
        Item[] computed = [.. items.Where(i => i.Key is not null)];
        var counts = computed.Zip(ThresholdCounts.Collect(
            program.Program, sampling.Draws, [.. computed.Select(i => (i.Key!.Output, i.Figure.Value))],
            progress, cancellation)).ToDictionary();
        return [.. items.Select(i => i.Key is null
            ? NotComputed(i)
            : Compare(i, i.Key.Point, statistics[i.Key.Output], counts[i], sampling.Draws))];

        string Name(PublishedFigure f) => entities.FirstOrDefault(e => e.Scope == f.Scope && e.Code == f.Code)?.Name
            ?? study.Table.Sectors.First(s => s.Code == f.Code).Name;
    }

    private static ComparedFigure NotComputed(Item item) => new(
        item.Figure, item.Name, item.Allocation, double.NaN, OutputStatistics.UndefinedIn(0), double.NaN, double.NaN, Verdict.NotComputed);

    private static ComparedFigure Compare(Item item, double point, OutputStatistics statistics, ThresholdCount count, long draws)
    {
        var published = item.Figure.Value;
        var half = item.Figure.Rounding / 2;
        var verdict = Math.Abs(point - published) <= half ? Verdict.Met
            : !double.IsFinite(point) || double.IsNaN(statistics.Lower) || double.IsNaN(statistics.Upper) ? Verdict.Undecided
            : published > statistics.Upper + half ? Verdict.Below
            : published < statistics.Lower - half ? Verdict.Above
            : Verdict.Inside;
        var distance = item.Figure.Measure != Measure.Value ? point - published
            : published == 0 ? double.NaN
            : 100 * (point / published - 1);
        return new(
            item.Figure, item.Name, item.Allocation, point, statistics, distance,
            count.Undefined > 0 ? double.NaN : 100 * (count.Below + 0.5 * count.Equal) / draws, verdict);
    }

    // A published figure and the study's, null where the study does not compute it.
    private sealed record Item(PublishedFigure Figure, string Name, string Allocation, EstimateKey? Key);
}
