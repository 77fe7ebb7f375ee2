using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Tables;

/// <summary>Whether a table is productive: the Hawkins–Simon condition.</summary>
/// <param name="SpectralRadius">
/// ρ(A), or an upper bound of it below <see cref="HawkinsSimon.Limit"/> where A has negative coefficients.
/// </param>
/// <param name="SectorsAtFault">
/// Indices of the sectors where ρ(A) ≥ 1 arises, the weightiest first; empty for a productive table.
/// For A ≥ 0 these are the sectors where the right and the left Perron vector are both positive.
/// </param>
public sealed record Productivity(double SpectralRadius, IReadOnlyList<int> SectorsAtFault)
{
    /// <summary>Whether ρ(A) &lt; 1, so that (I − A)^-1 exists and, for A ≥ 0, is non-negative.</summary>
    public bool IsProductive => SectorsAtFault.Count == 0;
}

/// <summary>
/// The spectral radius of the technical coefficients, formula (2). A is split into its irreducible diagonal blocks
/// (the strongly connected components of its graph), whose largest spectral radius is that of A. Inside a block
/// the power iteration of A + σI converges whatever the period of A, between the bounds of Collatz and Wielandt:
/// for x &gt; 0, min (Ax)_i/x_i ≤ ρ(A) ≤ max (Ax)_i/x_i.
/// </summary>
public static class HawkinsSimon
{
    /// <summary>ρ(A) from which a table is refused; the distance to 1 keeps (I − A)^-1 representable.</summary>
    public const double Limit = 1 - 1e-10;

    /// <summary>Width of the Collatz–Wielandt bounds, relative to ρ + σ, at which the iteration ends.</summary>
    public const double Tolerance = 1e-13;

    // A long cycle converges slowly; beyond this the eigenvalue decomposition is cheaper.
    private const int MaximumIterations = 5_000;

    /// <summary>Examines a table; its amounts may be in any unit.</summary>
    /// <exception cref="ArgumentException">The table is not square or not finite.</exception>
    public static Productivity Examine(InputOutputTable table) => Examine(table.Flows, table.TotalOutput);

    /// <summary>Examines flows and outputs in one unit.</summary>
    /// <param name="flows">x_ij, n × n: what sector i supplies to sector j.</param>
    /// <param name="totalOutput">X_j, n values; the coefficients of a column with X_j = 0 are 0.</param>
    /// <exception cref="ArgumentException">The sizes differ or a coefficient is not finite.</exception>
    public static Productivity Examine(double[,] flows, double[] totalOutput)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(totalOutput);
        var n = totalOutput.Length;
        if (flows.GetLength(0) != n || flows.GetLength(1) != n) throw new ArgumentException("The flows are not n × n.", nameof(flows));
        var a = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                a[i, j] = totalOutput[j] == 0 ? 0 : flows[i, j] / totalOutput[j]; // (2)
                if (!double.IsFinite(a[i, j])) throw new ArgumentException("A technical coefficient is not finite.", nameof(flows));
            }

        var radius = 0.0;
        var atFault = new List<(int Sector, double Weight)>();
        foreach (var sectors in IrreducibleBlocks.Of(a))
        {
            var block = Block(a, sectors);
            var (blockRadius, right) = Radius(block);
            radius = Math.Max(radius, blockRadius);
            if (blockRadius < Limit) continue;
            // ∂ρ/∂a_ij is proportional to w_i v_j: v_i w_i says how much a sector's own circle weighs.
            var (_, left) = Radius(Transpose(block));
            atFault.AddRange(sectors.Select((s, i) => (s, right[i] * left[i])));
        }

        return new(radius, [.. atFault.OrderByDescending(s => s.Weight).ThenBy(s => s.Sector).Select(s => s.Sector)]);
    }

    // ρ of an irreducible block and a positive vector for it, its elements summing to 1.
    private static (double Radius, double[] Vector) Radius(double[,] block)
    {
        var n = block.GetLength(0);
        if (n == 1) return (Math.Abs(block[0, 0]), [1]);
        var magnitudes = (double[,])block.Clone();
        var signed = false;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                signed |= block[i, j] < 0;
                magnitudes[i, j] = Math.Abs(block[i, j]);
            }

        var (radius, vector, converged) = PowerIteration(magnitudes);
        // ρ(A) ≤ ρ(|A|): where that is below the limit it decides, else the eigenvalues of A itself do.
        if (converged && (!signed || radius < Limit)) return (radius, vector);
        var eigenvalues = Matrix<double>.Build.DenseOfArray(block).Evd().EigenValues;
        return (eigenvalues.Max(value => value.Magnitude), vector);
    }

    // The matrix is non-negative and irreducible; the radius is the upper Collatz–Wielandt bound.
    private static (double Radius, double[] Vector, bool Converged) PowerIteration(double[,] a)
    {
        var n = a.GetLength(0);
        var shift = 0.0;
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++) sum += a[i, j];
            shift = Math.Max(shift, sum);
        }

        // About ρ, whatever the scale of the matrix: a shift far from it slows the iteration.
        shift /= 2;
        var x = new double[n];
        var y = new double[n];
        Array.Fill(x, 1.0 / n);
        var upper = double.PositiveInfinity;
        for (var step = 0; step < MaximumIterations; step++)
        {
            var (least, most, total) = (double.PositiveInfinity, 0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                var sum = shift * x[i];
                for (var j = 0; j < n; j++) sum += a[i, j] * x[j];
                least = Math.Min(least, sum / x[i]);
                most = Math.Max(most, sum / x[i]);
                total += y[i] = sum;
            }

            upper = Math.Min(upper, most);
            for (var i = 0; i < n; i++) x[i] = y[i] / total;
            if (most - least <= Tolerance * most) return (upper - shift, x, true);
        }

        return (upper - shift, x, false);
    }

    private static double[,] Block(double[,] a, int[] sectors)
    {
        var block = new double[sectors.Length, sectors.Length];
        for (var i = 0; i < sectors.Length; i++)
            for (var j = 0; j < sectors.Length; j++)
                block[i, j] = a[sectors[i], sectors[j]];
        return block;
    }

    private static double[,] Transpose(double[,] a)
    {
        var n = a.GetLength(0);
        var result = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                result[j, i] = a[i, j];
        return result;
    }
}
