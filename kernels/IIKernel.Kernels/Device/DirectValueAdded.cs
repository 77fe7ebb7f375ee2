using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Formula (1): direct value added of the base year.</summary>
public static class DirectValueAdded
{
    /// <summary>(1) Zd_k = S_k·V_k of related sector <paramref name="k"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfRelated<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, int k, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        work.Coefficient(k) * TLane.Broadcast(plan.RelatedValueAdded[k]);

    /// <summary>Zd_c = Σ Zd_k over the related sectors of each category.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByCategory<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        for (var c = 0; c < plan.CategoryCount; c++) work.SetDirect(c, TLane.Broadcast(0.0));
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            var c = plan.RelatedCategory[k];
            work.SetDirect(c, work.Direct(c) + OfRelated(plan, k, work));
        }
    }
}
