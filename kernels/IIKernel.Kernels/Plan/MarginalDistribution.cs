using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Plan;

/// <summary>The inverse distribution functions of input quantities.</summary>
public static class MarginalDistribution
{
    /// <summary>The quantile of probability <paramref name="u"/> (0 &lt; u &lt; 1) of one input of a table.</summary>
    public static double Quantile(MarginalTable table, int input, double u) => Quantile(
        table.Kinds[input], new HostArray<double>(table.Parameters), input * MarginalTable.Stride, new HostArray<double>(table.Table),
        new ScalarLane(u)).Value;

    /// <summary>
    /// The quantile of probability <paramref name="u"/> (0 &lt; u &lt; 1) of one marginal distribution,
    /// whose kind and parameters are those of <see cref="MarginalKind"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Quantile<TLane, TReals>(int kind, TReals parameters, int at, TReals table, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        // Parameters are read where they are needed: what is kept while another function runs, is kept in memory. Each function stands
        // once: a device has a copy of it wherever it is called.
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
            case MarginalKind.Lognormal:
                value = TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 1]), LaneMath.NormalQuantile(u), value);
                if (kind == MarginalKind.Lognormal) value = LaneMath.Exp(value);
                break;
            case MarginalKind.TriangularFromMode:
                value = TriangularFromMode(parameters, at, u);
                break;
            case MarginalKind.Empirical:
                value = TLane.Gather(table, (int)parameters[at], TLane.Floor(u * TLane.Broadcast(parameters[at + 1])));
                break;
            case MarginalKind.Exponential:
                value = TLane.Broadcast(0.0) - LaneMath.Log(u);
                break;
            case MarginalKind.PositiveTable:
            case MarginalKind.SymmetricTable:
                var isPositive = kind == MarginalKind.PositiveTable;
                value = TableQuantile(table, parameters[isPositive ? at + 2 : at], parameters[isPositive ? at + 3 : at], u);
                value = isPositive
                    ? TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 1]), value, TLane.Broadcast(parameters[at]))
                    : value * (u + u - TLane.Broadcast(1.0));
                break;
        }

        // Rounding may carry a quantile past the end of its support by one unit in the last place.
        var high = TLane.Broadcast(parameters[at + MarginalTable.UpperBound]);
        return LaneMath.Max(LaneMath.Min(value, high), TLane.Broadcast(parameters[at + MarginalTable.LowerBound]));
    }

    // Below the cut as in any triangular distribution; above it mode + (high − mode)·(1 − √w), where w is what 1 − u is of the rest, and
    // 1 − √w = (1 − w)/(1 + √w).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane TriangularFromMode<TLane, TReals>(TReals parameters, int at, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        var one = TLane.Broadcast(1.0);
        var cut = TLane.Broadcast(parameters[at + 2]);
        var perRest = TLane.Broadcast(parameters[at + 5]);
        var share = (u - cut) * perRest / (one + TLane.Sqrt((one - u) * perRest));
        var falling = TLane.MultiplyAdd(TLane.Broadcast(parameters[at + 4]), share, TLane.Broadcast(parameters[at + 1]));
        return TLane.SelectLess(u, cut, TLane.Broadcast(parameters[at]) + TLane.Sqrt(u * TLane.Broadcast(parameters[at + 3])), falling);
    }

    // exp of a polynomial in the logarithm of the nearer tail's probability.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane TableQuantile<TLane, TReals>(TReals table, double lowerTable, double upperTable, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
    {
        // t = −log2(tail) ≥ 1, in units of a piece and counted from its start.
        var scaled = TLane.MultiplyAdd(
            LaneMath.Log(LaneMath.Min(u, TLane.Broadcast(1.0) - u)),
            TLane.Broadcast(-1.0 / (0.69314718055994530942 * QuantileTable.PieceWidth)),
            TLane.Broadcast(-1.0 / QuantileTable.PieceWidth));
        scaled = LaneMath.Max(scaled, TLane.Broadcast(0.0));
        var piece = LaneMath.Min(TLane.Floor(scaled), TLane.Broadcast(QuantileTable.Pieces - 1));
        var x = scaled - piece;
        x = x + x - TLane.Broadcast(1.0);
        var at = TLane.MultiplyAdd(
            piece, TLane.Broadcast(QuantileTable.Coefficients),
            TLane.SelectLess(TLane.Broadcast(0.5), u, TLane.Broadcast(upperTable), TLane.Broadcast(lowerTable)));
        var polynomial = TLane.Gather(table, 0, at);
        for (var i = 1; i < QuantileTable.Coefficients; i++)
            polynomial = TLane.MultiplyAdd(polynomial, x, TLane.Gather(table, i, at));
        return LaneMath.Exp(polynomial);
    }
}
