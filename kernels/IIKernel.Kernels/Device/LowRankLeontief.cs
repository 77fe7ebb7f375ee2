using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (4)–(6) for a fixed table, by the exact shortcut: with H = C − I of the n × n table,
/// ΔY_i = (1 − s_i) Σ_j H_{i,kj} u_j and u_j = X_kj S_kj / (1 + S_kj H_kj,kj), which equals the augmented
/// (n + m) system because its matrix is A' = L A R with R L = I.
/// </summary>
public static class LowRankLeontief
{
    /// <summary>u_k of every related sector: (4), and the denominator C'_{n+j,n+j} of (5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multipliers<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            var s = work.Coefficient(k);
            var diagonal = TLane.MultiplyAdd(s, TLane.Broadcast(plan.RelatedDiagonal[k]), TLane.Broadcast(1.0));
            work.SetMultiplier(k, TLane.Broadcast(plan.RelatedOutput[k]) * s / diagonal);
        }
    }

    /// <summary>
    /// (5) and (6): Zi_i = V_i ΔY_i / X_i of one sector whose row of (V_i/X_i)·H_{i,kj} is given;
    /// <paramref name="related"/> is its position among the related sectors, or −1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfSector<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, TReals induction, int row, int related, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var sum = Induced(plan, induction, row, work);
        return related < 0 ? sum : (TLane.Broadcast(1.0) - work.Coefficient(related)) * sum;
    }

    /// <summary>Zi_c = Σ Zi_i over the sectors of each category; those that are not related were summed beforehand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByCategory<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        for (var c = 0; c < plan.CategoryCount; c++)
            work.SetIndirect(c, Induced(plan, plan.CategoryInduction, c, work));
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            var c = plan.RelatedCategory[k];
            work.SetIndirect(c, work.Indirect(c) + OfSector(plan, plan.RelatedInduction, k, k, work));
        }
    }

    // Σ_j row_j · u_j, accumulated in index order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Induced<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, TReals induction, int row, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var sum = TLane.Broadcast(0.0);
        var at = row * plan.RelatedCount;
        for (var j = 0; j < plan.RelatedCount; j++)
            sum = TLane.MultiplyAdd(TLane.Broadcast(induction[at + j]), work.Multiplier(j), sum);
        return sum;
    }
}
