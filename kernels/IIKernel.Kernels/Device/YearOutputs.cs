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
        in PlanView<TReals, TIntegers> plan, int t, Workspace<TLane, TStore> work, TSink sink)
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

        for (var c = 0; c < plan.CategoryCount; c++)
        {
            // (9) direct_{c,t} = rd_c·V_{c,t}; indirect_{c,t} = ri_c·T_t·V_{c,t}.
            var direct = work.Direct(c) * TLane.Broadcast(plan.DirectScale[t * plan.CategoryCount + c]);
            var indirect = work.Indirect(c) * TLane.Broadcast(plan.IndirectScale[t * plan.CategoryCount + c]);
            Entity(plan, t, outputs.Category(c), direct, indirect, work, sink);
            var j = plan.CategoryGroup[c];
            work.SetGroupDirect(j, work.GroupDirect(j) + direct);
            work.SetGroupIndirect(j, work.GroupIndirect(j) + indirect);
        }

        var nationDirect = zero;
        var nationIndirect = zero;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            var direct = work.GroupDirect(j);
            var indirect = work.GroupIndirect(j);
            Entity(plan, t, outputs.Group(j), direct, indirect, work, sink);
            nationDirect += direct;
            nationIndirect += indirect;
        }

        Entity(plan, t, outputs.Nation, nationDirect, nationIndirect, work, sink);

        for (var r = 0; r < plan.RowCount; r++)
        {
            // (10) Z_{i,t} = Σ_j Z_{j,t}·ω_{ij,t}.
            var at = (t * plan.RowCount + r) * plan.GroupCount;
            var direct = zero;
            var indirect = zero;
            for (var j = 0; j < plan.GroupCount; j++)
            {
                var share = TLane.Broadcast(plan.RegionShare[at + j]);
                direct = TLane.MultiplyAdd(share, work.GroupDirect(j), direct);
                indirect = TLane.MultiplyAdd(share, work.GroupIndirect(j), indirect);
            }

            Entity(plan, t, outputs.Row(r), direct, indirect, work, sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Entity<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, int t, int entity, TLane direct, TLane indirect,
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
        sink.Store(at + OutputMap.Share, total * TLane.Broadcast(plan.PercentScale[t * outputs.Entities + entity]));
        if (t > 0)
        {
            var previous = work.Previous(entity);
            sink.Store(at + OutputMap.Growth, (total - previous) / previous * TLane.Broadcast(100.0));
        }

        work.SetPrevious(entity, total);
    }
}
