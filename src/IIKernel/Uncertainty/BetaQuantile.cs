using IIKernel.Kernels.Plan;
using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>
/// ln of the quantile function of Beta(α, β) below its median, as the piecewise polynomials of
/// <see cref="QuantileTable"/>. Against R's quantiles the relative error of exp of it is below 1e-12.
/// </summary>
public static class BetaQuantile
{
    // Below this ln x the distribution function is x^α / (α B(α, β)) to full precision.
    private const double LogOfTiny = -46;

    /// <summary>The <see cref="QuantileTable.Length"/> coefficients for tail probabilities from ½ down to 2^−54.</summary>
    public static double[] LowerTail(double alpha, double beta)
    {
        const int nodes = QuantileTable.Coefficients;
        var result = new double[QuantileTable.Length];
        var values = new double[nodes];
        var guess = Math.Log(alpha / (alpha + beta));
        for (var piece = 0; piece < QuantileTable.Pieces; piece++)
        {
            // Chebyshev nodes x = cos θ of [−1, 1], from the smallest t of the piece upwards.
            for (var i = nodes - 1; i >= 0; i--)
            {
                var t = 1 + QuantileTable.PieceWidth * (piece + (1 + Math.Cos(Math.PI * (i + 0.5) / nodes)) / 2);
                guess = LogQuantile(alpha, beta, -t * Constants.Ln2, guess);
                values[i] = guess;
            }

            Monomials(values).CopyTo(result, piece * nodes);
        }

        return result;
    }

    // ln x with ln I_x(α, β) = ln p: Newton's method in ln x, in which ln I is concave and nearly straight.
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
            if (!(next < 0)) next = y / 2;
            if (Math.Abs(next - y) <= 4e-16 * Math.Max(1, Math.Abs(y))) return next;
            y = next;
        }

        return y;
    }

    // Power coefficients, highest first, of the polynomial through values at the Chebyshev nodes.
    private static double[] Monomials(double[] values)
    {
        var n = values.Length;
        var power = new double[n];
        var previous = new double[n];
        var current = new double[n];
        previous[0] = 1;
        current[1] = 1;
        for (var k = 0; k < n; k++)
        {
            var coefficient = 0.0;
            for (var i = 0; i < n; i++) coefficient += values[i] * Math.Cos(Math.PI * k * (i + 0.5) / n);
            coefficient *= (k == 0 ? 1.0 : 2.0) / n;
            var chebyshev = k == 0 ? previous : current;
            for (var d = 0; d <= k; d++) power[n - 1 - d] += coefficient * chebyshev[d];
            if (k == 0) continue;

            // T_{k+1} = 2x T_k − T_{k−1}.
            var next = new double[n];
            for (var d = 0; d < n; d++) next[d] = (d > 0 ? 2 * current[d - 1] : 0) - previous[d];
            (previous, current) = (current, next);
        }

        return power;
    }
}
