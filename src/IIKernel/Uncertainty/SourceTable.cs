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

    /// <summary>How many draws of a source alone a run makes: at most <see cref="MaximumDraws"/>, as many as the sequence has.</summary>
    public static long DrawsEach(SamplingOptions sampling)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        return sampling.Fitting(Math.Min(sampling.Draws, MaximumDraws));
    }

    /// <summary>The table: source by source, and last what <paramref name="all"/> says.</summary>
    internal static IReadOnlyList<SourceEstimate> Of(
        CompiledStudy study, IReadOnlyDictionary<UncertaintySources, SamplePlan> plans, SamplingOptions sampling, IBackend backend,
        int threads, IReadOnlyList<UncertainEstimate> all, IProgress<double>? progress, CancellationToken cancellation)
    {
        var drawn = UncertaintySource.Together(plans.Keys);
        var amounts = study.Keys.Where(k => k.Kind == EntityKind.Nation && k.Measure == Measure.Value).ToArray();
        int[] outputs = [.. amounts.Select(k => k.Output)];
        var draws = DrawsEach(sampling);
        var ranks = CoverageRanks.For(draws, sampling.Level);
        var table = new List<SourceEstimate>();
        foreach (var source in UncertaintySource.Single.Where(s => plans.ContainsKey(s) && s != drawn))
        {
            using var program = new StudyProgram(study, backend, plans[source]);
            var statistics = program.Describe(ranks, outputs, threads, progress, cancellation);
            table.AddRange(amounts.Select((key, i) => new SourceEstimate(source, key, draws, statistics[i])));
        }

        table.AddRange(all.Where(e => e.Key.Kind == EntityKind.Nation && e.Key.Measure == Measure.Value)
            .Select(e => new SourceEstimate(drawn, e.Key, sampling.Draws, e.Statistics)));
        return table;
    }
}
