using IIKernel.Sensitivity;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class ShapleyEffectsTests
{
    // x1 + x2 + x3 with variances 1, 1, 4 and a correlation of 0.8 of the last two; the effects by their definition, over all orders of
    // conditional variances (the form is that of Iooss and Prieur 2019).
    [Fact]
    public void Correlated_normal_inputs_of_a_sum()
    {
        double[,] covariance = { { 1, 0, 0 }, { 0, 1, 1.6 }, { 0, 1.6, 4 } };
        double[] withOutput = [1, 2.6, 5.6];
        double[] expected = [0.10869565217391308, 0.38695652173913053, 0.5043478260869564];
        var effects = ShapleyEffects.Of(covariance, withOutput);
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], effects[i] / 9.2, 1e-14);
    }

    // Of independent inputs the effect is b²·variance.
    [Fact]
    public void Independent_inputs_have_their_own_variance()
    {
        var (b, variance) = (new[] { 1.0, -2, 0.5, 0 }, new[] { 4.0, 0.25, 9, 3 });
        var covariance = new double[4, 4];
        for (var i = 0; i < 4; i++) covariance[i, i] = variance[i];
        var effects = ShapleyEffects.Of(covariance, [.. b.Select((x, i) => x * variance[i])]);
        for (var i = 0; i < 4; i++) Assert.Equal(b[i] * b[i] * variance[i], effects[i], 1e-13);
    }

    [Fact]
    public void Two_copies_of_one_input_share_its_effect()
    {
        var effects = ShapleyEffects.Of(new double[,] { { 2, 2, 0 }, { 2, 2, 0 }, { 0, 0, 1 } }, [2, 2, 3]);
        Assert.Equal(1, effects[0], 1e-14);
        Assert.Equal(1, effects[1], 1e-14);
        Assert.Equal(9, effects[2], 1e-14);
    }

    [Fact]
    public void Sixteen_inputs_are_enumerated()
    {
        const int m = ShapleyEffects.MostInputs;
        var covariance = new double[m, m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++) covariance[i, j] = i == j ? 1 : 0.5;
        // Of a sum all inputs are alike, and together they explain everything: m + m(m − 1)/2.
        var effects = ShapleyEffects.Of(covariance, [.. Enumerable.Repeat(1 + (m - 1) / 2.0, m)]);
        foreach (var effect in effects) Assert.Equal(1 + (m - 1) / 2.0, effect, 1e-10);
    }
}
