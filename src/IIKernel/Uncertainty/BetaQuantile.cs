using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of Beta(α, β) below its median, as the piecewise polynomials of
/// <see cref="Kernels.Plan.QuantileTable"/>. Against R's quantiles the relative error of exp of it is below 1e-12.
/// </summary>
public static class BetaQuantile
{
    // Below this ln x the distribution function is x^α / (α B(α, β)) to full precision.
    private const double LogOfTiny = -46;

    /// <summary>The <see cref="Kernels.Plan.QuantileTable.Length"/> coefficients for tail probabilities from ½ down to 2^−54.</summary>
    public static double[] LowerTail(double alpha, double beta) =>
        TailPolynomials.Fit((logP, guess) => LogQuantile(alpha, beta, logP, guess), LogMean(alpha, beta));

    /// <summary>ln x with ln I_x(α, β) = ln p.</summary>
    internal static double LogQuantile(double alpha, double beta, double logP) => LogQuantile(alpha, beta, logP, LogMean(alpha, beta));

    private static double LogMean(double alpha, double beta) => Math.Log(alpha / (alpha + beta));

    // By Newton's method in ln x, in which ln I is concave and nearly straight.
    private static double LogQuantile(double alpha, double beta, double logP, double guess)
    {
        var logBeta = SpecialFunctions.GammaLn(alpha) + SpecialFunctions.GammaLn(beta) - SpecialFunctions.GammaLn(alpha + beta);
        var leading = (logP + Math.Log(alpha) + logBeta) / alpha;
        if (leading < LogOfTiny) return leading;
        var y = Math.Min(guess, -1e-300);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var x = Math.Exp(y);
            var cumulative = SpecialFunctions.BetaRegularized(alpha, beta, x);
            var slope = Math.Exp(alpha * y + (beta - 1) * SpecialFunctions.Log1p(-x) - logBeta) / cumulative;
            var step = (Math.Log(cumulative) - logP) / slope;
            var next = y - step;

            // ln x stays below 0; a step that would leave is halved towards it.
            if (!(next < 0))
            {
                y /= 2;
                continue;
            }

            // Short against the distance from 0, since ln I bends there, or against rounding.
            if (Math.Abs(step) <= TailPolynomials.LastStep * Math.Min(1, -y) + 4e-16) return next;
            y = next;
        }

        return y;
    }
}
