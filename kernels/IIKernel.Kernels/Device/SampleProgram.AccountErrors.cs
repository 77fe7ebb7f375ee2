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

        // A revision is its factor. The prediction error of a least-squares line is t-distributed: the year's own residual, level and slope
        // over the common estimate of the standard deviation. All are read at one place, which is much of a device's code.
        var error = TLane.Broadcast(0.0);
        var inputs = kind == CellKind.Prediction ? 4 : 1;
        for (var i = 0; i < inputs; i++)
        {
            var value = TInputs.Value(plan, firstDraw, i == 0 ? plan.Accounts.Inputs[cell] : plan.Accounts.Series[cell] + i - 1, work);
            if (i == 0) error = kind == CellKind.Revision ? value : value * TLane.Broadcast(plan.Accounts.Loadings[cell * 3 + 2]);
            else if (i < 3) error = TLane.MultiplyAdd(value, TLane.Broadcast(plan.Accounts.Loadings[cell * 3 + i - 1]), error);
            else error /= TLane.Sqrt(value);
        }

        if (kind == CellKind.Revision) return error;
        var factor = one + error;
        var least = TLane.Broadcast(CellKind.LeastFactor);
        work.SetBounded(TLane.SelectLess(factor, least, one, work.Bounded));
        return LaneMath.Max(factor, least);
    }
}
