using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Formula (10): the regional rows of one year.</summary>
/// <remarks>
/// Temporary memory, where GDP is drawn: GDP_ij (R × J), Σ_i GDP_ij of each set (S × J), and each set's ratio (S).
/// </remarks>
public static class RegionalShares
{
    /// <summary>Writes the outputs of every regional row in year <paramref name="t"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        // Before the temporary memory is taken, which still holds the factors on V_{c,t}.
        if (plan.AllocationCount != 0) AllocatedGroups.Sum<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, block);
        if (plan.UncertainGdp[t] != 0)
        {
            for (var lane = 0; lane < block.Lanes; lane++) DrawGdp(plan, block.Draw(lane), t, block.Work(lane));
        }

        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.AllocationCount != 0 && (plan.RowAllocation[2 * r] >= 0 || plan.RowAllocation[2 * r + 1] >= 0))
                AllocatedRow<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, r, block);
            else
                Row<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, r, block);
        }
    }

    // A row whose two parts have the same shares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, int r, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        var entity = plan.Outputs.Row(r);
        var wanted = block.Wanted(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
        var drawn = plan.UncertainGdp[t] != 0;
        var at = (t * plan.RowCount + r) * plan.GroupCount;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            // (10) Z_{i,t} = Σ_j Z_{j,t}·ω_{ij,t}.
            var work = block.Work(lane);
            var direct = TLane.Broadcast(0.0);
            var indirect = TLane.Broadcast(0.0);
            for (var j = 0; j < plan.GroupCount; j++)
            {
                var share = Share(plan, drawn, at, r, j, work);
                direct = TLane.MultiplyAdd(share, work.GroupDirect(j), direct);
                indirect = TLane.MultiplyAdd(share, work.GroupIndirect(j), indirect);
            }

            YearOutputs.Entity(plan, t, entity, wanted, direct, indirect, Percent(plan, drawn, t, r, entity, work), work, block.Sink(lane));
        }

        block.Finish(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
    }

    // A row with weights of its own for one part or both.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AllocatedRow<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, int r, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        var entity = plan.Outputs.Row(r);
        var wanted = block.Wanted(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
        var drawn = plan.UncertainGdp[t] != 0;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            var work = block.Work(lane);
            var direct = Part(plan, drawn, t, r, OutputMap.Direct, work);
            var indirect = Part(plan, drawn, t, r, OutputMap.Indirect, work);
            YearOutputs.Entity(plan, t, entity, wanted, direct, indirect, Percent(plan, drawn, t, r, entity, work), work, block.Sink(lane));
        }

        block.Finish(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
    }

    // (10) of one part: by its allocation, whose weights are certain, or by GDP and industry group.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Part<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, bool drawn, int t, int r, int component, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var sum = TLane.Broadcast(0.0);
        var allocation = plan.RowAllocation[2 * r + component];
        if (allocation >= 0)
        {
            var first = (t * plan.RowCount + r) * plan.AllocatedGroupCount;
            for (var q = plan.AllocationFirstGroup[allocation]; q < plan.AllocationFirstGroup[allocation + 1]; q++)
                sum = TLane.MultiplyAdd(TLane.Broadcast(plan.AllocatedShare[first + q]), work.Allocated(q), sum);
            return sum;
        }

        var at = (t * plan.RowCount + r) * plan.GroupCount;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            var group = component == OutputMap.Direct ? work.GroupDirect(j) : work.GroupIndirect(j);
            sum = TLane.MultiplyAdd(Share(plan, drawn, at, r, j, work), group, sum);
        }

        return sum;
    }

    // 100 over the row's own GDP.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Percent<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, bool drawn, int t, int r, int entity, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        drawn
            ? TLane.Broadcast(100.0) / Gdp(plan, t, r, work)
            : TLane.Broadcast(plan.PercentScale[t * plan.Outputs.Entities + entity]);

    /// <summary>Temporary memory in lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Temporary(SamplePlan plan) =>
        plan.Accounts.UncertainGdp.Contains(1) ? (plan.RowCount + plan.Accounts.Sets) * plan.GroupCount + plan.Accounts.Sets : 0;

    // GDP_ij of every region, summed by area and by set; and what fixes a set's total.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawGdp<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var zero = TLane.Broadcast(0.0);
        var groups = plan.GroupCount;
        var sets = plan.RowCount * groups;
        var ratios = sets + plan.SetCount * groups;
        for (var i = 0; i < ratios + plan.SetCount; i++) work.SetTemporary(i, zero);
        var first = plan.YearCount * plan.CategoryCount;
        for (var r = 0; r < plan.RowCount; r++)
        {
            var area = plan.RowArea[r];
            if (area == r) continue;
            for (var j = 0; j < groups; j++)
            {
                var cell = (t * plan.RowCount + r) * groups + j;
                var point = TLane.Broadcast(plan.Gdp[cell]);
                var gdp = point * AccountErrors.Factor(plan, firstDraw, first + cell, work);
                var set = plan.RowSet[r];
                work.SetTemporary(r * groups + j, gdp);
                Add(sets + set * groups + j, gdp, work);
                Add(ratios + set, point, work);
                if (area >= 0) Add(area * groups + j, gdp, work);
            }
        }

        // A ratio so far holds the set's point value.
        for (var set = 0; set < plan.SetCount; set++)
        {
            var total = zero;
            for (var j = 0; j < groups; j++) total += work.Temporary(sets + set * groups + j);
            work.SetTemporary(ratios + set, work.Temporary(ratios + set) / total);
        }
    }

    // ω_ij, drawn or at the point, where a row's begin at the given index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Share<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, bool drawn, int at, int r, int j, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        drawn ? DrawnShare(plan, r, j, work) : TLane.Broadcast(plan.RegionShare[at + j]);

    // ω_ij = GDP_ij / Σ_i GDP_ij.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane DrawnShare<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, int r, int j, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        work.Temporary(r * plan.GroupCount + j) / work.Temporary((plan.RowCount + plan.RowSet[r]) * plan.GroupCount + j);

    // The row's own GDP, scaled where its set's totals are fixed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Gdp<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, int t, int r, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var sum = TLane.Broadcast(0.0);
        var set = plan.RowSet[r];
        for (var j = 0; j < plan.GroupCount; j++)
        {
            if (plan.FixedGdp == FixedTotal.Group)
                sum = TLane.MultiplyAdd(DrawnShare(plan, r, j, work), TLane.Broadcast(plan.SetGdp[(t * plan.SetCount + set) * plan.GroupCount + j]), sum);
            else
                sum += work.Temporary(r * plan.GroupCount + j);
        }

        return plan.FixedGdp == FixedTotal.Nation
            ? sum * work.Temporary((plan.RowCount + plan.SetCount) * plan.GroupCount + set)
            : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLane, TStore>(int index, TLane value, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TStore : struct, ILaneStore<TLane> => work.SetTemporary(index, work.Temporary(index) + value);
}
