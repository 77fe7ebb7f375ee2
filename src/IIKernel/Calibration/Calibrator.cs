using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Search;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>Finds the coefficients S_k that published figures ask for (METHOD §7).</summary>
public static class Calibrator
{
    /// <summary>
    /// Minimises Σ ((figure − published)/sd)² + Σ ((S_k − prior)/prior sd)² over S_k in [0, 1], from the prior and from
    /// two flat starts, since ΔY is not monotone in S_k; the best is kept.
    /// </summary>
    /// <param name="study">The study; its point values and distributions are the prior.</param>
    /// <param name="targets">Published figures of reported years, at least one.</param>
    /// <param name="options">Weights and what is free.</param>
    /// <exception cref="ArgumentException">No target, a negative one, or one of a year that the study does not report.</exception>
    public static CalibrationResult Fit(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options) =>
        Fit(Problem(study, targets, options)).Result;

    /// <summary>The fit, and every figure of the study over joint draws of the coefficients given the targets.</summary>
    /// <param name="study">The study; its point values and distributions are the prior.</param>
    /// <param name="targets">Published figures of reported years, at least one.</param>
    /// <param name="options">Weights and what is free.</param>
    /// <param name="sampling">Number of draws (at least 100), seed, level.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the drawing with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="describing">Takes the finished share of what follows the drawing, from 0 to 1; may be null.</param>
    /// <exception cref="ArgumentException">No target, a negative one, or one of a year that the study does not report.</exception>
    public static CalibratedStudy Sample(
        Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options, SamplingOptions sampling,
        IProgress<double>? progress = null, CancellationToken cancellation = default, IProgress<double>? describing = null)
    {
        var problem = Problem(study, targets, options);
        var (result, point, covariance) = Fit(problem);
        var sample = PosteriorSample.Draw(problem, point, covariance, (int)sampling.Draws, sampling.Seed, progress, cancellation);
        var chains = Enumerable.Range(0, point.Length).Select(sample.Of).ToArray();
        double[] reductions = [.. chains.Select(ChainDiagnostics.SplitReduction)];
        double[] effective = [.. chains.Select(ChainDiagnostics.EffectiveDraws)];
        var ranks = CoverageRanks.For(sampling.Draws, sampling.Level);
        CoefficientPosterior[] posterior = [.. result.Coefficients.Select((c, k) =>
        {
            var statistics = SampleStatistics.Describe([.. sample.Points.Select(p => p[k])], c.Value, ranks);
            var determined = Determined(statistics.StandardDeviation, BoundedPriorSd(problem, k));
            return new CoefficientPosterior(statistics, determined, effective[k], reductions[k]);
        })];

        // Of an unknown that has not moved there is neither: that is the worst.
        var reduction = reductions.Any(double.IsNaN) ? double.NaN : reductions.Max();
        var fewest = effective.Any(double.IsNaN) ? double.NaN : effective.Min();
        return new()
        {
            Fit = result,
            Coefficients = [.. sample.Points.Select(p => p[..problem.Coefficients])],
            Posterior = posterior,
            LargestReduction = reduction,
            FewestEffectiveDraws = fewest,
            Estimates = PosteriorEstimates.Of(problem, point, sample.Points, sampling.Level, describing, cancellation),
            Warnings = [.. TargetChecks.Of(problem, result, point), .. Mixing(reduction, fewest)],
        };
    }

    private static IEnumerable<Warning> Mixing(double reduction, double fewest)
    {
        if (!(reduction < CalibratedStudy.MostReduction))
        {
            yield return new PosteriorNotMixedWarning(reduction, CalibratedStudy.MostReduction);
        }

        if (!(fewest >= CalibratedStudy.FewestDraws))
        {
            yield return new FewEffectiveDrawsWarning(fewest, CalibratedStudy.FewestDraws);
        }
    }

    private static CalibrationProblem Problem(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options)
    {
        if (targets.Count == 0) throw new ArgumentException("A calibration needs a target.", nameof(targets));
        if (targets.FirstOrDefault(t => !study.Years.Contains(t.Year)) is { } other)
            throw new ArgumentException($"The study does not report {other.Year}.", nameof(targets));
        if (targets.FirstOrDefault(t => !(t.Value >= 0)) is { } negative)
        {
            throw new ArgumentException(
                $"The target {negative.Scope} {negative.Code} of {negative.Year} is {negative.Value}.", nameof(targets));
        }

        return new(study, targets, options);
    }

    internal static (CalibrationResult Result, double[] Point, Matrix<double> Covariance) Fit(CalibrationProblem problem)
    {
        var m = problem.Coefficients;
        var (point, cost, steps) = problem.Minimise(problem.Evaluate, problem.Prior);
        var (residuals, jacobian) = problem.Evaluate(point);
        var (n, p) = (problem.Targets.Count, point.Length);

        // What a bound holds does not move: of the others, the targets' Jacobian in units of the priors' standard deviations,
        // J diag(π) = U Σ Wᵀ.
        var free = BoxLeastSquares.Free(point, residuals, jacobian, problem.Low, problem.High);
        var combinations = Combinations(problem, jacobian, free, n, p);
        // (JᵀJ + I)^−1 = W diag(1/(σ² + 1)) Wᵀ.
        var covariance = Matrix<double>.Build.Dense(p, p, (a, b) => problem.PriorSd[a] * problem.PriorSd[b]
            * combinations.Sum(c => c.Weights[a] * c.Weights[b] / (c.SingularValue * c.SingularValue + 1)));
        var sd = new double[p];
        for (var k = 0; k < p; k++)
        {
            // At a bound the density falls along the unknown alone as a normal one whose peak lies beyond the bound.
            var (slope, curvature) = (0.0, 0.0);
            for (var i = 0; i < residuals.Length; i++)
            {
                slope += jacobian[i, k] * residuals[i];
                curvature += jacobian[i, k] * jacobian[i, k];
            }

            var normal = free.Contains(k) ? (Mean: point[k], Sd: Math.Sqrt(covariance[k, k]))
                : curvature > 0 ? (Mean: point[k] - slope / curvature, Sd: 1 / Math.Sqrt(curvature))
                : (Mean: problem.Prior[k], Sd: problem.PriorSd[k]);
            sd[k] = Bounded(problem, k, normal.Mean, normal.Sd);
            if (!free.Contains(k)) covariance[k, k] = sd[k] * sd[k];
        }

        var study = problem.Study;
        var (before, after) = (problem.Values(problem.Prior), problem.Values(point));
        var multipliers = problem.Compiled.Point.Growth.Multipliers;
        var result = new CalibrationResult
        {
            Coefficients = [.. study.Coefficients.Select((k, i) => new CalibratedCoefficient(
                study.Table.Sectors[k.Sector].Code, study.Table.Sectors[k.Sector].Name, k.Point, problem.PriorSd[i], point[i],
                sd[i], Determined(sd[i], BoundedPriorSd(problem, i)), point[i] is 0 or 1))],
            Targets = [.. problem.Targets.Select((t, i) => new FittedTarget(t, problem.Sd[i], before[i], after[i]))],
            Multipliers = [.. problem.FreeYears.Select((t, i) => new FittedMultiplier(
                study.Years[t], multipliers[t], multipliers[t] * ScalarMath.Exp(point[m + i])))],
            Combinations = combinations,
            Agreement = new ChiSquare(cost, n - problem.FreeYears.Length),
            TargetsAlone = TargetChecks.Alone(problem, point),
            TargetsCost = residuals.Take(n).Sum(r => r * r),
            Steps = steps,
        };
        return (result, point, covariance);
    }

    private static IdentifiedCombination[] Combinations(CalibrationProblem problem, double[,] jacobian, int[] free, int n, int p)
    {
        if (free.Length == 0) return [];
        var scaled = Matrix<double>.Build.Dense(
            Math.Max(n, free.Length), free.Length, (i, j) => i < n ? jacobian[i, free[j]] * problem.PriorSd[free[j]] : 0);
        var svd = scaled.Svd();
        return [.. Enumerable.Range(0, free.Length).Select(i =>
        {
            var weights = new double[p];
            for (var j = 0; j < free.Length; j++) weights[free[j]] = svd.VT[i, j];
            return new IdentifiedCombination(svd.S[i], weights);
        })];
    }

    // The share of the prior's variance that is gone, both within the bounds.
    private static double Determined(double sd, double prior) => Math.Max(0, 1 - sd / prior * (sd / prior));

    private static double BoundedPriorSd(CalibrationProblem problem, int k) => Bounded(problem, k, problem.Prior[k], problem.PriorSd[k]);

    private static double Bounded(CalibrationProblem problem, int k, double mean, double sd) =>
        MarginalMoments.Of(new TruncatedNormalMarginal(mean, sd, problem.Low[k], problem.High[k])).StandardDeviation;
}
