using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of the gamma distribution with scale 1, below and above its median, as the piecewise
/// polynomials of <see cref="Kernels.Plan.QuantileTable"/>. The relative error of exp of it is below 1e-12
/// down to e^−708, the least that a kernel gives.
/// </summary>
public static class GammaQuantile
{
    // Beyond these shapes the incomplete gamma functions lose digits, or the way from the mean to the median is too long.
    private const double LeastOrdinary = 0.25, LargestOrdinary = 500;

    /// <summary>The coefficients for probabilities from ½ down to 2^−54, and for exceedance probabilities likewise.</summary>
    public static (double[] Lower, double[] Upper) Tails(double shape) => shape is >= LeastOrdinary and <= LargestOrdinary
        ? (TailPolynomials.Fit((logP, guess) => LogLower(shape, logP, guess), Math.Log(shape)), TailPolynomials.Fit((logP, guess) => LogUpper(shape, logP, guess), Math.Log(shape)))
        : ByDensity(shape);

    /// <summary>The same for any shape.</summary>
    internal static (double[] Lower, double[] Upper) ByDensity(double shape)
    {
        // So small a shape gives 0 in every draw; a smaller one would overflow on the way there.
        shape = Math.Max(shape, 1e-100);

        // y = ln x has the density exp(ay − e^y), largest at ln a; from there on its logarithm is −a(e^d − 1 − d).
        var centre = Math.Log(shape);
        var quantile = new LogConcaveQuantile(d => -shape * Excess(d), double.NegativeInfinity, double.PositiveInfinity, d => 1 + Math.Max(0, -centre - d) / 2);
        return TailPolynomials.Both((logP, upper) => centre + quantile.Quantile(logP, upper).Place);
    }

    // e^d − 1 − d; near 0 by its series.
    private static double Excess(double d)
    {
        if (Math.Abs(d) > 0.1) return Math.Exp(d) - 1 - d;
        double sum = 0, term = d * d / 2;
        for (var n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            sum += term;
            term *= d / n;
        }

        return sum;
    }

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
