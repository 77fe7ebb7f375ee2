using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of the gamma distribution with scale 1, below and above its median, as the piecewise
/// polynomials of <see cref="Kernels.Plan.QuantileTable"/>. Against R's quantiles the relative error of exp of it is below 1e-12.
/// </summary>
public static class GammaQuantile
{
    /// <summary>The coefficients for probabilities from ½ down to 2^−54.</summary>
    public static double[] LowerTail(double shape) =>
        TailPolynomials.Fit((logP, guess) => LogLower(shape, logP, guess), Math.Log(shape));

    /// <summary>The coefficients for exceedance probabilities from ½ down to 2^−54.</summary>
    public static double[] UpperTail(double shape) =>
        TailPolynomials.Fit((logP, guess) => LogUpper(shape, logP, guess), Math.Log(shape));

    // ln x with ln P(a, x) = ln p.
    private static double LogLower(double shape, double logP, double guess) => Solve(shape, logP, guess, LogP, 1);

    private static double LogUpper(double shape, double logP, double guess) =>
        Solve(shape, logP, guess, (a, x) => Math.Log(SpecialFunctions.GammaUpperRegularized(a, x)), -1);

    // Newton's method in ln x, in which either tail's logarithm is concave.
    private static double Solve(double shape, double logP, double guess, Func<double, double, double> logTail, int sign)
    {
        var y = guess;
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var x = Math.Exp(y);
            var log = logTail(shape, x);
            var slope = sign * Math.Exp(shape * y - x - SpecialFunctions.GammaLn(shape) - log);
            var step = Math.Clamp((log - logP) / slope, -1, 1);
            y -= step;
            if (Math.Abs(step) <= TailPolynomials.LastStep) break;
        }

        return y;
    }

    // ln P(a, x); up to x = 1 by the series x^a e^−x/Γ(a + 1)·(1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …), which takes any small x.
    private static double LogP(double shape, double x)
    {
        if (x > 1) return Math.Log(SpecialFunctions.GammaLowerRegularized(shape, x));
        double sum = 1, term = 1;
        for (var n = 1; term > 1e-17 * sum; n++)
        {
            term *= x / (shape + n);
            sum += term;
        }

        return shape * Math.Log(x) - x - SpecialFunctions.GammaLn(shape + 1) + Math.Log(sum);
    }
}
