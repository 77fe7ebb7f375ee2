using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Tables;

/// <summary>Formulas (2)–(5): technical coefficients, Leontief inverse, augmented table. All matrices are dense.</summary>
public static class LeontiefModel
{
    /// <summary>
    /// (2) a_ij = x_ij / X_j, n × n; a sector without output (X_j = 0) has a zero column, which takes it out
    /// of the model: its row and column of the inverse are those of the identity.
    /// </summary>
    public static Matrix<double> TechnicalCoefficients(InputOutputTable table)
    {
        var output = table.TotalOutput;
        return Matrix<double>.Build.Dense(output.Length, output.Length,
            (i, j) => output[j] == 0 ? 0 : table.Flows[i, j] / output[j]);
    }

    /// <summary>(3) C = (I − A)^−1, by <see cref="LuFactorization"/>.</summary>
    /// <param name="coefficients">A, square, with spectral radius below 1.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static Matrix<double> LeontiefInverse(Matrix<double> coefficients, CancellationToken cancellation = default) =>
        InverseColumns(coefficients, Enumerable.Range(0, coefficients.RowCount), cancellation);

    /// <summary>Some columns of C = (I − A)^−1, n × as many; they are those of the whole inverse to the bit.</summary>
    /// <param name="coefficients">A, square, with spectral radius below 1.</param>
    /// <param name="columns">Indices of the columns.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static Matrix<double> InverseColumns(
        Matrix<double> coefficients, IEnumerable<int> columns, CancellationToken cancellation = default)
    {
        var n = coefficients.RowCount;
        int[] wanted = [.. columns];
        var right = new double[n * wanted.Length];
        for (var j = 0; j < wanted.Length; j++) right[j * n + wanted[j]] = 1;
        return Solve(coefficients, right, cancellation);
    }

    /// <summary>The solutions x of (I − A) x = b, n × the number of right sides.</summary>
    /// <param name="coefficients">A, square, with spectral radius below 1.</param>
    /// <param name="right">Right sides b of n elements, one after the other; overwritten.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    internal static Matrix<double> Solve(Matrix<double> coefficients, double[] right, CancellationToken cancellation)
    {
        var n = coefficients.RowCount;
        var left = new double[n * n];
        for (var j = 0; j < n; j++)
            for (var i = 0; i < n; i++) left[j * n + i] = (i == j ? 1.0 : 0.0) - coefficients[i, j];
        LuFactorization.Of(left, n, cancellation).Solve(right, cancellation);
        return Matrix<double>.Build.Dense(n, right.Length / n, right);
    }

    /// <summary>
    /// Output (allocation) coefficients b_ij = x_ij / X_i, n × n; the row of a sector without output is zero.
    /// </summary>
    public static Matrix<double> OutputCoefficients(InputOutputTable table)
    {
        var output = table.TotalOutput;
        return Matrix<double>.Build.Dense(output.Length, output.Length,
            (i, j) => output[i] == 0 ? 0 : table.Flows[i, j] / output[i]);
    }

    /// <summary>
    /// The Ghosh inverse (I − B)^−1: element (i, j) is the output of sector j per unit of primary input of sector i
    /// (Ghosh 1958; Miller and Blair 2009, section 12.1).
    /// </summary>
    /// <param name="coefficients">B, square; it has the spectrum of A.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static Matrix<double> GhoshInverse(Matrix<double> coefficients, CancellationToken cancellation = default) =>
        LeontiefInverse(coefficients, cancellation);

    /// <summary>
    /// A' = L A R of the table augmented by m virtual sectors n + 1 … n + m: virtual sector n + j is the share
    /// <paramref name="shares"/>[j] of sector <paramref name="parents"/>[j]. Rows: a'_{n+j,·} = S a_{kj,·} and
    /// a'_{kj,·} = (1 − S) a_{kj,·}; columns: a'_{·,n+j} = a'_{·,kj}.
    /// </summary>
    /// <param name="coefficients">A, n × n.</param>
    /// <param name="parents">k_j, m distinct sector indices.</param>
    /// <param name="shares">S_kj, m values in [0, 1].</param>
    /// <returns>A', (n + m) × (n + m).</returns>
    public static Matrix<double> Augment(Matrix<double> coefficients, IReadOnlyList<int> parents, IReadOnlyList<double> shares)
    {
        var n = coefficients.RowCount;
        var m = parents.Count;
        var kept = Enumerable.Repeat(1.0, n).ToArray();
        for (var j = 0; j < m; j++) kept[parents[j]] = 1 - shares[j];
        int Parent(int i) => i < n ? i : parents[i - n];
        double Share(int i) => i < n ? kept[i] : shares[i - n];
        return Matrix<double>.Build.Dense(n + m, n + m, (i, j) => Share(i) * coefficients[Parent(i), Parent(j)]);
    }
}
