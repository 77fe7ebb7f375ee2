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
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

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
    public static void Uniform<TSource>(TSource source, ulong firstDraw, out Vector512<double> first, out Vector512<double> second)
        where TSource : struct, IBitSource
    {
        var draws = Vector512.Create(firstDraw) + Vector512<ulong>.Indices;
        var pair = new PairWord<Word512>(new(draws), new(draws + Vector512.Create((ulong)Count)));
        var k = source.First52Bits(pair);
        first = (k.First.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
        second = (k.Second.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void UniformOfKeys<TSource>(
        TSource source, ref readonly ulong keys, out Vector512<double> first, out Vector512<double> second)
        where TSource : struct, IKeyedBitSource
    {
        var k = source.First52Bits(new PairWord<Word512>(
            new(Vector512.LoadUnsafe(in keys)), new(Vector512.LoadUnsafe(in keys, (nuint)Count))));
        first = (k.First.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
        second = (k.Second.Value | OneBits.AsUInt64()).AsDouble() - Vector512.Create(CounterLayout.UniformOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BetweenBits(Vector512<double> low, Vector512<double> value, Vector512<double> high) =>
        (uint)(Vector512.LessThanOrEqual(low, value) & Vector512.LessThan(value, high)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> BroadcastInt32(int value) => Vector512.Create(value).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> BroadcastInt16(short value) => Vector512.Create(value).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keys(
        ref double values, Vector512<double> shift, Vector512<double> origin, out Vector512<double> first, out Vector512<double> second)
    {
        first = Keys(ref values, shift, origin.AsInt32());
        second = Keys(ref Unsafe.Add(ref values, 4 * Count), shift, origin.AsInt32());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Vector512<double> first, Vector512<double> second, Vector512<double> start, Vector512<double> extent) =>
        Vector512.LessThan(first.AsInt16() - start.AsInt16(), extent.AsInt16()).ExtractMostSignificantBits()
        | (Vector512.LessThan(second.AsInt16() - start.AsInt16(), extent.AsInt16()).ExtractMostSignificantBits() << (4 * Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Keys(ref double values, Vector512<double> shift, Vector512<int> origin)
    {
        var lower = Steps(ref values, shift, origin);
        var upper = Steps(ref Unsafe.Add(ref values, 2 * Count), shift, origin);

        // What is packed takes turns, four keys at a time.
        return Vector512.Shuffle(Avx512BW.PackSignedSaturate(lower, upper).AsInt64(), Vector512.Create(0, 2, 4, 6, 1, 3, 5, 7)).AsDouble();
    }

    // Steps from the centre to the values of two registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Steps(ref double values, Vector512<double> shift, Vector512<int> origin)
    {
        var odd = Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        var (lower, upper) = (Vector512.LoadUnsafe(ref values) + shift, Vector512.LoadUnsafe(ref values, (nuint)Count) + shift);
        return Avx512F.PermuteVar16x32x2(lower.AsInt32(), odd, upper.AsInt32()) - origin;
    }
}
