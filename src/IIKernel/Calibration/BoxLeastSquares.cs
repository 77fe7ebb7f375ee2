using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>
/// Nonlinear least squares within bounds: Levenberg and Marquardt's method on the variables that no bound holds, each step
/// by QR of the stacked Jacobian (Moré 1978; Lawson and Hanson 1995), projected onto the box.
/// </summary>
internal static class BoxLeastSquares
{
    private const int MostIterations = 500;
    private const double SmallestDamping = 1e-20;
    private const double LargestDamping = 1e20;

    /// <summary>Residuals and Jacobian at a point: n values, and n × p.</summary>
    public delegate (double[] Residuals, double[,] Jacobian) Model(double[] point);

    /// <summary>Minimises Σ r_i² from <paramref name="start"/>.</summary>
    /// <param name="model">The residuals with their derivatives.</param>
    /// <param name="start">p values; clamped to the bounds.</param>
    /// <param name="low">Lower bounds; p.</param>
    /// <param name="high">Upper bounds; p.</param>
    /// <param name="scale">How far each variable may sensibly move; p, positive. Steps are damped in these units.</param>
    /// <returns>The point, Σ r_i² there, and the number of accepted steps.</returns>
    public static (double[] Point, double Cost, int Steps) Minimise(
        Model model, double[] start, double[] low, double[] high, double[] scale)
    {
        var point = Clamp(start, low, high);
        var (residuals, jacobian) = model(point);
        var cost = Square(residuals);
        var (damping, steps) = (1.0, 0);
        for (var iteration = 0; iteration < MostIterations && damping <= LargestDamping; iteration++)
        {
            var free = Free(point, residuals, jacobian, low, high);
            if (free.Length == 0) break;
            var trial = Clamp(Step(point, residuals, jacobian, free, scale, damping), low, high);
            // Nothing moves any more at the precision of the numbers themselves.
            if (trial.AsSpan().SequenceEqual(point)) break;
            var (trialResiduals, trialJacobian) = model(trial);
            var trialCost = Square(trialResiduals);
            if (trialCost < cost)
            {
                (point, residuals, jacobian, cost) = (trial, trialResiduals, trialJacobian, trialCost);
                damping = Math.Max(SmallestDamping, damping / 10);
                steps++;
            }
            else
            {
                damping *= 10;
            }
        }

        return (point, cost, steps);
    }

    /// <summary>The variables that no bound holds: one at a bound is held there where the cost falls outwards only.</summary>
    public static int[] Free(double[] point, double[] residuals, double[,] jacobian, double[] low, double[] high) =>
        [.. Enumerable.Range(0, point.Length).Where(k =>
        {
            var gradient = 0.0;
            for (var i = 0; i < residuals.Length; i++) gradient += jacobian[i, k] * residuals[i];
            return !(point[k] <= low[k] && gradient >= 0) && !(point[k] >= high[k] && gradient <= 0);
        })];

    // min ‖J d + r‖² + damping ‖d/scale‖².
    private static double[] Step(double[] point, double[] residuals, double[,] jacobian, int[] free, double[] scale, double damping)
    {
        var (n, p) = (residuals.Length, free.Length);
        var stacked = Matrix<double>.Build.Dense(n + p, p, (i, j) =>
            i < n ? jacobian[i, free[j]] * scale[free[j]] : i - n == j ? Math.Sqrt(damping) : 0);
        var right = Vector<double>.Build.Dense(n + p, i => i < n ? -residuals[i] : 0);
        var scaled = stacked.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Solve(right);
        var moved = (double[])point.Clone();
        for (var j = 0; j < p; j++) moved[free[j]] += scaled[j] * scale[free[j]];
        return moved;
    }

    private static double[] Clamp(double[] point, double[] low, double[] high) =>
        [.. point.Select((x, k) => Math.Clamp(x, low[k], high[k]))];

    private static double Square(double[] residuals) => residuals.Sum(r => r * r);
}
