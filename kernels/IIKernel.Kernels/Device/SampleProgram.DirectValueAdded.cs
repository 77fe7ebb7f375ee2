using System.Runtime.CompilerServices;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>Formula (1): direct value added of the base year.</content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>(1) Zd_k = S_k·V_k of related sector <paramref name="k"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane DirectOfRelated(in PlanView<TReals, TIntegers> plan, int k, Workspace<TLane, TStore> work) =>
        work.Coefficient(k) * TLeontief.ValueAdded(plan, k, work);

    /// <summary>Zd_c = Σ Zd_k over the related sectors of each category, of a draw whose system is solved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DirectByCategory(in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work)
    {
        for (var c = 0; c < plan.CategoryCount; c++) work.SetDirect(c, TLane.Broadcast(0.0));
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            var c = plan.RelatedCategory[k];
            work.SetDirect(c, work.Direct(c) + DirectOfRelated(plan, k, work));
        }

        for (var c = 0; c < plan.CategoryCount; c++) work.SetDirect(c, TLeontief.OfAccounts(plan, c, work.Direct(c), work));
    }
}
