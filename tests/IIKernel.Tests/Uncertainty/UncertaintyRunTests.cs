using System.Text;
using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class UncertaintyRunTests
{
    [Fact]
    public void National_share_and_growth_are_those_of_a_loop_over_the_same_draws()
    {
        // Written out from the method, for 2021 and 2022: nothing here but the uniforms comes from the kernel.
        var study = TestData.Demonstration;
        const int draws = 3000;
        const ulong seed = 20231201;
        var n = study.Table.Sectors.Count;
        var inverse = LeontiefModel.LeontiefInverse(LeontiefModel.TechnicalCoefficients(study.Table));
        var point = PointModel.Estimate(study);
        var own = Enumerable.Range(0, study.Categories.Categories.Count).Select(c =>
            Enumerable.Range(0, n).Where(i => study.Table.Sectors[i].Category == c).Sum(study.Table.ValueAdded)).ToArray();
        var related = study.Coefficients.Select(k => k.Sector).ToArray();
        var share = new double[draws];
        var growth = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var s = study.Coefficients.Select(k =>
            {
                var t = (TriangularMarginal)k.Distribution!;
                var input = CounterLayout.InputId("coefficient:" + study.Table.Sectors[k.Sector].Code);
                var u = ScalarLane.Uniform(new PhiloxBits(seed, input, 0), (ulong)draw).Value;
                return u < (t.Mode - t.Low) / (t.High - t.Low)
                    ? t.Low + Math.Sqrt(u * (t.High - t.Low) * (t.Mode - t.Low))
                    : t.High - Math.Sqrt((1 - u) * (t.High - t.Low) * (t.High - t.Mode));
            }).ToArray();
            var total = new double[2];
            for (var i = 0; i < n; i++)
            {
                var k = Array.IndexOf(related, i);
                var induced = 0.0;
                for (var j = 0; j < related.Length; j++)
                {
                    var h = inverse[i, related[j]] - (i == related[j] ? 1 : 0);
                    induced += h * study.Table.TotalOutput[related[j]] * s[j] / (1 + s[j] * (inverse[related[j], related[j]] - 1));
                }

                var direct = k < 0 ? 0 : s[k] * study.Table.ValueAdded(i);
                var indirect = (k < 0 ? 1 : 1 - s[k]) * induced / study.Table.TotalOutput[i] * study.Table.ValueAdded(i);
                for (var y = 0; y < 2; y++)
                {
                    var c = study.Table.Sectors[i].Category;
                    total[y] += (direct + indirect * point.Growth.Multipliers[4 + y]) / own[c] * study.Categories.ValueAdded[c, 4 + y];
                }
            }

            var accounts = Enumerable.Range(0, own.Length).Sum(c => study.Categories.ValueAdded[c, 5]);
            share[draw] = 100 * total[1] / accounts;
            growth[draw] = 100 * (total[1] / total[0] - 1);
        }

        var summary = Run(study, new(draws, seed, 0.95), new SimdBackend(2));
        foreach (var (measure, values) in new[] { (Measure.Share, share), (Measure.Growth, growth) })
        {
            var actual = summary.Estimates.Single(e => e.Key is { Scope: "nation", Year: 2022 } && e.Key.Measure == measure).Statistics;
            Assert.Equal(values.Average(), actual.Mean, 1e-10);
            Assert.Equal(Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (draws - 1)), actual.StandardDeviation, 1e-10);
            var sorted = values.Order().ToArray();
            Assert.Equal(sorted[74], actual.Lower, 1e-10);
            Assert.Equal(sorted[1499], actual.Median, 1e-10);
            Assert.Equal(sorted[2924], actual.Upper, 1e-10);
        }
    }

    [Fact]
    public void The_interval_of_the_official_2022_total_is_the_known_one()
    {
        var study = StudyReader.ReadFolder(TestData.OfficialStudy("china-2017"));
        var summary = Run(study, study.Sampling, new SimdBackend(2));
        Assert.Equal(100_000, summary.Sampling.Draws);
        var s = summary.Estimates.Single(
            e => e.Key is { Scope: "nation", Year: 2022, Component: Component.Total, Measure: Measure.Value }).Statistics;
        Assert.Equal(38_523, s.Lower, 0.5 + 4 * s.LowerError);
        Assert.Equal(49_772, s.Upper, 0.5 + 4 * s.UpperError);
    }

    [Fact]
    public void Reference_and_SIMD_on_any_number_of_threads_write_the_same_bytes()
    {
        var study = TestData.Demonstration;
        var sampling = new SamplingOptions(1009, 7, 0.9);
        var expected = Csv(Run(study, sampling, new ReferenceBackend()));
        Assert.Equal(expected, Csv(Run(study, sampling, new SimdBackend(1))));
        Assert.Equal(expected, Csv(Run(study, sampling, new SimdBackend(2), threads: 2)));
        Assert.NotEqual(expected, Csv(Run(study, sampling with { Seed = 8 }, new SimdBackend(1))));
    }

    [Fact]
    public void Every_interval_is_ordered_and_the_shortest_is_no_longer_than_the_equal_tailed()
    {
        var summary = Run(TestData.Demonstration, new(2000, 1, 0.9), new SimdBackend(2));
        foreach (var (key, s) in summary.Estimates)
        {
            Assert.True(s.Lower <= s.Median && s.Median <= s.Upper, $"{key}");
            Assert.True(s.ShortestUpper - s.ShortestLower <= s.Upper - s.Lower, $"{key}");
            Assert.True(s.LowerError >= 0 && s.MedianError >= 0 && s.UpperError >= 0, $"{key}");
        }

        Assert.True(summary.PointDistance < 1e-12);
        Assert.Empty(summary.FlaggedDraws);
    }

    [Fact]
    public void Certain_inputs_give_intervals_without_width()
    {
        var certain = TestData.Demonstration with
        {
            Coefficients = [.. TestData.Demonstration.Coefficients.Select(k => k with { Distribution = null })],
        };
        var summary = Run(certain, new(500, 1, 0.95), new SimdBackend(1));
        Assert.Contains(summary.Warnings, w => w.Code == "no-uncertainty");
        foreach (var (key, s) in summary.Estimates)
        {
            Assert.Equal(0, s.StandardDeviation);
            Assert.Equal(s.Lower, s.Upper);
            Assert.Equal(key.Point, s.Mean, 1e-12 * Math.Abs(key.Point));
        }
    }

    [Fact]
    public void Growth_from_nothing_is_flagged_counted_and_left_empty()
    {
        var none = TestData.Demonstration with
        {
            Coefficients = [.. TestData.Demonstration.Coefficients.Select(k => k with { Point = 0, Distribution = null })],
        };
        var summary = Run(none, new(10, 1, 0.5), new SimdBackend(1));
        var growth = summary.Estimates.Where(e => e.Key.Measure == Measure.Growth).ToArray();
        Assert.All(growth, e => Assert.Contains("undefined:10", e.Key.Flags));
        Assert.Equal(growth.Length * 10, summary.FlaggedDraws["undefined-growth"]);
        Assert.Contains(summary.Warnings, w => w.Code == "undefined-growth");
        Assert.All(summary.Estimates.Where(e => e.Key.Measure == Measure.Value), e => Assert.Equal(0, e.Statistics.Mean));
        var row = Csv(summary).Split('\n').First(line => line.Contains("growth", StringComparison.Ordinal));
        Assert.Contains(",%,,,,,,,,,,,,,,0.5,10,", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_on_extrapolated_years_and_samples_too_small_carry_their_flag()
    {
        var summary = Run(TestData.Demonstration, new(30, 1, 0.95), new SimdBackend(1));
        foreach (var (key, s) in summary.Estimates)
        {
            // Capital ends in 2017: what uses T_t after it is extrapolated; direct value added does not use it.
            Assert.Equal(key.Year > 2017 && key.Component != Component.Direct, key.Flags.Contains("extrapolated"));
            Assert.Contains("few-draws", key.Flags);
            Assert.True(double.IsNaN(s.LowerError));
        }

        Assert.Contains(summary.Warnings, w => w.Code == "few-draws");
    }

    [Fact]
    public void A_sector_without_output_is_taken_out_and_put_back_with_zeros()
    {
        var study = TestData.Demonstration;
        const int gone = 30;
        var flows = (double[,])study.Table.Flows.Clone();
        var output = (double[])study.Table.TotalOutput.Clone();
        var input = (double[])study.Table.IntermediateInput.Clone();
        for (var i = 0; i < output.Length; i++)
        {
            // What the sector bought and sold goes: its buyers' inputs fall with it.
            if (i != gone) input[i] -= flows[gone, i];
            flows[gone, i] = flows[i, gone] = 0;
        }

        output[gone] = input[gone] = 0;
        var without = study with { Table = study.Table with { Flows = flows, TotalOutput = output, IntermediateInput = input } };
        var summary = Run(without, new(200, 1, 0.5), new SimdBackend(1));
        var rows = summary.Estimates.Where(e => e.Key.Scope == "sector").ToArray();
        Assert.Equal(3 * study.Table.Sectors.Count, rows.Length);
        foreach (var (key, s) in rows.Where(e => e.Key.Code == study.Table.Sectors[gone].Code))
        {
            Assert.Equal((0, 0, 0), (key.Point, s.Mean, s.StandardDeviation));
            Assert.Contains("no-output", key.Flags);
        }

        // The same economy with the sector cut out of the table gives the same figures elsewhere.
        int[] kept = [.. Enumerable.Range(0, output.Length).Where(i => i != gone)];
        var cut = without with
        {
            Table = without.Table with
            {
                Sectors = [.. kept.Select(i => without.Table.Sectors[i])],
                Flows = Cut(flows, kept),
                TotalOutput = [.. kept.Select(i => output[i])],
                IntermediateInput = [.. kept.Select(i => input[i])],
            },
            Coefficients = [.. study.Coefficients.Select(k => k with { Sector = k.Sector > gone ? k.Sector - 1 : k.Sector })],
        };
        var expected = Run(cut, new(200, 1, 0.5), new SimdBackend(1)).Estimates
            .ToDictionary(e => (e.Key.Scope, e.Key.Code, e.Key.Year, e.Key.Component, e.Key.Measure));
        foreach (var (key, s) in summary.Estimates.Where(e => !e.Key.Flags.Contains("no-output")))
            Assert.Equal(expected[(key.Scope, key.Code, key.Year, key.Component, key.Measure)].Statistics.Mean,
                s.Mean, 1e-12 * Math.Max(1, Math.Abs(s.Mean)));
    }

    private static double[,] Cut(double[,] a, int[] kept)
    {
        var result = new double[kept.Length, kept.Length];
        for (var i = 0; i < kept.Length; i++)
            for (var j = 0; j < kept.Length; j++) result[i, j] = a[kept[i], kept[j]];
        return result;
    }

    private static UncertaintySummary Run(Study study, SamplingOptions sampling, IBackend backend, int threads = 1) =>
        UncertaintyRun.Execute(study, sampling, backend, threads);

    private static string Csv(UncertaintySummary summary)
    {
        using var writer = new StringWriter(new StringBuilder());
        EstimatesCsv.Write(writer, summary);
        return writer.ToString();
    }
}
