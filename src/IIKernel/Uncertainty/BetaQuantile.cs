using IIKernel.Kernels.Lanes;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of Beta(α, β), below and above its median, as the piecewise polynomials of
/// <see cref="Kernels.Plan.QuantileTable"/>. The relative error of exp of it is below 1e-12 down to e^−708, the least that a kernel gives.
/// </summary>
public static class BetaQuantile
{
    /// <summary>The coefficients for probabilities from ½ down to 2^−54, and for exceedance probabilities likewise.</summary>
    public static (double[] Lower, double[] Upper) Tails(double alpha, double beta) => TailPolynomials.Both(LogQuantile(alpha, beta));

    /// <summary>ln x of the logarithm of a tail probability, of the lower tail and, where true, of the upper.</summary>
    internal static Func<double, bool, double> LogQuantile(double alpha, double beta)
    {
        var logit = Logit(alpha, beta);
        return (logP, upper) => LogShare(logit(logP, upper));
    }

    /// <summary>Likewise ln x/(1 − x), which loses no digits at either end.</summary>
    internal static Func<double, bool, double> Logit(double alpha, double beta)
    {
        // z = ln x/(1 − x) has the density e^(αz)/(1 + e^z)^(α + β), largest at ln α/β; from there on, with p = α/(α + β), its logarithm
        // is αd − (α + β) ln(1 + p(e^d − 1)).
        var centre = ScalarMath.Log(alpha / beta);
        var quantile = new LogConcaveQuantile(
            d => LogDensity(alpha, beta, d), double.NegativeInfinity, double.PositiveInfinity, d => 1 + Math.Abs(centre + d) / 2);
        return (logP, upper) => centre + quantile.Quantile(logP, upper).Place;
    }

    // From the end whose share is the smaller, where the two terms do not cancel each other.
    private static double LogDensity(double alpha, double beta, double d)
    {
        if (alpha > beta) (alpha, beta, d) = (beta, alpha, -d);
        var p = alpha / (alpha + beta);
        return d > 600
            ? -beta * d - (alpha + beta) * ScalarMath.Log(p)
            : alpha * d - (alpha + beta) * ScalarMath.Log1p(p * ScalarMath.Expm1(d));
    }

    // ln x = −ln(1 + e^−z).
    private static double LogShare(double z) =>
        z > 0 ? -ScalarMath.Log1p(ScalarMath.Exp(-z)) : z - ScalarMath.Log1p(ScalarMath.Exp(z));
}
