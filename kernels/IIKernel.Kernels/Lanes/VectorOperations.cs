using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>The operations of <c>Vector&lt;double&gt;</c>, which holds 2, 4 or 8 draws.</summary>
public readonly struct VectorOperations : IVectorOperations<Vector<double>>
{
    // For each set of four doubles the places of their halves when they stand in front.
    private static ReadOnlySpan<int> ToFront =>
    [
        0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 0, 0, 0, 0,
        2, 3, 0, 0, 0, 0, 0, 0,
        0, 1, 2, 3, 0, 0, 0, 0,
        4, 5, 0, 0, 0, 0, 0, 0,
        0, 1, 4, 5, 0, 0, 0, 0,
        2, 3, 4, 5, 0, 0, 0, 0,
        0, 1, 2, 3, 4, 5, 0, 0,
        6, 7, 0, 0, 0, 0, 0, 0,
        0, 1, 6, 7, 0, 0, 0, 0,
        2, 3, 6, 7, 0, 0, 0, 0,
        0, 1, 2, 3, 6, 7, 0, 0,
        4, 5, 6, 7, 0, 0, 0, 0,
        0, 1, 4, 5, 6, 7, 0, 0,
        2, 3, 4, 5, 6, 7, 0, 0,
        0, 1, 2, 3, 4, 5, 6, 7,
    ];

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
    public static Vector<double> Broadcast(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> left, Vector<double> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Subtract(Vector<double> left, Vector<double> right) => left - right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Multiply(Vector<double> left, Vector<double> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Divide(Vector<double> left, Vector<double> right) => left / right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> MultiplyAdd(Vector<double> a, Vector<double> b, Vector<double> c) => Vector.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sqrt(Vector<double> value) => Vector.SquareRoot(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Floor(Vector<double> value) => Vector.Floor(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> SelectLess(Vector<double> left, Vector<double> right, Vector<double> ifLess, Vector<double> otherwise) =>
        Vector.ConditionalSelect(Vector.LessThan(left, right), ifLess, otherwise);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exponent(Vector<double> value) =>
        Vector.AsVectorDouble(Vector.ShiftRightLogical(Vector.AsVectorInt64(value), 52) | TwoTo52Bits) - TwoTo52Plus1023;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Significand(Vector<double> value) =>
        Vector.AsVectorDouble((Vector.AsVectorInt64(value) & new Vector<long>(0x000F_FFFF_FFFF_FFFF)) | OneBits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> PowerOfTwo(Vector<double> n) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n + TwoTo52Plus1023), 52));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Gather<TArray>(TArray table, int offset, Vector<double> index)
        where TArray : struct, IReadOnlyArray<double>
    {
        Unsafe.SkipInit(out Vector<double> result);
        ref var first = ref Unsafe.As<Vector<double>, double>(ref result);
        for (var i = 0; i < Vector<double>.Count; i++)
            Unsafe.Add(ref first, i) = table[offset + (int)index[i]];
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(ulong seed, ulong firstDraw, uint input, uint stream, out Vector<double> first, out Vector<double> second)
    {
        var draws = new Vector<ulong>(firstDraw) + Vector<ulong>.Indices;
        var k = CounterLayout.First52Bits(seed, new PairWord<VectorWord>(new(draws), new(draws + new Vector<ulong>((ulong)Vector<ulong>.Count))), input, stream);
        first = Vector.AsVectorDouble(k.First.Value | Vector.AsVectorUInt64(OneBits)) - new Vector<double>(CounterLayout.UniformOffset);
        second = Vector.AsVectorDouble(k.Second.Value | Vector.AsVectorUInt64(OneBits)) - new Vector<double>(CounterLayout.UniformOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BetweenBits(Vector<double> low, Vector<double> value, Vector<double> high)
    {
        var mask = Vector.AsVectorDouble(Vector.LessThanOrEqual(low, value) & Vector.LessThan(value, high));
        if (Vector<double>.Count == 8) return (uint)mask.AsVector512().ExtractMostSignificantBits();
        if (Vector<double>.Count == 4) return mask.AsVector256().ExtractMostSignificantBits();
        return mask.AsVector128().ExtractMostSignificantBits();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interval(double low, double high, out double start, out double extent) => (start, extent) = (low, high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Key(Vector<double> value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(Vector<double> key, Vector<double> start, Vector<double> extent) => BetweenBits(start, key, extent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CopyOutside(
        Vector<double> value, uint present, Vector<double> start, Vector<double> extent, Vector<double> nextStart, Vector<double> nextExtent,
        ref double to, ref int inFirst)
    {
        var inside = BetweenBits(start, value, extent);
        inFirst += BitOperations.PopCount(inside & present);
        var outside = present & ~(inside | BetweenBits(nextStart, value, nextExtent));
        if (Avx2.IsSupported && Vector<double>.Count == 4)
        {
            var order = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(ToFront), 8 * outside);
            Avx2.PermuteVar8x32(value.AsVector256().AsInt32(), order).AsDouble().StoreUnsafe(ref to);
        }
        else
        {
            var at = 0;
            for (var bits = outside; bits != 0; bits &= bits - 1) Unsafe.Add(ref to, at++) = value[BitOperations.TrailingZeroCount(bits)];
        }

        return BitOperations.PopCount(outside);
    }
}
