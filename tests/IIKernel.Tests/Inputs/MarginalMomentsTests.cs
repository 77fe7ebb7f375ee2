using IIKernel.Experts;
using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Reading;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Inputs;

public sealed class MarginalMomentsTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly (Marginal Marginal, double Mean, double Sd)[] Known =
    [
        (new UniformMarginal(0.4, 0.8), 0.6, 0.4 / Math.Sqrt(12)),
        (new TriangularMarginal(0.1, 0.2, 0.3), 0.2, 0.1 / Math.Sqrt(6)),
        (new BetaMarginal(2, 3, 0, 1), 0.4, 0.2),
        (new BetaMarginal(0.01, 0.1, 0, 1), 1 / 11.0, Math.Sqrt(0.001 / (0.0121 * 1.11))),
        (new PertMarginal(0, 0.5, 1), 0.5, Math.Sqrt(1 / 28.0)),
        (new EmpiricalMarginal([0.1, 0.2, 0.6]), 0.3, Math.Sqrt(0.14 / 3)),
        (new JointSampleMarginal("s", [0.6, 0.1, 0.2]), 0.3, Math.Sqrt(0.14 / 3)),
        (new TruncatedNormalMarginal(3, 2, -Infinity, Infinity), 3, 2),
        (new TruncatedNormalMarginal(0, 1, 0, Infinity), Math.Sqrt(2 / Math.PI), Math.Sqrt(1 - 2 / Math.PI)),
        (new TruncatedNormalMarginal(0, 1, -Infinity, 0), -Math.Sqrt(2 / Math.PI), Math.Sqrt(1 - 2 / Math.PI)),
        // A flat density, and an exponential one: the tail's expansions to where the next terms are below 1e-15.
        (new TruncatedNormalMarginal(0.5, 1e6, 0, 1), 0.5, Math.Sqrt(1 / 12.0)),
        (new TruncatedNormalMarginal(0, 1, 1e4, Infinity), 1e4 + 1e-4 - 2e-12, Math.Sqrt(1e-8 - 6e-16)),
        (new LognormalMarginal(-1, 0.5, 0, Infinity), Math.Exp(-0.875), Math.Exp(-0.875) * Math.Sqrt(Math.Exp(0.25) - 1)),
        (new LognormalMarginal(0, 2, 0, Infinity), Math.Exp(2), Math.Exp(2) * Math.Sqrt(Math.Exp(4) - 1)),
    ];

    [Fact]
    public void Moments_are_those_of_the_closed_forms()
    {
        foreach (var (marginal, mean, sd) in Known)
        {
            var (foundMean, foundSd) = MarginalMoments.Of(marginal);
            Assert.Equal(mean, foundMean, 1e-11 * Math.Abs(mean));
            Assert.Equal(sd, foundSd, 1e-9 * sd);
        }
    }

    [Theory]
    [InlineData(true, null), InlineData(false, 20.0), InlineData(true, 20.0), InlineData(true, 2.0)]
    public void A_panels_moments_are_those_of_its_draws(bool resampled, double? concentration)
    {
        const int draws = 100_000;
        var study = StudyReader.ReadDemonstration();
        study = study with { Uncertainty = study.Uncertainty with { Panel = resampled, FactorConcentration = concentration } };
        var plan = new CompiledStudy(study).Plan(5, UncertaintySources.Coefficients);
        using var program = new SimdBackend(1).Load(plan);
        int[] outputs = [.. study.Coefficients.Select(k => plan.Outputs.Sector(k.Sector, OutputMap.Direct))];
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        var exact = PanelMoments.StandardDeviations(study.Panel!, resampled, concentration)!;
        for (var k = 0; k < outputs.Length; k++)
        {
            double[] s = [.. values.Skip(k * draws).Take(draws).Select(v => v / study.Table.ValueAdded(study.Coefficients[k].Sector))];
            Assert.Equal(study.Coefficients[k].Point, s.Average(), 5 * exact[k] / Math.Sqrt(draws));
            Assert.Equal(exact[k], Math.Sqrt(s.Average(x => Math.Pow(x - study.Coefficients[k].Point, 2))), 0.015 * exact[k]);
        }
    }

    [Fact]
    public void Other_operators_have_no_closed_form() =>
        Assert.Null(PanelMoments.StandardDeviations(
            StudyReader.ReadDemonstration().Panel! with { Operator = FuzzyOperator.MinMax }, true, null));
}
