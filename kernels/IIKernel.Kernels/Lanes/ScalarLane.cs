using System.Runtime.CompilerServices;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>One draw: the reference, and one thread of a GPU.</summary>
/// <param name="Value">The draw's value.</param>
public readonly record struct ScalarLane(double Value) : IHostLane<ScalarLane>
{
    // 2^52 as a bit pattern and as a value: an integer k in the low 52 bits, or-ed with the pattern, is the
    // double 2^52 + k. Conversions this way are exact and the same on every device.
    private const long TwoTo52Bits = 0x4330_0000_0000_0000;
    private const double TwoTo52 = 4503599627370496.0;
    private const long SignificandMask = 0x000F_FFFF_FFFF_FFFF;
    private const long OneBits = 0x3FF0_0000_0000_0000;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Broadcast(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator /(ScalarLane left, ScalarLane right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane a, ScalarLane b, ScalarLane c) =>
        new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Sqrt(ScalarLane value) => new(Math.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Floor(ScalarLane value) => new(Math.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SelectLess(ScalarLane left, ScalarLane right, ScalarLane ifLess, ScalarLane otherwise) =>
        left.Value < right.Value ? ifLess : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BetweenBits(ScalarLane low, ScalarLane value, ScalarLane high) =>
        (low.Value <= value.Value) & (value.Value < high.Value) ? 1UL : 0UL;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Exponent(ScalarLane value) =>
        new(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(value.Value) >> 52) | TwoTo52Bits) - (TwoTo52 + 1023.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Significand(ScalarLane value) =>
        new(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(value.Value) & SignificandMask) | OneBits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane PowerOfTwo(ScalarLane n) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(n.Value + (TwoTo52 + 1023.0)) << 52));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Gather<TArray>(TArray table, int offset, ScalarLane index)
        where TArray : struct, IReadOnlyArray<double> => new(table[offset + (int)index.Value]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Uniform<TSource>(TSource source, ulong firstDraw)
        where TSource : struct, IBitSource => OfBits(source.First52Bits(new ScalarWord(firstDraw)).Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane UniformOfKeys<TSource>(TSource source, ref readonly ulong keys)
        where TSource : struct, IKeyedBitSource => UniformOfKey(source, keys);

    /// <summary>A uniform variate in (0, 1) of one key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane UniformOfKey<TSource>(TSource source, ulong key)
        where TSource : struct, IKeyedBitSource => OfBits(source.First52Bits(new ScalarWord(key)).Value);

    /// <inheritdoc/>
    public static int Stride(int n) => n;

    /// <inheritdoc/>
    public static unsafe void Factorise(double* matrix, int n, double* reciprocals) =>
        Elimination.Reference(matrix, n, Stride(n), reciprocals);

    /// <inheritdoc/>
    public static void AddBlocks(ReadOnlySpan<double> values, double centre, ref double sum, ref double sumOfSquares)
    {
        for (; values.Length > 0; values = values[SumBlock.Draws..])
        {
            var (s, q) = SumBlock.Add(values[..SumBlock.Draws], centre);
            sum += s;
            sumOfSquares += q;
        }
    }

    /// <inheritdoc/>
    public static void Within(ref double values, int blocks, CoarseScale scale, ref CoarseInterval intervals, ref ulong bits)
    {
        for (var block = 0; block < blocks; block++)
        {
            ref var inside = ref Unsafe.Add(ref bits, block * CoarseInterval.Together);
            for (var i = 0; i < CoarseInterval.Together; i++) Unsafe.Add(ref inside, i) = 0;
            for (var d = 0; d < SumBlock.Draws; d++)
            {
                var key = scale.Key(Unsafe.Add(ref values, block * SumBlock.Draws + d));
                for (var i = 0; i < CoarseInterval.Together; i++)
                    if (Unsafe.Add(ref intervals, i).Contains(key)) Unsafe.Add(ref inside, i) |= 1UL << d;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane OfBits(ulong k) => new(BitConverter.Int64BitsToDouble((long)k | OneBits) - CounterLayout.UniformOffset);
}
