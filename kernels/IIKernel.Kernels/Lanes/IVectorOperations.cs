using IIKernel.Kernels.Statistics;

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
    /// <summary>Doubles in a register; divides <see cref="BlockSums.Remainders"/>.</summary>
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

    /// <summary>Uniform variates of adjacent draws, two registers of them. Called, not copied: what is copied everywhere is compiled in pieces.</summary>
    static abstract void Uniform(ulong seed, ulong firstDraw, uint input, uint stream, out TVector first, out TVector second);

    /// <summary>Whether low ≤ value &lt; high, a bit for each element, the first one's lowest.</summary>
    static abstract uint BetweenBits(TVector low, TVector value, TVector high);

    /// <summary>Prepares a test whether values lie in low ≤ value &lt; high, for many of them.</summary>
    /// <param name="low">Lower end; not NaN.</param>
    /// <param name="high">Upper end; not below the lower.</param>
    /// <param name="start">What <see cref="Within"/> takes.</param>
    /// <param name="extent">Likewise.</param>
    static abstract void Interval(double low, double high, out double start, out double extent);

    /// <summary>What <see cref="Within"/> compares of some values.</summary>
    static abstract TVector Key(TVector value);

    /// <summary>Which elements lie in an interval, its ends broadcast, a bit for each, the first one's lowest; NaN does not.</summary>
    static abstract uint Within(TVector key, TVector start, TVector extent);

    /// <summary>
    /// Writes those of some elements that lie in neither of two intervals, NaN among them, one behind the other, and perhaps anything
    /// behind them: a register in all.
    /// </summary>
    /// <param name="value">The elements.</param>
    /// <param name="present">Which of them count, a bit for each.</param>
    /// <param name="start">The first interval, as <see cref="Interval"/> gives it.</param>
    /// <param name="extent">Likewise.</param>
    /// <param name="nextStart">The second interval.</param>
    /// <param name="nextExtent">Likewise.</param>
    /// <param name="to">Where to.</param>
    /// <param name="inFirst">Takes how many lie in the first interval.</param>
    /// <returns>How many lie in neither.</returns>
    static abstract int CopyOutside(
        TVector value, uint present, TVector start, TVector extent, TVector nextStart, TVector nextExtent, ref double to, ref int inFirst);
}
