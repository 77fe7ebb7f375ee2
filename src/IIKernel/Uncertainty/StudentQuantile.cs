using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of Q(p) = |t_p|/(1 − 2p), where t_p is the quantile function of Student's t distribution, as the piecewise polynomials of
/// <see cref="Kernels.Plan.QuantileTable"/>: Q is smooth where t_p passes through zero. Against R's quantiles the relative error of
/// exp of it is below 1e-12.
/// </summary>
public static class StudentQuantile
{
    // Below this ln x the distribution function is x^α / (α B(α, β)) to full precision.
    private const double LogOfTiny = -46;

    /// <summary>The coefficients for probabilities from ½ down to 2^−54.</summary>
    public static double[] Tail(double degreesOfFreedom) =>
        TailPolynomials.Fit((logP, _) => LogQuantile(degreesOfFreedom / 2, logP), 0);

    // With ν degrees of freedom ν/(ν + t²) is Beta(ν/2, ½), and its complement Beta(½, ν/2): whichever is the smaller keeps its digits.
    private static double LogQuantile(double half, double logP)
    {
        var outside = logP + Constants.Ln2;
        var inside = LogComplement(outside);
        double logRatio;
        if (outside < inside)
        {
            var y = LogBetaQuantile(half, 0.5, outside);
            logRatio = LogComplement(y) - y;
        }
        else
        {
            var y = LogBetaQuantile(0.5, half, inside);
            logRatio = y - LogComplement(y);
        }

        return (Math.Log(2 * half) + logRatio) / 2 - inside;
    }

    // ln(1 − e^y).
    private static double LogComplement(double y) => Math.Log(-2 * Math.Sinh(y / 2)) + y / 2;

    // ln x with ln I_x(α, β) = ln p, by Newton's method in ln x, in which ln I is concave and nearly straight.
    private static double LogBetaQuantile(double alpha, double beta, double logP)
    {
        var logBeta = SpecialFunctions.GammaLn(alpha) + SpecialFunctions.GammaLn(beta) - SpecialFunctions.GammaLn(alpha + beta);
        var leading = (logP + Math.Log(alpha) + logBeta) / alpha;
        if (leading < LogOfTiny) return leading;
        var y = Math.Min(Math.Log(alpha / (alpha + beta)), -1e-300);
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
