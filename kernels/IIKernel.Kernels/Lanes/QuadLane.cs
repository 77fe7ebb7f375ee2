using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Four SIMD registers of adjacent draws. A single register waits for its own results, operation after operation;
/// four at a time keep the arithmetic units busy, and what is the same for all draws is read once for all four.
/// </summary>
/// <typeparam name="TVector">The register.</typeparam>
/// <typeparam name="TOperations">What it can do.</typeparam>
/// <param name="a">The first draws.</param>
/// <param name="b">The next.</param>
/// <param name="c">The next.</param>
/// <param name="d">The last.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct QuadLane<TVector, TOperations>(TVector a, TVector b, TVector c, TVector d)
    : IHostLane<QuadLane<TVector, TOperations>>
    where TVector : unmanaged
    where TOperations : struct, IVectorOperations<TVector>
{
    private readonly TVector _a = a;
    private readonly TVector _b = b;
    private readonly TVector _c = c;
    private readonly TVector _d = d;

    /// <inheritdoc/>
    public static int Count => 4 * TOperations.Count;

    /// <summary>The value of draw <paramref name="index"/> of the lane.</summary>
    public double this[int index]
    {
        get
        {
            var copy = this;
            return MemoryMarshal.Cast<QuadLane<TVector, TOperations>, double>(new Span<QuadLane<TVector, TOperations>>(ref copy))[index];
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Broadcast(double value)
    {
        var all = TOperations.Broadcast(value);
        return new(all, all, all, all);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator +(
        QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Add(left._a, right._a), TOperations.Add(left._b, right._b),
        TOperations.Add(left._c, right._c), TOperations.Add(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator -(
        QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Subtract(left._a, right._a), TOperations.Subtract(left._b, right._b),
        TOperations.Subtract(left._c, right._c), TOperations.Subtract(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator *(
        QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Multiply(left._a, right._a), TOperations.Multiply(left._b, right._b),
        TOperations.Multiply(left._c, right._c), TOperations.Multiply(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator /(
        QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Divide(left._a, right._a), TOperations.Divide(left._b, right._b),
        TOperations.Divide(left._c, right._c), TOperations.Divide(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> MultiplyAdd(
        QuadLane<TVector, TOperations> a, QuadLane<TVector, TOperations> b, QuadLane<TVector, TOperations> c) => new(
        TOperations.MultiplyAdd(a._a, b._a, c._a), TOperations.MultiplyAdd(a._b, b._b, c._b),
        TOperations.MultiplyAdd(a._c, b._c, c._c), TOperations.MultiplyAdd(a._d, b._d, c._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Sqrt(QuadLane<TVector, TOperations> value) => new(
        TOperations.Sqrt(value._a), TOperations.Sqrt(value._b), TOperations.Sqrt(value._c), TOperations.Sqrt(value._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Floor(QuadLane<TVector, TOperations> value) => new(
        TOperations.Floor(value._a), TOperations.Floor(value._b), TOperations.Floor(value._c), TOperations.Floor(value._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> SelectLess(
        QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right,
        QuadLane<TVector, TOperations> ifLess, QuadLane<TVector, TOperations> otherwise) => new(
        TOperations.SelectLess(left._a, right._a, ifLess._a, otherwise._a),
        TOperations.SelectLess(left._b, right._b, ifLess._b, otherwise._b),
        TOperations.SelectLess(left._c, right._c, ifLess._c, otherwise._c),
        TOperations.SelectLess(left._d, right._d, ifLess._d, otherwise._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BetweenBits(
        QuadLane<TVector, TOperations> low, QuadLane<TVector, TOperations> value, QuadLane<TVector, TOperations> high) =>
        TOperations.BetweenBits(low._a, value._a, high._a)
        | ((ulong)TOperations.BetweenBits(low._b, value._b, high._b) << TOperations.Count)
        | ((ulong)TOperations.BetweenBits(low._c, value._c, high._c) << (2 * TOperations.Count))
        | ((ulong)TOperations.BetweenBits(low._d, value._d, high._d) << (3 * TOperations.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Exponent(QuadLane<TVector, TOperations> value) => new(
        TOperations.Exponent(value._a), TOperations.Exponent(value._b), TOperations.Exponent(value._c), TOperations.Exponent(value._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Significand(QuadLane<TVector, TOperations> value) => new(
        TOperations.Significand(value._a), TOperations.Significand(value._b),
        TOperations.Significand(value._c), TOperations.Significand(value._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> PowerOfTwo(QuadLane<TVector, TOperations> n) => new(
        TOperations.PowerOfTwo(n._a), TOperations.PowerOfTwo(n._b), TOperations.PowerOfTwo(n._c), TOperations.PowerOfTwo(n._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Gather<TArray>(TArray table, int offset, QuadLane<TVector, TOperations> index)
        where TArray : struct, IReadOnlyArray<double> => new(
        TOperations.Gather(table, offset, index._a), TOperations.Gather(table, offset, index._b),
        TOperations.Gather(table, offset, index._c), TOperations.Gather(table, offset, index._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Uniform<TSource>(TSource source, ulong firstDraw)
        where TSource : struct, IBitSource
    {
        TOperations.Uniform(source, firstDraw, out var a, out var b);
        TOperations.Uniform(source, firstDraw + 2 * (ulong)TOperations.Count, out var c, out var d);
        return new(a, b, c, d);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> UniformOfKeys<TSource>(TSource source, ref readonly ulong keys)
        where TSource : struct, IKeyedBitSource
    {
        TOperations.UniformOfKeys(source, in keys, out var a, out var b);
        TOperations.UniformOfKeys(source, in Unsafe.Add(ref Unsafe.AsRef(in keys), 2 * TOperations.Count), out var c, out var d);
        return new(a, b, c, d);
    }

    /// <inheritdoc/>
    public static int Stride(int n) => Elimination<TVector, TOperations>.Stride(n);

    /// <inheritdoc/>
    public static unsafe void Factorise(double* matrix, int n, double* reciprocals) =>
        Elimination<TVector, TOperations>.Factorise(matrix, n, reciprocals);

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBlocks(ReadOnlySpan<double> values, double centre, ref double sum, ref double sumOfSquares)
    {
        // Four blocks at a time: each sum waits for itself only. Of a last few the missing ones repeat the first and are left out.
        const int together = 4;
        Unsafe.SkipInit(out RunningSums sums);
        Unsafe.SkipInit(out RunningSums squares);
        ref var firstSum = ref sums[0];
        ref var firstSquare = ref squares[0];
        var all = TOperations.Broadcast(centre);
        var (total, totalOfSquares) = (sum, sumOfSquares);
        for (var blocks = values.Length / SumBlock.Draws; blocks > 0; blocks -= together)
        {
            ref var a = ref MemoryMarshal.GetReference(values);
            ref var b = ref Unsafe.Add(ref a, blocks > 1 ? SumBlock.Draws : 0);
            ref var c = ref Unsafe.Add(ref a, blocks > 2 ? 2 * SumBlock.Draws : 0);
            ref var d = ref Unsafe.Add(ref a, blocks > 3 ? 3 * SumBlock.Draws : 0);
            for (var r = 0; r < SumBlock.Remainders; r += TOperations.Count)
            {
                var (sumA, sumB) = (TOperations.Broadcast(0), TOperations.Broadcast(0));
                var (sumC, sumD) = (TOperations.Broadcast(0), TOperations.Broadcast(0));
                var (squareA, squareB, squareC, squareD) = (sumA, sumB, sumC, sumD);
                for (var i = r; i < SumBlock.Draws; i += SumBlock.Remainders)
                {
                    Add(ref Unsafe.Add(ref a, i), all, ref sumA, ref squareA);
                    Add(ref Unsafe.Add(ref b, i), all, ref sumB, ref squareB);
                    Add(ref Unsafe.Add(ref c, i), all, ref sumC, ref squareC);
                    Add(ref Unsafe.Add(ref d, i), all, ref sumD, ref squareD);
                }

                Put(sums, r, sumA, sumB, sumC, sumD);
                Put(squares, r, squareA, squareB, squareC, squareD);
            }

            var present = Math.Min(together, blocks);
            for (var at = 0; at < present * SumBlock.Remainders; at += SumBlock.Remainders)
            {
                total += SumBlock.Halve(ref Unsafe.Add(ref firstSum, at));
                totalOfSquares += SumBlock.Halve(ref Unsafe.Add(ref firstSquare, at));
            }

            values = values[(present * SumBlock.Draws)..];
        }

        (sum, sumOfSquares) = (total, totalOfSquares);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Within(ref double values, int blocks, CoarseScale scale, ref CoarseInterval intervals, ref ulong bits)
    {
        var (shift, origin) = (TOperations.Broadcast(scale.Shift), TOperations.BroadcastInt32(scale.Origin));
        var (startA, extentA) = (TOperations.BroadcastInt16(intervals.Start), TOperations.BroadcastInt16(intervals.Extent));
        intervals = ref Unsafe.Add(ref intervals, 1);
        var (startB, extentB) = (TOperations.BroadcastInt16(intervals.Start), TOperations.BroadcastInt16(intervals.Extent));
        intervals = ref Unsafe.Add(ref intervals, 1);
        var (startC, extentC) = (TOperations.BroadcastInt16(intervals.Start), TOperations.BroadcastInt16(intervals.Extent));
        intervals = ref Unsafe.Add(ref intervals, 1);
        var (startD, extentD) = (TOperations.BroadcastInt16(intervals.Start), TOperations.BroadcastInt16(intervals.Extent));
        for (; blocks > 0; blocks--)
        {
            var (inA, inB, inC, inD) = (0UL, 0UL, 0UL, 0UL);
            for (var at = 0; at < SumBlock.Draws; at += 2 * Count)
            {
                TOperations.Keys(ref Unsafe.Add(ref values, at), shift, origin, out var first, out var second);
                inA |= TOperations.Within(first, second, startA, extentA) << at;
                inB |= TOperations.Within(first, second, startB, extentB) << at;
                inC |= TOperations.Within(first, second, startC, extentC) << at;
                inD |= TOperations.Within(first, second, startD, extentD) << at;
            }

            bits = inA;
            Unsafe.Add(ref bits, 1) = inB;
            Unsafe.Add(ref bits, 2) = inC;
            Unsafe.Add(ref bits, 3) = inD;
            bits = ref Unsafe.Add(ref bits, CoarseInterval.Together);
            values = ref Unsafe.Add(ref values, SumBlock.Draws);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double value, TVector centre, ref TVector sum, ref TVector square)
    {
        var deviation = TOperations.Subtract(Unsafe.As<double, TVector>(ref value), centre);
        sum = TOperations.Add(sum, deviation);
        square = TOperations.MultiplyAdd(deviation, deviation, square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<double> sums, int remainder, TVector a, TVector b, TVector c, TVector d)
    {
        Unsafe.As<double, TVector>(ref sums[remainder]) = a;
        Unsafe.As<double, TVector>(ref sums[remainder + SumBlock.Remainders]) = b;
        Unsafe.As<double, TVector>(ref sums[remainder + 2 * SumBlock.Remainders]) = c;
        Unsafe.As<double, TVector>(ref sums[remainder + 3 * SumBlock.Remainders]) = d;
    }

    // Of four blocks.
    [InlineArray(4 * SumBlock.Remainders)]
    private struct RunningSums
    {
        private double _first;
    }
}
