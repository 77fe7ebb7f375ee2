using IIKernel.Studies;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>Whether targets can be met at all: by any coefficients, beside each other, and beside the prior.</summary>
internal static class TargetChecks
{
    // A discrepancy that chance gives once in a hundred calibrations is said.
    private const double Unlikely = 0.01;

    // A target farther than that from the model is missed.
    private const double MostSd = 2;

    // Singular values of a Jacobian below that share of the largest are rounding.
    private const double RankTolerance = 1e-9;

    /// <summary>
    /// χ² of the targets with no prior at all, and its degrees of freedom: targets less the combinations of unknowns that they see, those
    /// that a bound holds aside.
    /// </summary>
    /// <param name="problem">Targets.</param>
    /// <param name="start">A point near the minimum.</param>
    public static ChiSquare Alone(CalibrationProblem problem, double[] start)
    {
        var n = problem.Targets.Count;
        (double[] Residuals, double[,] Jacobian) Model(double[] point) => First(problem, point, [.. Enumerable.Range(0, n)]);
        var (point, cost, _) = problem.Minimise(Model, start);
        var (residuals, jacobian) = Model(point);
        var free = BoxLeastSquares.Free(point, residuals, jacobian, problem.Low, problem.High);
        if (free.Length == 0) return new(cost, n);
        var singular = Matrix<double>.Build.Dense(n, free.Length, (i, j) => jacobian[i, free[j]] * problem.PriorSd[free[j]]).Svd(false).S;
        return new(cost, n - singular.Count(s => s > RankTolerance * singular[0]));
    }

    /// <summary>What is to be said about the targets of a fit.</summary>
    public static IReadOnlyList<Warning> Of(CalibrationProblem problem, CalibrationResult result, double[] point)
    {
        var warnings = new List<Warning>();
        for (var i = 0; i < problem.Targets.Count; i++)
        {
            var target = problem.Targets[i];
            if (Math.Abs(result.Targets[i].After - target.Value) <= MostSd * problem.Sd[i]) continue;
            var at = i;
            var nearest = problem.Values(problem.Minimise(p => First(problem, p, [at]), point).Point)[i];
            if (Math.Abs(nearest - target.Value) > MostSd * problem.Sd[i])
            {
                warnings.Add(new TargetOutOfReachWarning(TargetName.Of(target), target.Value, nearest));
            }
        }

        var torn = warnings.Count > 0;
        foreach (var parts in problem.Targets.GroupBy(t => (t.Scope, t.Code, t.Year)))
        {
            PublishedFigure? Part(Component component) => parts.FirstOrDefault(t => t.Component == component);
            if (Part(Component.Direct) is not { } direct || Part(Component.Indirect) is not { } indirect) continue;
            if (Part(Component.Total) is not { } total) continue;
            var sum = direct.Value + indirect.Value;
            if (Math.Abs(sum - total.Value) <= (direct.Rounding + indirect.Rounding + total.Rounding) / 2 + 1e-9 * total.Value) continue;
            torn = true;
            warnings.Add(new TargetPartsContradictWarning(TargetName.Of(total), total.Value, direct.Value, indirect.Value, sum));
        }

        if (torn) return warnings;
        TargetName[] missed = [.. result.Targets.Where(t => Math.Abs(t.Residual) > MostSd).Select(t => TargetName.Of(t.Figure))];
        if (result.TargetsAlone is { } alone && alone.Probability < Unlikely)
            warnings.Add(new TargetsContradictWarning(alone.Value, alone.DegreesOfFreedom, alone.Probability, missed));
        else if (result.Agreement is { } all && all.Probability < Unlikely)
            warnings.Add(new TargetsAgainstPriorWarning(all.Value, all.DegreesOfFreedom, all.Probability));

        return warnings;
    }

    // Residuals of some targets alone.
    private static (double[] Residuals, double[,] Jacobian) First(CalibrationProblem problem, double[] point, int[] targets)
    {
        var (residuals, jacobian) = problem.Evaluate(point);
        var some = new double[targets.Length, point.Length];
        for (var i = 0; i < targets.Length; i++)
            for (var k = 0; k < point.Length; k++) some[i, k] = jacobian[targets[i], k];
        return ([.. targets.Select(i => residuals[i])], some);
    }
}
