using System.Runtime.CompilerServices;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Values with their slopes, the derivatives along one direction: what runs on it gives its own exact derivatives (forward
/// differentiation), and the values of <typeparamref name="TLane"/> to the bit. What begins with <see cref="Broadcast"/> does not change
/// along the direction. A lane of several draws has a direction for each of them, and on a lane of slopes the slopes have slopes.
/// </summary>
/// <remarks>
/// A selection has the slope of what it selects, so that a minimum or a maximum has that of the side on which it lies; whole numbers
/// (<see cref="Floor"/>, <see cref="Exponent"/>, an index) have the slope 0. The functions of <see cref="LaneMath"/> need no rules of their
/// own: they are differentiated as they are written.
/// </remarks>
/// <param name="Value">The values.</param>
/// <param name="Slope">Their derivatives.</param>
public readonly record struct DualLane<TLane>(TLane Value, TLane Slope) : ILane<DualLane<TLane>>
    where TLane : unmanaged, ILane<TLane>
{
    private static TLane Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLane.Broadcast(0.0);
    }

    /// <inheritdoc/>
    public static int Count => TLane.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Broadcast(double value) => new(TLane.Broadcast(value), Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> operator +(DualLane<TLane> left, DualLane<TLane> right) =>
        new(left.Value + right.Value, left.Slope + right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> operator -(DualLane<TLane> left, DualLane<TLane> right) =>
        new(left.Value - right.Value, left.Slope - right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> operator *(DualLane<TLane> left, DualLane<TLane> right) =>
        new(left.Value * right.Value, TLane.MultiplyAdd(left.Slope, right.Value, left.Value * right.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> operator /(DualLane<TLane> left, DualLane<TLane> right)
    {
        var quotient = left.Value / right.Value;
        return new(quotient, (left.Slope - quotient * right.Slope) / right.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> MultiplyAdd(DualLane<TLane> a, DualLane<TLane> b, DualLane<TLane> c) => new(
        TLane.MultiplyAdd(a.Value, b.Value, c.Value),
        TLane.MultiplyAdd(a.Slope, b.Value, TLane.MultiplyAdd(a.Value, b.Slope, c.Slope)));

    /// <summary>Square root. At 0 its slope is infinite, but for what does not change along the direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Sqrt(DualLane<TLane> value)
    {
        var root = TLane.Sqrt(value.Value);
        var size = LaneMath.Max(value.Slope, Zero - value.Slope);
        return new(root, TLane.SelectLess(size, TLane.Broadcast(double.Epsilon), value.Slope, value.Slope / (root + root)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Floor(DualLane<TLane> value) => new(TLane.Floor(value.Value), Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> SelectLess(
        DualLane<TLane> left, DualLane<TLane> right, DualLane<TLane> ifLess, DualLane<TLane> otherwise) => new(
        TLane.SelectLess(left.Value, right.Value, ifLess.Value, otherwise.Value),
        TLane.SelectLess(left.Value, right.Value, ifLess.Slope, otherwise.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BetweenBits(DualLane<TLane> low, DualLane<TLane> value, DualLane<TLane> high) =>
        TLane.BetweenBits(low.Value, value.Value, high.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Exponent(DualLane<TLane> value) => new(TLane.Exponent(value.Value), Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Significand(DualLane<TLane> value) =>
        new(TLane.Significand(value.Value), value.Slope / TLane.PowerOfTwo(TLane.Exponent(value.Value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> PowerOfTwo(DualLane<TLane> n) => new(TLane.PowerOfTwo(n.Value), Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Gather<TArray>(TArray table, int offset, DualLane<TLane> index)
        where TArray : struct, IReadOnlyArray<double> => new(TLane.Gather(table, offset, index.Value), Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<TLane> Uniform<TSource>(TSource source, ulong firstDraw)
        where TSource : struct, IBitSource => new(TLane.Uniform(source, firstDraw), Zero);
}
