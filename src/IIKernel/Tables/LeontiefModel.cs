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

    /// <summary>(3) C = (I − A)^−1, by LU decomposition with partial pivoting.</summary>
    /// <param name="coefficients">A, square, with spectral radius below 1.</param>
    public static Matrix<double> LeontiefInverse(Matrix<double> coefficients) =>
        (Matrix<double>.Build.DenseIdentity(coefficients.RowCount) - coefficients).LU().Inverse();

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
    public static Matrix<double> GhoshInverse(Matrix<double> coefficients) => LeontiefInverse(coefficients);

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
