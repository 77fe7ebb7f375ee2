using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
        // Element by element through memory the register would wait for what was just stored there.
        if (Vector<double>.Count == 4 && Avx2.IsSupported)
        {
            var at = Avx.ConvertToVector128Int32WithTruncation(index.AsVector256());
            return Vector256.Create(table[offset + at[0]], table[offset + at[1]], table[offset + at[2]], table[offset + at[3]]).AsVector();
        }

        Unsafe.SkipInit(out Vector<double> result);
        ref var first = ref Unsafe.As<Vector<double>, double>(ref result);
        for (var i = 0; i < Vector<double>.Count; i++)
            Unsafe.Add(ref first, i) = table[offset + (int)index[i]];
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Uniform<TSource>(TSource source, ulong firstDraw, out Vector<double> first, out Vector<double> second)
        where TSource : struct, IBitSource
    {
        var draws = new Vector<ulong>(firstDraw) + Vector<ulong>.Indices;
        var pair = new PairWord<VectorWord>(new(draws), new(draws + new Vector<ulong>((ulong)Vector<ulong>.Count)));
        var k = source.First52Bits(pair);
        first = Vector.AsVectorDouble(k.First.Value | Vector.AsVectorUInt64(OneBits)) - new Vector<double>(CounterLayout.UniformOffset);
        second = Vector.AsVectorDouble(k.Second.Value | Vector.AsVectorUInt64(OneBits)) - new Vector<double>(CounterLayout.UniformOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void UniformOfKeys<TSource>(TSource source, ref readonly ulong keys, out Vector<double> first, out Vector<double> second)
        where TSource : struct, IKeyedBitSource
    {
        var k = source.First52Bits(new PairWord<VectorWord>(
            new(Vector.LoadUnsafe(in keys)), new(Vector.LoadUnsafe(in keys, (nuint)Vector<ulong>.Count))));
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
    public static Vector<double> BroadcastInt32(int value) => Vector.AsVectorDouble(new Vector<int>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> BroadcastInt16(short value) => Vector.AsVectorDouble(new Vector<short>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keys(
        ref double values, Vector<double> shift, Vector<double> origin, out Vector<double> first, out Vector<double> second)
    {
        if (Vector<double>.Count == 4 && Avx2.IsSupported)
        {
            // Packing leaves the halves of a register apart: what comes last into the lower ones makes the lower half of the bits.
            first = PackedKeys(ref values, shift.AsVector256(), origin.AsVector256().AsInt32());
            second = PackedKeys(ref Unsafe.Add(ref values, 2 * Count), shift.AsVector256(), origin.AsVector256().AsInt32());
            return;
        }

        first = Keys(ref values, shift, Vector.AsVectorInt32(origin));
        second = Keys(ref Unsafe.Add(ref values, 4 * Count), shift, Vector.AsVectorInt32(origin));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Vector<double> first, Vector<double> second, Vector<double> start, Vector<double> extent)
    {
        var inFirst = Vector.LessThan(Vector.AsVectorInt16(first) - Vector.AsVectorInt16(start), Vector.AsVectorInt16(extent));
        var inSecond = Vector.LessThan(Vector.AsVectorInt16(second) - Vector.AsVectorInt16(start), Vector.AsVectorInt16(extent));
        if (Vector<double>.Count == 4 && Avx2.IsSupported)
            return Avx2.PackSignedSaturate(inFirst.AsVector256(), inSecond.AsVector256()).ExtractMostSignificantBits();
        var all = Vector.Narrow(inFirst, inSecond);
        if (Vector<double>.Count == 8) return all.AsVector512().ExtractMostSignificantBits();
        if (Vector<double>.Count == 4) return all.AsVector256().ExtractMostSignificantBits();
        return all.AsVector128().ExtractMostSignificantBits();
    }

    // In the order of the values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Keys(ref double values, Vector<double> shift, Vector<int> origin) => Vector.AsVectorDouble(
        Vector.NarrowWithSaturation(Steps(ref values, shift, origin), Steps(ref Unsafe.Add(ref values, 2 * Count), shift, origin)));

    // Steps from the centre to the values of two registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Steps(ref double values, Vector<double> shift, Vector<int> origin)
    {
        var lower = Vector.AsVectorInt64(Vector.LoadUnsafe(ref values) + shift);
        var upper = Vector.AsVectorInt64(Vector.LoadUnsafe(ref values, (nuint)Count) + shift);
        return Vector.Narrow(Vector.ShiftRightArithmetic(lower, 32), Vector.ShiftRightArithmetic(upper, 32)) - origin;
    }

    // Of the first eight values and of those from the seventeenth.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PackedKeys(ref double values, Vector256<double> shift, Vector256<int> origin) => Avx2.PackSignedSaturate(
        PackedSteps(ref values, shift, origin), PackedSteps(ref Unsafe.Add(ref values, 4), shift, origin)).AsDouble().AsVector();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> PackedSteps(ref double values, Vector256<double> shift, Vector256<int> origin)
    {
        const byte odd = 0b11_01_11_01;
        var first = Vector256.Create(Vector128.LoadUnsafe(ref values), Vector128.LoadUnsafe(ref values, 16)) + shift;
        var second = Vector256.Create(Vector128.LoadUnsafe(ref values, 2), Vector128.LoadUnsafe(ref values, 18)) + shift;
        return Avx.Shuffle(first.AsSingle(), second.AsSingle(), odd).AsInt32() - origin;
    }
}
