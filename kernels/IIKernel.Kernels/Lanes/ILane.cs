using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// A lane holds one double for each of <see cref="Count"/> adjacent draws. Every formula is written once,
/// generic over this interface, and runs as <see cref="ScalarLane"/> (the reference, and one thread of a GPU)
/// or as <see cref="QuadLane{TVector, TOperations}"/> (the CPU's SIMD registers) with the same bits.
/// </summary>
/// <remarks>
/// Each operation is the IEEE 754 one, rounded once, element by element. Contractions are never left to a
/// compiler: where a formula wants a fused multiply–add it says <see cref="MultiplyAdd"/>. Comparison with
/// NaN is false, so <see cref="SelectLess"/> takes its second branch.
/// </remarks>
public interface ILane<TSelf>
    where TSelf : unmanaged, ILane<TSelf>
{
    /// <summary>Number of adjacent draws in one lane.</summary>
    static abstract int Count { get; }

    /// <summary>The same value for every draw.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>left + right.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left − right.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left · right, never fused with a neighbouring addition.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Largest integer that is not above the value.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>Where left &lt; right the first value, elsewhere the second.</summary>
    static abstract TSelf SelectLess(TSelf left, TSelf right, TSelf ifLess, TSelf otherwise);

    /// <summary>One bit for each draw, the first draw's lowest: whether low ≤ value &lt; high. False for NaN.</summary>
    static abstract ulong BetweenBits(TSelf low, TSelf value, TSelf high);

    /// <summary>e of value = f · 2^e with 1 ≤ f &lt; 2; the value must be positive and normal.</summary>
    static abstract TSelf Exponent(TSelf value);

    /// <summary>f of value = f · 2^e with 1 ≤ f &lt; 2; the value must be positive and normal.</summary>
    static abstract TSelf Significand(TSelf value);

    /// <summary>2^n for integer n, −1022 ≤ n ≤ 1023.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>table[offset + index] for each draw; index is a non-negative integer.</summary>
    static abstract TSelf Gather<TArray>(TArray table, int offset, TSelf index)
        where TArray : struct, IReadOnlyArray<double>;

    /// <summary>
    /// Uniform variates in (0, 1) of draws <paramref name="firstDraw"/>, firstDraw + 1, …: one per draw, (k + ½)·2^−52 of the bits k that
    /// the source gives.
    /// </summary>
    static abstract TSelf Uniform<TSource>(TSource source, ulong firstDraw)
        where TSource : struct, IBitSource;
}
