using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Growth;

/// <summary>An ordinary least-squares fit y = Xb + ε.</summary>
/// <param name="Coefficients">b, p values.</param>
/// <param name="UnscaledCovariance">(XᵀX)^−1, p × p; times σ² it is the covariance matrix of b.</param>
/// <param name="ResidualStandardDeviation">σ = √(RSS/(n − p)); NaN for n = p.</param>
/// <param name="RSquared">Share of the variance of y, about its mean, that the fit explains.</param>
/// <param name="DegreesOfFreedom">n − p.</param>
/// <param name="ConditionNumber">
/// Condition number of X with its columns scaled to unit length (Belsley, Kuh and Welsch 1980): above 30 the
/// columns are collinear enough for single coefficients to mean little.
/// </param>
public sealed record LeastSquares(
    double[] Coefficients, double[,] UnscaledCovariance, double ResidualStandardDeviation, double RSquared,
    int DegreesOfFreedom, double ConditionNumber)
{
    /// <summary>Standard error of coefficient <paramref name="i"/>.</summary>
    public double StandardError(int i) => ResidualStandardDeviation * Math.Sqrt(UnscaledCovariance[i, i]);

    /// <summary>The condition number from which the columns count as dependent: no series is known to ten digits.</summary>
    public const double MostCondition = 1e10;

    /// <summary>See <see cref="ConditionNumber"/>; infinite where a column is zero or the columns are dependent.</summary>
    /// <param name="design">X, n × p with n ≥ p.</param>
    public static double Condition(double[,] design)
    {
        var x = Matrix<double>.Build.DenseOfArray(design);
        var scale = x.ColumnNorms(2);
        if (scale.Any(norm => norm == 0)) return double.PositiveInfinity;
        var condition = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, j) => x[i, j] / scale[j]).ConditionNumber();
        return double.IsNaN(condition) ? double.PositiveInfinity : condition;
    }

    /// <summary>
    /// Fits by Householder QR of X with its columns scaled to unit length, followed by one step of refinement.
    /// </summary>
    /// <param name="design">X, n × p with n ≥ p and independent columns.</param>
    /// <param name="response">y, n values.</param>
    /// <exception cref="ArgumentException">Fewer rows than columns, or dependent columns.</exception>
    public static LeastSquares Fit(double[,] design, double[] response)
    {
        var x = Matrix<double>.Build.DenseOfArray(design);
        var y = Vector<double>.Build.DenseOfArray(response);
        int n = x.RowCount, p = x.ColumnCount;
        if (n < p) throw new ArgumentException($"{p} coefficients cannot be fitted to {n} observations.", nameof(design));
        var condition = Condition(design);
        if (!(condition < MostCondition)) throw new ArgumentException("The columns of the design are linearly dependent.", nameof(design));
        var scale = x.ColumnNorms(2);
        var scaled = Matrix<double>.Build.Dense(n, p, (i, j) => x[i, j] / scale[j]);
        var qr = scaled.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        var b = qr.Solve(y);
        b += qr.Solve(y - scaled * b);

        var residual = y - scaled * b;
        var rss = residual.DotProduct(residual);
        var about = y - y.Average();
        var inverse = qr.R.Inverse();
        var covariance = inverse * inverse.Transpose();
        return new(
            [.. b.Select((value, j) => value / scale[j])],
            Matrix<double>.Build.Dense(p, p, (i, j) => covariance[i, j] / (scale[i] * scale[j])).ToArray(),
            Math.Sqrt(rss / (n - p)), 1 - rss / about.DotProduct(about), n - p, condition);
    }
}
