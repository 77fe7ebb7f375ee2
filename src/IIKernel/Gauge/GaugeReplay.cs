using IIKernel.Kernels;

namespace IIKernel.Gauge;

/// <summary>A value of a set, computed again.</summary>
/// <param name="Item">Which value.</param>
/// <param name="Backend">What computed it.</param>
/// <param name="Value">The value.</param>
/// <param name="Reference">Its known answer.</param>
/// <param name="Tolerance">Largest distance that passes.</param>
internal sealed record GaugeValue(string Item, string Backend, double Value, double Reference, double Tolerance);

/// <summary>Replays every known answer that the project carries.</summary>
public static class GaugeReplay
{
    /// <summary>The <see cref="GaugeResult.Backend"/> of what no backend computes.</summary>
    public const string Host = "host";

    private static readonly Dictionary<string, Func<GaugeSet, IReadOnlyList<IBackend>, int, IEnumerable<GaugeValue>>> Evaluators = new()
    {
        ["philox"] = (set, _, _) => GeneratorGauge.Philox(set),
        ["quantiles"] = (set, _, _) => GeneratorGauge.Quantiles(set),
        ["draws"] = (set, backends, _) => GeneratorGauge.Draws(set, backends),
        ["regression"] = (set, _, _) => StatisticsGauge.Regressions(set),
        ["moments"] = (set, _, _) => StatisticsGauge.Moments(set),
        ["ranks"] = (set, _, _) => StatisticsGauge.Ranks(set),
        ["ahp"] = (set, _, _) => ExpertGauge.PairwiseComparisons(set),
        ["fuzzy"] = (set, _, _) => ExpertGauge.FuzzyEvaluations(set),
        ["tables"] = (set, _, _) => TableGauge.Tables(set),
        ["study"] = (set, backends, _) => StudyGauge.Points(set, backends),
        ["study-moments"] = StudyGauge.Moments,
        ["sums"] = StudyGauge.Sums,
    };

    /// <summary>Replays every set: what draws is computed on each backend, the rest once.</summary>
    /// <param name="backends">The backends.</param>
    /// <param name="threads">Threads for statistics.</param>
    /// <param name="cancellation">Ends the replay with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<GaugeResult> Run(IReadOnlyList<IBackend> backends, int threads, CancellationToken cancellation = default)
    {
        var results = new List<GaugeResult>();
        foreach (var set in GaugeData.Sets)
        {
            var source = GaugeData.Source(set.Files[0]);
            foreach (var value in Evaluators[set.Kind](set, backends, threads))
            {
                cancellation.ThrowIfCancellationRequested();
                var note = set.Notes.GetValueOrDefault(value.Item);
                results.Add(new(set.Name, value.Item, value.Backend, value.Value, value.Reference, value.Tolerance, Judge(value, note), source, note));
            }
        }

        return results;
    }

    private static GaugeOutcome Judge(GaugeValue value, string? note) =>
        Math.Abs(value.Value - value.Reference) <= value.Tolerance ? GaugeOutcome.Pass : note is null ? GaugeOutcome.Diff : GaugeOutcome.Note;
}
