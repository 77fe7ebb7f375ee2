using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>The errors of the accounts' figures.</content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>The factor on one figure in this draw, numbered as in <see cref="AccountPlan"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane FigureFactor(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int cell, Workspace<TLane, TStore> work)
    {
        var one = TLane.Broadcast(1.0);
        var kind = plan.Accounts.Kinds[cell];
        if (kind == CellKind.Certain) return one;
        var own = TInputs.Value(plan, firstDraw, plan.Accounts.Inputs[cell], work);
        if (kind == CellKind.Revision) return own;

        // The prediction error of a least-squares line is t-distributed: level, slope and the year's own residual
        // over the common estimate of the standard deviation.
        var error = own * TLane.Broadcast(plan.Accounts.Loadings[cell * 3 + 2]);
        if (kind == CellKind.Prediction)
        {
            var series = plan.Accounts.Series[cell];
            for (var i = 0; i < 2; i++)
            {
                var z = TInputs.Value(plan, firstDraw, series + i, work);
                error = TLane.MultiplyAdd(z, TLane.Broadcast(plan.Accounts.Loadings[cell * 3 + i]), error);
            }

            var variance = TInputs.Value(plan, firstDraw, series + 2, work);
            error /= TLane.Sqrt(variance);
        }

        var factor = one + error;
        var least = TLane.Broadcast(CellKind.LeastFactor);
        work.SetBounded(TLane.SelectLess(factor, least, one, work.Bounded));
        return LaneMath.Max(factor, least);
    }
}
