using System.Numerics;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Lanes;
using Xunit;

namespace IIKernel.Kernels.Tests.Lanes;

public class EliminationTests
{
    // Around the sides of tiles, primes, and more than one stretch of columns.
    private static readonly int[] Sizes = [.. Enumerable.Range(1, 40), 47, 48, 53, 95, 96, 97, 101, 149, 160, 211, 320, 402];

    [Fact]
    public void A_factorisation_has_the_bits_of_the_elements_one_by_one()
    {
        Equal<Vector<double>, VectorOperations>();
        Equal<Vector512<double>, Vector512Operations>();
    }

    // ‖A − LU‖ / (n ‖A‖ ε), in the norm of columns.
    [Theory]
    [InlineData(0.7, false)]
    [InlineData(0.999999, false)]
    [InlineData(0.999999999999, false)]
    [InlineData(0.7, true)]
    [InlineData(0.999999999999, true)]
    public void The_backward_error_is_that_of_rounding(double columnSum, bool permuted)
    {
        foreach (var n in Sizes.Where(n => n <= 320))
        {
            var matrix = new Matrix<Vector<double>, VectorOperations>(n, columnSum, seed: n, permuted);
            var a = matrix.Elements();
            Elimination<Vector<double>, VectorOperations>.Factorise(matrix.Memory, n, matrix.Reciprocals);
            var lu = matrix.Elements();
            var (error, norm) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var (ofError, ofMatrix) = (0.0, 0.0);
                for (var i = 0; i < n; i++)
                {
                    var sum = i <= j ? lu[i, j] : 0;
                    for (var k = 0; k < Math.Min(i, j + 1); k++) sum -= lu[i, k] * lu[k, j];
                    ofError += Math.Abs(a[i, j] - sum);
                    ofMatrix += Math.Abs(a[i, j]);
                }

                (error, norm) = (Math.Max(error, ofError), Math.Max(norm, ofMatrix));
            }

            Assert.InRange(error / (n * norm * Math.BitIncrement(1.0) - n * norm), 0, 30);
        }
    }

    private static void Equal<TVector, TOperations>()
        where TVector : unmanaged
        where TOperations : struct, IVectorOperations<TVector>
    {
        foreach (var n in Sizes)
        {
            var (one, other) = (new Matrix<TVector, TOperations>(n, 0.9, n), new Matrix<TVector, TOperations>(n, 0.9, n));
            Elimination<TVector, TOperations>.Factorise(one.Memory, n, one.Reciprocals);
            Elimination.Reference(other.Memory, n, Elimination<TVector, TOperations>.Stride(n), other.Reciprocals);
            Assert.Equal(other.Bits(), one.Bits());
        }
    }

    // I − A with random A ≥ 0 whose columns sum to at most the given number, or to it: little beside a permutation.
    private sealed class Matrix<TVector, TOperations>
        where TVector : unmanaged
        where TOperations : struct, IVectorOperations<TVector>
    {
        private readonly int _n;
        private readonly int _stride;

        public Matrix(int n, double columnSum, int seed, bool permuted = false)
        {
            (_n, _stride) = (n, Elimination<TVector, TOperations>.Stride(n));
            (Memory, Reciprocals) = (new(Elimination<TVector, TOperations>.Length(n)), new(n));
            Memory.Values.Clear();
            var random = new System.Random(seed);
            int[] order = [.. Enumerable.Range(0, n)];
            if (permuted) random.Shuffle(order);
            for (var j = 0; j < n; j++)
            {
                double[] column = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() < 0.6 ? random.NextDouble() : 0)];
                var scale = columnSum * (0.5 + random.NextDouble() / 2) / Math.Max(column.Sum(), 1e-9);
                if (permuted)
                {
                    column = [.. column.Select(x => 1e-3 * x / n)];
                    column[order[j]] = 1;
                    scale = columnSum / column.Sum();
                }

                for (var i = 0; i < n; i++) Memory.Values[i * _stride + j] = (i == j ? 1 : 0) - column[i] * scale;
            }
        }

        public LaneMemory Memory { get; }

        public LaneMemory Reciprocals { get; }

        public double[,] Elements()
        {
            var elements = new double[_n, _n];
            for (var i = 0; i < _n; i++)
                for (var j = 0; j < _n; j++) elements[i, j] = Memory.Values[i * _stride + j];
            return elements;
        }

        public long[] Bits() =>
        [
            .. Elements().Cast<double>().Select(BitConverter.DoubleToInt64Bits),
            .. Reciprocals.Values[.._n].ToArray().Select(BitConverter.DoubleToInt64Bits),
        ];
    }
}
