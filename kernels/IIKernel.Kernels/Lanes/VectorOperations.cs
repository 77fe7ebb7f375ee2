using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>The operations of <c>Vector&lt;double&gt;</c>, which holds 2, 4 or 8 draws.</summary>
public readonly struct VectorOperations : IVectorOperations<Vector<double>>
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
    public static Vector<double> Keys(Vector<double> first, Vector<double> second)
    {
        var upper = Vector.Narrow(Vector.ShiftRightLogical(Vector.AsVectorInt64(first), 32), Vector.ShiftRightLogical(Vector.AsVectorInt64(second), 32));
        return Vector.AsVectorDouble(upper ^ (Vector.ShiftRightArithmetic(upper, 31) & new Vector<int>(int.MaxValue)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> BroadcastKey(int key) => Vector.AsVectorDouble(new Vector<int>(key));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(Vector<double> keys, Vector<double> start, Vector<double> extent)
    {
        var mask = Vector.LessThan(Vector.AsVectorInt32(keys) - Vector.AsVectorInt32(start), Vector.AsVectorInt32(extent));
        if (Vector<int>.Count == 16) return (uint)mask.AsVector512().ExtractMostSignificantBits();
        if (Vector<int>.Count == 8) return mask.AsVector256().ExtractMostSignificantBits();
        return mask.AsVector128().ExtractMostSignificantBits();
    }
}
