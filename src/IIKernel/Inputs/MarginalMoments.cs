using IIKernel.Kernels.Lanes;
using MathNet.Numerics.Integration;

namespace IIKernel.Inputs;

/// <summary>Means and standard deviations of marginal distributions: closed forms, or quadrature of the density to about 1e-12.</summary>
public static class MarginalMoments
{
    // Where a density has fallen to e^−45 of its peak, nothing beyond it can be seen.
    private const double Beyond = 90;

    private const int Panels = 64;
    private const int Order = 20;

    /// <summary>Mean and standard deviation in the quantity's own unit.</summary>
    /// <param name="marginal">A distribution that a coefficient may have.</param>
    /// <exception cref="NotSupportedException">Another distribution.</exception>
    public static (double Mean, double StandardDeviation) Of(Marginal marginal) => marginal switch
    {
        UniformMarginal d => (d.Low + (d.High - d.Low) / 2, (d.High - d.Low) / Math.Sqrt(12)),
        TriangularMarginal d => (
            (d.Low + d.Mode + d.High) / 3,
            Math.Sqrt((Square(d.High - d.Low) - (d.Mode - d.Low) * (d.High - d.Mode)) / 18)),
        PertMarginal d when d.Low == d.High => (d.Low, 0),
        PertMarginal d => Beta(
            1 + d.Lambda * (d.Mode - d.Low) / (d.High - d.Low), 1 + d.Lambda * (d.High - d.Mode) / (d.High - d.Low), d.Low, d.High),
        BetaMarginal d => Beta(d.Alpha, d.Beta, d.Low, d.High),
        TruncatedNormalMarginal d => TruncatedNormal(d),
        LognormalMarginal d => Lognormal(d),
        EmpiricalMarginal d => Sample(d.Sample),
        JointSampleMarginal d => Sample(d.Values),
        _ => throw new NotSupportedException($"No moments of {marginal.GetType().Name}."),
    };

    private static double Square(double x) => x * x;

    private static (double, double) Beta(double alpha, double beta, double low, double high)
    {
        var (width, sum) = (high - low, alpha + beta);
        return (low + width * alpha / sum, width * Math.Sqrt(alpha / sum * (beta / sum) / (sum + 1)));
    }

    // Each value with the same probability.
    private static (double, double) Sample(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    // By the distance z from the densest point of the support, in standard deviations: the density falls as exp(−z (2 peak + z)/2), whose
    // digits do not suffer where the support lies far out in a tail.
    private static (double, double) TruncatedNormal(TruncatedNormalMarginal d)
    {
        double a = (d.Low - d.Mean) / d.Sd, b = (d.High - d.Mean) / d.Sd;
        var peak = Math.Clamp(0, a, b);
        var reach = Beyond / (Math.Sqrt(peak * peak + Beyond) + Math.Abs(peak));
        // Bounds far from the mean have no digits left for how far they lie from each other.
        var span = Math.Min((d.High - d.Low) / d.Sd, reach);
        var from = a > 0 ? 0 : b < 0 ? -span : Math.Max(a, -reach);
        var to = b < 0 ? 0 : a > 0 ? span : Math.Min(b, reach);
        var (mean, sd) = Integrate(from, to, z => -z * (2 * peak + z) / 2, z => z);
        return ((peak == 0 ? d.Mean : peak == a ? d.Low : d.High) + d.Sd * mean, d.Sd * sd);
    }

    // Moments of exp(μ + σz): z runs over all that the mean and the mean square take from.
    private static (double, double) Lognormal(LognormalMarginal d)
    {
        double a = (ScalarMath.Log(d.Low) - d.MeanLog) / d.SdLog, b = (ScalarMath.Log(d.High) - d.MeanLog) / d.SdLog;
        var peak = Math.Clamp(0, a, b);
        var (from, to) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var power = 0; power <= 2; power++)
        {
            var centre = power * d.SdLog;
            var reach = Math.Sqrt(Square(Math.Clamp(centre, a, b) - centre) + Beyond);
            from = Math.Min(from, Math.Max(a, centre - reach));
            to = Math.Max(to, Math.Min(b, centre + reach));
        }

        return Integrate(from, to, z => (peak - z) * (peak + z) / 2, z => ScalarMath.Exp(d.MeanLog + d.SdLog * z));
    }

    // The moments of a value under a density that is given by its logarithm, but for a constant.
    private static (double Mean, double StandardDeviation) Integrate(
        double from, double to, Func<double, double> logDensity, Func<double, double> value)
    {
        if (!(from < to)) return (value(from), 0);
        double Edge(int i) => from + (to - from) * i / Panels;
        double Sum(Func<double, double> f) => Enumerable.Range(0, Panels).Sum(i =>
            GaussLegendreRule.Integrate(z => ScalarMath.Exp(logDensity(z)) * f(z), Edge(i), Edge(i + 1), Order));
        var mass = Sum(_ => 1);
        var mean = Sum(value) / mass;
        return (mean, Math.Sqrt(Sum(z => Square(value(z) - mean)) / mass));
    }
}
