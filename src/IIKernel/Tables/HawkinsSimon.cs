using IIKernel.Kernels.Lanes;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Tables;

/// <summary>Whether a table is productive: the Hawkins–Simon condition.</summary>
/// <param name="SpectralRadius">
/// ρ(A), or an upper bound of it below <see cref="HawkinsSimon.Limit"/> where A has negative coefficients.
/// Infinite where doubles do not hold it.
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
/// for x &gt; 0, min (Ax)_i/x_i ≤ ρ(A) ≤ max (Ax)_i/x_i. Where it creeps (a long cycle, two blocks that hardly know of each
/// other), Noda's inverse iteration takes over, whose upper bounds fall to ρ(A) quadratically from any x &gt; 0 (Noda 1971,
/// Elsner 1976). There is always a verdict: what rounding leaves undecided is refused.
/// </summary>
public static class HawkinsSimon
{
    /// <summary>ρ(A) from which a table is refused; the distance to 1 keeps (I − A)^-1 representable.</summary>
    public const double Limit = 1 - 1e-10;

    /// <summary>Width of the Collatz–Wielandt bounds, relative to ρ + σ, at which the iteration ends.</summary>
    public const double Tolerance = 1e-13;

    // Beyond this the inverse iteration is cheaper.
    private const int MaximumIterations = 300;

    // It takes five to ten steps; what is left after these is rounding.
    private const int MaximumInverseSteps = 50;

    // ‖A^p‖^(1/p) with p = 2^50 is ρ(A) to the last digits, whatever the size of A.
    private const int Squarings = 50;

    // A chain of sectors evens out step by step; what is left uneven after these only costs iterations.
    private const int MostSweeps = 30;

    // How near both bounds must be for a radius that is printed.
    private const double PrintedTolerance = 1e-8;

    /// <summary>Examines a table; its amounts may be in any unit.</summary>
    /// <exception cref="ArgumentException">The table is not square or not finite.</exception>
    public static Productivity Examine(InputOutputTable table, CancellationToken cancellation = default) =>
        Examine(table.Flows, table.TotalOutput, cancellation);

    /// <summary>Examines flows and outputs in one unit.</summary>
    /// <param name="flows">x_ij, n × n: what sector i supplies to sector j.</param>
    /// <param name="totalOutput">X_j, n values; the coefficients of a column with X_j = 0 are 0.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The sizes differ or a coefficient is not finite.</exception>
    public static Productivity Examine(double[,] flows, double[] totalOutput, CancellationToken cancellation = default)
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
            var block = Balanced(Block(a, sectors));
            var (blockRadius, right) = Radius(block, cancellation);
            radius = Math.Max(radius, blockRadius);
            if (blockRadius < Limit) continue;
            // ∂ρ/∂a_ij is proportional to w_i v_j: v_i w_i says how much a sector's own circle weighs.
            var (_, left) = Radius(Transpose(block), cancellation);
            atFault.AddRange(sectors.Select((s, i) => (s, right[i] * left[i])));
        }

        return new(radius, [.. atFault.OrderByDescending(s => s.Weight).ThenBy(s => s.Sector).Select(s => s.Sector)]);
    }

    // ρ of an irreducible block, or an upper bound of it, and a positive vector for it, its elements summing to 1.
    private static (double Radius, double[] Vector) Radius(double[,] block, CancellationToken cancellation)
    {
        var n = block.GetLength(0);
        if (n == 1) return (Math.Abs(block[0, 0]), [1]);
        var largest = block.Cast<double>().Max(Math.Abs);
        // A power of two, so that no product overflows and no digit changes; ρ grows with it.
        var scale = Math.ScaleB(1, -Math.ILogB(largest));
        if (largest is > 1e-100 and < 1e100) scale = 1;
        var magnitudes = (double[,])block.Clone();
        var signed = false;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                signed |= block[i, j] < 0;
                magnitudes[i, j] = Math.Abs(block[i, j] * scale);
            }
        }

        var (radius, vector) = Perron(magnitudes, cancellation);
        radius /= scale;
        // ρ(A) ≤ ρ(|A|): where that is below the limit it decides, else the powers of A itself do.
        return (signed && !(radius < Limit) ? PowersRadius(block, scale, cancellation) : radius, vector);
    }

    // The matrix is non-negative and irreducible; the radius is the upper Collatz–Wielandt bound.
    private static (double Radius, double[] Vector) Perron(double[,] a, CancellationToken cancellation)
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
            cancellation.ThrowIfCancellationRequested();
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
            if (most - least <= Tolerance * most) return (upper - shift, x);
        }

        return InverseIteration(a, x, upper - shift, cancellation);
    }

    // Noda's iteration: y = (λI − A)^-1 x for an upper bound λ, of which λ − min x_i/y_i is a lower one.
    private static (double Radius, double[] Vector) InverseIteration(double[,] a, double[] x, double upper, CancellationToken cancellation)
    {
        var n = x.Length;
        for (var step = 0; step < MaximumInverseSteps; step++)
        {
            var shifted = new double[n * n];
            for (var j = 0; j < n; j++)
                for (var i = 0; i < n; i++) shifted[j * n + i] = (i == j ? upper : 0) - a[i, j];
            var y = (double[])x.Clone();
            LuFactorization.Of(shifted, n, cancellation).Solve(y, cancellation);
            // λ is an upper bound as long as y is positive; where it is ρ to the last bit, nothing is left to gain.
            if (!y.All(v => v > 0 && double.IsFinite(v))) break;
            var (least, most) = (double.PositiveInfinity, 0.0);
            for (var i = 0; i < n; i++)
            {
                least = Math.Min(least, x[i] / y[i]);
                most = Math.Max(most, x[i] / y[i]);
            }

            var total = y.Sum();
            x = [.. y.Select(v => v / total)];
            var next = upper - least;
            if (!(next < upper) || most - least <= Tolerance * upper) return (Math.Min(next, upper), x);
            upper = next;
        }

        return (upper, x);
    }

    // Of a matrix of any signs, by Gelfand's formula: ‖A^p‖^(1/p) is an upper bound that falls to ρ(A), and |tr A^p / n|^(1/p) a lower one.
    private static double PowersRadius(double[,] block, double scale, CancellationToken cancellation)
    {
        var power = Matrix<double>.Build.DenseOfArray(block) * scale;
        var (logNorm, exponent) = (-ScalarMath.Log(scale), 1.0);
        var upper = double.PositiveInfinity;
        for (var k = 0; k <= Squarings; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var norm = power.InfinityNorm();
            if (norm == 0) return 0;
            power /= norm;
            logNorm += ScalarMath.Log(norm) / exponent;
            upper = Math.Min(upper, ScalarMath.Exp(logNorm));
            if (upper < Limit) return upper;
            var lower = ScalarMath.Exp(logNorm + ScalarMath.Log(Math.Abs(power.Trace()) / power.RowCount) / exponent);
            if (lower >= Limit && upper - lower <= PrintedTolerance * upper) return upper;
            power *= power;
            exponent *= 2;
        }

        return upper;
    }

    private static double[,] Block(double[,] a, int[] sectors)
    {
        var block = new double[sectors.Length, sectors.Length];
        for (var i = 0; i < sectors.Length; i++)
            for (var j = 0; j < sectors.Length; j++)
                block[i, j] = a[sectors[i], sectors[j]];
        return block;
    }

    // D^-1 A D with powers of two, which has the same radius and the same weights v_i w_i: rows and columns of like size, as far as it
    // goes, so that coefficients of very different magnitudes (sectors in very different units) do not drown each other (Osborne 1960).
    private static double[,] Balanced(double[,] a)
    {
        var n = a.GetLength(0);
        var changed = true;
        for (var sweep = 0; changed && sweep < MostSweeps; sweep++)
        {
            changed = false;
            for (var i = 0; i < n; i++)
            {
                var (row, column) = (0.0, 0.0);
                for (var j = 0; j < n; j++)
                {
                    if (j == i) continue;
                    row = Math.Max(row, Math.Abs(a[i, j]));
                    column = Math.Max(column, Math.Abs(a[j, i]));
                }

                if (row == 0 || column == 0) continue;
                var half = (Math.ILogB(row) - Math.ILogB(column)) / 2;
                if (half == 0) continue;
                changed = true;
                for (var j = 0; j < n; j++)
                {
                    if (j == i) continue;
                    a[i, j] = Math.ScaleB(a[i, j], -half);
                    a[j, i] = Math.ScaleB(a[j, i], half);
                }
            }
        }

        return a;
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
