using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.RadixSortOperations;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Sorts what a pass has kept on the device, by key, and then by column, in which equal columns keep their order: so nothing is left of the
/// order in which threads came by. Keys are whole numbers: of ILGPU's operations for doubles negative numbers come out in another order.
/// </summary>
/// <param name="accelerator">The device.</param>
internal sealed class DeviceSort(Accelerator accelerator)
{
    // Fewer are sorted by the host before the kernels are compiled.
    private const long Worthwhile = 1L << 20;

    private readonly Lazy<RadixSortPairs<long, Stride1D.Dense, int, Stride1D.Dense>> _byKey =
        new(accelerator.CreateRadixSortPairs<long, Stride1D.Dense, int, Stride1D.Dense, AscendingInt64>);

    private readonly Lazy<RadixSortPairs<int, Stride1D.Dense, long, Stride1D.Dense>> _byColumn =
        new(accelerator.CreateRadixSortPairs<int, Stride1D.Dense, long, Stride1D.Dense, AscendingInt32>);

    /// <summary>From how many values on the device is better at it: one of CUDA's. With OpenCL on a processor it writes beside its memory,
    /// and ILGPU's emulation takes seconds.</summary>
    public long From => accelerator is CudaAccelerator ? Worthwhile : long.MaxValue;

    /// <summary>Sorts two arrays of equal length.</summary>
    /// <param name="columns">The columns, from 0 on.</param>
    /// <param name="keys">The keys of their values.</param>
    public void Sort(ArrayView<int> columns, ArrayView<long> keys)
    {
        var count = (int)keys.Length;
        using var temporary = accelerator.Allocate1D<int>(Math.Max(
            accelerator.ComputeRadixSortPairsTempStorageSize<long, int, AscendingInt64>(count),
            accelerator.ComputeRadixSortPairsTempStorageSize<int, long, AscendingInt32>(count)));
        _byKey.Value(accelerator.DefaultStream, keys, columns, temporary.View);
        _byColumn.Value(accelerator.DefaultStream, columns, keys, temporary.View);
        accelerator.DefaultStream.Synchronize();
    }
}
