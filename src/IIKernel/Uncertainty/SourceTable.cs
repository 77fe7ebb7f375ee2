using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>One national amount as some sources of uncertainty alone would spread it.</summary>
/// <param name="Sources">The sources; every other input stays at its point value.</param>
/// <param name="Key">The amount.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="Statistics">What the draws say.</param>
public sealed record SourceEstimate(UncertaintySources Sources, EstimateKey Key, long Draws, OutputStatistics Statistics);

/// <summary>
/// How much of the nation's spread each source brings when it is alone. The squares of these standard deviations add up
/// to that of all sources only as far as the model is additive in them.
/// </summary>
public static class SourceTable
{
    /// <summary>The largest number of draws of a source alone: enough for its first two or three digits.</summary>
    public const long MaximumDraws = 100_000;

    /// <summary>How many draws of a source alone a run makes.</summary>
    public static long DrawsEach(SamplingOptions sampling) => Math.Min(sampling.Draws, MaximumDraws);

    /// <summary>The sources that can be switched, each alone.</summary>
    public static IReadOnlyList<UncertaintySources> Single { get; } =
        [UncertaintySources.Coefficients, UncertaintySources.Growth, UncertaintySources.Extrapolation, UncertaintySources.Revisions];

    /// <summary>Those of <paramref name="sources"/> that draw any input of the study.</summary>
    public static UncertaintySources Drawn(
        Study study, PointEstimate point, UncertaintySources sources = UncertaintySources.All, CancellationToken cancellation = default) =>
        Together(Plans(new PlanCompiler(study, point, cancellation), 0, sources).Keys);

    /// <summary>The sources of <see cref="Drawn"/>, each with the plan that draws it alone.</summary>
    internal static IReadOnlyDictionary<UncertaintySources, SamplePlan> Plans(PlanCompiler compiler, ulong seed, UncertaintySources sources) =>
        Single.Where(s => sources.HasFlag(s)).Select(s => (Source: s, Plan: compiler.Compile(seed, s)))
            .Where(p => p.Plan.Marginals.Kinds.Any(k => k != MarginalKind.Constant)).ToDictionary(p => p.Source, p => p.Plan);

    /// <summary>Several sources as one.</summary>
    internal static UncertaintySources Together(IEnumerable<UncertaintySources> sources) =>
        sources.Aggregate(UncertaintySources.None, (all, s) => all | s);

    /// <summary>The table: source by source, and last what <paramref name="all"/> says.</summary>
    internal static IReadOnlyList<SourceEstimate> Of(
        IReadOnlyDictionary<UncertaintySources, SamplePlan> plans, IReadOnlyList<EstimateKey> keys, SamplingOptions sampling, IBackend backend, int threads,
        IReadOnlyList<UncertainEstimate> all, IProgress<double>? progress, CancellationToken cancellation)
    {
        var drawn = Together(plans.Keys);
        var amounts = keys.Where(k => k.Scope == "nation" && k.Measure == Measure.Value).ToArray();
        int[] outputs = [.. amounts.Select(k => k.Output)];
        var draws = DrawsEach(sampling);
        var table = new List<SourceEstimate>();
        foreach (var source in Single.Where(s => plans.ContainsKey(s) && s != drawn))
        {
            using var program = backend.Load(plans[source]);
            var statistics = SampleStatistics.Collect(program, CoverageRanks.For(draws, sampling.Level), outputs, program.EvaluatePoint(), threads, progress, cancellation);
            table.AddRange(amounts.Select((key, i) => new SourceEstimate(source, key, draws, statistics[i])));
        }

        table.AddRange(all.Where(e => e.Key.Scope == "nation" && e.Key.Measure == Measure.Value)
            .Select(e => new SourceEstimate(drawn, e.Key, sampling.Draws, e.Statistics)));
        return table;
    }
}
