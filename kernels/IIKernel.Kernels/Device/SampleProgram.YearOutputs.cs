using System.Runtime.CompilerServices;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>
/// One reported year of one block of draws: formula (9) by category, sums to groups and nation, formula (10)
/// by region, and for each of them total, share and growth.
/// </content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>Stands, with the bits of the measures that are wanted, for keeping the total, which the year after will need.</summary>
    private const int ForNextYear = 1 << OutputMap.Measures;

    /// <summary>
    /// Writes every output of year <paramref name="t"/> (0 = base year), of those before <paramref name="years"/>; years go in ascending
    /// order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WriteYear(in PlanView<TReals, TIntegers> plan, int t, int years, int rows, TBlock block)
    {
        var after = t + 1 < years ? ForNextYear : 0;
        for (var lane = 0; lane < block.Lanes; lane++) BeginYear(plan, block.Draw(lane), t, block.Work(lane));

        // Categories, groups, the nation, rows: each follows from those before.
        var nation = plan.CategoryCount + plan.GroupCount;
        var count = nation + 1 + (rows != 0 ? plan.RowCount : 0);
        for (var i = 0; i < count; i++)
        {
            if (i == nation + 1) BeginRows(plan, t, block);
            var entity = i < nation ? i + 1 : i == nation ? plan.Outputs.Nation : i;
            var at = plan.Outputs.Index(t, entity, 0);
            var wanted = after | block.Wanted(at, OutputMap.WrittenMeasures(t));
            if (i < plan.CategoryCount) WriteCategory(plan, t, i, wanted, block);
            else if (i < nation) WriteGroup(plan, t, i - plan.CategoryCount, wanted, block);
            else if (i == nation) WriteNation(plan, t, wanted, block);
            else WriteRow(plan, t, i - nation - 1, wanted, block);
            block.Finish(at, OutputMap.WrittenMeasures(t));
        }
    }

    // What the year needs to know of a draw.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BeginYear(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
    {
        for (var j = 0; j < plan.GroupCount; j++)
        {
            work.SetGroupDirect(j, TLane.Broadcast(0.0));
            work.SetGroupIndirect(j, TLane.Broadcast(0.0));
        }

        if (plan.Accounts.UncertainValueAdded[t] != 0) DrawValueAdded(plan, firstDraw, t, work);
        work.SetGrowth(GrowthOverPoint(plan, firstDraw, t, work));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteCategory(in PlanView<TReals, TIntegers> plan, int t, int c, int wanted, TBlock block)
    {
        var entity = plan.Outputs.Category(c);
        var j = plan.CategoryGroup[c];
        var drawn = plan.Accounts.UncertainValueAdded[t] != 0;
        var directScale = TLane.Broadcast(plan.DirectScale[t * plan.CategoryCount + c]);
        var indirectScale = TLane.Broadcast(plan.IndirectScale[t * plan.CategoryCount + c]);
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            var work = block.Work(lane);
            var direct = DirectOfYear(c, directScale, drawn, work);
            var indirect = IndirectOfYear(c, indirectScale, drawn, work);
            var percent = PointPercent(plan, t, entity);
            if (drawn) percent /= CategoryFactor(c, work);
            WriteEntity(plan, t, entity, wanted, direct, indirect, percent, work, block.Sink(lane));
            work.SetGroupDirect(j, work.GroupDirect(j) + direct);
            work.SetGroupIndirect(j, work.GroupIndirect(j) + indirect);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteGroup(in PlanView<TReals, TIntegers> plan, int t, int j, int wanted, TBlock block)
    {
        var entity = plan.Outputs.Group(j);
        var drawn = plan.Accounts.UncertainValueAdded[t] != 0;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            var work = block.Work(lane);
            var percent = drawn
                ? TLane.Broadcast(100.0) / GroupValueAdded(plan, j, work)
                : PointPercent(plan, t, entity);
            WriteEntity(plan, t, entity, wanted, work.GroupDirect(j), work.GroupIndirect(j), percent, work, block.Sink(lane));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteNation(in PlanView<TReals, TIntegers> plan, int t, int wanted, TBlock block)
    {
        var drawn = plan.Accounts.UncertainValueAdded[t] != 0;
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            var work = block.Work(lane);
            var direct = TLane.Broadcast(0.0);
            var indirect = TLane.Broadcast(0.0);
            var own = TLane.Broadcast(0.0);
            for (var j = 0; j < plan.GroupCount; j++)
            {
                direct += work.GroupDirect(j);
                indirect += work.GroupIndirect(j);
                if (drawn) own += GroupValueAdded(plan, j, work);
            }

            var percent = drawn ? TLane.Broadcast(100.0) / own : PointPercent(plan, t, plan.Outputs.Nation);
            WriteEntity(plan, t, plan.Outputs.Nation, wanted, direct, indirect, percent, work, block.Sink(lane));
        }
    }

    /// <summary>
    /// (9) direct_{c,t} = rd_c·V_{c,t}, from the base year by <paramref name="scale"/>, where V_{c,t} is drawn times its factor.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane DirectOfYear(int c, TLane scale, bool drawn, Workspace<TLane, TStore> work)
    {
        var direct = work.Direct(c) * scale;
        return drawn ? direct * CategoryFactor(c, work) : direct;
    }

    /// <summary>(9) indirect_{c,t} = ri_c·T_t·V_{c,t}, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane IndirectOfYear(int c, TLane scale, bool drawn, Workspace<TLane, TStore> work)
    {
        var indirect = work.Indirect(c) * scale * work.Growth;
        return drawn ? indirect * CategoryFactor(c, work) : indirect;
    }

    // 100 / own value added at the point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane PointPercent(in PlanView<TReals, TIntegers> plan, int t, int entity) =>
        TLane.Broadcast(plan.PercentScale[t * plan.Outputs.Entities + entity]);

    /// <summary>
    /// Writes the measures of one entity that are <paramref name="wanted"/>, and keeps its total if <see cref="ForNextYear"/> is among
    /// them; <paramref name="percent"/> is 100 over its own value added or GDP.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteEntity(
        in PlanView<TReals, TIntegers> plan, int t, int entity, int wanted, TLane direct, TLane indirect, TLane percent,
        Workspace<TLane, TStore> work, TSink sink)
    {
        var outputs = plan.Outputs;
        var at = outputs.Index(t, entity, 0);
        var total = direct + indirect;
        if ((wanted & (1 << OutputMap.Direct)) != 0) sink.Store(at + OutputMap.Direct, direct);
        if ((wanted & (1 << OutputMap.Indirect)) != 0) sink.Store(at + OutputMap.Indirect, indirect);
        if ((wanted & (1 << OutputMap.Total)) != 0) sink.Store(at + OutputMap.Total, total);
        if ((wanted & (1 << OutputMap.Share)) != 0) sink.Store(at + OutputMap.Share, total * percent);
        if (t > 0 && (wanted & (1 << OutputMap.Growth)) != 0)
        {
            var certain = plan.CertainGrowth[t * outputs.Entities + entity];
            var previous = work.Previous(entity);
            sink.Store(at + OutputMap.Growth, double.IsNaN(certain)
                ? (total - previous) / previous * TLane.Broadcast(100.0) : TLane.Broadcast(certain));
        }

        if ((wanted & ForNextYear) != 0) work.SetPrevious(entity, total);
    }
}
