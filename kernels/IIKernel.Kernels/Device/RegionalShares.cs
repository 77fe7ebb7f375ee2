using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Formula (10): the regional rows of one year.</summary>
/// <remarks>
/// Temporary memory, where GDP is drawn: GDP_ij and then ω_ij (R × J), 100 over each row's own GDP (R), and 1/Σ_i GDP_ij of one set (J).
/// </remarks>
public static class RegionalShares
{
    /// <summary>
    /// Writes the outputs of every regional row in year <paramref name="t"/>; <paramref name="after"/> is <see cref="YearOutputs.ForNextYear"/> or 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, int after, TBlock block)
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
            DrawGdp<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, block);
            // Sets that are a part of another come first: shares take the place of the GDP that they are taken of.
            for (var lane = 0; lane < block.Lanes; lane++)
            {
                for (var set = 0; set < plan.SetCount; set++)
                    if (plan.SetWhole[set] != set) Shares(plan, t, set, block.Work(lane));
                for (var set = 0; set < plan.SetCount; set++)
                    if (plan.SetWhole[set] == set) Shares(plan, t, set, block.Work(lane));
            }
        }

        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.AllocationCount != 0 && (plan.RowAllocation[2 * r] >= 0 || plan.RowAllocation[2 * r + 1] >= 0))
                AllocatedRow<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, r, after, block);
            else
                Row<TLane, TReals, TIntegers, TStore, TSink, TBlock>(plan, t, r, after, block);
        }
    }

    // A row whose two parts have the same shares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, int r, int after, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        var entity = plan.Outputs.Row(r);
        var wanted = after | block.Wanted(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
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
        in PlanView<TReals, TIntegers> plan, int t, int r, int after, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        var entity = plan.Outputs.Row(r);
        var wanted = after | block.Wanted(plan.Outputs.Index(t, entity, 0), OutputMap.WrittenMeasures(t));
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
            ? work.Temporary(plan.RowCount * plan.GroupCount + r)
            : TLane.Broadcast(plan.PercentScale[t * plan.Outputs.Entities + entity]);

    // ω_ij, drawn or at the point, where a row's begin at the given index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Share<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, bool drawn, int at, int r, int j, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        drawn ? work.Temporary(r * plan.GroupCount + j) : TLane.Broadcast(plan.RegionShare[at + j]);

    /// <summary>Temporary memory in lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Temporary(SamplePlan plan) =>
        plan.Accounts.UncertainGdp.Contains(1) ? (plan.RowCount + 1) * plan.GroupCount + plan.RowCount : 0;

    // GDP_ij of every region, and their sums by area.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawGdp<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        var groups = plan.GroupCount;
        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.RowArea[r] != r) continue;
            for (var j = 0; j < groups; j++)
                for (var lane = 0; lane < block.Lanes; lane++)
                    block.Work(lane).SetTemporary(r * groups + j, TLane.Broadcast(0.0));
        }

        var first = plan.YearCount * plan.CategoryCount;
        for (var r = 0; r < plan.RowCount; r++)
        {
            var area = plan.RowArea[r];
            if (area == r) continue;
            for (var j = 0; j < groups; j++)
            {
                var cell = (t * plan.RowCount + r) * groups + j;
                for (var lane = 0; lane < block.Lanes; lane++)
                {
                    var work = block.Work(lane);
                    var gdp = TLane.Broadcast(plan.Gdp[cell]) * AccountErrors.Factor(plan, block.Draw(lane), first + cell, work);
                    work.SetTemporary(r * groups + j, gdp);
                    if (area >= 0) work.SetTemporary(area * groups + j, work.Temporary(area * groups + j) + gdp);
                }
            }
        }
    }

    // ω_ij = GDP_ij / Σ_i GDP_ij of the rows of a set, the sum over its whole, and 100 over their own GDP, which is scaled where the totals
    // of a set that is the whole are fixed. A part keeps its own errors: they are not those of the whole that is fixed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shares<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, int t, int set, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var groups = plan.GroupCount;
        var percents = plan.RowCount * groups;
        var inverses = percents + plan.RowCount;
        var points = (t * plan.SetCount + set) * groups;
        var whole = plan.SetWhole[set];
        var isWhole = whole == set;
        var certain = whole < 0 || (!isWhole && plan.FixedGdp == FixedTotal.Group);
        var all = TLane.Broadcast(0.0);
        var allPoint = TLane.Broadcast(0.0);
        for (var j = 0; j < groups; j++)
        {
            var total = TLane.Broadcast(certain ? plan.SetGdp[points + j] : 0.0);
            for (var r = 0; r < plan.RowCount; r++)
                if (!certain && plan.RowSet[r] == whole && plan.RowArea[r] != r)
                    total += work.Temporary(r * groups + j);
            work.SetTemporary(inverses + j, TLane.Broadcast(1.0) / total);
            all += total;
            allPoint += TLane.Broadcast(plan.SetGdp[points + j]);
        }

        var ratio = plan.FixedGdp == FixedTotal.Nation && !certain ? allPoint / all : TLane.Broadcast(1.0);
        if (!isWhole)
        {
            for (var j = 0; j < groups; j++) work.SetTemporary(inverses + j, work.Temporary(inverses + j) / ratio);
            ratio = TLane.Broadcast(1.0);
        }

        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.RowSet[r] != set) continue;
            var own = TLane.Broadcast(0.0);
            for (var j = 0; j < groups; j++)
            {
                var gdp = work.Temporary(r * groups + j);
                var share = gdp * work.Temporary(inverses + j);
                own = isWhole && plan.FixedGdp == FixedTotal.Group ? TLane.MultiplyAdd(share, TLane.Broadcast(plan.SetGdp[points + j]), own) : own + gdp;
                work.SetTemporary(r * groups + j, share);
            }

            work.SetTemporary(percents + r, TLane.Broadcast(100.0) / (own * ratio));
        }
    }
}
