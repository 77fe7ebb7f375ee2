using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>The sums over categories that region sets share out by weights of their own.</summary>
public static class AllocatedGroups
{
    /// <summary>
    /// Sums the categories of year <paramref name="t"/> to the groups of every allocation. They are computed anew from the
    /// base year, so that nothing is kept of them for studies that have no allocation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<TLane, TReals, TIntegers, TStore, TSink, TBlock>(
        in PlanView<TReals, TIntegers> plan, int t, TBlock block)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
        where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    {
        for (var q = 0; q < plan.AllocatedGroupCount; q++)
        {
            for (var lane = 0; lane < block.Lanes; lane++) block.Work(lane).SetAllocated(q, TLane.Broadcast(0.0));
        }

        var drawn = plan.UncertainValueAdded[t] != 0;
        for (var a = 0; a < plan.AllocationCount; a++)
        {
            var isDirect = plan.AllocationComponent[a] == OutputMap.Direct;
            for (var c = 0; c < plan.CategoryCount; c++)
            {
                var q = plan.AllocationGroup[a * plan.CategoryCount + c];
                var cell = t * plan.CategoryCount + c;
                var scale = TLane.Broadcast(isDirect ? plan.DirectScale[cell] : plan.IndirectScale[cell]);
                for (var lane = 0; lane < block.Lanes; lane++)
                {
                    var work = block.Work(lane);
                    var value = isDirect ? YearOutputs.Direct(c, scale, drawn, work) : YearOutputs.Indirect(c, scale, drawn, work);
                    work.SetAllocated(q, work.Allocated(q) + value);
                }
            }
        }
    }
}
