using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class PointCheckTests
{
    [Fact]
    public void Coefficients_whose_points_are_all_zero_can_be_drawn()
    {
        using var editor = new StudyEditor();
        var study = editor.Write("coefficients.csv", "sector,point,distribution,low,high\n088,0,uniform,0,0.2\n122,0,uniform,0,0.5\n")
            .Read();
        var summary = UncertaintyRun.Execute(study, new(2000, 1, 0.9), new SimdBackend(threads: 1), 1);
        Assert.Equal(0, summary.PointDistance);

        // Direct value added of the base year is Σ S_k V_k, the growth of 0 undefined.
        var direct = summary.Estimates.First(e => e.Key is { Scope: "nation", Component: Component.Direct });
        int[] related = [.. study.Coefficients.Select(k => k.Sector)];
        var expected = 0.1 * study.Table.ValueAdded(related[0]) * Scale(study, related[0])
            + 0.25 * study.Table.ValueAdded(related[1]) * Scale(study, related[1]);
        Assert.Equal(0, direct.Key.Point);
        Assert.Equal(expected, direct.Statistics.Mean, 4 * direct.Statistics.StandardDeviation / Math.Sqrt(2000));
        var growth = summary.Estimates.First(e => e.Key is { Scope: "nation", Measure: Measure.Growth });
        Assert.True(double.IsNaN(growth.Key.Point));
        Assert.True(double.IsFinite(growth.Statistics.Mean));
    }

    [Fact]
    public void A_figure_is_judged_by_those_of_its_own_source()
    {
        // Accounts of 1e-15 beside a table of 1e5: the sectors are as exact as the table.
        EstimateKey[] keys = [Key("nation", Measure.Value, 1e-15, 0), Key("sector", Measure.Value, 4e4, 1),
            Key("sector", Measure.Value, 6e4, 2), Key("nation", Measure.Share, 40, 3), Key("nation", Measure.Growth, double.NaN, 4)];
        Assert.Equal(0, PointCheck.Of(keys, [1e-15, 4e4, 6e4, 40, double.NaN]).Distance);
        Assert.Equal(0, PointCheck.Of(keys, [1e-15, 4e4, 6e4, 40, 3.0]).Distance);
        Assert.Equal(1e-6, PointCheck.Of(keys, [1e-15, 4e4 + 0.1, 6e4, 40, 0]).Distance, 1e-12);
        Assert.Equal(0.5, PointCheck.Of(keys, [1.5e-15, 4e4, 6e4, 40, 0]).Distance, 1e-12);
        Assert.Equal(0.1, PointCheck.Of(keys, [1e-15, 4e4, 6e4, 50, 0]).Distance, 1e-12);
    }

    [Fact]
    public void A_figure_that_the_backend_alone_finds_undefined_is_a_miss_and_named()
    {
        EstimateKey[] keys = [Key("nation", Measure.Value, 2, 0), Key("nation", Measure.Share, 40, 1)];
        var backend = new SimdBackend(threads: 1).Info;
        Assert.Equal(0, PointCheck.Require(backend, keys, [2, 40]));
        var message = Assert.Throws<InvalidOperationException>(() => PointCheck.Require(backend, keys, [2, double.NaN])).Message;
        Assert.Contains("nation total share of 2020", message, StringComparison.Ordinal);
        Assert.Contains("instead of 40", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_no_number_holds_is_a_fault_of_the_study()
    {
        var study = TestData.Demonstration;
        var growth = study.Growth;
        double?[] output = [.. growth.Output];
        output[growth.Years.ToList().IndexOf(2019)] *= 1e200;
        var fault = Assert.Single(
            Assert.Throws<StudyException>(() => PointModel.Estimate(study with { Growth = growth with { Output = output } })).Faults);
        Assert.Contains("nation in 2019", fault.Found, StringComparison.Ordinal);
        Assert.Contains("T = ", fault.Found, StringComparison.Ordinal);
    }

    private static double Scale(Study study, int sector) =>
        study.Categories.ValueAdded[study.Table.Sectors[sector].Category, 0]
            / study.Table.ValueAddedByCategory(study.Categories.Categories.Count)[study.Table.Sectors[sector].Category];

    private static EstimateKey Key(string scope, Measure measure, double point, int output) =>
        new(scope == "sector" ? EntityKind.Sector : scope == "nation" ? EntityKind.Nation : EntityKind.Region,
            scope, "", "", 2020, Component.Total, measure, "", point, output, []);
}
