using System.Text.Json;
using IIKernel.Growth;
using IIKernel.Kernels.Search;
using IIKernel.Uncertainty;

namespace IIKernel.Gauge;

/// <summary>Known answers of regression, moments and order statistics.</summary>
internal static class StatisticsGauge
{
    /// <summary>Certified values of linear regressions.</summary>
    public static IEnumerable<GaugeValue> Regressions(GaugeSet set)
    {
        foreach (var data in GaugeData.Document(set.Files[0]).GetProperty("sets").EnumerateArray())
        {
            var name = data.GetProperty("name").GetString()!;
            var rows = data.TryGetProperty("file", out var file)
                ? [.. GaugeData.Rows(file.GetString()!).Select(r => r.Cells.Select(GaugeData.Number).ToArray())]
                : data.GetProperty("rows").EnumerateArray().Select(GaugeData.Numbers).ToArray();
            var constant = data.GetProperty("intercept").GetBoolean() ? 1 : 0;
            var design = new double[rows.Length, rows[0].Length - 1 + constant];
            for (var i = 0; i < rows.Length; i++)
                for (var j = 0; j < design.GetLength(1); j++)
                    design[i, j] = j < constant ? 1 : rows[i][j - constant + 1];
            var fit = LeastSquares.Fit(design, [.. rows.Select(r => r[0])]);
            for (var j = 0; j < fit.Coefficients.Length; j++)
            {
                yield return Value($"coefficient {j}", fit.Coefficients[j], data.GetProperty("coefficients")[j].GetDouble());
                yield return Value($"standard error {j}", fit.StandardError(j), data.GetProperty("errors")[j].GetDouble());
            }

            yield return Value("residual standard deviation", fit.ResidualStandardDeviation, data.GetProperty("residualSd").GetDouble());
            if (data.TryGetProperty("rSquared", out var rSquared)) yield return Value("R²", fit.RSquared, rSquared.GetDouble());

            GaugeValue Value(string item, double value, double reference) =>
                new($"{name}, {item}", GaugeReplay.Host, value, reference, data.GetProperty("tolerance").GetDouble() * Math.Abs(reference));
        }
    }

    /// <summary>Certified means and standard deviations.</summary>
    public static IEnumerable<GaugeValue> Moments(GaugeSet set)
    {
        foreach (var data in GaugeData.Document(set.Files[0]).GetProperty("sets").EnumerateArray())
        {
            var name = data.GetProperty("name").GetString()!;
            var sample = Sample(data);
            var (mean, sd) = SampleMoments.Of(sample, centre: sample[0]);
            var (expectedMean, expectedSd) = (data.GetProperty("mean").GetDouble(), data.GetProperty("sd").GetDouble());
            yield return new($"{name}, mean", GaugeReplay.Host, mean, expectedMean,
                data.GetProperty("meanTolerance").GetDouble() * expectedMean);
            yield return new($"{name}, standard deviation", GaugeReplay.Host, sd, expectedSd,
                data.GetProperty("sdTolerance").GetDouble() * expectedSd);
        }
    }

    /// <summary>Ranks of the distribution-free intervals of quantiles.</summary>
    public static IEnumerable<GaugeValue> Ranks(GaugeSet set)
    {
        foreach (var row in GaugeData.Rows(set.Files[0]))
        {
            var (low, high) = CoverageRanks.Confidence((long)GaugeData.Number(row.Text("N")), GaugeData.Number(row.Text("quantile")));
            var item = $"N = {row.Text("N")}, p = {row.Text("quantile")}";
            yield return new($"{item}, low", GaugeReplay.Host, low, GaugeData.Number(row.Text("rank_low")), 0);
            yield return new($"{item}, high", GaugeReplay.Host, high, GaugeData.Number(row.Text("rank_high")), 0);
        }
    }

    // The values, then perhaps two more in turn, so many times each.
    private static double[] Sample(JsonElement data)
    {
        var sample = GaugeData.Numbers(data.GetProperty("values")).ToList();
        if (data.TryGetProperty("alternating", out var pair))
            for (var i = 0; i < data.GetProperty("times").GetInt32(); i++) sample.AddRange(GaugeData.Numbers(pair));
        return [.. sample];
    }
}
