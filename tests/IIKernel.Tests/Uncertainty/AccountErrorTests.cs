using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;
using static IIKernel.Tests.DrawnSamples;

namespace IIKernel.Tests.Uncertainty;

/// <summary>The errors of the accounts against their theory, from the draws alone.</summary>
public sealed class AccountErrorTests
{
    private const int Draws = 20_000;
    private static readonly Study Full = TestData.FullDemonstration;
    private static readonly PointEstimate Point = PointModel.Estimate(Full);

    [Theory]
    [InlineData(2022)]
    [InlineData(2023)]
    public void Predicted_years_have_the_t_distribution_of_their_line_and_share_its_errors(int firstPredicted)
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json").Replace("\"window\": 6", "\"window\": 5", StringComparison.Ordinal));
        for (var year = firstPredicted; year < 2023; year++)
            editor.SetCell("category-value-added.csv", $"category=I,year={year}", "value_added", "");
        var study = editor.Read();
        var c = study.Categories.Categories.ToList().FindIndex(x => x.Code == "I");
        var point = PointModel.Estimate(study);
        int[] predicted = [.. Enumerable.Range(firstPredicted, 2023 - firstPredicted + 1)];
        var (_, values) = Draw(study, UncertaintySources.Extrapolation,
            map => [.. predicted.Select(y => map.Index(y - 2017, map.Category(c), OutputMap.Direct))], Draws);
        var line = study.Categories.Filled[c]!.Line!;
        double Parts(int x, int y)
        {
            var (a, b) = (line.ErrorParts(x), line.ErrorParts(y));
            return a.Level * b.Level + a.Slope * b.Slope + (x == y ? 1 : 0);
        }

        double[] Errors(int year) =>
            [.. values[year - firstPredicted].Select(x => study.Categories.ValueAdded[c, year - 2017]
                * (x / point.Direct[year - 2017, 1 + c] - 1))];
        foreach (var year in predicted)
            Student(Errors(year), line.ResidualStandardDeviation * Math.Sqrt(Parts(year, year)), 3, moments: false);
        if (predicted.Length == 1) return;

        // The signs of a bivariate t agree with probability 1/2 + asin(ρ)/π.
        var rho = Parts(2022, 2023) / Math.Sqrt(Parts(2022, 2022) * Parts(2023, 2023));
        Near(0.5 + Math.Asin(rho) / Math.PI, [.. Errors(2022).Zip(Errors(2023), (a, b) => a * b > 0 ? 1.0 : 0)]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("nation")]
    [InlineData("group")]
    public void Revisions_follow_their_vintage_and_leave_fixed_totals_alone(string fixedTotals)
    {
        using var editor = new StudyEditor();
        var study = editor.Write("study.json", editor.Text("study-full.json")
            .Replace("\"sd\": 0 }] }", $"\"sd\": 0 }}], \"fixed\": \"{fixedTotals}\" }}", StringComparison.Ordinal)).Read();
        var count = study.Categories.Categories.Count;
        var (map, values) = Draw(study, UncertaintySources.Revisions,
            t => [.. Enumerable.Range(0, count + 1 + study.Groups.Count).SelectMany(e =>
            new[] { t.Index(5, e, OutputMap.Total), t.Index(5, e, OutputMap.Share), t.Index(2, e, OutputMap.Direct) })], 4000);
        var single = study.Groups.Select((_, j) => study.Categories.Categories.Count(c => c.Group == j) == 1).ToArray();
        for (var e = 0; e <= count + study.Groups.Count; e++)
        {
            var (total, share) = (values[3 * e], values[3 * e + 1]);
            if (total.All(x => x == 0)) continue;

            // 2019 is final: certain. Own value added is 100·total/share.
            Assert.Single(values[3 * e + 2].Distinct());
            double[] own = [.. total.Zip(share, (t, s) => 100 * t / s)];
            var point = Point.OwnValueAdded[5, e];
            var isFixed = e == 0 ? fixedTotals is "nation" or "group"
                : e > count ? fixedTotals == "group"
                : fixedTotals == "group" && single[study.Categories.Categories[e - 1].Group];
            if (isFixed) Assert.All(own, x => Assert.Equal(point, x, 1e-10 * point));
            else if (fixedTotals == "none" && e > 0 && e <= count)
                Near(0.01 * 0.01, [.. own.Select(x => (x / point - 1) * (x / point - 1))]);
            else Assert.True(own.Distinct().Count() > 3000);
        }

        Assert.True(map.Count > 0);
    }

    [Fact]
    public void Regions_add_up_to_their_group_in_every_draw()
    {
        var rows = Full.RegionSets[0].Regions.Count;
        var (_, values) = Draw(Full, UncertaintySources.All,
            t => [.. Enumerable.Range(0, rows).Select(r => t.Index(6, t.Row(r), OutputMap.Total)), t.Index(6, 0, OutputMap.Total)], 1000);
        for (var draw = 0; draw < 1000; draw++)
        {
            var sum = values.SkipLast(1).Sum(v => v[draw]);
            Assert.Equal(values[^1][draw], sum, 1e-12 * sum);
        }
    }
}
