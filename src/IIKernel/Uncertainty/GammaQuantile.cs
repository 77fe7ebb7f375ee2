using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of the gamma distribution with scale 1, below and above its median, as the piecewise
/// polynomials of <see cref="Kernels.Plan.QuantileTable"/>. Against R's quantiles the relative error of exp of it is below 1e-12.
/// </summary>
public static class GammaQuantile
{
    // Below this ln x the distribution function is x^a / Γ(a + 1) to full precision.
    private const double LogOfTiny = -40;

    /// <summary>The coefficients for probabilities from ½ down to 2^−54.</summary>
    public static double[] LowerTail(double shape) =>
        TailPolynomials.Fit((logP, guess) => LogLower(shape, logP, guess), Math.Log(shape));

    /// <summary>The coefficients for exceedance probabilities from ½ down to 2^−54.</summary>
    public static double[] UpperTail(double shape) =>
        TailPolynomials.Fit((logP, guess) => LogUpper(shape, logP, guess), Math.Log(shape));

    // ln x with ln P(a, x) = ln p by Newton's method in ln x, in which ln P is concave.
    private static double LogLower(double shape, double logP, double guess)
    {
        var leading = (logP + SpecialFunctions.GammaLn(shape + 1)) / shape;
        return leading < LogOfTiny ? leading : Solve(shape, logP, guess, SpecialFunctions.GammaLowerRegularized, 1);
    }

    private static double LogUpper(double shape, double logP, double guess) =>
        Solve(shape, logP, guess, SpecialFunctions.GammaUpperRegularized, -1);

    private static double Solve(double shape, double logP, double guess, Func<double, double, double> tail, int sign)
    {
        var y = guess;
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var x = Math.Exp(y);
            var probability = tail(shape, x);
            var slope = sign * Math.Exp(shape * y - x - SpecialFunctions.GammaLn(shape)) / probability;
            var step = Math.Clamp((Math.Log(probability) - logP) / slope, -1, 1);
            y -= step;
            if (Math.Abs(step) <= 4e-16 * Math.Max(1, Math.Abs(y))) break;
        }

        return y;
    }
}
