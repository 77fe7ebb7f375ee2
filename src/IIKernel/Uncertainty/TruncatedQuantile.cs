using IIKernel.Kernels.Lanes;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile functions of what lies between two bounds of a normal or lognormal distribution, counted from the lower bound in
/// units of a given width, below and above the median, as the piecewise polynomials of <see cref="Kernels.Plan.QuantileTable"/>. However
/// far in a tail the bounds lie, the relative error of exp of it is below 1e-12.
/// </summary>
public static class TruncatedQuantile
{
    /// <summary>Of (x − low)/width for a standard normal x.</summary>
    /// <param name="low">Lower bound.</param>
    /// <param name="high">Upper bound, above the lower; may be infinite.</param>
    /// <param name="width">high − low, or any unit where that is infinite.</param>
    public static (double[] Lower, double[] Upper) Normal(double low, double high, double width)
    {
        var quantile = Between(low, high, double.IsInfinity(high) ? high : width);
        return TailPolynomials.Both((logP, upper) => ScalarMath.Log(quantile.Quantile(logP, upper).FromLow / width));
    }

    /// <summary>Of (e^(sd·x) − e^(sd·low))/width for a standard normal x.</summary>
    /// <param name="low">Lower bound of x; may be −∞.</param>
    /// <param name="high">Upper bound of x, above the lower; may be infinite where the lower is not.</param>
    /// <param name="sd">Standard deviation of the logarithm.</param>
    /// <param name="logLow">ln of the lower bound in units of the width; −∞ where the upper bound itself is the width.</param>
    public static (double[] Lower, double[] Upper) Lognormal(double low, double high, double sd, double logLow)
    {
        var bounded = !double.IsInfinity(low) && !double.IsInfinity(high);
        var quantile = Between(low, high, bounded ? ScalarMath.Log1p(ScalarMath.Exp(-logLow)) / sd : double.PositiveInfinity);
        return TailPolynomials.Both((logP, upper) =>
        {
            var (_, fromLow, fromHigh) = quantile.Quantile(logP, upper);
            return double.IsInfinity(low) ? -sd * fromHigh : logLow + LogExpm1(sd * fromLow);
        });
    }

    // From the place of the support that is nearest to the mean, where the density is largest: its logarithm is −zd − d²/2 there. Bounds
    // that lie far from the mean have no digits left for how far they lie from each other, which the span says.
    private static LogConcaveQuantile Between(double low, double high, double span)
    {
        var nearest = Math.Min(Math.Max(0, low), high);
        return new(
            d => -d * (nearest + d / 2),
            low > 0 ? 0 : high < 0 ? -span : Math.Min(0, low),
            high < 0 ? 0 : low > 0 ? span : Math.Max(0, high));
    }

    // ln(e^y − 1).
    private static double LogExpm1(double y) => y > 40 ? y : ScalarMath.Log(ScalarMath.Expm1(y));
}
