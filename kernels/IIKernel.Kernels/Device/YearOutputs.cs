using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// One reported year of one lane of draws: formula (9) by category, sums to groups and nation, formula (10)
/// by region, and for each of them total, share and growth.
/// </summary>
public static class YearOutputs
{
    /// <summary>Writes every output of year <paramref name="t"/> (0 = base year); years go in ascending order.</summary>
    public static void Write<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, int rows, Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        var outputs = plan.Outputs;
        var zero = TLane.Broadcast(0.0);
        for (var j = 0; j < plan.GroupCount; j++)
        {
            work.SetGroupDirect(j, zero);
            work.SetGroupIndirect(j, zero);
        }

        var drawn = plan.UncertainValueAdded[t];
        if (drawn != 0) ValueAddedErrors.Draw(plan, firstDraw, t, work);
        var multiplier = GrowthMultiplier.Relative(plan, firstDraw, t, work);
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            // (9) direct_{c,t} = rd_c·V_{c,t}; indirect_{c,t} = ri_c·T_t·V_{c,t}.
            var direct = work.Direct(c) * TLane.Broadcast(plan.DirectScale[t * plan.CategoryCount + c]);
            var indirect = work.Indirect(c) * TLane.Broadcast(plan.IndirectScale[t * plan.CategoryCount + c]) * multiplier;
            var entity = outputs.Category(c);
            var percent = PointPercent<TLane, TReals, TIntegers>(plan, t, entity);
            if (drawn != 0)
            {
                var factor = ValueAddedErrors.Category(c, work);
                direct *= factor;
                indirect *= factor;
                percent /= factor;
            }

            Entity(plan, t, entity, direct, indirect, percent, work, sink);
            var j = plan.CategoryGroup[c];
            work.SetGroupDirect(j, work.GroupDirect(j) + direct);
            work.SetGroupIndirect(j, work.GroupIndirect(j) + indirect);
        }

        var nationDirect = zero;
        var nationIndirect = zero;
        var nation = zero;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            var direct = work.GroupDirect(j);
            var indirect = work.GroupIndirect(j);
            var percent = PointPercent<TLane, TReals, TIntegers>(plan, t, outputs.Group(j));
            if (drawn != 0)
            {
                var group = ValueAddedErrors.Group(plan, j, work);
                nation += group;
                percent = TLane.Broadcast(100.0) / group;
            }

            Entity(plan, t, outputs.Group(j), direct, indirect, percent, work, sink);
            nationDirect += direct;
            nationIndirect += indirect;
        }

        var nationPercent = drawn != 0 ? TLane.Broadcast(100.0) / nation : PointPercent<TLane, TReals, TIntegers>(plan, t, outputs.Nation);
        Entity(plan, t, outputs.Nation, nationDirect, nationIndirect, nationPercent, work, sink);
        if (rows != 0) RegionalShares.Write(plan, firstDraw, t, work, sink);
    }

    // 100 / own value added at the point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane PointPercent<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, int t, int entity)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        TLane.Broadcast(plan.PercentScale[t * plan.Outputs.Entities + entity]);

    /// <summary>Writes the measures of one entity; <paramref name="percent"/> is 100 over its own value added or GDP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Entity<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, int t, int entity, TLane direct, TLane indirect, TLane percent,
        Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        var outputs = plan.Outputs;
        var at = outputs.Index(t, entity, 0);
        var total = direct + indirect;
        sink.Store(at + OutputMap.Direct, direct);
        sink.Store(at + OutputMap.Indirect, indirect);
        sink.Store(at + OutputMap.Total, total);
        sink.Store(at + OutputMap.Share, total * percent);
        if (t > 0)
        {
            var previous = work.Previous(entity);
            sink.Store(at + OutputMap.Growth, (total - previous) / previous * TLane.Broadcast(100.0));
        }

        work.SetPrevious(entity, total);
    }
}
