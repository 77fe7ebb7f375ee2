using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (4)–(6) for a fixed table, by the exact shortcut: with H = C − I of the n × n table,
/// ΔY_i = (1 − s_i) Σ_j H_{i,kj} u_j and u_j = X_kj S_kj / (1 + S_kj H_kj,kj), which equals the augmented
/// (n + m) system because its matrix is A' = L A R with R L = I.
/// </summary>
/// <remarks>Its own memory: u_k of every related sector.</remarks>
internal readonly struct FixedInduction<TLane, TReals, TIntegers, TStore> : ILeontiefStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
{
    /// <inheritdoc/>
    public static bool IsApart => false;

    /// <inheritdoc/>
    public static int Memory(SamplePlan plan) => plan.RelatedCount;

    /// <inheritdoc/>
    public static int Shared(SamplePlan plan) => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        // (4), and the denominator C'_{n+j,n+j} of (5).
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            var s = work.Coefficient(k);
            var diagonal = TLane.MultiplyAdd(s, TLane.Broadcast(plan.Induction.Diagonal[k]), TLane.Broadcast(1.0));
            work.SetLeontief(k, TLane.Broadcast(plan.Induction.Output[k]) * s / diagonal);
        }

        // Zi_c = Σ Zi_i over the sectors of each category; those that are not related were summed beforehand.
        for (var c = 0; c < plan.CategoryCount; c += 2)
        {
            var next = Math.Min(c + 1, plan.CategoryCount - 1);
            Induced(plan, plan.Induction.Category, c, next, work, out var first, out var second);
            work.SetIndirect(c, first);
            work.SetIndirect(next, second);
        }

        for (var k = 0; k < plan.RelatedCount; k += 2)
        {
            var next = Math.Min(k + 1, plan.RelatedCount - 1);
            OfRows(plan, plan.Induction.Related, k, k, next, next, work, out var first, out var second);
            var c = plan.RelatedCategory[k];
            work.SetIndirect(c, work.Indirect(c) + first);
            if (next == k) continue;
            c = plan.RelatedCategory[next];
            work.SetIndirect(c, work.Indirect(c) + second);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfSectors(
        in PlanView<TReals, TIntegers> plan, int sector, int related, int other, int otherRelated, Workspace<TLane, TStore> work,
        out TLane first, out TLane second) =>
        OfRows(plan, plan.Induction.Sector, sector, related, other, otherRelated, work, out first, out second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ValueAdded(in PlanView<TReals, TIntegers> plan, int related, Workspace<TLane, TStore> work) =>
        TLane.Broadcast(plan.RelatedValueAdded[related]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfAccounts(in PlanView<TReals, TIntegers> plan, int category, TLane value, Workspace<TLane, TStore> work) =>
        value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Mark(in PlanView<TReals, TIntegers> plan, int mark, Workspace<TLane, TStore> work) => TLane.Broadcast(0.0);

    // (5) and (6): Zi_i = V_i ΔY_i / X_i of two sectors whose rows of (V_i/X_i)·H_{i,kj} are given.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OfRows(in PlanView<TReals, TIntegers> plan, TReals induction, int row, int related, int otherRow, int otherRelated,
        Workspace<TLane, TStore> work, out TLane first, out TLane second)
    {
        Induced(plan, induction, row, otherRow, work, out first, out second);
        if (related >= 0) first = (TLane.Broadcast(1.0) - work.Coefficient(related)) * first;
        if (otherRelated >= 0) second = (TLane.Broadcast(1.0) - work.Coefficient(otherRelated)) * second;
    }

    // Σ_j row_j · u_j of two rows, accumulated in index order: each u is read for both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Induced(in PlanView<TReals, TIntegers> plan, TReals induction, int row, int otherRow, Workspace<TLane, TStore> work,
        out TLane first, out TLane second)
    {
        first = TLane.Broadcast(0.0);
        second = TLane.Broadcast(0.0);
        var at = row * plan.RelatedCount;
        var otherAt = otherRow * plan.RelatedCount;
        for (var j = 0; j < plan.RelatedCount; j++)
        {
            var multiplier = work.Leontief(j);
            first = TLane.MultiplyAdd(TLane.Broadcast(induction[at + j]), multiplier, first);
            second = TLane.MultiplyAdd(TLane.Broadcast(induction[otherAt + j]), multiplier, second);
        }
    }
}
