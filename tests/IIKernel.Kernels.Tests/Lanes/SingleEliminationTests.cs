using IIKernel.Kernels.Lanes;
using Xunit;

namespace IIKernel.Kernels.Tests.Lanes;

public unsafe class SingleEliminationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(83)]
    [InlineData(149)]
    public void The_bits_are_those_of_one_element_after_the_other(int n)
    {
        var random = new System.Random(n);
        float[] matrix = [.. Enumerable.Range(0, n * n).Select(e => (float)((e % (n + 1) == 0 ? 1 : 0) - 1.6 * random.NextDouble() / n))];
        float[] sides = [.. Enumerable.Range(0, 5 * n).Select(_ => (float)random.NextDouble() - 0.3f)];
        var (factor, reciprocals) = Factorise(matrix, n);
        float[] expected = [.. sides];
        Solve(factor, n, reciprocals, expected, 5);

        var stride = SingleElimination.Stride(n);
        var (rows, pivots) = (new float[n * stride], new float[n]);
        for (var i = 0; i < n; i++) matrix.AsSpan(i * n, n).CopyTo(rows.AsSpan(i * stride));
        fixed (float* r = rows, p = pivots, s = sides)
        {
            SingleElimination.Factorise(r, n, p);
            SingleElimination.Solve(r, n, p, s, 5);
            Assert.True(SingleElimination.IsSound(r, n, p, 2));
            Assert.False(SingleElimination.IsSound(r, n, p, 0.25f));
        }

        for (var i = 0; i < n; i++) Assert.Equal(Bits(factor.AsSpan(i * n, n)), Bits(rows.AsSpan(i * stride, n)));
        Assert.Equal(Bits(reciprocals), Bits(pivots));
        Assert.Equal(Bits(expected), Bits(sides));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void A_pivot_that_is_not_above_zero_is_not_sound(float pivot)
    {
        var reciprocal = 0f;
        Assert.Equal(16, SingleElimination.Stride(1));
        SingleElimination.Factorise(&pivot, 1, &reciprocal);
        Assert.False(SingleElimination.IsSound(&pivot, 1, &reciprocal, 1024));
    }

    /// <summary>The definition of every bit, pivot by pivot; n rows, n apart.</summary>
    internal static (float[] Factor, float[] Reciprocals) Factorise(float[] matrix, int n)
    {
        var (factor, reciprocals) = ((float[])matrix.Clone(), new float[n]);
        for (var k = 0; k < n; k++)
        {
            reciprocals[k] = (float)(1 / (double)factor[k * n + k]);
            for (var i = k + 1; i < n; i++)
            {
                factor[i * n + k] = -(factor[i * n + k] * reciprocals[k]);
                for (var j = k + 1; j < n; j++)
                    factor[i * n + j] = float.FusedMultiplyAdd(factor[i * n + k], factor[k * n + j], factor[i * n + j]);
            }
        }

        return (factor, reciprocals);
    }

    internal static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        return bits;
    }

    // As a group of threads does it: what is known of an element is taken to all others at once.
    private static void Solve(float[] factor, int n, float[] reciprocals, float[] sides, int width)
    {
        for (var j = 0; j < width; j++)
        {
            for (var k = 0; k < n; k++)
                for (var i = k + 1; i < n; i++) Take(i, factor[i * n + k], k);
            for (var k = n - 1; k >= 0; k--)
            {
                sides[k * width + j] *= reciprocals[k];
                for (var i = 0; i < k; i++) Take(i, -factor[i * n + k], k);
            }

            void Take(int i, float multiplier, int k) =>
                sides[i * width + j] = float.FusedMultiplyAdd(multiplier, sides[k * width + j], sides[i * width + j]);
        }
    }
}
