using IIKernel.Kernels;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class PrecisionRuleTests
{
    [Theory]
    [InlineData(SamplingSequence.Philox, 0.5, 16_384)]
    // 16,384 · 1.2 · 2² is 78,643.2, which ends in the block of 78,656.
    [InlineData(SamplingSequence.Philox, 2, 78_656)]
    [InlineData(SamplingSequence.LatinHypercube, 2, 78_656)]
    [InlineData(SamplingSequence.Sobol, 2, 131_072)]
    [InlineData(SamplingSequence.Philox, double.NaN, 1L << 48)]
    [InlineData(SamplingSequence.Philox, 1e9, 1L << 48)]
    public void The_number_of_draws_follows_from_the_pilots_worst_precision(SamplingSequence sequence, double ratio, long draws)
    {
        var sampling = new SamplingOptions(1, 1, 0.95) { Sequence = sequence };
        var found = PrecisionRule.Needed(sampling, [0.0001, 0.001 * ratio], 0.001);
        Assert.Equal(draws, found);
        if (double.IsFinite(ratio) && ratio < 10) Assert.True((sampling with { Draws = found }).Fits);
    }

    [Fact]
    public void A_precision_is_the_half_width_of_an_interval_of_the_error_as_a_share_of_the_mean()
    {
        var compiled = new CompiledStudy(TestData.Demonstration);
        var key = new FigureIndex(compiled.Keys).Select("nation.total.2022")[0];
        using var program = compiled.Load(new SimdBackend(1), 1);
        var s = program.Describe(CoverageRanks.For(1000, 0.95), [key.Output], 1)[0];
        var precision = FigurePrecision.Of(key, s);
        Assert.Equal(1.96 * s.MeanError / s.Mean, precision.Mean, 1e-4 * precision.Mean);
        Assert.Equal(1.96 * s.UpperError / s.Mean, precision.Upper, 1e-4 * precision.Upper);
        Assert.Equal(new[] { precision.Mean, precision.Lower, precision.Upper }.Max(), precision.Worst);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_wanted_precision_is_reached(ulong seed)
    {
        const double wanted = 0.0015;
        var compiled = new CompiledStudy(TestData.Demonstration);
        var figures = new FigureIndex(compiled.Keys).Select("nation.total.2022");
        var sampling = new SamplingOptions(1, seed, 0.95);
        var rule = PrecisionRule.Of(compiled, new SimdBackend(2), sampling, UncertaintySources.All, figures, wanted, 2);
        Assert.Equal(PrecisionRule.UsualPilot, rule.PilotDraws);
        Assert.True(rule.Pilot[0].Worst > wanted);
        Assert.InRange(rule.Draws, rule.PilotDraws + 1, 1_000_000);
        using var program = compiled.Load(new SimdBackend(2), seed);
        var reached = FigurePrecision.Of(
            figures[0], program.Describe(CoverageRanks.For(rule.Draws, 0.95), [figures[0].Output], 2)[0]);
        Assert.InRange(reached.Worst, wanted / 2, wanted * 1.1);
    }
}
