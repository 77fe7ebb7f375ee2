using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>The representable numbers in ascending order, by their positions: neighbours are one apart, and 0 is at 0.</summary>
public static class NumberOrder
{
    /// <summary>The position of a number: negative bit patterns ascend towards zero when mirrored; ±0 are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    /// <summary>The number at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double At(long position) =>
        BitConverter.Int64BitsToDouble(position >= 0 ? position : long.MinValue - position);

    /// <summary>The position halfway between two: their difference may overflow where they differ in sign, this mean does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Middle(long below, long above) => (below & above) + ((below ^ above) >> 1);

    /// <summary>
    /// The least number, between two, for which a condition holds that holds for all greater ones; the upper of the two if for none.
    /// </summary>
    /// <param name="low">The lower number; the condition is not asked about it, and taken not to hold.</param>
    /// <param name="high">The higher one.</param>
    /// <param name="holds">The condition.</param>
    public static double First(double low, double high, Func<double, bool> holds)
    {
        var (below, reached) = (Of(low), Of(high));
        while (below + 1 < reached)
        {
            var middle = Middle(below, reached);
            if (holds(At(middle))) reached = middle;
            else below = middle;
        }

        return At(reached);
    }
}
