using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>As many adjacent draws as a SIMD register holds doubles: 2, 4 or 8.</summary>
/// <param name="Value">One value for each draw.</param>
public readonly record struct VectorLane(Vector<double> Value) : ILane<VectorLane>
{
    // The same bit patterns as in ScalarLane, broadcast.
    private static Vector<long> TwoTo52Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(0x4330_0000_0000_0000);
    }

    private static Vector<double> TwoTo52Plus1023
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(4503599627370496.0 + 1023.0);
    }

    private static Vector<long> OneBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(0x3FF0_0000_0000_0000);
    }

    /// <inheritdoc/>
    public static int Count => Vector<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Broadcast(double value) => new(new Vector<double>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator +(VectorLane left, VectorLane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator -(VectorLane left, VectorLane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator *(VectorLane left, VectorLane right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator /(VectorLane left, VectorLane right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane MultiplyAdd(VectorLane a, VectorLane b, VectorLane c) =>
        new(Vector.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Sqrt(VectorLane value) => new(Vector.SquareRoot(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Floor(VectorLane value) => new(Vector.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane SelectLess(VectorLane left, VectorLane right, VectorLane ifLess, VectorLane otherwise) =>
        new(Vector.ConditionalSelect(Vector.LessThan(left.Value, right.Value), ifLess.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BetweenBits(VectorLane low, VectorLane value, VectorLane high)
    {
        var inside = Vector.LessThanOrEqual(low.Value, value.Value) & Vector.LessThan(value.Value, high.Value);
        if (Vector<double>.Count == 8) return inside.AsVector512().ExtractMostSignificantBits();
        if (Vector<double>.Count == 4) return inside.AsVector256().ExtractMostSignificantBits();
        return inside.AsVector128().ExtractMostSignificantBits();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Exponent(VectorLane value) =>
        new(Vector.AsVectorDouble(Vector.ShiftRightLogical(Vector.AsVectorInt64(value.Value), 52) | TwoTo52Bits) - TwoTo52Plus1023);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Significand(VectorLane value) =>
        new(Vector.AsVectorDouble((Vector.AsVectorInt64(value.Value) & new Vector<long>(0x000F_FFFF_FFFF_FFFF)) | OneBits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane PowerOfTwo(VectorLane n) =>
        new(Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n.Value + TwoTo52Plus1023), 52)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Gather<TArray>(TArray table, int offset, VectorLane index)
        where TArray : struct, IReadOnlyArray<double>
    {
        Unsafe.SkipInit(out Vector<double> result);
        ref var first = ref Unsafe.As<Vector<double>, double>(ref result);
        for (var i = 0; i < Vector<double>.Count; i++)
            Unsafe.Add(ref first, i) = table[offset + (int)index.Value[i]];
        return new(result);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane Uniform(ulong seed, ulong firstDraw, uint input, uint stream)
    {
        var draws = new VectorWord(new Vector<ulong>(firstDraw) + Vector<ulong>.Indices);
        var k = CounterLayout.First52Bits(seed, draws, input, stream).Value;
        return new(Vector.AsVectorDouble(k | Vector.AsVectorUInt64(OneBits)) - new Vector<double>(CounterLayout.UniformOffset));
    }
}
