using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Uncertainty;

/// <summary>Fits the piecewise polynomials of <see cref="QuantileTable"/> to the logarithm of a quantile function.</summary>
internal static class TailPolynomials
{
    private const int Nodes = QuantileTable.Coefficients;

    // cos(πi/2n) for n nodes, all the way round.
    private static readonly double[] Cosines = [.. Enumerable.Range(0, 4 * Nodes).Select(i => ScalarMath.CosPi(i / (2.0 * Nodes)))];

    /// <summary>The tables of both tails.</summary>
    /// <param name="logQuantile">ln Q of the logarithm of a tail probability, of the lower tail and, where true, of the upper.</param>
    public static (double[] Lower, double[] Upper) Both(Func<double, bool, double> logQuantile) =>
        (Tail(logQuantile, false), Tail(logQuantile, true));

    /// <summary>The <see cref="QuantileTable.Length"/> coefficients for tail probabilities from ½ down to 2^−54.</summary>
    /// <param name="logQuantile">ln Q of the logarithm of a tail probability, of the lower tail and, where true, of the upper.</param>
    /// <param name="upper">Which tail.</param>
    // What the middle of a piece takes off its values loses no digits in the sums of the fit, however large ln Q is.
    public static double[] Tail(Func<double, bool, double> logQuantile, bool upper)
    {
        var result = new double[QuantileTable.Length];
        for (var piece = 0; piece < QuantileTable.Pieces; piece++)
        {
            var middle = Value(piece, 0);
            var polynomial = Monomials([.. Enumerable.Range(0, Nodes).Select(i => Value(piece, Node(i)) - middle)]);
            polynomial[^1] += middle;
            polynomial.CopyTo(result, piece * Nodes);
        }

        return result;

        double Value(int piece, double x) =>
            Held(logQuantile(-(1 + QuantileTable.PieceWidth * (piece + (1 + x) / 2)) * ScalarMath.Ln2, upper));
    }

    // A kernel's exponential ends at e^−708; what lies far below it must not overflow.
    private static double Held(double log) => Math.Max(log, -1e6);

    // The Chebyshev nodes cos(π(i + ½)/n) of [−1, 1], and T_k there.
    private static double Node(int i, int k = 1) => Cosines[(2 * i + 1) * k % Cosines.Length];

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
            for (var i = 0; i < n; i++) coefficient += values[i] * Node(i, k);
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
