using IIKernel.Kernels;
using IIKernel.Kernels.Statistics;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Comparison;

/// <summary>Holds a study against the figures that it lists as published.</summary>
public static class StudyComparison
{
    // Draws of one call to the backend, and values kept at a time; figures beyond that are drawn in a further pass.
    private const int Chunk = 4096;
    private const long MostValues = 1 << 24;

    // The two routes to the point values differ by rounding alone.
    private const double PointTolerance = 1e-10;

    /// <summary>
    /// Compares every published figure: scope by scope in the study's order, within a scope the farthest first, and
    /// figures that the study does not compute last.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="sampling">Draws, seed, level.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="cancellation">Ends the comparison with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate.</exception>
    public static IReadOnlyList<ComparedFigure> Of(Study study, SamplingOptions sampling, IBackend backend, CancellationToken cancellation = default)
    {
        // Sets with weights of their own are drawn both ways, which stand beside each other.
        var own = study.RegionSets.Where(s => s is { DirectAllocation: not null } or { IndirectAllocation: not null }).Select(s => s.Name).ToHashSet();
        var byGdp = study with { RegionSets = [.. study.RegionSets.Select(s => s with { DirectAllocation = null, IndirectAllocation = null })] };
        var compared = Draw(byGdp, study.Published, figure => own.Contains(figure.Scope) ? "gdp" : "", sampling, backend, cancellation);
        PublishedFigure[] shared = [.. compared.Where(c => c.Allocation.Length > 0).Select(c => c.Published)];
        if (shared.Length > 0) compared = [.. compared, .. Draw(study, shared, _ => "own", sampling, backend, cancellation)];
        var scopes = EntityList.Of(study).Select(e => e.Scope).Distinct().ToList();
        return [.. compared.OrderBy(c => scopes.IndexOf(c.Published.Scope)).ThenBy(c => c.Verdict == Verdict.NotComputed)
            .ThenByDescending(c => Math.Abs(c.DistancePercent))];
    }

    // Figures in the given order; the way of sharing out is named where the study computes the figure.
    private static IReadOnlyList<ComparedFigure> Draw(
        Study study, IReadOnlyList<PublishedFigure> figures, Func<PublishedFigure, string> allocation,
        SamplingOptions sampling, IBackend backend, CancellationToken cancellation)
    {
        var point = PointModel.Estimate(study, cancellation);

        // Areas are never published, and sets may name theirs alike.
        var keys = EstimateCatalog.Of(study, point).Where(k => k.Measure == Measure.Value && k.Scope != "area")
            .ToDictionary(k => (k.Scope, k.Code, k.Year, k.Component));
        var entities = EntityList.Of(study);
        var items = figures.Select(f => keys.TryGetValue((f.Scope, f.Code, f.Year, f.Component), out var key)
            ? new Item(f, key.Name, allocation(f), key)
            : new Item(f, entities.First(e => e.Scope == f.Scope && e.Code == f.Code).Name, "", null)).ToArray();
        using var program = backend.Load(PlanCompiler.Compile(study, point, sampling.Seed));
        var pointDraw = program.EvaluatePoint();
        foreach (var (figure, _, _, key) in items)
        {
            if (key is null || Math.Abs(pointDraw[key.Output] - key.Point) <= PointTolerance * Math.Abs(keys[("nation", "", figure.Year, figure.Component)].Point)) continue;
            throw new InvalidOperationException($"The backend misses the point estimate of {figure.Scope} {figure.Code}: {pointDraw[key.Output]:R} instead of {key.Point:R}; its results are refused.");
        }

        var perPass = (int)Math.Max(1, MostValues / sampling.Draws);
        return [.. items.Chunk(perPass).SelectMany(part => Draw(program, part, sampling, cancellation))];
    }

    private static IEnumerable<ComparedFigure> Draw(IProgram program, Item[] items, SamplingOptions sampling, CancellationToken cancellation)
    {
        int[] outputs = [.. items.Select(i => i.Key).OfType<EstimateKey>().Select(k => k.Output).Distinct()];
        var row = outputs.Select((o, i) => (o, i)).ToDictionary(x => x.o, x => x.i);
        var samples = items.Select(i => i.Key is null ? [] : new double[sampling.Draws]).ToArray();
        var values = new double[outputs.Length * Chunk];
        for (var first = 0L; outputs.Length > 0 && first < sampling.Draws; first += Chunk)
        {
            var count = (int)Math.Min(Chunk, sampling.Draws - first);
            program.Evaluate(first, count, outputs, values, cancellation);
            for (var i = 0; i < items.Length; i++)
                if (items[i].Key is { } key) Array.Copy(values, row[key.Output] * count, samples[i], first, count);
        }

        var ranks = CoverageRanks.For(sampling.Draws, sampling.Level);
        return items.Select((item, i) => Compare(item, samples[i], ranks));
    }

    private static ComparedFigure Compare(Item item, double[] sample, QuantileRanks ranks)
    {
        var published = item.Figure.Value;
        if (item.Key is not { Point: var point })
            return new(item.Figure, item.Name, item.Allocation, double.NaN, OutputStatistics.UndefinedIn(0), double.NaN, double.NaN, Verdict.NotComputed);
        var moments = BlockSums.Moments(sample, point);
        Array.Sort(sample);
        var statistics = OutputStatistics.Of(ranks, moments, 0, rank => sample[rank - 1]);
        var below = sample.Count(v => v < published) + 0.5 * sample.Count(v => v == published);
        var half = item.Figure.Rounding / 2;
        var verdict = Math.Abs(point - published) <= half ? Verdict.Met
            : published > statistics.Upper + half ? Verdict.Below
            : published < statistics.Lower - half ? Verdict.Above
            : Verdict.Inside;
        return new(item.Figure, item.Name, item.Allocation, point, statistics, 100 * (point / published - 1), 100 * below / sample.Length, verdict);
    }

    // A published figure and the study's, null where the study does not compute it.
    private sealed record Item(PublishedFigure Figure, string Name, string Allocation, EstimateKey? Key);
}
