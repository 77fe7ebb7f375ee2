using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>One draw of every uncertain input quantity, each by its inverse distribution function.</summary>
public static class Draw
{
    /// <summary>Input quantity <paramref name="input"/> of <see cref="MarginalTable"/>; its point value where the plan is evaluated at the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Input<TLane, TReals, TIntegers>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
    {
        if (plan.AtPoint != 0) return TLane.Broadcast(plan.Points[input]);
        return Quantile(plan, input, Uniform<TLane, TReals, TIntegers>(plan, firstDraw, input));
    }

    /// <summary>The uniform variate behind an input quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Uniform<TLane, TReals, TIntegers>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        TLane.Uniform(
            plan.Seed, firstDraw, (uint)plan.InputIds[2 * input] | ((ulong)(uint)plan.InputIds[2 * input + 1] << 32), CounterLayout.SampleStream);

    /// <summary>The quantile of probability <paramref name="u"/> of input quantity <paramref name="input"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Quantile<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, int input, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        Quantile(plan.Kinds[input], plan.Parameters, input * MarginalTable.Stride, plan.Table, u);

    /// <summary>
    /// The quantile of probability <paramref name="u"/> (0 &lt; u &lt; 1) of one marginal distribution,
    /// whose kind and parameters are those of <see cref="MarginalKind"/>.
    /// </summary>
    // Called, not copied, on a device too: copies at each of its call sites would be most of a kernel.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TLane Quantile<TLane, TReals>(int kind, TReals parameters, int at, TReals table, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        // Parameters are read where they are needed: what is kept while another function runs, is kept in memory.
        var value = TLane.Broadcast(parameters[at]);
        switch (kind)
        {
            case MarginalKind.Uniform:
                value = TLane.MultiplyAdd(u, TLane.Broadcast(parameters[at + 1]), value);
                break;
            case MarginalKind.Triangular:
                var rising = value + TLane.Sqrt(u * TLane.Broadcast(parameters[at + 3]));
                var falling = TLane.Broadcast(parameters[at + 1])
                    - TLane.Sqrt((TLane.Broadcast(1.0) - u) * TLane.Broadcast(parameters[at + 4]));
                value = TLane.SelectLess(u, TLane.Broadcast(parameters[at + 2]), rising, falling);
                break;
            case MarginalKind.Normal:
                value = NearLowerBound(parameters, at, u, TruncatedNormal(parameters, at, u));
                break;
            case MarginalKind.Lognormal:
                value = LaneMath.Exp(TruncatedNormal(parameters, at, u));
                break;
            case MarginalKind.Table:
                var tail = TableQuantile(table, parameters[at + 2], parameters[at + 3], u);
                value = TLane.SelectLess(TLane.Broadcast(0.5), u, TLane.Broadcast(1.0) - tail, tail);
                value = TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 1]), value, TLane.Broadcast(parameters[at]));
                break;
            case MarginalKind.Empirical:
                value = TLane.Gather(table, (int)parameters[at], TLane.Floor(u * TLane.Broadcast(parameters[at + 1])));
                break;
            case MarginalKind.Exponential:
                value = TLane.Broadcast(0.0) - LaneMath.Log(u);
                break;
            case MarginalKind.PositiveTable:
                value = TableQuantile(table, parameters[at + 2], parameters[at + 3], u);
                value = TLane.Broadcast(parameters[at + 1]) * value;
                break;
            case MarginalKind.SymmetricTable:
                value = TableQuantile(table, parameters[at], parameters[at], u);
                value *= u + u - TLane.Broadcast(1.0);
                break;
        }

        // Rounding may carry a quantile past the end of its support by one unit in the last place.
        var high = TLane.Broadcast(parameters[at + MarginalTable.UpperBound]);
        return LaneMath.Max(LaneMath.Min(value, high), TLane.Broadcast(parameters[at + MarginalTable.LowerBound]));
    }

    // The quantile of a normal distribution at what u is in the whole of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane TruncatedNormal<TLane, TReals>(TReals parameters, int at, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        var normal = LaneMath.NormalQuantile(TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 3]), u, TLane.Broadcast(parameters[at + 2])));
        return TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 1]), normal, TLane.Broadcast(parameters[at]));
    }

    // The quantile just above the lower bound of a truncated normal, where start + step·u has lost the digits of
    // u: Taylor's series of Φ^−1 about Φ(a) in v = u·P(support)/φ(a), with the derivatives of Steinbrecher and
    // Shaw, "Quantile mechanics" (2008). Six terms leave a relative error below 1e-13 up to v·max(|a|, 3) = 0.006.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane NearLowerBound<TLane, TReals>(TReals parameters, int at, TLane u, TLane otherwise)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        var v = u * TLane.Broadcast(parameters[at + 4]);
        var a = TLane.Broadcast(parameters[at + 5]);
        var distance = v * LaneMath.Max(LaneMath.Max(a, TLane.Broadcast(0.0) - a), TLane.Broadcast(3.0));
        var near = TLane.Broadcast(0.006);
        if (TLane.BetweenBits(TLane.Broadcast(double.NegativeInfinity), distance, near) == 0) return otherwise;
        var scale = TLane.Broadcast(parameters[at + 1]);
        var expanded = TLane.MultiplyAdd(
            LaneMath.Max(scale, TLane.Broadcast(0.0) - scale), FromLowerBound(v, a), TLane.Broadcast(parameters[at + MarginalTable.LowerBound]));
        return TLane.SelectLess(distance, near, expanded, otherwise);
    }

    // (Φ^−1 − a) of what lies v·φ(a) above Φ(a): the series itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane FromLowerBound<TLane>(TLane v, TLane a)
        where TLane : unmanaged, ILane<TLane>
    {
        var square = a * a;
        var c6 = a * TLane.MultiplyAdd(TLane.MultiplyAdd(TLane.Broadcast(120.0), square, TLane.Broadcast(326.0)), square, TLane.Broadcast(127.0));
        var c5 = TLane.MultiplyAdd(TLane.MultiplyAdd(TLane.Broadcast(24.0), square, TLane.Broadcast(46.0)), square, TLane.Broadcast(7.0));
        var c4 = a * TLane.MultiplyAdd(TLane.Broadcast(6.0), square, TLane.Broadcast(7.0));
        var c3 = TLane.MultiplyAdd(TLane.Broadcast(2.0), square, TLane.Broadcast(1.0));
        var sum = TLane.MultiplyAdd(c6 * TLane.Broadcast(1.0 / 720.0), v, c5 * TLane.Broadcast(1.0 / 120.0));
        sum = TLane.MultiplyAdd(sum, v, c4 * TLane.Broadcast(1.0 / 24.0));
        sum = TLane.MultiplyAdd(sum, v, c3 * TLane.Broadcast(1.0 / 6.0));
        sum = TLane.MultiplyAdd(sum, v, a * TLane.Broadcast(0.5));
        sum = TLane.MultiplyAdd(sum, v, TLane.Broadcast(1.0));
        return sum * v;
    }

    // exp of a polynomial in the logarithm of the nearer tail's probability.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane TableQuantile<TLane, TReals>(TReals table, double lowerTable, double upperTable, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        // t = −log2(tail) ≥ 1, in units of a piece and counted from its start.
        var scaled = TLane.MultiplyAdd(
            LaneMath.Log(LaneMath.Min(u, TLane.Broadcast(1.0) - u)), TLane.Broadcast(-1.0 / (0.69314718055994530942 * QuantileTable.PieceWidth)),
            TLane.Broadcast(-1.0 / QuantileTable.PieceWidth));
        scaled = LaneMath.Max(scaled, TLane.Broadcast(0.0));
        var piece = LaneMath.Min(TLane.Floor(scaled), TLane.Broadcast(QuantileTable.Pieces - 1));
        var x = scaled - piece;
        x = x + x - TLane.Broadcast(1.0);
        var at = TLane.MultiplyAdd(
            piece, TLane.Broadcast(QuantileTable.Coefficients), TLane.SelectLess(TLane.Broadcast(0.5), u, TLane.Broadcast(upperTable), TLane.Broadcast(lowerTable)));
        var polynomial = TLane.Gather(table, 0, at);
        for (var i = 1; i < QuantileTable.Coefficients; i++)
            polynomial = TLane.MultiplyAdd(polynomial, x, TLane.Gather(table, i, at));
        return LaneMath.Exp(polynomial);
    }
}
