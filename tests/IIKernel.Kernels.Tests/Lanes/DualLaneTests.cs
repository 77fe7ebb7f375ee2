using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;
using Dual = IIKernel.Kernels.Lanes.DualLane<IIKernel.Kernels.Lanes.ScalarLane>;
using Inputs = IIKernel.Kernels.Device.DrawnInputs<
    IIKernel.Kernels.Lanes.DualLane<IIKernel.Kernels.Lanes.ScalarLane>, IIKernel.Kernels.Lanes.HostArray<double>,
    IIKernel.Kernels.Lanes.HostArray<int>,
    IIKernel.Kernels.Lanes.HostStore<IIKernel.Kernels.Lanes.DualLane<IIKernel.Kernels.Lanes.ScalarLane>>,
    IIKernel.Kernels.Device.PhiloxSequence>;
using Quad = IIKernel.Kernels.Lanes.QuadLane<System.Numerics.Vector<double>, IIKernel.Kernels.Lanes.VectorOperations>;

namespace IIKernel.Kernels.Tests.Lanes;

public class DualLaneTests
{
    // The derivatives, in closed form, at a place with a slope of 3.
    [Theory]
    [InlineData(0.3)]
    [InlineData(1.7)]
    [InlineData(6.02e4)]
    public void Operations_have_the_slopes_of_calculus(double x)
    {
        var (at, two) = (Along(x, 3), Along(2, 0));
        Close(6, (at + at).Slope);
        Close(-3, (two - at).Slope);
        Close(6 * x, (at * at).Slope);
        Close(-6 / (x * x), (two / at).Slope);
        Close(0, (at / at).Slope);
        Close(6 * x + 3, Dual.MultiplyAdd(at, at, at).Slope);
        Close(1.5 / Math.Sqrt(x), Dual.Sqrt(at).Slope);
        Close(3 / Math.Exp(Math.Floor(Math.Log2(x)) * Math.Log(2)), Dual.Significand(at).Slope);
        var uniform = Dual.Uniform(new PhiloxBits(1, 3, 0), 2);
        foreach (var flat in new[] { Dual.Floor(at), Dual.Exponent(at), Dual.PowerOfTwo(two), Dual.Broadcast(x), uniform })
            Assert.Equal(0, flat.Slope.Value);
        Close(3 / x, LaneMath.Log(at).Slope, 2e-14);
    }

    [Fact]
    public void A_selection_has_the_slope_of_what_it_selects()
    {
        var (low, high) = (Along(1, 10), Along(2, 20));
        Assert.Equal(low, LaneMath.Min(low, high));
        Assert.Equal(low, LaneMath.Min(high, low));
        Assert.Equal(high, LaneMath.Max(low, high));
        Assert.Equal(low, Dual.SelectLess(high, low, high, low));
        Assert.Equal(1UL, Dual.BetweenBits(low, low, high));
    }

    [Fact]
    public void A_root_of_0_is_steep_only_for_what_changes()
    {
        Assert.Equal(0, Dual.Sqrt(Along(0, 0)).Slope.Value);
        Assert.Equal(double.PositiveInfinity, Dual.Sqrt(Along(0, 1)).Slope.Value);
        Assert.Equal(double.NegativeInfinity, Dual.Sqrt(Along(0, -1)).Slope.Value);
        Assert.Equal(double.NaN, Dual.Sqrt(Along(1, double.NaN)).Slope.Value);
    }

    // The polynomials behind them are differentiated, and meet the derivatives of what they stand for.
    [Fact]
    public void Elementary_functions_have_their_derivatives()
    {
        for (var x = -30.0; x < 30; x += 0.0371) Close(Math.Exp(x), LaneMath.Exp(Along(x, 1)).Slope, 1e-14);
        for (var x = 1e-9; x < 1e9; x *= 1.0371) Close(1 / x, LaneMath.Log(Along(x, 1)).Slope, 2e-14);
        for (var x = -8.0; x < 8; x += 0.0371) Close(Density(x), LaneMath.NormalProbability(Along(x, 1)).Slope, 5e-13);
        for (var p = 1e-15; p < 1; p = p < 0.01 ? p * 1.5 : p + 0.00371)
            Close(1 / Density(LaneMath.NormalQuantile(new ScalarLane(p)).Value), LaneMath.NormalQuantile(Along(p, 1)).Slope, 2e-13);
    }

    [Fact]
    public void Quantiles_of_every_kind_have_their_derivatives()
    {
        var table = ConformancePlan.Create(variant: ConformanceVariant.Everything).Marginals;
        var (parameters, values) = (new HostArray<double>(table.Parameters), new HostArray<double>(table.Table));
        for (var input = 0; input < table.Kinds.Length; input++)
        {
            for (var u = 0.0137; u < 1; u += 0.0291)
            {
                var dual = MarginalDistribution.Quantile(table.Kinds[input], parameters, input * MarginalTable.Stride, values, Along(u, 1));
                Assert.Equal(MarginalDistribution.Quantile(table, input, u), dual.Value.Value);
                Close(Slope(x => MarginalDistribution.Quantile(table, input, x), u, 1e-6 * Math.Min(u, 1 - u)), dual.Slope, 1e-7);
            }
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    [InlineData(ConformanceVariant.Panel)]
    [InlineData(ConformanceVariant.Allocations)]
    public void A_program_has_the_values_of_the_reference_to_the_bit(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        var expected = new double[outputs.Length];
        using var reference = new ReferenceBackend().Load(plan);
        reference.Evaluate(5, 1, outputs, expected);
        var actual = new Dual[plan.Outputs.Count];
        new LaneProgram<Dual, Inputs>(plan).Evaluate(5, new(plan, [.. Enumerable.Range(0, actual.Length)]), actual);
        Assert.Equal(expected, outputs.Select(o => actual[o].Value.Value));
        Assert.All(outputs, o => Assert.Equal(0, actual[o].Slope.Value));
    }

    // Every draw of a lane has a direction of its own.
    [Fact]
    public void Slopes_of_a_lane_are_those_of_single_draws()
    {
        var dual = LaneMath.NormalQuantile(new DualLane<Quad>(Each(i => (i + 1.0) / (Quad.Count + 1)), Each(i => i)));
        for (var i = 0; i < Quad.Count; i++)
        {
            var single = LaneMath.NormalQuantile(Along((i + 1.0) / (Quad.Count + 1), i));
            Assert.Equal((single.Value.Value, single.Slope.Value), (Element(dual.Value, i), Element(dual.Slope, i)));
        }
    }

    [Fact]
    public void Slopes_have_slopes()
    {
        // d²/dx² of x² ln x = 2 ln x + 3.
        var x = new DualLane<Dual>(Along(1.9, 1), Along(1, 0));
        Close(2 * Math.Log(1.9) + 3, (x * x * LaneMath.Log(x)).Slope.Slope, 1e-13);
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    public void Slopes_by_coefficients_meet_central_differences(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        var response = new CoefficientResponse(plan);
        double[] s = [.. Enumerable.Range(0, plan.RelatedCount).Select(k => 0.05 + 0.1 * k)];
        response.Evaluate(s, slopes: true);
        var (direct, indirect) = ((double[,])response.DirectSlope.Clone(), (double[,])response.IndirectSlope.Clone());
        for (var k = 0; k < s.Length; k++)
        {
            for (var c = 0; c < plan.CategoryCount; c++)
            {
                Assert.Equal(plan.RelatedCategory[k] == c ? plan.RelatedValueAdded[k] : 0, direct[c, k]);
                Close(Slope(x => At(k, x).Indirect[c], s[k], 1e-3), new(indirect[c, k]), 3e-10);
            }
        }

        // An evaluation without slopes leaves those of the last.
        Assert.Equal(indirect, response.IndirectSlope);

        CoefficientResponse At(int k, double value)
        {
            double[] moved = [.. s];
            moved[k] = value;
            response.Evaluate(moved, slopes: false);
            return response;
        }
    }

    private static Dual Along(double value, double slope) => new(new(value), new(slope));

    // By five points: the error falls with the fourth power of the step.
    private static double Slope(Func<double, double> f, double x, double step) =>
        (8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))) / (12 * step);

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    private static void Close(double expected, ScalarLane actual, double tolerance = 1e-15) =>
        Assert.True(Math.Abs(actual.Value - expected) <= tolerance * Math.Abs(expected), $"{actual.Value} instead of {expected}");

    private static Quad Each(Func<int, double> value)
    {
        Quad lane = default;
        for (var i = 0; i < Quad.Count; i++) Unsafe.Add(ref Unsafe.As<Quad, double>(ref lane), i) = value(i);
        return lane;
    }

    private static double Element(Quad lane, int i) => Unsafe.Add(ref Unsafe.As<Quad, double>(ref lane), i);
}
