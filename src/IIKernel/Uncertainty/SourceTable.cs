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

    /// <summary>The rows of the sources, each alone: all but the last that are of the table.</summary>
    internal static IReadOnlyList<SourceEstimate> Alone(
        CompiledStudy study, IReadOnlyDictionary<UncertaintySources, SamplePlan> plans, SamplingOptions sampling, IBackend backend,
        int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var drawn = UncertaintySource.Together(plans.Keys);
        var amounts = Amounts(study.Keys, k => k);
        int[] outputs = [.. amounts.Select(k => k.Output)];
        var draws = DrawsEach(sampling);
        var ranks = CoverageRanks.For(draws, sampling.Level);
        var table = new List<SourceEstimate>();
        var work = new IndependentWork();
        foreach (var source in UncertaintySource.Single.Where(s => plans.ContainsKey(s) && s != drawn))
        {
            using var program = new StudyProgram(study, backend, plans[source]);
            var statistics = work.Do(() => program.Describe(ranks, outputs, threads, progress, cancellation));
            table.AddRange(amounts.Zip(statistics ?? [], (key, found) => new SourceEstimate(source, key, draws, found)));
        }

        work.End();
        return table;
    }

    /// <summary>The rows of all that is drawn: the last of the table.</summary>
    internal static IEnumerable<SourceEstimate> Together(
        UncertaintySources drawn, SamplingOptions sampling, IReadOnlyList<UncertainEstimate> all) =>
        Amounts(all, e => e.Key).Select(e => new SourceEstimate(drawn, e.Key, sampling.Draws, e.Statistics));

    private static T[] Amounts<T>(IEnumerable<T> all, Func<T, EstimateKey> key) =>
        [.. all.Where(item => key(item) is { Kind: EntityKind.Nation, Measure: Measure.Value })];
}
