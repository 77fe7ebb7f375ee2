using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of Q(p) = |t_p|/(1 − 2p), where t_p is the quantile function of Student's t distribution, as the piecewise polynomials of
/// <see cref="Kernels.Plan.QuantileTable"/>: Q is smooth where t_p passes through zero. Against R's quantiles the relative error of
/// exp of it is below 1e-12.
/// </summary>
public static class StudentQuantile
{
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
            var y = BetaQuantile.LogQuantile(half, 0.5, outside);
            logRatio = LogComplement(y) - y;
        }
        else
        {
            var y = BetaQuantile.LogQuantile(0.5, half, inside);
            logRatio = y - LogComplement(y);
        }

        return (Math.Log(2 * half) + logRatio) / 2 - inside;
    }

    // ln(1 − e^y).
    private static double LogComplement(double y) => Math.Log(-2 * Math.Sinh(y / 2)) + y / 2;
}
