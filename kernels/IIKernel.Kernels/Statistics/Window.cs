using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// A half-open interval of finite values, [Low, High), and what divides it into bins, for all that count in them and all that read the
/// counts: equal steps of a grid, or equal steps of the representable numbers, which narrow any window to one number in the end.
/// </summary>
/// <param name="Low">Lower end; double.MinValue holds every finite value below.</param>
/// <param name="High">Upper end; may be +∞.</param>
/// <param name="GridLow">Where the grid starts: finite.</param>
/// <param name="GridHigh">Where the grid ends: finite, not below its start.</param>
public readonly record struct Window(double Low, double High, double GridLow, double GridHigh)
{
    /// <summary>A window whose grid covers all of it.</summary>
    public Window(double low, double high)
        : this(low, high, low, high)
    {
    }

    /// <summary>A window that holds one number.</summary>
    public static Window Only(double value) => new(value, Math.BitIncrement(value));

    /// <summary>Whether the window holds a value.</summary>
    public bool Contains(double value) => Low <= value && value < High;

    /// <summary>Whether any of some windows, ascending and disjoint, holds a value.</summary>
    public static bool AnyContains(ReadOnlySpan<Window> windows, double value)
    {
        foreach (ref readonly var window in windows)
            if (value < window.High) return value >= window.Low;
        return false;
    }

    /// <summary>
    /// The only number that a gap of some windows, ascending and disjoint, can hold; null where there are several. Below windows that
    /// reach down to double.MinValue there is −∞, above those that reach up to +∞ that.
    /// </summary>
    /// <param name="windows">The windows.</param>
    /// <param name="gap">0 for the gap below the first window, then those above each.</param>
    public static double? OnlyInGap(ReadOnlySpan<Window> windows, int gap)
    {
        if (gap == 0) return windows[0].Low == double.MinValue ? double.NegativeInfinity : null;
        var low = windows[gap - 1].High;
        if (gap == windows.Length) return double.IsPositiveInfinity(low) ? low : null;
        return Math.BitIncrement(low) >= windows[gap].Low ? low : null;
    }

    /// <summary>
    /// What tells values in some windows, ascending, from others: known are those between them, and at least as many more on either side.
    /// </summary>
    public static CoarseScale CoarseScale(ReadOnlySpan<Window> windows) =>
        Lanes.CoarseScale.Of(windows[0].GridLow, windows[^1].GridHigh, 1 << 14);

    /// <summary>Bins per unit of value; 0 where the grid has no width that can be divided.</summary>
    public double Scale(int bins) => bins / (GridHigh - GridLow) is var scale && double.IsFinite(scale) ? scale : 0;

    /// <summary>The bin of a value, which never falls as the value rises.</summary>
    /// <param name="value">A finite value that the window holds.</param>
    /// <param name="bins">Number of bins.</param>
    /// <param name="scale"><see cref="Scale"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bin(double value, int bins, double scale)
    {
        var position = (value - GridLow) * scale;
        return position >= bins ? bins - 1 : position > 0 ? (int)position : 0;
    }

    /// <summary>
    /// Lower edge of bin <paramref name="bin"/>: the smallest number that <see cref="Bin"/> puts there or higher. The
    /// outer edges are the window's own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Edge(int bin, int bins)
    {
        if (bin <= 0) return Low;
        if (bin >= bins) return High;
        var scale = Scale(bins);
        if (scale == 0) return High;

        // From where it is but for rounding, in growing strides to either side of it; then by bisection.
        long first = NumberOrder.Of(GridLow), last = NumberOrder.Of(GridHigh);
        var below = Math.Clamp(NumberOrder.Of(GridLow + bin / scale), first, last);
        var reached = below;
        for (var stride = 1L; below > first && Bin(NumberOrder.At(below), bins, scale) >= bin; stride *= 8)
            below = below - first > stride && stride > 0 ? below - stride : first;
        for (var stride = 1L; reached < last && Bin(NumberOrder.At(reached), bins, scale) < bin; stride *= 8)
            reached = last - reached > stride && stride > 0 ? reached + stride : last;
        while (below + 1 < reached)
        {
            var middle = NumberOrder.Middle(below, reached);
            if (Bin(NumberOrder.At(middle), bins, scale) >= bin) reached = middle;
            else below = middle;
        }

        return Math.Clamp(NumberOrder.At(reached), Low, High);
    }

    /// <summary>By how many binary digits the positions of the window's numbers are shortened to tell at most so many bins.</summary>
    public int Shift(int bins)
    {
        var shift = 0;
        while (((ulong)(NumberOrder.Of(High) - NumberOrder.Of(Low)) - 1) >> shift >= (ulong)bins) shift++;
        return shift;
    }

    /// <summary>The bin of a value among equal steps of the representable numbers.</summary>
    /// <param name="value">A value that the window holds.</param>
    /// <param name="shift"><see cref="Shift"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PositionBin(double value, int shift) => (int)((ulong)(NumberOrder.Of(value) - NumberOrder.Of(Low)) >> shift);

    /// <summary>
    /// The smallest number that <see cref="PositionBin"/> puts into a bin; the window's upper end for bins that it does not reach.
    /// </summary>
    public double PositionEdge(int bin, int shift) =>
        (ulong)bin > ((ulong)(NumberOrder.Of(High) - NumberOrder.Of(Low)) - 1) >> shift
            ? High : NumberOrder.At(NumberOrder.Of(Low) + (long)((ulong)bin << shift));

    /// <summary>Whether the window holds one representable number only.</summary>
    public bool IsSingle => Math.BitIncrement(Low) >= High;
}
