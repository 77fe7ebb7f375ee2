using System.Runtime.CompilerServices;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>The sums over categories that region sets share out by weights of their own.</content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>
    /// Sums the categories of year <paramref name="t"/> to the groups of every allocation. They are computed anew from the
    /// base year, so that nothing is kept of them for studies that have no allocation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumAllocatedGroups(in PlanView<TReals, TIntegers> plan, int t, TBlock block)
    {
        for (var q = 0; q < plan.Allocation.Groups; q++)
        {
            for (var lane = 0; lane < block.Lanes; lane++) block.Work(lane).SetAllocated(q, TLane.Broadcast(0.0));
        }

        var drawn = plan.Accounts.UncertainValueAdded[t] != 0;
        for (var a = 0; a < plan.Allocation.Count; a++)
        {
            var isDirect = plan.Allocation.Components[a] == OutputMap.Direct;
            for (var c = 0; c < plan.CategoryCount; c++)
            {
                var q = plan.Allocation.CategoryGroup[a * plan.CategoryCount + c];
                var cell = t * plan.CategoryCount + c;
                var scale = TLane.Broadcast(isDirect ? plan.DirectScale[cell] : plan.IndirectScale[cell]);
                for (var lane = 0; lane < block.Lanes; lane++)
                {
                    var work = block.Work(lane);
                    var value = isDirect ? DirectOfYear(c, scale, drawn, work) : IndirectOfYear(c, scale, drawn, work);
                    work.SetAllocated(q, work.Allocated(q) + value);
                }
            }
        }
    }
}
