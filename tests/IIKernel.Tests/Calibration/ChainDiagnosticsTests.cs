using IIKernel.Calibration;
using Xunit;

namespace IIKernel.Tests.Calibration;

public sealed class ChainDiagnosticsTests
{
    [Theory]
    [InlineData(0.0), InlineData(0.5), InlineData(0.9)]
    public void Draws_of_an_autoregressive_process_are_worth_what_theory_says(double correlation)
    {
        // Of x_t = φ x_{t−1} + ε, (1 − φ)/(1 + φ) of the draws.
        var chains = Chains(correlation, _ => 0);
        var expected = 4 * 5000 * (1 - correlation) / (1 + correlation);
        Assert.InRange(ChainDiagnostics.EffectiveDraws(chains), 0.8 * expected, 1.2 * expected);
        Assert.InRange(ChainDiagnostics.SplitReduction(chains), 0.999, 1.02);
    }

    [Fact]
    public void Chains_that_have_not_met_are_worth_little()
    {
        // Means 0, 1, 2, 3 of variance 5/3 beside a variance of 1 within.
        var chains = Chains(0, chain => chain);
        Assert.InRange(ChainDiagnostics.EffectiveDraws(chains), 0, 20);
        Assert.InRange(ChainDiagnostics.SplitReduction(chains), 1.4, 1.7);
    }

    [Fact]
    public void Chains_that_have_not_moved_have_neither()
    {
        double[][] chains = [.. Enumerable.Range(0, 4).Select(_ => new double[100])];
        Assert.True(double.IsNaN(ChainDiagnostics.SplitReduction(chains)));
        Assert.True(double.IsNaN(ChainDiagnostics.EffectiveDraws(chains)));
        Assert.True(double.IsNaN(ChainDiagnostics.SplitReduction([[1, 2]])));
    }

    private static double[][] Chains(double correlation, Func<int, double> mean)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 4).Select(chain =>
        {
            var values = new double[5000];
            var x = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                var shock = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, random.NextDouble());
                x = correlation * x + Math.Sqrt(1 - correlation * correlation) * shock;
                values[i] = mean(chain) + x;
            }

            return values;
        })];
    }
}
