using IIKernel.Kernels;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public class ControlVariateTests
{
    private const int Draws = 1 << 14;

    // y = 3c + e with c and e independent: the control leaves the variance of e.
    [Fact]
    public void The_gain_is_the_variance_over_what_the_control_leaves()
    {
        var (c, e) = (Uniforms("control"), Uniforms("rest"));
        double[] y = [.. c.Zip(e, (x, z) => 3 * x + z)];
        var found = ControlVariate.Of(y, c, 0.5, new(16, 0.95));

        // Variances of sixteen replicates: F with 15 and 15 degrees of freedom, its 0.1 and 99.9 % quantiles about the true ratio.
        Assert.InRange(found.Gain, 10 / 5.54, 10 * 5.54);
        Assert.InRange(found.Controlled.Value, 2 - 5 * Math.Sqrt(1 / 12.0 / Draws), 2 + 5 * Math.Sqrt(1 / 12.0 / Draws));
        Assert.True(found.Controlled.Upper - found.Controlled.Lower < found.Mean.Upper - found.Mean.Lower);
    }

    [Fact]
    public void A_figure_that_is_its_own_control_has_the_exact_mean()
    {
        var c = Uniforms("control");
        var found = ControlVariate.Of(c, c, 0.5, new(16, 0.95));
        Assert.Equal(0.5, found.Controlled.Value, 1e-12);
        Assert.True(found.Gain > 1e20);
    }

    // Independent coefficients with uncertain elasticities beside them: the figure is not exact, its part by the coefficients is.
    [Fact]
    public void The_exact_part_of_the_coefficients_helps_the_mean()
    {
        var study = TestData.Demonstration with { Uncertainty = TestData.Demonstration.Uncertainty with { Growth = true } };
        var compiled = new CompiledStudy(study);
        var figure = compiled.Keys.First(k => k is { Scope: "nation", Year: 2022, Component: Component.Total, Measure: Measure.Value });
        var result = SensitivityAnalysis.Execute(compiled, [figure], new(1 << 12, 3, 0.999), new SimdBackend(2));
        var rows = result.Rows.Where(r => r.Input is null).ToDictionary(r => r.Measure, r => r.Estimate);
        using var program = compiled.Load(new SimdBackend(2), 7);
        var sample = program.Describe(CoverageRanks.For(1_000_000, 0.95), [figure.Output], 2)[0];
        foreach (var measure in new[] { SensitivityMeasure.Mean, SensitivityMeasure.MeanControlled })
        {
            var (estimate, error) = (rows[measure], 4 * sample.MeanError);
            Assert.InRange(sample.Mean, estimate.Lower - error, estimate.Upper + error);
        }

        Assert.True(rows[SensitivityMeasure.ControlGain].Value > 0);
    }

    private static double[] Uniforms(string name)
    {
        var bits = new PhiloxBits(1, CounterLayout.InputId(name), CounterLayout.SampleStream);
        return [.. Enumerable.Range(0, Draws).Select(i => ScalarLane.Uniform(bits, (ulong)i).Value)];
    }
}
