using IIKernel.Kernels.Plan;
using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>Fits the piecewise polynomials of <see cref="QuantileTable"/> to the logarithm of a quantile function.</summary>
internal static class TailPolynomials
{
    /// <summary>A step of Newton's method so short that what is left after it, of the order of its square, is less than rounding.</summary>
    public const double LastStep = 1e-9;

    /// <summary>The <see cref="QuantileTable.Length"/> coefficients for tail probabilities from ½ down to 2^−54.</summary>
    /// <param name="logQuantile">ln Q of the logarithm of a tail probability and a guess, which is the value nearby.</param>
    /// <param name="guess">A value near the median's.</param>
    public static double[] Fit(Func<double, double, double> logQuantile, double guess)
    {
        const int nodes = QuantileTable.Coefficients;
        var result = new double[QuantileTable.Length];
        var values = new double[nodes];
        for (var piece = 0; piece < QuantileTable.Pieces; piece++)
        {
            // Chebyshev nodes x = cos θ of [−1, 1], from the smallest t of the piece upwards.
            for (var i = nodes - 1; i >= 0; i--)
            {
                var t = 1 + QuantileTable.PieceWidth * (piece + (1 + Math.Cos(Math.PI * (i + 0.5) / nodes)) / 2);
                guess = logQuantile(-t * Constants.Ln2, guess);
                values[i] = guess;
            }

            Monomials(values).CopyTo(result, piece * nodes);
        }

        return result;
    }

    /// <summary>The tables of both tails.</summary>
    /// <param name="logQuantile">ln Q of the logarithm of a tail probability, of the lower tail and, where true, of the upper.</param>
    public static (double[] Lower, double[] Upper) Both(Func<double, bool, double> logQuantile) => (Tail(logQuantile, false), Tail(logQuantile, true));

    // What the middle of a piece takes off its values loses no digits in the sums of the fit, however large ln Q is.
    private static double[] Tail(Func<double, bool, double> logQuantile, bool upper)
    {
        const int nodes = QuantileTable.Coefficients;
        var result = new double[QuantileTable.Length];
        for (var piece = 0; piece < QuantileTable.Pieces; piece++)
        {
            var middle = Value(piece, 0);
            var polynomial = Monomials([.. Enumerable.Range(0, nodes).Select(i => Value(piece, Math.Cos(Math.PI * (i + 0.5) / nodes)) - middle)]);
            polynomial[^1] += middle;
            polynomial.CopyTo(result, piece * nodes);
        }

        return result;

        double Value(int piece, double x) => Held(logQuantile(-(1 + QuantileTable.PieceWidth * (piece + (1 + x) / 2)) * Constants.Ln2, upper));
    }

    // A kernel's exponential ends at e^−708; what lies far below it must not overflow.
    private static double Held(double log) => Math.Max(log, -1e6);

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
