using IIKernel.Kernels.Lanes;

namespace IIKernel.Tables;

/// <summary>
/// How far technical coefficients a_ij = x_ij / X_j lie apart in tables of several years: coefficients can be compared between years where
/// flows, which grow with prices and output, cannot. What changed in the economy is in their spread beside the errors of the tables.
/// </summary>
public sealed class CoefficientSpread
{
    // The fewest coefficients that a law can be fitted to.
    private const int LeastCells = 3;

    // Below this spread values are the same: tables in different units differ in their last bits.
    private const double Rounding = 1e-12;
    private const double Euler = 0.577215664901532861;

    private readonly double[,] _own;

    private CoefficientSpread(double[,] own, double scale, double exponent, int fitted, int switching) =>
        (_own, Scale, Exponent, Fitted, Switching) = (own, scale, exponent, fitted, switching);

    /// <summary>α of the law σ = α·x^(−β) of a flow x in the unit of the flows that it was fitted to.</summary>
    public double Scale { get; }

    /// <summary>β of the law.</summary>
    public double Exponent { get; }

    /// <summary>How many coefficients the law was fitted to.</summary>
    public int Fitted { get; }

    /// <summary>How many coefficients are above 0 in some tables and not in others.</summary>
    public int Switching { get; }

    /// <summary>
    /// The standard deviation of the logarithm of a coefficient: s / c_4(k) of its own k values above 0; NaN where these are too few or
    /// all the same.
    /// </summary>
    public double Own(int row, int column) => _own[row, column];

    /// <summary>The same of a flow by the law.</summary>
    public double ByLaw(double flow) => Scale * ScalarMath.Exp(-Exponent * ScalarMath.Log(Math.Abs(flow)));

    /// <summary>The spread of the coefficients of some tables; null where fewer than three differ from table to table.</summary>
    /// <param name="coefficients">a_ij of each table; g × g.</param>
    /// <param name="flows">x_ij that the law goes by; g × g.</param>
    /// <param name="observations">How many values above 0 a coefficient must have to have a spread of its own; at least 2.</param>
    public static CoefficientSpread? Of(IReadOnlyList<double[,]> coefficients, double[,] flows, int observations)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(flows);
        var g = flows.GetLength(0);
        var (own, switching) = (new double[g, g], 0);
        var (n, sx, sy, sxx, sxy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < g; i++)
        {
            for (var j = 0; j < g; j++)
            {
                own[i, j] = double.NaN;
                double[] logs = [.. coefficients.Select(a => a[i, j]).Where(a => a > 0).Select(ScalarMath.Log)];
                if (logs.Length > 0 && logs.Length < coefficients.Count) switching++;
                if (logs.Length < 2) continue;
                var mean = logs.Average();
                var s = Math.Sqrt(logs.Sum(x => (x - mean) * (x - mean)) / (logs.Length - 1));
                if (s < Rounding) continue;
                if (logs.Length >= observations) own[i, j] = s / MeanRatio(logs.Length);
                if (flows[i, j] <= 0) continue;
                var (x, y) = (ScalarMath.Log(flows[i, j]), ScalarMath.Log(s) - LogBias(logs.Length - 1));
                (n, sx, sy, sxx, sxy) = (n + 1, sx + x, sy + y, sxx + x * x, sxy + x * y);
            }
        }

        // Least squares of ln σ = ln α − β ln x.
        var variation = sxx - sx * sx / n;
        if (n < LeastCells || !(variation > 0)) return null;
        var slope = (sxy - sx * sy / n) / variation;
        return new(own, ScalarMath.Exp((sy - slope * sx) / n), -slope, n, switching);
    }

    /// <summary>
    /// c_4(k) = E s/σ = √(2/(k − 1)) Γ(k/2) / Γ((k − 1)/2) of the standard deviation s of k normal values.
    /// </summary>
    public static double MeanRatio(int k)
    {
        // The ratio of the gamma functions is 1/√π at k = 2, and times the next one it is (k − 1)/2.
        var ratio = 1 / Math.Sqrt(Math.PI);
        for (var i = 2; i < k; i++) ratio = (i - 1) / (2 * ratio);
        return Math.Sqrt(2.0 / (k - 1)) * ratio;
    }

    /// <summary>E ln s − ln σ = ½ (ψ(ν/2) − ln(ν/2)) of the standard deviation s of normal values with ν degrees of freedom.</summary>
    public static double LogBias(int degrees)
    {
        // ψ(½) = −γ − 2 ln 2, ψ(1) = −γ, ψ(z + 1) = ψ(z) + 1/z.
        var digamma = degrees % 2 == 1 ? -Euler - 2 * ScalarMath.Log(2) : -Euler;
        for (var z = degrees % 2 == 1 ? 0.5 : 1; z < degrees / 2.0; z++) digamma += 1 / z;
        return (digamma - ScalarMath.Log(degrees / 2.0)) / 2;
    }
}
