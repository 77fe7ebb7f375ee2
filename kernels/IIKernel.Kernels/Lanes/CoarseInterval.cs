using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>An interval of keys: one subtraction, which may wrap, and one comparison tell what lies in it.</summary>
/// <param name="Start">The lowest key in it, with the highest bit inverted, since keys are compared with their signs.</param>
/// <param name="Extent">Number of keys, likewise.</param>
public readonly record struct CoarseInterval(short Start, short Extent)
{
    /// <summary>So many intervals are looked at in one go.</summary>
    public const int Together = 4;

    /// <summary>One that holds nothing.</summary>
    public static CoarseInterval Empty { get; } = Of(0, 0);

    /// <summary>
    /// The largest of which it is certain that it holds no value outside low ≤ value &lt; high; between edges it is exact for all that
    /// is known.
    /// </summary>
    /// <param name="low">Lower end; not NaN.</param>
    /// <param name="high">Upper end; not below the lower.</param>
    /// <param name="scale">What gives the keys.</param>
    public static CoarseInterval Inside(double low, double high, CoarseScale scale) => Of(
        Math.Max(scale.Key(low) + (scale.IsEdge(low) ? 0 : 1), short.MinValue + 1),
        Math.Min(scale.Key(high), short.MaxValue));

    /// <summary>
    /// The smallest of which it is certain that it holds every value of low ≤ value &lt; high, two numbers that the scale was made for.
    /// </summary>
    /// <inheritdoc cref="Inside"/>
    public static CoarseInterval Around(double low, double high, CoarseScale scale) =>
        low < high ? Of(Math.Max(scale.Key(low), short.MinValue + 1), scale.Key(high) + 1) : Empty;

    /// <summary>Whether it holds a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int key) => (short)(key - Start) < Extent;

    private static CoarseInterval Of(int start, int end) =>
        new((short)(start ^ short.MinValue), (short)(Math.Max(end - start, 0) ^ short.MinValue));
}
