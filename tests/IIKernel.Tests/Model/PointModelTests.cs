using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Model;

public class PointModelTests
{
    // Computed once by hand from the official table, to the two decimals given.
    [Fact]
    public void The_official_2017_table_gives_the_known_totals()
    {
        var study = StudyReader.ReadFolder(TestData.OfficialStudy("china-2017"));
        var point = PointModel.Estimate(study);
        var last = study.Years.Count - 1;
        Assert.Equal(2022, study.Years[last]);
        Assert.Equal(12723.83, point.Direct[last, 0], 0.005);
        Assert.Equal(31545.48, point.Indirect[last, 0], 0.005);
        Assert.Equal(44269.32, point.Total(last, 0), 0.005);
        Assert.Equal(25908.90, point.Total(0, 0), 0.005);
        Assert.Equal(0.67019, point.Growth.Function.Alpha, 0.000005);
        Assert.Equal(1.15564, point.Growth.Multipliers[last], 0.000005);
        Assert.Equal([false, true, true, true, true, true], point.Growth.Extrapolated);
    }

    [Fact]
    public void The_shortcut_equals_the_explicit_inverse_for_every_sector_of_the_official_table() =>
        AssertShortcut(StudyReader.ReadFolder(TestData.OfficialStudy("china-2017")));

    [Fact]
    public void The_shortcut_equals_the_explicit_inverse_for_every_sector_of_the_demonstration() =>
        AssertShortcut(TestData.Demonstration);

    [Fact]
    public void Every_figure_of_the_all_at_point_draw_meets_the_point_estimate()
    {
        var study = TestData.Demonstration;
        var point = PointModel.Estimate(study);
        using var program = new SimdBackend(1).Load(new CompiledStudy(study).Plan(1));
        var draw = program.EvaluatePoint();
        foreach (var key in EstimateCatalog.Of(study, point))
            Assert.True(Math.Abs(draw[key.Output] - key.Point) <= 1e-12 * Math.Max(1e-3, Math.Abs(key.Point)) * 1e1,
                $"{key}: {draw[key.Output]:R}");
    }

    private static void AssertShortcut(Study study)
    {
        var point = PointModel.Estimate(study);
        var plan = new CompiledStudy(study).Plan(1);
        using var program = new ReferenceBackend().Load(plan);
        var draw = program.EvaluatePoint();
        for (var i = 0; i < study.Table.Sectors.Count; i++)
        {
            var expected = point.SectorIndirect[i];
            Assert.True(Math.Abs(draw[plan.Outputs.Sector(i, 1)] - expected) <= 1e-12 * Math.Abs(expected),
                $"sector {study.Table.Sectors[i].Code}");
            Assert.Equal(point.SectorDirect[i], draw[plan.Outputs.Sector(i, 0)], 1e-12 * point.SectorDirect[i]);
        }

        Assert.Equal(OutputMap.SectorComponents * study.Table.Sectors.Count, plan.Outputs.BaseCategory(0, 0) - plan.Outputs.Sector(0, 0));
    }
}
