using IIKernel.Calibration;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Calibration;

/// <summary>What the official table of 2017 must give; skipped without it.</summary>
public sealed class OfficialCalibrationTests
{
    [Fact]
    public void The_direct_total_and_the_categories_alone_bring_the_published_figures_of_2022_near()
    {
        var study = Official();
        var targets = study.Published.Where(f => f is { Year: 2022, Scope: "nation", Component: Component.Direct }
            or { Year: 2022, Scope: "category" }).ToArray();
        Assert.Equal(8, targets.Length);
        var result = Calibrator.Fit(study, targets, new() { Discrepancy = 0.05 });
        Assert.All(result.Coefficients, c => Assert.InRange(c.Value, 0, 1));
        var point = PointModel.Estimate(study with
        {
            Coefficients = [.. study.Coefficients.Select((c, k) => c with { Point = result.Coefficients[k].Value })],
        });
        var values = EstimateCatalog.Of(study, point).Where(k => k is { Year: 2022, Measure: Measure.Value })
            .ToDictionary(k => (k.Scope, k.Code, k.Component), k => k.Point);
        void Near(string scope, string code, Component component, double published, double percent) =>
            Assert.InRange(values[(scope, code, component)], published * (1 - percent / 100), published * (1 + percent / 100));
        Near("nation", "", Component.Direct, 12600, 1);
        Near("nation", "", Component.Indirect, 32000, 3);
        foreach (var (code, published) in new[] { ("A", 648.21), ("E", 37.99), ("J", 2322.66), ("I", 10027.71), ("R", 100.34) })
            Near("category", code, Component.Total, published, 8);
        Near("category", "C", Component.Total, 18900, 10);
        Near("category", "F", Component.Total, 3148.35, 20);
        Assert.Equal(9, values.Count(v => v.Key is { Item1: "category", Item3: Component.Total } && v.Value > 1000));
    }

    [Fact]
    public void Formula_10_fed_with_group_totals_gives_the_published_indirect_figures_of_five_provinces()
    {
        var study = Official();
        var t = study.Years.Count - 1;
        double[] totals = [600, 17773, 13631];
        var figures = study.Published.Where(f => f is { Scope: "provinces", Component: Component.Indirect }).ToArray();
        Assert.Equal(5, figures.Length);
        foreach (var figure in figures)
        {
            var entity = EntityList.Of(study).Single(e => e.Scope == "provinces" && e.Code == figure.Code);
            var weights = new CategoryWeights(study).Of(entity, t, Component.Indirect);
            // Any category of a group has the group's share.
            var first = totals.Select((_, j) => study.Categories.Categories.Select((c, i) => (c, i)).First(x => x.c.Group == j).i);
            var value = totals.Zip(first, (z, c) => z * weights[c]).Sum();
            Assert.Equal(figure.Value, value, 1e-3 * figure.Value);
        }
    }

    [Fact]
    public void With_the_five_provinces_as_further_targets_the_model_comes_within_5_percent_of_them()
    {
        var study = Official();
        var targets = study.Published.Where(f => f is { Year: 2022, Scope: "nation", Component: Component.Direct }
            or { Year: 2022, Scope: "category" }
            or { Scope: "provinces", Component: Component.Indirect }).ToArray();
        var result = Calibrator.Fit(study, targets, new() { Discrepancy = 0.05 });
        Assert.All(result.Targets.Where(x => x.Figure.Scope == "provinces"), x => Assert.InRange(x.DistancePercent, -5, 5));
    }

    private static Study Official() => StudyReader.ReadFolder(TestData.OfficialStudy("china-2017"));
}
