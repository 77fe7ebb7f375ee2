using IIKernel.Studies;
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
    /// <exception cref="ArgumentException">No target, or one of a year that the study does not report.</exception>
    public static CalibrationResult Fit(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options) =>
        Fit(Problem(study, targets, options)).Result;

    /// <summary>The fit, and every figure of the study over joint draws of the coefficients given the targets.</summary>
    /// <param name="study">The study; its point values and distributions are the prior.</param>
    /// <param name="targets">Published figures of reported years, at least one.</param>
    /// <param name="options">Weights and what is free.</param>
    /// <param name="sampling">Number of draws (at least 100), seed, level.</param>
    public static CalibratedStudy Sample(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options, SamplingOptions sampling)
    {
        var problem = Problem(study, targets, options);
        var (result, point, covariance) = Fit(problem);
        var sample = PosteriorSample.Draw(problem, point, covariance, (int)sampling.Draws, sampling.Seed);
        return new(result, [.. sample.Points.Select(p => p[..problem.Coefficients])], sample.Acceptance, sample.LargestReduction,
            PosteriorEstimates.Of(problem, point, sample.Points, sampling.Level));
    }

    private static CalibrationProblem Problem(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options)
    {
        if (targets.Count == 0) throw new ArgumentException("A calibration needs a target.", nameof(targets));
        if (targets.FirstOrDefault(t => !study.Years.Contains(t.Year)) is { } other)
            throw new ArgumentException($"The study does not report {other.Year}.", nameof(targets));
        return new(study, targets, options);
    }

    internal static (CalibrationResult Result, double[] Point, Matrix<double> Covariance) Fit(CalibrationProblem problem)
    {
        var m = problem.Coefficients;
        double[] Flat(double s) => [.. Enumerable.Repeat(s, m), .. problem.FreeYears.Select(_ => 0.0)];
        var (point, cost, steps) = new[] { problem.Prior, Flat(0.1), Flat(0.5) }
            .Select(start => BoxLeastSquares.Minimise(problem.Evaluate, start, problem.Low, problem.High, problem.PriorSd))
            .MinBy(fit => fit.Cost);

        // The targets' Jacobian in units of the priors' standard deviations: J diag(π) = U Σ Wᵀ.
        var jacobian = problem.Evaluate(point).Jacobian;
        var (n, p) = (problem.Targets.Count, point.Length);
        var scaled = Matrix<double>.Build.Dense(Math.Max(n, p), p, (i, k) => i < n ? jacobian[i, k] * problem.PriorSd[k] : 0);
        var svd = scaled.Svd();
        var combinations = Enumerable.Range(0, p).Select(i => new IdentifiedCombination(svd.S[i], [.. svd.VT.Row(i)])).ToArray();
        // (JᵀJ + I)^−1 = W diag(1/(σ² + 1)) Wᵀ.
        var covariance = Matrix<double>.Build.Dense(p, p, (a, b) =>
            problem.PriorSd[a] * problem.PriorSd[b] * combinations.Sum(c => c.Weights[a] * c.Weights[b] / (c.SingularValue * c.SingularValue + 1)));

        var study = problem.Study;
        var (before, after) = (problem.Values(problem.Prior), problem.Values(point));
        var result = new CalibrationResult
        {
            Coefficients = [.. study.Coefficients.Select((k, i) => new CalibratedCoefficient(
                study.Table.Sectors[k.Sector].Code, study.Table.Sectors[k.Sector].Name, k.Point, problem.PriorSd[i], point[i],
                Math.Sqrt(covariance[i, i]), 1 - covariance[i, i] / (problem.PriorSd[i] * problem.PriorSd[i]), point[i] is 0 or 1))],
            Targets = [.. problem.Targets.Select((t, i) => new FittedTarget(t, problem.Sd[i], before[i], after[i]))],
            Multipliers = [.. problem.FreeYears.Select((t, i) => new FittedMultiplier(
                study.Years[t], problem.Point.Growth.Multipliers[t], problem.Point.Growth.Multipliers[t] * Math.Exp(point[m + i])))],
            Combinations = combinations,
            Cost = cost,
            Steps = steps,
        };
        return (result, point, covariance);
    }
}
