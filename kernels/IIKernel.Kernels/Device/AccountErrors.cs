using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>The errors of the accounts' figures.</summary>
public static class AccountErrors
{
    /// <summary>The factor on one figure in this draw, numbered as in <see cref="AccountPlan"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Factor<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int cell, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var one = TLane.Broadcast(1.0);
        var kind = plan.CellKinds[cell];
        if (kind == CellKind.Certain) return one;
        var own = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, plan.CellInputs[cell]);
        if (kind == CellKind.Revision) return own;

        // The prediction error of a least-squares line is t-distributed: level, slope and the year's own residual
        // over the common estimate of the standard deviation.
        var error = own * TLane.Broadcast(plan.CellLoadings[cell * 3 + 2]);
        if (kind == CellKind.Prediction)
        {
            var series = plan.CellSeries[cell];
            for (var i = 0; i < 2; i++)
            {
                var z = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, series + i);
                error = TLane.MultiplyAdd(z, TLane.Broadcast(plan.CellLoadings[cell * 3 + i]), error);
            }

            var variance = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, series + 2);
            error /= TLane.Sqrt(variance);
        }

        var factor = one + error;
        var least = TLane.Broadcast(CellKind.LeastFactor);
        work.SetBounded(TLane.SelectLess(factor, least, one, work.Bounded));
        return LaneMath.Max(factor, least);
    }
}
