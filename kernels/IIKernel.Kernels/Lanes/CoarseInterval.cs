using System.Runtime.CompilerServices;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Tells values apart by 16 bits, a quarter of what they have: their keys, numbers of steps from a centre, rounded down. One addition puts
/// all values near the centre between two neighbouring powers of two, where the upper 32 bits of a number count steps. A rounded sum never
/// falls as the value rises, and no more does a key. Values too far from the centre, and numbers that are not finite, have the keys
/// −32768 and 32767, whichever: what these stand for is not known.
/// </summary>
/// <param name="Shift">What is added.</param>
/// <param name="Origin">The upper 32 bits of the sum at the centre.</param>
public readonly record struct CoarseScale(double Shift, int Origin)
{
    // Upper 32 bits count so many steps from one power of two to the next.
    private const int StepsOfUpperBits = 20;

    // Steps with other exponents would make sums that are not normal numbers.
    private const int LeastExponent = -1000;
    private const int MostExponent = 1000;

    /// <summary>Knows no value.</summary>
    private static CoarseScale Unknown => new(double.PositiveInfinity, 0);

    /// <summary>
    /// One about the middle between two numbers, which are no more than so many steps apart and no less than half as many, unless
    /// neighbouring numbers are.
    /// </summary>
    /// <param name="low">The lower number.</param>
    /// <param name="high">The higher one.</param>
    /// <param name="steps">At most 2^15.</param>
    public static CoarseScale Of(double low, double high, int steps)
    {
        var least = Math.Max((high - low) / steps, Math.Max(Distance(low), Distance(high)));
        if (!double.IsFinite(least)) return Unknown;
        var exponent = Math.ILogB(least);
        if (Math.ScaleB(1, exponent) < least) exponent++;
        if (exponent > MostExponent) return Unknown;
        var step = Math.ScaleB(1, Math.Max(exponent, LeastExponent));
        var centre = Math.Round(low / step / 2 + high / step / 2) * step;
        var sum = 1.5 * Math.ScaleB(step, StepsOfUpperBits);
        return new(sum - centre, Upper(sum));
    }

    /// <summary>The key of a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Key(double value)
    {
        // The bits of negative sums, which lie far below the centre, do not ascend.
        var upper = Upper(value + Shift);
        return upper < 0 ? short.MinValue : (int)Math.Clamp((long)upper - Origin, short.MinValue, short.MaxValue);
    }

    /// <summary>Whether no value below a number has its key. There is nothing beyond infinity that could.</summary>
    public bool IsEdge(double value) => double.IsInfinity(value) || Key(Math.BitDecrement(value)) < Key(value);

    /// <summary>The edge nearest to a number, at or below it, or above it; the number itself where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Edge(double value, bool above)
    {
        if (IsEdge(value)) return value;
        var key = Key(value) + (above ? 1 : 0);
        if (key is <= short.MinValue or > short.MaxValue) return value;

        // Bisection over the representable numbers: the least with this key, or with a higher one.
        var (below, reached) = (Window.Order(above ? value : double.MinValue), Window.Order(above ? double.MaxValue : value));
        while (below + 1 < reached)
        {
            var middle = Window.Middle(below, reached);
            if (Key(Window.At(middle)) >= key) reached = middle;
            else below = middle;
        }

        return Window.At(reached);
    }

    private static int Upper(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> 32);

    // From a number to its neighbour farther from 0.
    private static double Distance(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}

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

    /// <summary>The smallest of which it is certain that it holds every value of low ≤ value &lt; high, two numbers that the scale was made for.</summary>
    /// <inheritdoc cref="Inside"/>
    public static CoarseInterval Around(double low, double high, CoarseScale scale) =>
        low < high ? Of(Math.Max(scale.Key(low), short.MinValue + 1), scale.Key(high) + 1) : Empty;

    /// <summary>Whether it holds a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int key) => (short)(key - Start) < Extent;

    private static CoarseInterval Of(int start, int end) =>
        new((short)(start ^ short.MinValue), (short)(Math.Max(end - start, 0) ^ short.MinValue));
}
