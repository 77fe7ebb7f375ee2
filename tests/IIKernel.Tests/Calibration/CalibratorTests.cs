using IIKernel.Calibration;
using IIKernel.Inputs;
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
            Assert.Equal(Moments(coefficient.Prior, 0.1).StandardDeviation, coefficient.PosteriorSd, 1e-12);
            Assert.Equal(0, coefficient.Determined, 1e-9);
        }

        // Least squares towards the prior moves along the gradient V_k.
        var moved = result.Coefficients
            .Select((c, k) => (Change: c.Value - c.Prior, V: Study.Table.ValueAdded(Study.Coefficients[k].Sector)))
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
                Assert.Equal((up[i] - down[i]) / (2 * h), jacobian[i, k] * problem.Sd[i], 1e-8 * problem.Compiled.Point.Total(5, 0));
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
        var target = new PublishedFigure("nation", "", 2017, Component.Direct,
            1.02 * PointModel.Estimate(prior).Direct[0, 0], "published", 50);
        var options = new CalibrationOptions { PriorSd = 0.05 };
        var sampling = new SamplingOptions(4000, 11, 0.95);
        var calibrated = Calibrator.Sample(prior, [target], options, sampling);
        Assert.InRange(calibrated.LargestReduction, 0.99, CalibratedStudy.MostReduction);
        Assert.InRange(calibrated.FewestEffectiveDraws, 400, 4000);
        Assert.Empty(calibrated.Warnings);
        foreach (var (coefficient, k) in calibrated.Fit.Coefficients.Select((c, k) => (c, k)))
        {
            var values = calibrated.Coefficients.Select(d => d[k]).ToArray();
            // Thinned draws still hang together: at least one independent draw in ten.
            var error = coefficient.PosteriorSd / Math.Sqrt(values.Length / 10.0);
            Assert.Equal(coefficient.Value, values.Average(), 4 * error);
            Assert.Equal(coefficient.PosteriorSd, Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2))), 4 * error);
        }

        var direct =
            calibrated.Estimates.First(e => e.Key is { Scope: "nation", Component: Component.Direct, Measure: Measure.Value }).Statistics;
        Assert.Equal(target.Rounding / Math.Sqrt(12), direct.StandardDeviation, 0.1 * target.Rounding);
        Assert.Equal(calibrated.Estimates, Calibrator.Sample(prior, [target], options, sampling).Estimates,
            (a, b) => a.Statistics == b.Statistics);

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

    [Theory]
    [InlineData(0.1, 0, 0.2), InlineData(0.3, 3, 0.1), InlineData(0.02, 0.05, 0.5), InlineData(0.9, 1, 0.05)]
    public void One_coefficient_that_a_target_sees_has_the_normal_law_within_its_bounds(double prior, double target, double priorSd)
    {
        // S_k V_k = target · V_k with a standard deviation of V_k/10.
        var study = Study with
        {
            Panel = null,
            Correlation = null,
            Coefficients = [Study.Coefficients[0] with { Point = prior, Distribution = null }],
        };
        var v = study.Table.ValueAdded(study.Coefficients[0].Sector);
        PublishedFigure figure = new("nation", "", 2017, Component.Direct, target * v / PerAccount(study),
            "published", 0.1 * v / PerAccount(study) * Math.Sqrt(12));
        var calibrated = Calibrator.Sample(study, [figure], new() { PriorSd = priorSd }, new SamplingOptions(4000, 3, 0.95));
        var weight = 1 / (priorSd * priorSd) + 100;
        var centre = (prior / (priorSd * priorSd) + 100 * target) / weight;
        var exact = Moments(centre, 1 / Math.Sqrt(weight));

        var fit = Assert.Single(calibrated.Fit.Coefficients);
        Assert.Equal(Math.Clamp(centre, 0, 1), fit.Value, 1e-9);
        Assert.Equal(centre > 1, fit.AtBound);
        Assert.Equal(exact.StandardDeviation, fit.PosteriorSd, 1e-6 * exact.StandardDeviation);
        var determined = 1 - Math.Pow(exact.StandardDeviation / Moments(prior, priorSd).StandardDeviation, 2);
        Assert.Equal(determined, fit.Determined, 1e-6);
        if (centre <= 1) Assert.Equal(Math.Pow(prior - target, 2) / (priorSd * priorSd + 0.01), calibrated.Fit.Agreement.Value, 1e-9);

        var posterior = Assert.Single(calibrated.Posterior);
        var error = exact.StandardDeviation / Math.Sqrt(posterior.EffectiveDraws);
        Assert.InRange(posterior.EffectiveDraws, 1000, 4000);
        Assert.InRange(posterior.Reduction, 0.99, 1.02);
        Assert.Equal(exact.Mean, posterior.Statistics.Mean, 4 * error);
        Assert.Equal(exact.StandardDeviation, posterior.Statistics.StandardDeviation, 4 * error);
        Assert.Equal(determined, posterior.Determined, 0.1);
        Assert.All(calibrated.Coefficients, d => Assert.InRange(d[0], 0, 1));
    }

    [Fact]
    public void A_target_of_0_leaves_the_chains_moving_in_the_corner_of_the_bounds()
    {
        // Σ S_k V_k is near 0 within a standard deviation σ so small that the prior is flat there: Σ S_k V_k / σ has the law of χ with as
        // many degrees of freedom as coefficients.
        PublishedFigure target = new("nation", "", 2017, Component.Direct, 0, "published", 1);
        var calibrated = Calibrator.Sample(Study, [target], new(), new SamplingOptions(4000, 7, 0.95));
        var (m, sigma) = (Study.Coefficients.Count, 1 / Math.Sqrt(12));
        var mean = Math.Sqrt(2) * Math.Exp(MathNet.Numerics.SpecialFunctions.GammaLn((m + 1) / 2.0)
            - MathNet.Numerics.SpecialFunctions.GammaLn(m / 2.0));
        var direct = calibrated.Estimates.First(
            e => e.Key is { Scope: "nation", Year: 2017, Component: Component.Direct, Measure: Measure.Value }).Statistics;
        Assert.Equal(sigma * mean, direct.Mean, 0.05 * sigma * mean);
        Assert.Equal(sigma * Math.Sqrt(m - mean * mean), direct.StandardDeviation, 0.15 * sigma);
        Assert.InRange(calibrated.LargestReduction, 0.99, CalibratedStudy.MostReduction);
        Assert.InRange(calibrated.FewestEffectiveDraws, CalibratedStudy.FewestDraws, 4000);
        Assert.All(calibrated.Posterior, p => Assert.InRange(p.Determined, 0.99, 1));
        Assert.All(calibrated.Fit.Coefficients, c => Assert.InRange(c.Determined, 0.95, 1));
        Assert.Contains(calibrated.Warnings, w => w.Code == "targets-against-prior");
        Assert.True(calibrated.Fit.Combinations.Count < m);
    }

    [Fact]
    public void Targets_that_contradict_each_other_or_are_out_of_reach_are_said()
    {
        PublishedFigure Nation(Component component, double value) => new("nation", "", 2022, component, value, "published", 100);
        var contradictory = Calibrator.Fit(Study, [Nation(Component.Direct, 25000), Nation(Component.Indirect, 11000),
            Nation(Component.Total, 50000)], new() { Discrepancy = 0.05 });
        // Three targets less the two that they are, or less the one coefficient that no bound holds.
        Assert.InRange(contradictory.TargetsAlone.DegreesOfFreedom, 1, 2);
        Assert.InRange(contradictory.TargetsAlone.Probability, 0, 1e-6);
        Codes([Nation(Component.Direct, 25000), Nation(Component.Indirect, 11000), Nation(Component.Total, 50000)],
            "add up to 36,000", "targets-contradict");
        Codes([Nation(Component.Direct, 12600), Nation(Component.Indirect, 32000), Nation(Component.Total, 44600)], "");
        Codes([Nation(Component.Direct, 10_000_000)], "no nearer than", "target-out-of-reach");
        // No related sector belongs to category A: its direct part is 0 whatever the coefficients.
        Codes([new("category", "A", 2022, Component.Direct, 50, "published", 1)], "no nearer than 0", "target-out-of-reach");

        void Codes(PublishedFigure[] targets, string part, params string[] codes)
        {
            var problem = new CalibrationProblem(Study, targets, new() { Discrepancy = 0.05 });
            var (result, point, _) = Calibrator.Fit(problem);
            var warnings = TargetChecks.Of(problem, result, point);
            Assert.Equal(codes, warnings.Select(w => w.Code));
            Assert.All(warnings, w => Assert.Contains(part, w.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Chi_square_has_its_tabulated_probabilities()
    {
        Assert.Equal(0.05, new ChiSquare(3.841458820694124, 1).Probability, 1e-12);
        Assert.Equal(0.01, new ChiSquare(23.209251158954356, 10).Probability, 1e-12);
        Assert.True(double.IsNaN(new ChiSquare(1, 0).Probability));
    }

    [Fact]
    public void A_calibration_needs_targets_that_the_study_computes()
    {
        Assert.Throws<ArgumentException>(() => Calibrator.Fit(Study, [], new()));
        Assert.Throws<ArgumentException>(() => Calibrator.Fit(Study,
            [new("nation", "", 2022, Component.Total, -1, "published", 1)], new()));
        Assert.Throws<ArgumentException>(() => Calibrator.Fit(Study, [new("nation", "", 1999, Component.Total, 1, "published", 1)], new()));
    }

    private static (double Mean, double StandardDeviation) Moments(double mean, double sd) =>
        MarginalMoments.Of(new TruncatedNormalMarginal(mean, sd, 0, 1));

    // The table's value added of a category over the accounts', by which the direct part of the base year is converted.
    private static double PerAccount(Study study) =>
        study.Table.ValueAdded(study.Coefficients[0].Sector) * study.Coefficients[0].Point / PointModel.Estimate(study).Direct[0, 0];

    private static Study WithCoefficients(double[] s) =>
        Study with { Coefficients = [.. Study.Coefficients.Select((c, k) => c with { Point = s[k] })] };

    // Figures of the truth, as exact as stated.
    private static PublishedFigure[] Targets(Func<PublishedFigure, bool> wanted, double relative)
    {
        var study = WithCoefficients(Truth);
        var point = PointModel.Estimate(study);
        return [.. EstimateCatalog.Of(study, point)
            .Where(k => k.Measure == Measure.Value && k.Scope is not ("sector" or "area") && k.Point != 0)
            .Select(k => new PublishedFigure(k.Scope, k.Code, k.Year, k.Component, k.Point, "published", relative * k.Point))
            .Where(wanted)];
    }
}
