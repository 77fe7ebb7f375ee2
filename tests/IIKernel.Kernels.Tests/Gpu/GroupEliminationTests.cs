using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Tests.Lanes;
using ILGPU;
using ILGPU.Runtime;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>The factorisation by a group of threads has the bits of the one that defines them, whatever the sizes.</summary>
public abstract class GroupEliminationTests
{
    internal abstract string Backend { get; }

    // Around the widths of panels and tiles, several tiles, primes.
    /// <summary>The largest matrix that does not take too long.</summary>
    protected virtual int Largest => int.MaxValue;

    [Theory]
    [InlineData(4, new[] { 1, 2, 15, 16, 17, 33, 64, 79, 80, 81, 97 })]
    [InlineData(3, new[] { 5, 31, 83 })]
    [InlineData(256, new[] { 20, 97, 149 })]
    public void The_bits_are_those_of_the_reference(int threads, int[] sizes)
    {
        var found = DeviceCatalog.Of(Backend).FirstOrDefault(d => d.Refusal is null);
        Assert.SkipWhen(found is null, $"this machine has no usable {Backend} device");
        using var session = DeviceSession.Open(found!, KernelCache.OfUser);
        var kernel = session.Accelerator.LoadKernel<ArrayView<double>, int>(Factorise);
        foreach (var n in sizes.Where(n => n <= Largest))
            Hold(session.Accelerator, kernel, Math.Min(threads, session.Accelerator.MaxNumThreadsPerGroup), n);
    }

    private static void Hold(
        Accelerator accelerator, Action<AcceleratorStream, KernelConfig, ArrayView<double>, int> kernel, int threads, int n)
    {
        var random = new System.Random(n);
        var matrices = Enumerable.Range(0, 3).Select(m => Matrix(random, n, zeros: m)).ToArray();
        using var buffer = accelerator.Allocate1D(matrices.SelectMany(m => m.Concat(new double[n])).ToArray());
        kernel(accelerator.DefaultStream, new KernelConfig(matrices.Length, threads), buffer.View, n);
        var actual = buffer.GetAsArray1D();
        for (var m = 0; m < matrices.Length; m++)
        {
            var matrix = new LaneMemory(n * n);
            var reciprocals = new LaneMemory(n);
            matrices[m].CopyTo(matrix.Values);
            Elimination.Reference(matrix, n, n, reciprocals);
            var at = m * (n * n + n);
            Assert.Equal(Bits(matrix.Values[..(n * n)]), Bits(actual.AsSpan(at, n * n)));
            Assert.Equal(Bits(reciprocals.Values[..n]), Bits(actual.AsSpan(at + n * n, n)));
        }
    }

    [Theory]
    [InlineData(4, new[] { 1, 2, 15, 16, 17, 33, 64, 79, 80, 81, 97 })]
    [InlineData(3, new[] { 5, 31, 83 })]
    [InlineData(256, new[] { 20, 97, 149 })]
    public void The_bits_of_single_precision_are_those_of_the_processor(int threads, int[] sizes)
    {
        var found = DeviceCatalog.Of(Backend).FirstOrDefault(d => d.Refusal is null);
        Assert.SkipWhen(found is null, $"this machine has no usable {Backend} device");
        using var session = DeviceSession.Open(found!, KernelCache.OfUser);
        var accelerator = session.Accelerator;
        var kernel = accelerator.LoadKernel<ArrayView<float>, int>(FactoriseSingle);
        foreach (var n in sizes.Where(n => n <= Largest))
        {
            // Flows of 1e-37 bring elements below the least normal number, about 1e-38.
            var random = new System.Random(n);
            var matrices = Enumerable.Range(0, 3).Select(m => Matrix(random, n, zeros: m)
                .Select((x, e) => (float)(m == 1 && e % n > e / n ? 1e-37 * x : x)).ToArray()).ToArray();
            using var buffer = accelerator.Allocate1D(matrices.SelectMany(m => m.Concat(new float[n])).ToArray());
            kernel(accelerator.DefaultStream, new KernelConfig(matrices.Length, Math.Min(threads, accelerator.MaxNumThreadsPerGroup)),
                buffer.View, n);
            var actual = buffer.GetAsArray1D();
            for (var m = 0; m < matrices.Length; m++)
            {
                var (factor, reciprocals) = SingleEliminationTests.Factorise(matrices[m], n);
                var at = m * (n * n + n);
                Assert.Equal(SingleEliminationTests.Bits(factor), SingleEliminationTests.Bits(actual.AsSpan(at, n * n)));
                Assert.Equal(SingleEliminationTests.Bits(reciprocals), SingleEliminationTests.Bits(actual.AsSpan(at + n * n, n)));
            }
        }
    }

    // I − A with columns that sum to less than 1; one element in five is 0, or has a sign of its own.
    private static double[] Matrix(System.Random random, int n, int zeros)
    {
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var flow = zeros > 0 && random.Next(5) == 0 ? zeros == 1 ? 0 : -random.NextDouble() : random.NextDouble();
                matrix[i * n + j] = (i == j ? 1 : 0) - 1.6 * flow / n;
            }
        }

        return matrix;
    }

    private static long[] Bits(ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        return bits;
    }

    // A matrix a group, and behind it its reciprocals.
    private static void Factorise(ArrayView<double> memory, int n)
    {
        var elimination = new GroupElimination<double, DoubleArithmetic>(
            SharedMemory.Allocate<double>(GroupElimination.RowsLength),
            SharedMemory.Allocate<double>(GroupElimination.ColumnsLength),
            SharedMemory.Allocate<double>(GroupElimination.DiagonalLength));
        var matrix = (long)Grid.IdxX * (n * n + n);
        elimination.Factorise(memory, matrix, n, matrix + n * n);
    }

    private static void FactoriseSingle(ArrayView<float> memory, int n)
    {
        var elimination = new GroupElimination<float, SingleArithmetic>(
            SharedMemory.Allocate<float>(GroupElimination.RowsLength),
            SharedMemory.Allocate<float>(GroupElimination.ColumnsLength),
            SharedMemory.Allocate<float>(GroupElimination.DiagonalLength));
        var matrix = (long)Grid.IdxX * (n * n + n);
        elimination.Factorise(memory, matrix, n, matrix + n * n);
    }
}

public sealed class IlgpuCpuEliminationTests : GroupEliminationTests
{
    internal override string Backend => DeviceCatalog.IlgpuCpu;

    // Threads that are emulated wait for each other one after the other.
    protected override int Largest => 97;
}

public sealed class OpenClEliminationTests : GroupEliminationTests
{
    internal override string Backend => DeviceCatalog.OpenCl;
}

public sealed class CudaEliminationTests : GroupEliminationTests
{
    internal override string Backend => DeviceCatalog.Cuda;
}
