using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Statistics;

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
public readonly struct QuadLane<TVector, TOperations>(TVector a, TVector b, TVector c, TVector d) : IHostLane<QuadLane<TVector, TOperations>>
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
    public static QuadLane<TVector, TOperations> operator +(QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Add(left._a, right._a), TOperations.Add(left._b, right._b),
        TOperations.Add(left._c, right._c), TOperations.Add(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator -(QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Subtract(left._a, right._a), TOperations.Subtract(left._b, right._b),
        TOperations.Subtract(left._c, right._c), TOperations.Subtract(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator *(QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
        TOperations.Multiply(left._a, right._a), TOperations.Multiply(left._b, right._b),
        TOperations.Multiply(left._c, right._c), TOperations.Multiply(left._d, right._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> operator /(QuadLane<TVector, TOperations> left, QuadLane<TVector, TOperations> right) => new(
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
        TOperations.SelectLess(left._a, right._a, ifLess._a, otherwise._a), TOperations.SelectLess(left._b, right._b, ifLess._b, otherwise._b),
        TOperations.SelectLess(left._c, right._c, ifLess._c, otherwise._c), TOperations.SelectLess(left._d, right._d, ifLess._d, otherwise._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BetweenBits(QuadLane<TVector, TOperations> low, QuadLane<TVector, TOperations> value, QuadLane<TVector, TOperations> high) =>
        TOperations.Bits(TOperations.Between(low._a, value._a, high._a))
        | ((ulong)TOperations.Bits(TOperations.Between(low._b, value._b, high._b)) << TOperations.Count)
        | ((ulong)TOperations.Bits(TOperations.Between(low._c, value._c, high._c)) << (2 * TOperations.Count))
        | ((ulong)TOperations.Bits(TOperations.Between(low._d, value._d, high._d)) << (3 * TOperations.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Exponent(QuadLane<TVector, TOperations> value) => new(
        TOperations.Exponent(value._a), TOperations.Exponent(value._b), TOperations.Exponent(value._c), TOperations.Exponent(value._d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuadLane<TVector, TOperations> Significand(QuadLane<TVector, TOperations> value) => new(
        TOperations.Significand(value._a), TOperations.Significand(value._b), TOperations.Significand(value._c), TOperations.Significand(value._d));

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
    public static QuadLane<TVector, TOperations> Uniform(ulong seed, ulong firstDraw, uint input, uint stream)
    {
        var count = (ulong)TOperations.Count;
        return new(
            TOperations.Uniform(seed, firstDraw, input, stream), TOperations.Uniform(seed, firstDraw + count, input, stream),
            TOperations.Uniform(seed, firstDraw + 2 * count, input, stream), TOperations.Uniform(seed, firstDraw + 3 * count, input, stream));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddDeviations(QuadLane<TVector, TOperations> value, double centre, int position, ref double running, ref double totals)
    {
        var deviation = value - Broadcast(centre);
        ref var sums = ref Unsafe.As<double, TVector>(ref running);
        ref var squares = ref Unsafe.Add(ref sums, BlockSums.Remainders / TOperations.Count);

        // Which of the registers hold draws of the same remainders.
        switch (BlockSums.Remainders / TOperations.Count)
        {
            case 1:
                var sum = TOperations.Add(TOperations.Add(sums, deviation._a), deviation._b);
                var square = Square(deviation._b, Square(deviation._a, squares));
                sums = TOperations.Add(TOperations.Add(sum, deviation._c), deviation._d);
                squares = Square(deviation._d, Square(deviation._c, square));
                break;
            case 2:
                sums = TOperations.Add(TOperations.Add(sums, deviation._a), deviation._c);
                squares = Square(deviation._c, Square(deviation._a, squares));
                Add(deviation._b, ref sums, ref squares, 1);
                Add(deviation._d, ref sums, ref squares, 1);
                break;
            default:
                Add(deviation._a, ref sums, ref squares, 0);
                Add(deviation._b, ref sums, ref squares, 1);
                Add(deviation._c, ref sums, ref squares, 2);
                Add(deviation._d, ref sums, ref squares, 3);
                break;
        }

        if (position + Count == BlockSums.BlockDraws) BlockSums.Finish(ref running, ref totals);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeepOutside(QuadLane<TVector, TOperations> value, ref double edges, ref double destination, ref long inFirst)
    {
        var low0 = TOperations.Broadcast(edges);
        var high0 = TOperations.Broadcast(Unsafe.Add(ref edges, 1));
        var low1 = TOperations.Broadcast(Unsafe.Add(ref edges, 2));
        var high1 = TOperations.Broadcast(Unsafe.Add(ref edges, 3));
        var gap = TOperations.Between(low0, value._a, high0);
        var first = BitOperations.PopCount(TOperations.Bits(gap));
        var kept = TOperations.Compress(TOperations.Neither(gap, TOperations.Between(low1, value._a, high1)), value._a, ref destination);
        gap = TOperations.Between(low0, value._b, high0);
        first += BitOperations.PopCount(TOperations.Bits(gap));
        kept += TOperations.Compress(TOperations.Neither(gap, TOperations.Between(low1, value._b, high1)), value._b, ref Unsafe.Add(ref destination, kept));
        gap = TOperations.Between(low0, value._c, high0);
        first += BitOperations.PopCount(TOperations.Bits(gap));
        kept += TOperations.Compress(TOperations.Neither(gap, TOperations.Between(low1, value._c, high1)), value._c, ref Unsafe.Add(ref destination, kept));
        gap = TOperations.Between(low0, value._d, high0);
        first += BitOperations.PopCount(TOperations.Bits(gap));
        kept += TOperations.Compress(TOperations.Neither(gap, TOperations.Between(low1, value._d, high1)), value._d, ref Unsafe.Add(ref destination, kept));
        inFirst += first;
        return kept;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeepInside(QuadLane<TVector, TOperations> value, ref double edges, int intervals, ref double destination)
    {
        var low = TOperations.Broadcast(edges);
        var high = TOperations.Broadcast(Unsafe.Add(ref edges, 1));
        var a = TOperations.Between(low, value._a, high);
        var b = TOperations.Between(low, value._b, high);
        var c = TOperations.Between(low, value._c, high);
        var d = TOperations.Between(low, value._d, high);
        for (var i = 1; i < intervals; i++)
        {
            low = TOperations.Broadcast(Unsafe.Add(ref edges, 2 * i));
            high = TOperations.Broadcast(Unsafe.Add(ref edges, 2 * i + 1));
            a = TOperations.Either(a, TOperations.Between(low, value._a, high));
            b = TOperations.Either(b, TOperations.Between(low, value._b, high));
            c = TOperations.Either(c, TOperations.Between(low, value._c, high));
            d = TOperations.Either(d, TOperations.Between(low, value._d, high));
        }

        var kept = TOperations.Compress(a, value._a, ref destination);
        kept += TOperations.Compress(b, value._b, ref Unsafe.Add(ref destination, kept));
        kept += TOperations.Compress(c, value._c, ref Unsafe.Add(ref destination, kept));
        return kept + TOperations.Compress(d, value._d, ref Unsafe.Add(ref destination, kept));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Square(TVector deviation, TVector sum) => TOperations.MultiplyAdd(deviation, deviation, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector deviation, ref TVector sums, ref TVector squares, int at)
    {
        Unsafe.Add(ref sums, at) = TOperations.Add(Unsafe.Add(ref sums, at), deviation);
        Unsafe.Add(ref squares, at) = Square(deviation, Unsafe.Add(ref squares, at));
    }
}
