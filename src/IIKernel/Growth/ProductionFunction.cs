using IIKernel.Kernels.Lanes;

namespace IIKernel.Growth;

/// <summary>Formula (7), ln Y_t = ln A + α ln K_t + β ln L_t + ε, as fitted.</summary>
/// <param name="LogA">ln A.</param>
/// <param name="Alpha">α, the elasticity of capital.</param>
/// <param name="Beta">β, the elasticity of labour; 1 − α under constant returns.</param>
/// <param name="LogAError">Standard error of ln A.</param>
/// <param name="AlphaError">Standard error of α.</param>
/// <param name="BetaError">Standard error of β; that of α under constant returns.</param>
/// <param name="Fit">The regression: columns 1, ln K, ln L; or 1, ln(K/L) under constant returns.</param>
public sealed record ProductionFunction(
    double LogA, double Alpha, double Beta, double LogAError, double AlphaError, double BetaError, LeastSquares Fit)
{
    /// <summary>(7): fits the function to the window of a study's series.</summary>
    public static ProductionFunction Estimate(FilledSeries output, FilledSeries capital, FilledSeries labour, GrowthSeries options)
    {
        var years = Window(options);
        var design = Design(options, t => capital[t], t => labour[t]);
        if (options.Returns == ReturnsToScale.Constant)
        {
            var fit = LeastSquares.Fit(design, [.. years.Select(t => ScalarMath.Log(output[t] / labour[t]))]);
            var (logA, alpha) = (fit.Coefficients[0], fit.Coefficients[1]);
            return new(logA, alpha, 1 - alpha, fit.StandardError(0), fit.StandardError(1), fit.StandardError(1), fit);
        }
        else
        {
            var fit = LeastSquares.Fit(design, [.. years.Select(t => ScalarMath.Log(output[t]))]);
            var b = fit.Coefficients;
            return new(b[0], b[1], b[2], fit.StandardError(0), fit.StandardError(1), fit.StandardError(2), fit);
        }
    }

    /// <summary>What the regression explains, and R² speaks of: ln(Y/L) under constant returns, else ln Y.</summary>
    public static string Response(ReturnsToScale returns) => returns == ReturnsToScale.Constant ? "ln(Y/L)" : "ln Y";

    /// <summary>(8) γ_t = Y_t / (A K_t^α L_t^β): total factor productivity relative to the fit.</summary>
    public double Productivity(double output, double capital, double labour) =>
        output / ScalarMath.Exp(LogA + Alpha * ScalarMath.Log(capital) + Beta * ScalarMath.Log(labour));

    /// <summary>
    /// L_11, L_21, L_22, lower triangular, with L·Lᵀ = σ²·(XᵀX)^−1 restricted to (α, β): times a bivariate t with the fit's
    /// degrees of freedom it is the error of (α, β). Under constant returns the error of β is that of α with its sign changed.
    /// </summary>
    public double[] ElasticityFactor(ReturnsToScale returns)
    {
        var (sigma, c) = (Fit.ResidualStandardDeviation, Fit.UnscaledCovariance);
        var first = sigma * Math.Sqrt(c[1, 1]);
        if (returns == ReturnsToScale.Constant) return [first, -first, 0];
        var second = sigma * c[2, 1] / Math.Sqrt(c[1, 1]);
        return [first, second, Math.Sqrt(Math.Max(0, sigma * sigma * c[2, 2] - second * second))];
    }

    /// <summary>
    /// The condition number of the regression that <see cref="Estimate"/> makes; from <see cref="LeastSquares.MostCondition"/> on the
    /// series of the window cannot tell α from β, or from A, and there is no fit.
    /// </summary>
    /// <param name="series">The series, known in all years of the window.</param>
    public static double ConditionNumber(GrowthSeries series) => LeastSquares.Condition(
        Design(series, t => series.Capital[t - series.Years[0]]!.Value, t => series.Labour[t - series.Years[0]]!.Value));

    private static int[] Window(GrowthSeries options) => [.. Enumerable.Range(options.FitFirst, options.FitLast - options.FitFirst + 1)];

    // Columns 1, ln K and ln L; α + β = 1 turns (7) into ln(Y/L) = ln A + α ln(K/L) + ε, with the columns 1 and ln(K/L).
    private static double[,] Design(GrowthSeries options, Func<int, double> capital, Func<int, double> labour)
    {
        var years = Window(options);
        var constant = options.Returns == ReturnsToScale.Constant;
        var design = new double[years.Length, constant ? 2 : 3];
        for (var i = 0; i < years.Length; i++)
        {
            var (k, l) = (capital(years[i]), labour(years[i]));
            design[i, 0] = 1;
            design[i, 1] = ScalarMath.Log(constant ? k / l : k);
            if (!constant) design[i, 2] = ScalarMath.Log(l);
        }

        return design;
    }
}
