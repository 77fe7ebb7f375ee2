using System.Runtime.CompilerServices;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>
/// Formula (10): the regional rows of one year.
/// Temporary memory, where GDP is drawn: GDP_ij and then ω_ij (R × J), 100 over each row's own GDP (R), and 1/Σ_i GDP_ij of one set (J).
/// </content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>What the rows of year <paramref name="t"/> need to know of each draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BeginRows(in PlanView<TReals, TIntegers> plan, int t, TBlock block)
    {
        // Before the temporary memory is taken, which still holds the factors on V_{c,t}.
        if (plan.Allocation.Count != 0) SumAllocatedGroups(plan, t, block);
        if (plan.Accounts.UncertainGdp[t] != 0)
        {
            DrawGdp(plan, t, block);
            // Sets that are a part of another come first: shares take the place of the GDP that they are taken of.
            for (var lane = 0; lane < block.Lanes; lane++)
            {
                for (var set = 0; set < plan.Accounts.Sets; set++)
                    if (plan.Accounts.SetWhole[set] != set) TakeShares(plan, t, set, block.Work(lane));
                for (var set = 0; set < plan.Accounts.Sets; set++)
                    if (plan.Accounts.SetWhole[set] == set) TakeShares(plan, t, set, block.Work(lane));
            }
        }
    }

    // Of a row with weights of its own for one part or both, the parts are summed one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteRow(in PlanView<TReals, TIntegers> plan, int t, int r, int wanted, TBlock block)
    {
        if (plan.Allocation.Count != 0 && (plan.Allocation.RowAllocation[2 * r] >= 0 || plan.Allocation.RowAllocation[2 * r + 1] >= 0))
            WriteAllocatedRow(plan, t, r, wanted, block);
        else
            WriteSharedRow(plan, t, r, wanted, block);
    }

    // A row whose two parts have the same shares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteSharedRow(in PlanView<TReals, TIntegers> plan, int t, int r, int wanted, TBlock block)
    {
        var entity = plan.Outputs.Row(r);
        var drawn = plan.Accounts.UncertainGdp[t] != 0;
        var at = (t * plan.RowCount + r) * plan.GroupCount;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            // (10) Z_{i,t} = Σ_j Z_{j,t}·ω_{ij,t}.
            var work = block.Work(lane);
            var direct = TLane.Broadcast(0.0);
            var indirect = TLane.Broadcast(0.0);
            for (var j = 0; j < plan.GroupCount; j++)
            {
                var share = RowShare(plan, drawn, at, r, j, work);
                direct = TLane.MultiplyAdd(share, work.GroupDirect(j), direct);
                indirect = TLane.MultiplyAdd(share, work.GroupIndirect(j), indirect);
            }

            WriteEntity(plan, t, entity, wanted, direct, indirect, RowPercent(plan, drawn, t, r, entity, work), work, block.Sink(lane));
        }
    }

    // A row with weights of its own for one part or both.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteAllocatedRow(in PlanView<TReals, TIntegers> plan, int t, int r, int wanted, TBlock block)
    {
        var entity = plan.Outputs.Row(r);
        var drawn = plan.Accounts.UncertainGdp[t] != 0;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            var work = block.Work(lane);
            var direct = RowPart(plan, drawn, t, r, OutputMap.Direct, work);
            var indirect = RowPart(plan, drawn, t, r, OutputMap.Indirect, work);
            WriteEntity(plan, t, entity, wanted, direct, indirect, RowPercent(plan, drawn, t, r, entity, work), work, block.Sink(lane));
        }
    }

    // (10) of one part: by its allocation, whose weights are certain, or by GDP and industry group.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane RowPart(
        in PlanView<TReals, TIntegers> plan, bool drawn, int t, int r, int component, Workspace<TLane, TStore> work)
    {
        var sum = TLane.Broadcast(0.0);
        var allocation = plan.Allocation.RowAllocation[2 * r + component];
        if (allocation >= 0)
        {
            var first = (t * plan.RowCount + r) * plan.Allocation.Groups;
            for (var q = plan.Allocation.FirstGroup[allocation]; q < plan.Allocation.FirstGroup[allocation + 1]; q++)
                sum = TLane.MultiplyAdd(TLane.Broadcast(plan.Allocation.Share[first + q]), work.Allocated(q), sum);
            return sum;
        }

        var at = (t * plan.RowCount + r) * plan.GroupCount;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            var group = component == OutputMap.Direct ? work.GroupDirect(j) : work.GroupIndirect(j);
            sum = TLane.MultiplyAdd(RowShare(plan, drawn, at, r, j, work), group, sum);
        }

        return sum;
    }

    // 100 over the row's own GDP.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane RowPercent(
        in PlanView<TReals, TIntegers> plan, bool drawn, int t, int r, int entity, Workspace<TLane, TStore> work) =>
        drawn
            ? work.Temporary(plan.RowCount * plan.GroupCount + r)
            : TLane.Broadcast(plan.PercentScale[t * plan.Outputs.Entities + entity]);

    // ω_ij, drawn or at the point, where a row's begin at the given index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane RowShare(in PlanView<TReals, TIntegers> plan, bool drawn, int at, int r, int j, Workspace<TLane, TStore> work) =>
        drawn ? work.Temporary(r * plan.GroupCount + j) : TLane.Broadcast(plan.RegionShare[at + j]);

    /// <summary>Temporary memory in lanes.</summary>
    private static int GdpMemory(SamplePlan plan) =>
        plan.Accounts.UncertainGdp.Contains(1) ? (plan.RowCount + 1) * plan.GroupCount + plan.RowCount : 0;

    // GDP_ij of every region, and their sums by area.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawGdp(in PlanView<TReals, TIntegers> plan, int t, TBlock block)
    {
        var groups = plan.GroupCount;
        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.Accounts.RowArea[r] != r) continue;
            for (var j = 0; j < groups; j++)
                for (var lane = 0; lane < block.Lanes; lane++)
                    block.Work(lane).SetTemporary(r * groups + j, TLane.Broadcast(0.0));
        }

        var first = plan.YearCount * plan.CategoryCount;
        for (var r = 0; r < plan.RowCount; r++)
        {
            var area = plan.Accounts.RowArea[r];
            if (area == r) continue;
            for (var j = 0; j < groups; j++)
            {
                var cell = (t * plan.RowCount + r) * groups + j;
                for (var lane = 0; lane < block.Lanes; lane++)
                {
                    var work = block.Work(lane);
                    var gdp = TLane.Broadcast(plan.Accounts.Gdp[cell]) * FigureFactor(plan, block.Draw(lane), first + cell, work);
                    work.SetTemporary(r * groups + j, gdp);
                    if (area >= 0) work.SetTemporary(area * groups + j, work.Temporary(area * groups + j) + gdp);
                }
            }
        }
    }

    // ω_ij = GDP_ij / Σ_i GDP_ij of the rows of a set, the sum over its whole, and 100 over their own GDP, which is scaled where the totals
    // of a set that is the whole are fixed. A part keeps its own errors: they are not those of the whole that is fixed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeShares(in PlanView<TReals, TIntegers> plan, int t, int set, Workspace<TLane, TStore> work)
    {
        var groups = plan.GroupCount;
        var percents = plan.RowCount * groups;
        var inverses = percents + plan.RowCount;
        var points = (t * plan.Accounts.Sets + set) * groups;
        var whole = plan.Accounts.SetWhole[set];
        var isWhole = whole == set;
        var certain = whole < 0 || (!isWhole && plan.Accounts.FixedGdp == FixedTotal.Group);
        var all = TLane.Broadcast(0.0);
        var allPoint = TLane.Broadcast(0.0);
        for (var j = 0; j < groups; j++)
        {
            var total = TLane.Broadcast(certain ? plan.Accounts.SetGdp[points + j] : 0.0);
            for (var r = 0; r < plan.RowCount; r++)
                if (!certain && plan.Accounts.RowSet[r] == whole && plan.Accounts.RowArea[r] != r)
                    total += work.Temporary(r * groups + j);
            work.SetTemporary(inverses + j, TLane.Broadcast(1.0) / total);
            all += total;
            allPoint += TLane.Broadcast(plan.Accounts.SetGdp[points + j]);
        }

        var ratio = plan.Accounts.FixedGdp == FixedTotal.Nation && !certain ? allPoint / all : TLane.Broadcast(1.0);
        if (!isWhole)
        {
            for (var j = 0; j < groups; j++) work.SetTemporary(inverses + j, work.Temporary(inverses + j) / ratio);
            ratio = TLane.Broadcast(1.0);
        }

        for (var r = 0; r < plan.RowCount; r++)
        {
            if (plan.Accounts.RowSet[r] != set) continue;
            var own = TLane.Broadcast(0.0);
            for (var j = 0; j < groups; j++)
            {
                var gdp = work.Temporary(r * groups + j);
                var share = gdp * work.Temporary(inverses + j);
                own = isWhole && plan.Accounts.FixedGdp == FixedTotal.Group
                    ? TLane.MultiplyAdd(share, TLane.Broadcast(plan.Accounts.SetGdp[points + j]), own) : own + gdp;
                work.SetTemporary(r * groups + j, share);
            }

            work.SetTemporary(percents + r, TLane.Broadcast(100.0) / (own * ratio));
        }
    }
}
