using System.Runtime.CompilerServices;

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
    // The upper 32 bits of a number hold so many binary digits of its significand.
    private const int UpperDigits = 20;

    // Steps with other exponents would make sums that are not normal numbers.
    private const int LeastExponent = -1000;
    private const int MostExponent = 1000;

    /// <summary>Knows no value.</summary>
    private static CoarseScale Unknown => new(double.PositiveInfinity, 0);

    /// <summary>
    /// One about the middle between two numbers, which are at most so many steps apart and more than half as many, unless that would make
    /// a step less than the distance of neighbouring numbers.
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
        var sum = 1.5 * Math.ScaleB(step, UpperDigits);
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

        // The least with this key, or with a higher one.
        var scale = this;
        return NumberOrder.First(above ? value : double.MinValue, above ? double.MaxValue : value, x => scale.Key(x) >= key);
    }

    private static int Upper(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> 32);

    // From a number to its neighbour farther from 0.
    private static double Distance(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}
