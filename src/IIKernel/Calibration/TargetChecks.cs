using System.Globalization;
using IIKernel.Studies;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>Whether targets can be met at all: by any coefficients, beside each other, and beside the prior.</summary>
internal static class TargetChecks
{
    /// <summary>No coefficients bring the model near a target.</summary>
    public const string OutOfReach = "target-out-of-reach";

    /// <summary>Targets that no coefficients can meet together.</summary>
    public const string Contradict = "targets-contradict";

    /// <summary>Targets that ask for other coefficients than the prior believes.</summary>
    public const string AgainstPrior = "targets-against-prior";

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
                warnings.Add(new(OutOfReach, Text($"{Name(target)} is given as {target.Value:#,0.####}; coefficients from 0 to 1 bring the ")
                    + Text($"model no nearer than {nearest:#,0.####}.")));
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
            warnings.Add(new(Contradict, Text($"{Name(total)} is given as {total.Value:#,0.####}; its direct part {direct.Value:#,0.####} and ")
                + Text($"its indirect part {indirect.Value:#,0.####} add up to {sum:#,0.####}.")));
        }

        if (torn) return warnings;
        var missed = string.Join(", ", result.Targets.Where(t => Math.Abs(t.Residual) > MostSd).Select(t => Name(t.Figure)));
        if (result.TargetsAlone.Probability < Unlikely)
        {
            warnings.Add(new(Contradict, Text($"No coefficients meet the targets together: chi-square {result.TargetsAlone.Value:0.0} on ")
                + Text($"{result.TargetsAlone.DegreesOfFreedom} degrees of freedom, p = {result.TargetsAlone.Probability:0.0e-0}")
                + $"{(missed.Length > 0 ? "; missed by the fit: " + missed : "")}."));
        }
        else if (result.Agreement.Probability < Unlikely)
        {
            warnings.Add(new(AgainstPrior, "The targets ask for other coefficients than the prior believes: "
                + Text($"chi-square {result.Agreement.Value:0.0} on {result.Agreement.DegreesOfFreedom} degrees of freedom, ")
                + Text($"p = {result.Agreement.Probability:0.0e-0}. Look at the priors, or widen them with --prior-sd.")));
        }

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

    private static string Name(PublishedFigure f) =>
        Text($"{f.Scope}{(f.Code.Length > 0 ? " " + f.Code : "")} {f.Component.ToString().ToLowerInvariant()} {f.Year}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
