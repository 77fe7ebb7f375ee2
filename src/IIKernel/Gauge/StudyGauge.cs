using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Gauge;

/// <summary>Known answers of the whole method: point values, and what draws of uncertain inputs say.</summary>
internal static class StudyGauge
{
    // Of a statistic over draws: one in 16,000 lies further out.
    private const double StandardErrors = 4;

    /// <summary>Every figure of a study at the point: by the point model, and by every backend.</summary>
    public static IEnumerable<GaugeValue> Points(GaugeSet set, IReadOnlyList<IBackend> backends)
    {
        var study = GaugeData.Study(set.Files[1]);
        var compiled = new CompiledStudy(study);
        var rows = GaugeData.Rows(set.Files[0])
            .Select(r => (Key: Find(compiled.Keys, r), Expected: GaugeData.Number(r.Text("value")))).ToArray();
        foreach (var (key, expected) in rows)
            yield return new(Item(key), GaugeReplay.Host, key.Point, expected, set.Tolerance * Math.Abs(expected));
        foreach (var backend in backends)
        {
            // Unchecked: a backend that misses the point is to be seen here, figure by figure.
            using var program = backend.Load(compiled.Plan(study.Sampling.Seed));
            var draw = program.EvaluatePoint();
            foreach (var (key, expected) in rows)
                yield return new(Item(key), backend.Info.Name, draw[key.Output], expected, set.Tolerance * Math.Abs(expected));
        }
    }

    /// <summary>Moments of a study's figures. The tolerance is four standard errors, √N of which the file gives.</summary>
    public static IEnumerable<GaugeValue> Moments(GaugeSet set, IReadOnlyList<IBackend> backends, int threads)
    {
        var study = GaugeData.Study(set.Files[1]);
        var rows = GaugeData.Rows(set.Files[0]);
        foreach (var backend in backends)
        {
            var summary = UncertaintyRun.Execute(study, study.Sampling, backend, threads);
            var estimates = summary.Estimates.ToDictionary(e => e.Key.Output);
            var keys = summary.Estimates.Select(e => e.Key).ToArray();
            foreach (var row in rows)
            {
                var key = Find(keys, row);
                yield return new($"{Item(key)}, {row.Text("statistic")}", backend.Info.Name,
                    Statistic(estimates[key.Output].Statistics, row.Text("statistic")),
                    GaugeData.Number(row.Text("value")), Error(GaugeData.Number(row.Text("spread")), study.Sampling.Draws));
            }
        }
    }

    /// <summary>Statistics of sums of independent inputs; printed values get half a unit of their last digit more.</summary>
    public static IEnumerable<GaugeValue> Sums(GaugeSet set, IReadOnlyList<IBackend> backends, int threads)
    {
        var data = GaugeData.Document(set.Files[0]);
        var frame = GaugeData.Study("three-sectors");
        var sampling = new SamplingOptions(data.GetProperty("draws").GetInt64(), data.GetProperty("seed").GetUInt64(),
            data.GetProperty("level").GetDouble());
        foreach (var backend in backends)
        {
            foreach (var example in data.GetProperty("examples").EnumerateArray())
            {
                var inputs = example.GetProperty("inputs").EnumerateArray().Select((input, k) =>
                    ($"{k + 1}", MarginalStudy.Parse(input.GetProperty("distribution").GetString()!,
                        input.GetProperty("parameters").GetString()!)!)).ToArray();
                var statistics = UncertaintyRun.Execute(MarginalStudy.Of(frame, inputs), sampling, backend, threads).Estimates
                    .First(e => e.Key.Kind == EntityKind.Nation && e.Key.Component == Component.Direct).Statistics;
                foreach (var expected in example.GetProperty("expected").EnumerateArray())
                {
                    yield return new(expected.GetProperty("item").GetString()!, backend.Info.Name,
                        Statistic(statistics, expected.GetProperty("statistic").GetString()!),
                        expected.GetProperty("value").GetDouble(),
                        expected.GetProperty("halfUnit").GetDouble() + Error(expected.GetProperty("spread").GetDouble(), sampling.Draws));
                }
            }
        }
    }

    private static double Error(double spread, long draws) => StandardErrors * spread / Math.Sqrt(draws);

    private static double Statistic(OutputStatistics statistics, string name) => name switch
    {
        "mean" => statistics.Mean,
        "sd" => statistics.StandardDeviation,
        "lower" => statistics.Lower,
        "upper" => statistics.Upper,
        _ => throw new InvalidDataException($"No statistic {name}."),
    };

    private static string Item(EstimateKey key) =>
        $"{key.Scope}{(key.Code.Length == 0 ? "" : " " + key.Code)}, {key.Year}, {key.Component}, {key.Measure}".ToLowerInvariant();

    private static EstimateKey Find(IReadOnlyList<EstimateKey> keys, CsvRow row) => keys.Single(k =>
        k.Scope == row.Text("scope") && k.Code == row.Text("code") && $"{k.Year}" == row.Text("year")
        && k.Component.ToString().Equals(row.Text("component"), StringComparison.OrdinalIgnoreCase)
        && k.Measure.ToString().Equals(row.Text("measure"), StringComparison.OrdinalIgnoreCase));
}
