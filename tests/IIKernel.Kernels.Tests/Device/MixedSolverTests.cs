using System.Numerics;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using Xunit;

namespace IIKernel.Kernels.Tests.Device;

/// <summary>Columns of an inverse by a factor in single precision against those by one in double.</summary>
public unsafe class MixedSolverTests
{
    // Columns of A sum to less than 1 − gap: ‖(I − A)^−1‖ in the norm of sums of columns is at most 1/gap.
    [Theory]
    [InlineData(1, 1, 0.3)]
    [InlineData(2, 1, 0.3)]
    [InlineData(3, 3, 0.3)]
    [InlineData(23, 9, 0.3)]
    [InlineData(97, 11, 0.3)]
    [InlineData(149, 11, 0.3)]
    [InlineData(149, 11, 1e-3)]
    [InlineData(149, 11, 1e-4)]
    [InlineData(320, 13, 0.3)]
    [InlineData(320, 5, 1e-4)]
    public void The_bound_holds_and_the_columns_are_those_of_double_precision(int n, int m, double gap)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var matrix = Matrix(n, gap, seed);
            var scalar = Refined<ScalarLane>(matrix, n, m, out var corrections);

            // Each correction leaves some 1e-6 ‖(I − A)^−1‖ of the error: two and the one that shows it do where that is of no size.
            Assert.InRange(corrections, 1, gap >= 0.1 ? 4 : FlowPrecision.MostCorrections);
            Assert.Equal(scalar, Refined<QuadLane<Vector<double>, VectorOperations>>(matrix, n, m, out _));

            // Of an inverse without a negative element the norm is that of its row sums.
            var (inverseNorm, norm) = (Solve(matrix, n, Enumerable.Repeat(1.0, n).ToArray()).Max(), Norm(matrix, n));
            var distance = 0.0;
            for (var j = 0; j < m; j++)
            {
                var side = new double[n];
                side[n - m + j] = 1;
                double[] x = [.. Enumerable.Range(0, n).Select(i => scalar[i * m + j])];
                var inDouble = Solve(matrix, n, side);
                var residual = Residual(matrix, n, x, side);
                Assert.InRange(residual, 0, Math.Sqrt(n) * Math.Pow(2, -52) * norm * x.Max(Math.Abs));

                // x − y = (I − A)^−1 (r_y − r_x), and each residual is rounded n times.
                var rounding = n * Math.Pow(2, -52) * norm * x.Max();
                var apart = x.Zip(inDouble, (a, b) => Math.Abs(a - b)).Max();
                Assert.InRange(apart, 0, inverseNorm * (residual + Residual(matrix, n, inDouble, side) + 2 * rounding));
                distance = Math.Max(distance, apart / x.Max());
            }

            if (gap >= 0.1) Assert.InRange(distance, 0, 1e-12);
        }
    }

    // A gap below the spacing of single precision leaves a factor whose last pivot is rounding: its corrections do not converge.
    [Theory]
    [InlineData(23, 9)]
    [InlineData(149, 11)]
    public void What_single_precision_cannot_tell_from_a_singular_matrix_is_not_reached(int n, int m)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            Refined<ScalarLane>(Matrix(n, 1e-10, seed), n, m, out var corrections);
            Assert.Equal(0, corrections);
        }
    }

    // An element of the factor above 1,024: what is made of it is left to double precision.
    [Fact]
    public void A_factor_that_has_grown_is_not_used()
    {
        Refined<ScalarLane>([1, -3000, 0, 1], 2, 1, out var corrections);
        Assert.Equal(0, corrections);
        Refined<ScalarLane>([1, -1000, 0, 1], 2, 1, out corrections);
        Assert.InRange(corrections, 1, FlowPrecision.MostCorrections);
    }

    private static double[] Refined<TLane>(double[] matrix, int n, int m, out int corrections)
        where TLane : unmanaged, IHostLane<TLane>
    {
        var memory = new LaneMemory(MixedSolver<TLane>.Memory(n, m));
        var copy = (double[])matrix.Clone();
        fixed (double* rows = copy)
            corrections = MixedSolver<TLane>.Refine(rows, n, n, m, FlowPrecision.MostResidual(n), memory.Start);
        Assert.Equal(matrix, copy);
        var (at, width) = (MixedSolver<TLane>.Columns(n, m), TableAreas<TLane>.WidthOf(m));
        return [.. Enumerable.Range(0, n * m).Select(e => memory.Values[at + e / m * width + e % m])];
    }

    private static double[] Matrix(int n, double gap, int seed)
    {
        var random = new System.Random(100 * n + seed);
        var a = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++) sum += a[i * n + j] = n > 3 && random.Next(4) == 0 ? 0 : Math.Exp(3 * random.NextDouble());
            for (var i = 0; i < n; i++) a[i * n + j] = (i == j ? 1 : 0) - (1 - gap) * a[i * n + j] / sum;
        }

        return a;
    }

    // By elimination in double precision without pivoting, which such a matrix does not need.
    private static double[] Solve(double[] matrix, int n, double[] side)
    {
        var (factor, reciprocals, x) = (new LaneMemory(n * n), new LaneMemory(n), (double[])side.Clone());
        matrix.CopyTo(factor.Values);
        Elimination.Reference(factor, n, n, reciprocals);
        for (var i = 0; i < n; i++)
            for (var k = 0; k < i; k++) x[i] += factor.Values[i * n + k] * x[k];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= factor.Values[i * n + k] * x[k];
            x[i] *= reciprocals.Values[i];
        }

        return x;
    }

    private static double Norm(double[] matrix, int n) => Enumerable.Range(0, n)
        .Max(i => Enumerable.Range(0, n).Aggregate(0.0, (sum, j) => sum + Math.Abs(matrix[i * n + j])));

    private static double Residual(double[] matrix, int n, double[] x, double[] side) => Enumerable.Range(0, n)
        .Max(i => Math.Abs(Enumerable.Range(0, n).Aggregate(side[i], (r, k) => Math.FusedMultiplyAdd(-matrix[i * n + k], x[k], r))));
}
