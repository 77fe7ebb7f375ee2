using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class FigureDriversTests
{
    private static readonly IBackend Backend = BackendCatalog.Processor(1);

    [Fact]
    public void A_short_look_tells_what_an_analysis_tells()
    {
        var compiled = new CompiledStudy(TestData.FullDemonstration);
        var figure = Total(compiled, compiled.Study.Years[^1]);
        var drivers = FigureDrivers.Of(compiled, figure, UncertaintySources.All, new(1000, 5, 0.95), Backend)!;
        var analysis = SensitivityAnalysis.Execute(compiled, [figure], new(1 << 12, 7, 0.95), Backend);

        // Swings need no draws; of many small inputs, draws tell which are looked at.
        var swings = analysis.Swings.ToDictionary(s => s.Swing.Input, s => s.Swing);
        InputSwing[] common = [.. drivers.Swings.Where(s => swings.ContainsKey(s.Input))];
        Assert.InRange(common.Length, 20, drivers.Swings.Count);
        Assert.All(common, s => Assert.Equal(swings[s.Input], s));
        Assert.Equal(drivers.Swings.OrderByDescending(s => s.Greatest - s.Least), drivers.Swings);
        Assert.Equal(FigureDrivers.UsualDraws, drivers.Draws);
        Assert.True(drivers.Indices[0].Input.IsGroup);
        foreach (var driver in drivers.Indices)
        {
            var rows = analysis.Rows.Where(r => r.Input?.Name == driver.Input.Name && r.Input.IsGroup == driver.Input.IsGroup).ToArray();
            if (rows.Length == 0) continue;
            Overlap(rows.Single(r => r.Measure == SensitivityMeasure.First).Estimate, driver.First);
            Overlap(rows.Single(r => r.Measure == SensitivityMeasure.Total).Estimate, driver.Total);
        }

        // Of two intervals of 95 % from independent draws some pair in hundreds lies apart, but not by as much as they are wide.
        static void Overlap(IndexEstimate a, IndexEstimate b)
        {
            var slack = 0.01 + (a.Upper - a.Lower + b.Upper - b.Lower) / 2;
            Assert.InRange(b.Raw, a.Raw - 2 * slack, a.Raw + 2 * slack);
        }
    }

    [Fact]
    public void Indices_that_need_no_draws_take_none()
    {
        var compiled = new CompiledStudy(TestData.Demonstration);
        var plan = compiled.Plan(1, UncertaintySources.Coefficients);
        Assert.True(ExactIndices.Apply(plan));
        var figure = Total(compiled, compiled.Study.BaseYear);
        var drivers = FigureDrivers.Of(compiled, figure, UncertaintySources.Coefficients, new(1000, 5, 0.95), Backend)!;
        Assert.Equal(0, drivers.Draws);
        var exact = new ExactIndices(plan).Of(figure.Output)!;
        Assert.All(drivers.Indices, i => Assert.Equal(exact.First([.. i.Input.Members]), i.First.Value, 12));
    }

    [Fact]
    public void Nothing_drives_what_is_certain()
    {
        var compiled = new CompiledStudy(TestData.Demonstration);
        var figure = Total(compiled, compiled.Study.Years[^1]);
        Assert.Null(FigureDrivers.Of(compiled, figure, UncertaintySources.None, new(1000, 5, 0.95), Backend));
    }

    private static EstimateKey Total(CompiledStudy compiled, int year) => compiled.Keys.First(k =>
        k is { Kind: EntityKind.Nation, Component: Component.Total, Measure: Measure.Value } && k.Year == year);
}
