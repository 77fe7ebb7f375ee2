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
        // Shares by GDP stand beside a set's own weights, which are applied to the draws of the categories below.
        var byGdp = study with { RegionSets = [.. study.RegionSets.Select(s => s with { DirectAllocation = null, IndirectAllocation = null })] };
        var point = PointModel.Estimate(byGdp);
        var keys = EstimateCatalog.Of(byGdp, point).Where(k => k.Measure == Measure.Value)
            .ToDictionary(k => (k.Scope, k.Code, k.Year, k.Component));
        var items = study.Published.SelectMany(figure => Items(study, keys, figure)).ToArray();
        using var program = backend.Load(PlanCompiler.Compile(byGdp, point, sampling.Seed));
        CheckPoint(program.EvaluatePoint(), items, keys);

        var perPass = (int)Math.Max(1, MostValues / sampling.Draws);
        var compared = items.Chunk(perPass).SelectMany(part => Draw(program, part, sampling, cancellation)).ToArray();
        var scopes = EntityList.Of(study).Select(e => e.Scope).Distinct().ToList();
        return [.. compared.OrderBy(c => scopes.IndexOf(c.Published.Scope)).ThenBy(c => c.Verdict == Verdict.NotComputed)
            .ThenByDescending(c => Math.Abs(c.DistancePercent))];
    }

    private static IEnumerable<Item> Items(Study study, Dictionary<(string Scope, string Code, int Year, Component Component), EstimateKey> keys, PublishedFigure figure)
    {
        if (!keys.TryGetValue((figure.Scope, figure.Code, figure.Year, figure.Component), out var key))
        {
            var entity = EntityList.Of(study).First(e => e.Scope == figure.Scope && e.Code == figure.Code);
            yield return new(figure, entity.Name, "", double.NaN, []);
            yield break;
        }

        var set = study.RegionSets.FirstOrDefault(s => s.Name == figure.Scope);
        var own = set is { DirectAllocation: not null } or { IndirectAllocation: not null };
        yield return new(figure, key.Name, own ? "gdp" : "", key.Point, [(key.Output, 1)]);
        if (!own) yield break;

        var region = EntityList.Of(study).First(e => e.Scope == figure.Scope && e.Code == figure.Code);
        var year = figure.Year - study.BaseYear;
        var terms = new List<(int Output, double Weight)>();
        var point = 0.0;
        foreach (var part in new[] { Component.Direct, Component.Indirect })
        {
            if (figure.Component != part && figure.Component != Component.Total) continue;
            var weights = CategoryWeights.Of(study, region, year, part);
            for (var c = 0; c < weights.Length; c++)
            {
                var category = keys[("category", study.Categories.Categories[c].Code, figure.Year, part)];
                terms.Add((category.Output, weights[c]));
                point += weights[c] * category.Point;
            }
        }

        yield return new(figure, key.Name, "own", point, terms);
    }

    private static void CheckPoint(double[] pointDraw, Item[] items, Dictionary<(string Scope, string Code, int Year, Component Component), EstimateKey> keys)
    {
        foreach (var item in items.Where(i => i.Terms.Count > 0))
        {
            var nation = keys[("nation", "", item.Figure.Year, item.Figure.Component)].Point;
            var drawn = item.Terms.Sum(t => t.Weight * pointDraw[t.Output]);
            if (!(Math.Abs(drawn - item.Point) <= PointTolerance * Math.Abs(nation)))
                throw new InvalidOperationException($"The backend misses the point estimate of {item.Figure.Scope} {item.Figure.Code}: {drawn:R} instead of {item.Point:R}; its results are refused.");
        }
    }

    private static IEnumerable<ComparedFigure> Draw(IProgram program, Item[] items, SamplingOptions sampling, CancellationToken cancellation)
    {
        int[] outputs = [.. items.SelectMany(i => i.Terms.Select(t => t.Output)).Distinct()];
        var row = outputs.Select((o, i) => (o, i)).ToDictionary(x => x.o, x => x.i);
        var samples = items.Select(i => i.Terms.Count == 0 ? [] : new double[sampling.Draws]).ToArray();
        var values = new double[outputs.Length * Chunk];
        for (var first = 0L; outputs.Length > 0 && first < sampling.Draws; first += Chunk)
        {
            var count = (int)Math.Min(Chunk, sampling.Draws - first);
            program.Evaluate(first, count, outputs, values, cancellation);
            for (var i = 0; i < items.Length; i++)
                foreach (var (output, weight) in items[i].Terms)
                    for (var d = 0; d < count; d++) samples[i][first + d] += weight * values[row[output] * count + d];
        }

        var ranks = CoverageRanks.For(sampling.Draws, sampling.Level);
        return items.Select((item, i) => Compare(item, samples[i], ranks));
    }

    private static ComparedFigure Compare(Item item, double[] sample, QuantileRanks ranks)
    {
        var published = item.Figure.Value;
        if (sample.Length == 0)
            return new(item.Figure, item.Name, item.Allocation, double.NaN, OutputStatistics.UndefinedIn(0), double.NaN, double.NaN, Verdict.NotComputed);
        var (mean, sd) = BlockSums.Moments(sample, item.Point);
        Array.Sort(sample);
        var statistics = OutputStatistics.Of(ranks, mean, sd, 0, rank => sample[rank - 1]);
        var below = sample.Count(v => v < published) + 0.5 * sample.Count(v => v == published);
        var half = item.Figure.Rounding / 2;
        var verdict = Math.Abs(item.Point - published) <= half ? Verdict.Met
            : published > statistics.Upper + half ? Verdict.Below
            : published < statistics.Lower - half ? Verdict.Above
            : Verdict.Inside;
        return new(item.Figure, item.Name, item.Allocation, item.Point, statistics, 100 * (item.Point / published - 1), 100 * below / sample.Length, verdict);
    }

    // A figure as a linear combination of the backend's outputs; no terms where the study does not compute it.
    private sealed record Item(PublishedFigure Figure, string Name, string Allocation, double Point, IReadOnlyList<(int Output, double Weight)> Terms);
}
