using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// What a SIMD register of doubles can do, for <see cref="QuadLane{TVector, TOperations}"/>. Each operation is that of
/// <see cref="ILane{TSelf}"/> with the same name.
/// </summary>
/// <remarks>
/// The registers are passed bare, without a structure about them: the compiler keeps a structure of registers in
/// registers, but not a structure of structures.
/// </remarks>
/// <typeparam name="TVector">The register.</typeparam>
public interface IVectorOperations<TVector>
    where TVector : unmanaged
{
    /// <summary>Doubles in a register; divides <see cref="SumBlock.Remainders"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every element.</summary>
    static abstract TVector Broadcast(double value);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left − right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Square root.</summary>
    static abstract TVector Sqrt(TVector value);

    /// <summary>Largest integer that is not above the value.</summary>
    static abstract TVector Floor(TVector value);

    /// <summary>Where left &lt; right the first value, elsewhere the second.</summary>
    static abstract TVector SelectLess(TVector left, TVector right, TVector ifLess, TVector otherwise);

    /// <summary>Binary exponent.</summary>
    static abstract TVector Exponent(TVector value);

    /// <summary>Significand in [1, 2).</summary>
    static abstract TVector Significand(TVector value);

    /// <summary>2^n.</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>table[offset + index].</summary>
    static abstract TVector Gather<TArray>(TArray table, int offset, TVector index)
        where TArray : struct, IReadOnlyArray<double>;

    /// <summary>
    /// Uniform variates of adjacent draws, two registers of them. Called, not copied: what is copied everywhere is compiled in pieces.
    /// </summary>
    static abstract void Uniform<TSource>(TSource source, ulong firstDraw, out TVector first, out TVector second)
        where TSource : struct, IBitSource;

    /// <summary>Uniform variates of neighbouring keys, two registers of them; called, not copied, likewise.</summary>
    static abstract void UniformOfKeys<TSource>(TSource source, ref readonly ulong keys, out TVector first, out TVector second)
        where TSource : struct, IKeyedBitSource;

    /// <summary>Whether low ≤ value &lt; high, a bit for each element, the first one's lowest.</summary>
    static abstract uint BetweenBits(TVector low, TVector value, TVector high);

    /// <summary>The same integer in every 32 bits.</summary>
    static abstract TVector BroadcastInt32(int value);

    /// <summary>The same integer in every 16 bits.</summary>
    static abstract TVector BroadcastInt16(short value);

    /// <summary>
    /// The keys of eight registers' values by a <see cref="CoarseScale"/>, in an order that <see cref="Within"/> knows: 16 bits each.
    /// </summary>
    static abstract void Keys(ref double values, TVector shift, TVector origin, out TVector first, out TVector second);

    /// <summary>
    /// Which of some keys lie in a <see cref="CoarseInterval"/>, whose start and extent are broadcast: a bit for each value, the first
    /// one's lowest.
    /// </summary>
    static abstract ulong Within(TVector first, TVector second, TVector start, TVector extent);
}
