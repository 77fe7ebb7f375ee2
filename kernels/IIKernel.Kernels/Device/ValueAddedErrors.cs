using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>V_{c,t} of one year in this draw.</summary>
/// <remarks>Temporary memory: the C factors on V_{c,t}, then the J groups' value added, then J ratios.</remarks>
public static class ValueAddedErrors
{
    /// <summary>Draws the factors on V_{c,t} of year <paramref name="t"/> and sums the groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
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
            var factor = AccountErrors.Factor(plan, firstDraw, cell, work);
            work.SetTemporary(c, factor);
            var j = plan.CategoryGroup[c];
            var point = TLane.Broadcast(plan.ValueAdded[cell]);
            work.SetTemporary(groups + j, TLane.MultiplyAdd(point, factor, work.Temporary(groups + j)));
            work.SetTemporary(ratios + j, work.Temporary(ratios + j) + point);
        }

        if (plan.FixedValueAdded == FixedTotal.None) return;
        var nation = zero;
        var nationPoint = zero;
        for (var j = 0; j < plan.GroupCount; j++)
        {
            nation += work.Temporary(groups + j);
            nationPoint += work.Temporary(ratios + j);
        }

        for (var j = 0; j < plan.GroupCount; j++)
        {
            var ratio = plan.FixedValueAdded == FixedTotal.Nation ? nationPoint / nation : work.Temporary(ratios + j) / work.Temporary(groups + j);

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
    public static TLane Category<TLane, TStore>(int c, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TStore : struct, ILaneStore<TLane> => work.Temporary(c);

    /// <summary>The value added of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Group<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, int j, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> => work.Temporary(plan.CategoryCount + j);

    /// <summary>Temporary memory in lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Temporary(SamplePlan plan) =>
        plan.Accounts.UncertainValueAdded.Contains(1) ? plan.CategoryCount + 2 * plan.GroupCount : 0;
}
