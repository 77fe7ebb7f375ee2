using IIKernel.Kernels.Lanes;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Inputs;

/// <summary>A rank correlation of the coefficients, joined by a Gaussian copula.</summary>
/// <param name="Normal">
/// Correlation matrix of the normal variates behind the coefficients, r = 2 sin(π ρ/6) for Spearman's ρ (Pearson 1907);
/// m × m in the order of the coefficients, positive definite.
/// </param>
public sealed record RankCorrelation(double[,] Normal)
{
    // The smallest eigenvalue of a matrix that is offered in the place of one that is not positive definite.
    private const double LeastEigenvalue = 1e-6;

    /// <summary>r of the normal variates for Spearman's ρ.</summary>
    public static double OfRank(double rho) => 2 * ScalarMath.SinPi(rho / 6);

    /// <summary>Spearman's ρ for r of the normal variates.</summary>
    public static double ToRank(double r) =>
#pragma warning disable RS0030 // Reaches what a message proposes, and no plan.
        6 / Math.PI * Math.Asin(r / 2);
#pragma warning restore RS0030

    /// <summary>Whether a symmetric matrix has positive eigenvalues, by Cholesky's factorisation.</summary>
    public static bool IsPositiveDefinite(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                if (i == j && !(sum > 1e-12)) return false;
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        }

        return true;
    }

    /// <summary>
    /// The correlation matrix nearest to a symmetric matrix in the Frobenius norm, with eigenvalues of at least 1e-6, by alternating
    /// projections with Dykstra's correction (Higham, IMA Journal of Numerical Analysis 22, 2002, 329–343).
    /// </summary>
    public static double[,] Nearest(double[,] matrix)
    {
        var y = Matrix<double>.Build.DenseOfArray(matrix);
        var n = y.RowCount;
        var correction = Matrix<double>.Build.Dense(n, n);
        for (var iteration = 0; iteration < 10_000; iteration++)
        {
            var r = y - correction;
            var x = Floored(r);
            correction = x - r;
            var next = x.Clone();
            for (var i = 0; i < n; i++) next[i, i] = 1;
            var change = (next - y).FrobeniusNorm();
            y = next;
            if (change < 1e-12) break;
        }

        // What is left of the last step: the diagonal of a matrix that is positive definite for certain.
        y = Floored(y);
        var scale = y.Diagonal().Map(d => 1 / Math.Sqrt(d));
        return Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 1 : y[i, j] * scale[i] * scale[j]).ToArray();
    }

    private static Matrix<double> Floored(Matrix<double> matrix)
    {
        var evd = ((matrix + matrix.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        var values = evd.D.Diagonal().Map(v => Math.Max(v, LeastEigenvalue));
        return evd.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(values) * evd.EigenVectors.Transpose();
    }
}
