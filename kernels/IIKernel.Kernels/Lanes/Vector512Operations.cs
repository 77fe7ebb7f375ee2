using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// The operations of AVX-512 registers of eight draws. <see cref="VectorOperations"/> would take the same registers only in a
/// process that was started for them: <c>Vector&lt;T&gt;</c> stays at 256 bits by default.
/// </summary>
public readonly struct Vector512Operations : IVectorOperations<Vector512<double>>
{
    /// <summary>Whether this processor has them.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    // The same bit patterns as in ScalarLane, broadcast.
    private static Vector512<long> TwoTo52Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x4330_0000_0000_0000);
    }

    private static Vector512<double> TwoTo52Plus1023
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(4503599627370496.0 + 1023.0);
    }

    private static Vector512<long> OneBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x3FF0_0000_0000_0000);
    }

    /// <inheritdoc/>
    public static int Count => Vector512<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> left, Vector512<double> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> left, Vector512<double> right) => left - right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> left, Vector512<double> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> left, Vector512<double> right) => left / right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sqrt(Vector512<double> value) => Vector512.Sqrt(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Floor(Vector512<double> value) => Vector512.Floor(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SelectLess(
        Vector512<double> left, Vector512<double> right, Vector512<double> ifLess, Vector512<double> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThan(left, right), ifLess, otherwise);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exponent(Vector512<double> value) =>
        ((value.AsInt64() >>> 52) | TwoTo52Bits).AsDouble() - TwoTo52Plus1023;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Significand(Vector512<double> value) =>
        ((value.AsInt64() & Vector512.Create(0x000F_FFFF_FFFF_FFFF)) | OneBits).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PowerOfTwo(Vector512<double> n) => ((n + TwoTo52Plus1023).AsInt64() << 52).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Gather<TArray>(TArray table, int offset, Vector512<double> index)
        where TArray : struct, IReadOnlyArray<double>
    {
        var at = Avx512F.ConvertToVector256Int32WithTruncation(index);
        return Vector512.Create(
            table[offset + at[0]], table[offset + at[1]], table[offset + at[2]], table[offset + at[3]],
            table[offset + at[4]], table[offset + at[5]], table[offset + at[6]], table[offset + at[7]]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(ulong seed, ulong firstDraw, uint input, uint stream, out Vector512<double> first, out Vector512<double> second)
    {
        var draws = Vector512.Create(firstDraw) + Vector512<ulong>.Indices;
        var k = CounterLayout.First52Bits(seed, new PairWord<Word512>(new(draws), new(draws + Vector512.Create((ulong)Count))), input, stream);
        first = (k.First.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
        second = (k.Second.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BetweenBits(Vector512<double> low, Vector512<double> value, Vector512<double> high) =>
        (uint)(Vector512.LessThanOrEqual(low, value) & Vector512.LessThan(value, high)).ExtractMostSignificantBits();

    // Whole numbers in the order of the doubles: one subtraction and one comparison without signs tell whether a value lies in an
    // interval, where two comparisons would have to be joined in the mask registers.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interval(double low, double high, out double start, out double extent)
    {
        start = BitConverter.Int64BitsToDouble(Key(low));
        extent = BitConverter.Int64BitsToDouble(Key(high) - Key(low));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Key(Vector512<double> value)
    {
        var bits = value.AsInt64();
        return (bits ^ ((bits >> 63) & Vector512.Create(long.MaxValue))).AsDouble();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(Vector512<double> key, Vector512<double> start, Vector512<double> extent) =>
        (uint)Vector512.LessThan(key.AsUInt64() - start.AsUInt64(), extent.AsUInt64()).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CopyOutside(
        Vector512<double> value, uint present, Vector512<double> start, Vector512<double> extent, Vector512<double> nextStart, Vector512<double> nextExtent,
        ref double to, ref int inFirst)
    {
        var key = Key(value);
        var inside = Within(key, start, extent);
        var outside = present & ~(inside | Within(key, nextStart, nextExtent));
        inFirst += BitOperations.PopCount(inside & present);
        var bits = Vector512.Create(1UL, 2, 4, 8, 16, 32, 64, 128);
        var mask = Vector512.Equals(Vector512.Create((ulong)outside) & bits, bits);
        Avx512F.Compress(Vector512<double>.Zero, mask.AsDouble(), value).StoreUnsafe(ref to);
        return BitOperations.PopCount(outside);
    }

    // Both zeros are the same number: the ends of an interval are those of the lower one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? -0.0 : value);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }
}
