using IIKernel.Calibration;
using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly Study Study = TestData.Demonstration;

    // Truths that the study's own points are far from.
    private static readonly double[] Truth = [.. Study.Coefficients.Select((_, k) => 0.05 + 0.031 * ((7 * k) % 11))];

    [Fact]
    public void Known_coefficients_are_recovered_to_1e_8_where_the_targets_determine_them()
    {
        var targets = Targets(f => f.Scope == "category" && f.Component != Component.Total, relative: 1e-14);
        var result = Calibrator.Fit(Study, targets, new() { PriorSd = CalibrationOptions.WidePrior });
        Assert.Equal(Study.Coefficients.Count, result.Identified);
        for (var k = 0; k < Truth.Length; k++)
        {
            Assert.Equal(Truth[k], result.Coefficients[k].Value, 1e-8);
            Assert.InRange(result.Coefficients[k].Determined, 1 - 1e-9, 1);
            Assert.False(result.Coefficients[k].AtBound);
        }

        Assert.All(result.Targets, t => Assert.Equal(t.Figure.Value, t.After, 1e-9 * t.Figure.Value));
    }

    [Fact]
    public void What_the_targets_do_not_determine_stays_at_the_prior_and_is_said_to()
    {
        // One direct figure of category I sees its sectors alone, as one combination.
        var targets = Targets(f => f is { Scope: "category", Code: "I", Component: Component.Direct, Year: 2017 }, relative: 1e-12);
        var result = Calibrator.Fit(Study, targets, new() { PriorSd = 0.1 });
        Assert.Equal(1, result.Identified);
        Assert.Equal(1, result.Combinations.Count(c => c.SingularValue > 1e-8));
        foreach (var (coefficient, k) in result.Coefficients.Select((c, k) => (c, k)))
        {
            var related = Study.Table.Sectors[Study.Coefficients[k].Sector];
            if (Study.Categories.Categories[related.Category].Code == "I") continue;
            Assert.Equal(coefficient.Prior, coefficient.Value, 1e-12);
            Assert.Equal(0.1, coefficient.PosteriorSd, 1e-12);
            Assert.Equal(0, coefficient.Determined, 1e-9);
        }

        // Least squares towards the prior moves along the gradient V_k.
        var moved = result.Coefficients.Select((c, k) => (Change: c.Value - c.Prior, V: Study.Table.ValueAdded(Study.Coefficients[k].Sector)))
            .Where(x => Math.Abs(x.Change) > 1e-9).ToArray();
        Assert.Equal(5, moved.Length);
        Assert.All(moved, x => Assert.Equal(moved[0].Change / moved[0].V, x.Change / x.V, 1e-6 * Math.Abs(moved[0].Change / moved[0].V)));
        Assert.Equal(targets[0].Value, result.Targets[0].After, 1e-6 * targets[0].Value);
    }

    [Fact]
    public void A_target_out_of_reach_ends_at_the_bounds()
    {
        PublishedFigure[] targets = [new("category", "I", 2017, Component.Direct, 1e7, "published", 1)];
        var result = Calibrator.Fit(Study, targets, new() { PriorSd = 0.2 });
        Assert.Equal(5, result.Coefficients.Count(c => c is { AtBound: true, Value: 1 }));
        Assert.All(result.Coefficients.Where(c => !c.AtBound), c => Assert.Equal(c.Prior, c.Value, 1e-12));
    }

    [Fact]
    public void A_free_multiplier_is_recovered_beside_the_coefficients()
    {
        var truth = PointModel.Estimate(WithCoefficients(Truth));
        var targets = Targets(f => f.Scope == "category" && f.Component != Component.Total && f.Year is 2017 or 2022, relative: 1e-13)
            .Select(t => t is { Year: 2022, Component: Component.Indirect } ? t with { Value = 1.1 * t.Value } : t).ToArray();
        var result = Calibrator.Fit(Study, targets, new() { PriorSd = CalibrationOptions.WidePrior, FreeMultipliers = true });
        var multiplier = Assert.Single(result.Multipliers);
        Assert.Equal(2022, multiplier.Year);
        Assert.Equal(truth.Growth.Multipliers[^1], multiplier.GrowthAccounting, 1e-12);
        Assert.Equal(1.1 * multiplier.GrowthAccounting, multiplier.Value, 1e-7);
        for (var k = 0; k < Truth.Length; k++) Assert.Equal(Truth[k], result.Coefficients[k].Value, 1e-7);
    }

    [Fact]
    public void Derivatives_equal_central_differences_and_values_the_point_model()
    {
        var targets = Targets(f => f.Year == 2022, relative: 1e-6);
        var problem = new CalibrationProblem(Study, targets, new() { FreeMultipliers = true, PriorSd = 0.2 });
        double[] point = [.. Truth, 0.07];
        var jacobian = problem.Evaluate(point).Jacobian;
        const double h = 1e-6;
        for (var k = 0; k < point.Length; k++)
        {
            double[] Moved(double by) => [.. point.Select((x, i) => i == k ? x + by : x)];
            var (up, down) = (problem.Values(Moved(h)), problem.Values(Moved(-h)));
            for (var i = 0; i < targets.Length; i++)
            {
                // The third derivatives are of the size of the values themselves.
                Assert.Equal((up[i] - down[i]) / (2 * h), jacobian[i, k] * problem.Sd[i], 1e-8 * problem.Point.Total(5, 0));
            }
        }

        var values = problem.Values([.. Truth, 0]);
        for (var i = 0; i < targets.Length; i++) Assert.Equal(targets[i].Value, values[i], 1e-11 * targets[i].Value);
    }

    [Fact]
    public void Draws_given_the_targets_have_the_law_of_a_linear_problem_and_a_run_of_them_the_same_intervals()
    {
        // Of a target that is linear in S_k with a normal prior the posterior is normal; the bounds are far away.
        var prior = Study with { Coefficients = [.. Study.Coefficients.Select(c => c with { Point = 0.5, Distribution = null })] };
        var target = new PublishedFigure("nation", "", 2017, Component.Direct, 1.02 * PointModel.Estimate(prior).Direct[0, 0], "published", 50);
        var options = new CalibrationOptions { PriorSd = 0.05 };
        var sampling = new SamplingOptions(4000, 11, 0.95);
        var calibrated = Calibrator.Sample(prior, [target], options, sampling);
        Assert.InRange(calibrated.LargestReduction, 0.99, CalibratedStudy.MostReduction);
        Assert.InRange(calibrated.Acceptance, 0.1, 0.5);
        foreach (var (coefficient, k) in calibrated.Fit.Coefficients.Select((c, k) => (c, k)))
        {
            var values = calibrated.Coefficients.Select(d => d[k]).ToArray();
            // Thinned draws still hang together: at least one independent draw in ten.
            var error = coefficient.PosteriorSd / Math.Sqrt(values.Length / 10.0);
            Assert.Equal(coefficient.Value, values.Average(), 4 * error);
            Assert.Equal(coefficient.PosteriorSd, Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2))), 4 * error);
        }

        var direct = calibrated.Estimates.First(e => e.Key is { Scope: "nation", Component: Component.Direct, Measure: Measure.Value }).Statistics;
        Assert.Equal(target.Rounding / Math.Sqrt(12), direct.StandardDeviation, 0.1 * target.Rounding);
        Assert.Equal(calibrated.Estimates, Calibrator.Sample(prior, [target], options, sampling).Estimates, (a, b) => a.Statistics == b.Statistics);

        // The joint sample, drawn as a study's coefficients, gives the nation the same spread: independent marginals would not.
        var run = UncertaintyRun.Execute(
            prior with
            {
                Coefficients = [.. prior.Coefficients.Select((c, k) => c with
                {
                    Point = calibrated.Fit.Coefficients[k].Value,
                    Distribution = new JointSampleMarginal("posterior.csv", [.. calibrated.Coefficients.Select(d => d[k])]),
                })],
            },
            new SamplingOptions(20_000, 5, 0.95), new SimdBackend(1), 1);
        var drawn = run.Estimates.First(e => e.Key is { Scope: "nation", Component: Component.Direct, Measure: Measure.Value }).Statistics;
        Assert.Equal(direct.StandardDeviation, drawn.StandardDeviation, 0.05 * direct.StandardDeviation);
        Assert.Equal(direct.Mean, drawn.Mean, 4 * direct.StandardDeviation / Math.Sqrt(20_000));
    }

    [Fact]
    public void A_calibration_needs_targets_that_the_study_computes()
    {
        Assert.Throws<ArgumentException>(() => Calibrator.Fit(Study, [], new()));
        Assert.Throws<ArgumentException>(() => Calibrator.Fit(Study, [new("nation", "", 1999, Component.Total, 1, "published", 1)], new()));
    }

    private static Study WithCoefficients(double[] s) => Study with { Coefficients = [.. Study.Coefficients.Select((c, k) => c with { Point = s[k] })] };

    // Figures of the truth, as exact as stated.
    private static PublishedFigure[] Targets(Func<PublishedFigure, bool> wanted, double relative)
    {
        var study = WithCoefficients(Truth);
        var point = PointModel.Estimate(study);
        return [.. EstimateCatalog.Of(study, point)
            .Where(k => k.Measure == Measure.Value && k.Scope is not ("sector" or "area") && k.Point != 0)
            .Select(k => new PublishedFigure(k.Scope, k.Code, k.Year, k.Component, k.Point, "published", relative * k.Point)).Where(wanted)];
    }
}
