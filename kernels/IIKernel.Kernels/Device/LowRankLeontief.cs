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
    /// (5) and (6): Zi_i = V_i ΔY_i / X_i of two sectors whose rows of (V_i/X_i)·H_{i,kj} are given; <paramref name="related"/> and
    /// <paramref name="otherRelated"/> are their positions among the related sectors, or −1. Two at a time, since each u is read for both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfSectors<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, TReals induction, int row, int related, int otherRow, int otherRelated, Workspace<TLane, TStore> work,
        out TLane first, out TLane second)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        Induced(plan, induction, row, otherRow, work, out first, out second);
        if (related >= 0) first = (TLane.Broadcast(1.0) - work.Coefficient(related)) * first;
        if (otherRelated >= 0) second = (TLane.Broadcast(1.0) - work.Coefficient(otherRelated)) * second;
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
        for (var c = 0; c < plan.CategoryCount; c += 2)
        {
            var next = Math.Min(c + 1, plan.CategoryCount - 1);
            Induced(plan, plan.CategoryInduction, c, next, work, out TLane first, out var second);
            work.SetIndirect(c, first);
            work.SetIndirect(next, second);
        }

        for (var k = 0; k < plan.RelatedCount; k += 2)
        {
            var next = Math.Min(k + 1, plan.RelatedCount - 1);
            OfSectors(plan, plan.RelatedInduction, k, k, next, next, work, out TLane first, out var second);
            var c = plan.RelatedCategory[k];
            work.SetIndirect(c, work.Indirect(c) + first);
            if (next == k) continue;
            c = plan.RelatedCategory[next];
            work.SetIndirect(c, work.Indirect(c) + second);
        }
    }

    // Σ_j row_j · u_j of two rows, accumulated in index order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Induced<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, TReals induction, int row, int otherRow, Workspace<TLane, TStore> work, out TLane first, out TLane second)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        first = TLane.Broadcast(0.0);
        second = TLane.Broadcast(0.0);
        var at = row * plan.RelatedCount;
        var otherAt = otherRow * plan.RelatedCount;
        for (var j = 0; j < plan.RelatedCount; j++)
        {
            var multiplier = work.Multiplier(j);
            first = TLane.MultiplyAdd(TLane.Broadcast(induction[at + j]), multiplier, first);
            second = TLane.MultiplyAdd(TLane.Broadcast(induction[otherAt + j]), multiplier, second);
        }
    }
}
