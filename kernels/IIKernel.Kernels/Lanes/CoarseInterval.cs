using System.Runtime.CompilerServices;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// An interval that the upper 32 bits of a value's distance from a centre decide: half of what the exact interval has to look at.
/// Where the bits of negative distances are mirrored they are, as whole numbers, in the order of the values, so that one subtraction,
/// which may wrap, and one comparison tell what lies in it. A rounded distance never falls as the value rises.
/// </summary>
/// <param name="Start">The lowest key in it, with the highest bit inverted, since keys are compared with their signs.</param>
/// <param name="Extent">Number of keys, likewise.</param>
public readonly record struct CoarseInterval(int Start, int Extent)
{
    /// <summary>So many intervals are looked at in one go.</summary>
    public const int Together = 4;

    /// <summary>One that holds nothing.</summary>
    public static CoarseInterval Empty { get; } = Of(0, 0);

    /// <summary>The largest of which it is certain that it holds no value outside low ≤ value &lt; high; it is exact between edges.</summary>
    /// <param name="low">Lower end; not NaN.</param>
    /// <param name="high">Upper end; not below the lower.</param>
    /// <param name="centre">A finite number amid the values that are looked at: the nearer, the finer are their keys.</param>
    public static CoarseInterval Inside(double low, double high, double centre) =>
        Of(EndKey(low - centre) + (IsEdge(low, centre) ? 0L : 1L), EndKey(high - centre));

    /// <summary>The smallest of which it is certain that it holds every value of low ≤ value &lt; high.</summary>
    /// <inheritdoc cref="Inside"/>
    public static CoarseInterval Around(double low, double high, double centre) => low < high ? Of(EndKey(low - centre), EndKey(high - centre) + 1L) : Empty;

    /// <summary>Whether it holds a value at a distance from the centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(double distance) => Key(distance) - Start < Extent;

    /// <summary>Whether no value below a number has its key.</summary>
    public static bool IsEdge(double value, double centre) => double.IsNegativeInfinity(value) || Key(Math.BitDecrement(value) - centre) < EndKey(value - centre);

    /// <summary>The edge nearest to a number, at or below it, or above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Edge(double value, double centre, bool above)
    {
        if (IsEdge(value, centre)) return value;

        // Bisection over the representable numbers: the least with this key, or with a higher one.
        var key = Key(value - centre) + (above ? 1 : 0);
        var (below, reached) = (Window.Order(above ? value : double.MinValue), Window.Order(above ? double.MaxValue : value));
        while (below + 1 < reached)
        {
            var middle = Window.Middle(below, reached);
            if (Key(Window.At(middle) - centre) >= key) reached = middle;
            else below = middle;
        }

        return Window.At(reached);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Key(double distance)
    {
        var upper = (int)(BitConverter.DoubleToInt64Bits(distance) >> 32);
        return upper ^ ((upper >> 31) & int.MaxValue);
    }

    // Both zeros are the same number: the ends of an interval are those of the lower one.
    private static int EndKey(double distance) => Key(distance == 0 ? -0.0 : distance);

    private static CoarseInterval Of(long start, long end) => new((int)start ^ int.MinValue, (int)Math.Max(end - start, 0) ^ int.MinValue);
}
