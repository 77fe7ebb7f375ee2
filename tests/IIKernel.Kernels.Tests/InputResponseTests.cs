using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class InputResponseTests
{
    // The inputs of a draw, given, make the draw's outputs.
    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    [InlineData(ConformanceVariant.Panel)]
    [InlineData(ConformanceVariant.Sobol)]
    [InlineData(ConformanceVariant.SidesAndSpreads)]
    public void Given_the_inputs_of_a_draw_it_gives_the_outputs_of_the_draw(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        var response = new InputResponse(plan, outputs);
        var expected = new double[outputs.Length];
        using var reference = new ReferenceBackend().Load(plan);
        for (var draw = 0; draw < 5; draw++)
        {
            reference.Evaluate(draw, 1, outputs, expected);
            response.Evaluate(InputsOf(plan, draw));
            Assert.Equal(expected, response.Values);
        }
    }

    [Fact]
    public void Its_slopes_are_the_limits_of_differences()
    {
        var plan = ConformancePlan.Create(variant: ConformanceVariant.Everything);
        var map = plan.Outputs;
        int[] outputs = [map.Index(2, map.Nation, OutputMap.Total), map.Index(1, map.Row(3), OutputMap.Share)];
        var response = new InputResponse(plan, outputs);
        var inputs = InputsOf(plan, 2);
        for (var along = 0; along < inputs.Length; along++)
        {
            response.Evaluate(inputs, along);
            double[] slopes = [.. response.Slopes];
            var step = 1e-5 * Math.Max(1, Math.Abs(inputs[along]));
            double[] At(double x)
            {
                response.Evaluate([.. inputs.Select((value, i) => i == along ? x : value)]);
                return [.. response.Values];
            }

            var (low, high) = (At(inputs[along] - step), At(inputs[along] + step));
            for (var o = 0; o < outputs.Length; o++)
                Assert.Equal((high[o] - low[o]) / (2 * step), slopes[o], 1e-4 * Math.Abs(slopes[o]) + 1e-7 * Math.Abs(high[o]));
        }
    }

    private static double[] InputsOf(SamplePlan plan, long draw)
    {
        var sample = new InputSample(plan);
        var inputs = new double[plan.Marginals.Kinds.Length];
        for (var i = 0; i < inputs.Length; i++) sample.Inputs(i, draw, inputs.AsSpan(i, 1));
        var coefficients = new double[plan.RelatedCount];
        sample.Coefficients(draw, 1, coefficients);
        foreach (var k in plan.Correlation.Inputs) inputs[k] = coefficients[k];
        return inputs;
    }
}
