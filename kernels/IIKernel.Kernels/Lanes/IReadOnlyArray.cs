using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>Read access to a one-dimensional array: host memory or a device's view of it.</summary>
public interface IReadOnlyArray<T>
    where T : unmanaged
{
    /// <summary>The element at <paramref name="index"/>; not checked outside debug builds.</summary>
    T this[int index] { get; }
}

/// <summary>Scratch memory of one lane of draws: host memory or a device's.</summary>
public interface ILaneStore<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>The element at <paramref name="index"/>; not checked outside debug builds.</summary>
    TLane this[int index] { get; set; }
}

/// <summary>A managed array as <see cref="IReadOnlyArray{T}"/>.</summary>
public readonly struct HostArray<T>(T[] values) : IReadOnlyArray<T>
    where T : unmanaged
{
    private readonly T[] _values = values;

    /// <inheritdoc/>
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)index < (uint)_values.Length, "A kernel read outside a plan array.");
            return Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), index);
        }
    }

    /// <summary>Where the element at <paramref name="index"/> is, for who reads its neighbours too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(int index)
    {
        Debug.Assert((uint)index < (uint)_values.Length, "A kernel read outside a plan array.");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), index);
    }
}
