using IIKernel.Kernels;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>Sobol' indices of the errors of flows, which come from another sample all together.</summary>
public sealed class FlowIndicesTests
{
    private const double Level = 0.999;

    private static readonly CompiledStudy Study = new(TestData.FlowDemonstration);

    // A_B of all that is uncertain is B itself: both indices are 1.
    [Fact]
    public void Flows_alone_bring_all()
    {
        var (sampled, inputs) = Sample(UncertaintySources.Flows, 1 << 10);
        Assert.Empty(inputs.Single);
        var flows = Assert.Single(inputs.Groups);
        Assert.Equal("flows", flows.Name);
        sampled.Add(flows);
        Covers(sampled.First(0, flows), 1);
        Covers(sampled.Total(0, flows), 1);
    }

    // Of two groups of inputs, independent of each other, one brings alone what the other takes no part in.
    [Fact]
    public void What_flows_bring_alone_is_what_coefficients_take_no_part_in()
    {
        var (sampled, inputs) = Sample(UncertaintySources.Flows | UncertaintySources.Coefficients, 1 << 11);
        var (coefficients, flows) = (inputs.Groups[0], inputs.Groups[1]);
        Assert.Equal(("coefficients", "flows"), (coefficients.Name, flows.Name));
        sampled.Add(coefficients);
        sampled.Add(flows);
        Complement(sampled.First(0, flows), sampled.Total(0, coefficients));
        Complement(sampled.First(0, coefficients), sampled.Total(0, flows));
        Assert.InRange(sampled.Total(0, flows).Raw, 1e-4, 1 - 1e-4);

        static void Complement(IndexEstimate first, IndexEstimate total) => Assert.True(
            Math.Abs(first.Raw + total.Raw - 1) <= Half(first) + Half(total), $"{first} and {total}");
    }

    private static (SampledIndices Sampled, SensitivityInputs Inputs) Sample(UncertaintySources sources, int draws)
    {
        var plan = SensitivityAnalysis.WithReplicates(Study.Plan(3, sources));
        var figure = Study.Keys.First(k => k is { Scope: "nation", Year: 2017, Component: Component.Total, Measure: Measure.Value });
        var sampler = new FigureSampler(new SimdBackend(2), plan, [figure.Output], default);
        return (new(sampler, draws, new(SensitivityOptions.Replicates, Level)), SensitivityInputs.Of(plan, Study.Inputs(sources)));
    }

    private static void Covers(IndexEstimate estimate, double value) =>
        Assert.True(Math.Abs(estimate.Raw - value) <= Half(estimate), $"{value} instead of {estimate}");

    private static double Half(IndexEstimate estimate) => estimate.Upper - estimate.Raw;
}
