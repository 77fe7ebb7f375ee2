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

    private delegate IEnumerable<GaugeValue> Evaluator(GaugeSet set, IReadOnlyList<IBackend> backends, int threads);

    // How a kind of set is computed, and whether it is on each backend.
    private static readonly Dictionary<string, (bool Draws, Evaluator Values)> Evaluators = new()
    {
        ["philox"] = (false, (set, _, _) => GeneratorGauge.Philox(set)),
        ["sobol"] = (false, (set, _, _) => GeneratorGauge.Sobol(set)),
        ["quantiles"] = (false, (set, _, _) => GeneratorGauge.Quantiles(set)),
        ["draws"] = (true, (set, backends, _) => GeneratorGauge.Draws(set, backends)),
        ["regression"] = (false, (set, _, _) => StatisticsGauge.Regressions(set)),
        ["moments"] = (false, (set, _, _) => StatisticsGauge.Moments(set)),
        ["sensitivity"] = (true, (set, backends, _) => SensitivityGauge.Indices(set, backends)),
        ["ranks"] = (false, (set, _, _) => StatisticsGauge.Ranks(set)),
        ["ahp"] = (false, (set, _, _) => ExpertGauge.PairwiseComparisons(set)),
        ["fuzzy"] = (false, (set, _, _) => ExpertGauge.FuzzyEvaluations(set)),
        ["tables"] = (false, (set, _, _) => TableGauge.Tables(set)),
        ["study"] = (true, (set, backends, _) => StudyGauge.Points(set, backends)),
        ["study-moments"] = (true, StudyGauge.Moments),
        ["sums"] = (true, StudyGauge.Sums),
    };

    /// <summary>Replays every set: what draws is computed on each backend, the rest once.</summary>
    /// <param name="backends">The backends.</param>
    /// <param name="threads">Threads for statistics.</param>
    /// <param name="progress">Takes the finished share of the steps, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the replay with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<GaugeResult> Run(IReadOnlyList<IBackend> backends, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var (finished, steps) = (0, Steps(backends.Count));
        var results = new List<GaugeResult>();
        foreach (var set in GaugeData.Sets)
        {
            var source = GaugeData.Source(set.Files[0]);
            var seen = new HashSet<string>();
            foreach (var value in Evaluators[set.Kind].Values(set, backends, threads))
            {
                cancellation.ThrowIfCancellationRequested();
                // A backend's values come together: those of the one before are complete.
                if (value.Backend != Host && seen.Add(value.Backend)) progress?.Report((finished + seen.Count - 1.0) / steps);
                var note = set.Notes.GetValueOrDefault(value.Item);
                results.Add(new(set.Name, value.Item, value.Backend, value.Value, value.Reference, value.Tolerance,
                    Judge(value, note), source, note));
            }

            finished += StepsOf(set, backends.Count);
            progress?.Report((double)finished / steps);
        }

        return results;
    }

    /// <summary>How many steps a replay on so many backends has: a set that draws is one on each of them.</summary>
    public static int Steps(int backends) => GaugeData.Sets.Sum(set => StepsOf(set, backends));

    private static int StepsOf(GaugeSet set, int backends) => Evaluators[set.Kind].Draws ? backends : 1;

    private static GaugeOutcome Judge(GaugeValue value, string? note) =>
        Math.Abs(value.Value - value.Reference) <= value.Tolerance ? GaugeOutcome.Pass
        : note is null ? GaugeOutcome.Diff
        : GaugeOutcome.Note;
}
