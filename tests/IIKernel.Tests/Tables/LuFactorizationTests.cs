using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace IIKernel.Tests.Tables;

public sealed class LuFactorizationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    [InlineData(257)]
    public void Solutions_are_those_of_MathNet_to_the_bit(int n)
    {
        var random = new Random(n);
        // Pivots leave the diagonal: no element is larger than another.
        var matrix = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextDouble() - 0.5);
        var right = Matrix<double>.Build.Dense(n, Math.Min(n, 70), (_, _) => random.NextDouble() - 0.5);
        var solution = right.ToColumnMajorArray();
        var lu = LuFactorization.Of(matrix.ToColumnMajorArray(), n, TestContext.Current.CancellationToken);
        lu.Solve(solution, TestContext.Current.CancellationToken);
        Assert.Equal(matrix.LU().Solve(right).ToColumnMajorArray(), solution);

        var inverse = Matrix<double>.Build.DenseIdentity(n).ToColumnMajorArray();
        lu.Solve(inverse, TestContext.Current.CancellationToken);
        Assert.Equal(matrix.LU().Inverse().ToColumnMajorArray(), inverse);
    }

    [Fact]
    public void It_ends_when_it_is_no_longer_wanted()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => LuFactorization.Of([2, 1, 1, 2], 2, cancellation.Token));
        var lu = LuFactorization.Of([2, 1, 1, 2], 2, TestContext.Current.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => lu.Solve([1, 1], cancellation.Token));
    }

    [Fact]
    public void A_matrix_that_is_not_square_is_refused() =>
        Assert.Throws<ArgumentException>(() => LuFactorization.Of([1, 2, 3], 2, TestContext.Current.CancellationToken));
}
