using System.Runtime.CompilerServices;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>
/// V_{c,t} of one year in this draw.
/// Temporary memory: the C factors on V_{c,t}, then the J groups' value added, then J ratios.
/// </content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>Draws the factors on V_{c,t} of year <paramref name="t"/> and sums the groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawValueAdded(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
    {
        var zero = TLane.Broadcast(0.0);
        var one = TLane.Broadcast(1.0);
        var groups = plan.CategoryCount;
        var ratios = groups + plan.GroupCount;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            work.SetTemporary(groups + j, zero);
            work.SetTemporary(ratios + j, zero);
        }

        // A ratio first holds the group's point value.
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            var cell = t * plan.CategoryCount + c;
            var factor = FigureFactor(plan, firstDraw, cell, work);
            work.SetTemporary(c, factor);
            var j = plan.CategoryGroup[c];
            var point = TLane.Broadcast(plan.Accounts.ValueAdded[cell]);
            work.SetTemporary(groups + j, TLane.MultiplyAdd(point, factor, work.Temporary(groups + j)));
            work.SetTemporary(ratios + j, work.Temporary(ratios + j) + point);
        }

        if (plan.Accounts.FixedValueAdded == FixedTotal.None) return;
        var nation = zero;
        var nationPoint = zero;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            nation += work.Temporary(groups + j);
            nationPoint += work.Temporary(ratios + j);
        }

        for (var j = 0; j < plan.GroupCount; j++)
        {
            var ratio = plan.Accounts.FixedValueAdded == FixedTotal.Nation
                ? nationPoint / nation : work.Temporary(ratios + j) / work.Temporary(groups + j);

            // A group without value added has nothing to scale.
            ratio = TLane.SelectLess(zero, work.Temporary(groups + j), ratio, one);
            work.SetTemporary(ratios + j, ratio);
            work.SetTemporary(groups + j, work.Temporary(groups + j) * ratio);
        }

        for (var c = 0; c < plan.CategoryCount; c++)
            work.SetTemporary(c, work.Temporary(c) * work.Temporary(ratios + plan.CategoryGroup[c]));
    }

    /// <summary>The factor on V_{c,t}.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane CategoryFactor(int c, Workspace<TLane, TStore> work) => work.Temporary(c);

    /// <summary>The value added of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane GroupValueAdded(
        in PlanView<TReals, TIntegers> plan, int j, Workspace<TLane, TStore> work) => work.Temporary(plan.CategoryCount + j);

    /// <summary>Temporary memory in lanes.</summary>
    private static int ValueAddedMemory(SamplePlan plan) =>
        plan.Accounts.UncertainValueAdded.Contains(1) ? plan.CategoryCount + 2 * plan.GroupCount : 0;
}
