using IIKernel.Kernels.Lanes;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of the gamma distribution with scale 1, below and above its median, as the piecewise
/// polynomials of <see cref="Kernels.Plan.QuantileTable"/>. The relative error of exp of it is below 1e-12
/// down to e^−708, the least that a kernel gives.
/// </summary>
public static class GammaQuantile
{
    /// <summary>The coefficients for probabilities from ½ down to 2^−54, and for exceedance probabilities likewise.</summary>
    public static (double[] Lower, double[] Upper) Tails(double shape)
    {
        // So small a shape gives 0 in every draw; a smaller one would overflow on the way there.
        shape = Math.Max(shape, 1e-100);

        // y = ln x has the density exp(ay − e^y), largest at ln a; from there on its logarithm is −a(e^d − 1 − d).
        var centre = ScalarMath.Log(shape);
        var quantile = new LogConcaveQuantile(
            d => -shape * Excess(d), double.NegativeInfinity, double.PositiveInfinity, d => 1 + Math.Max(0, -centre - d) / 2);
        return TailPolynomials.Both((logP, upper) => centre + quantile.Quantile(logP, upper).Place);
    }

    // e^d − 1 − d; near 0 by its series.
    private static double Excess(double d)
    {
        if (Math.Abs(d) > 0.1) return ScalarMath.Exp(d) - 1 - d;
        double sum = 0, term = d * d / 2;
        for (var n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            sum += term;
            term *= d / n;
        }

        return sum;
    }
}
