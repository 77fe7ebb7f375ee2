using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Device;

/// <summary>Neighbouring elements of a row as a lane.</summary>
internal static unsafe class LaneRow
{
    /// <summary>Those from an index on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane>(HostArray<double> values, int index)
        where TLane : unmanaged, ILane<TLane> => Unsafe.As<double, TLane>(ref values.At(index));

    /// <summary>What of a lane lies within a row, and 0 behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane>(double* source, int room)
        where TLane : unmanaged, ILane<TLane>
    {
        if (room >= TLane.Count) return *(TLane*)source;
        var value = TLane.Broadcast(0.0);
        new Span<double>(source, room).CopyTo(new(&value, room));
        return value;
    }

    /// <summary>Stores what of a lane lies within a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane>(double* target, TLane value, int room)
        where TLane : unmanaged, ILane<TLane>
    {
        if (room >= TLane.Count) *(TLane*)target = value;
        else new Span<double>(&value, room).CopyTo(new(target, room));
    }
}
