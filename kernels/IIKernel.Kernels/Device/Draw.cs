using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>One draw of every uncertain input quantity, each by its inverse distribution function.</summary>
public static class Draw
{
    /// <summary>Input quantity <paramref name="input"/> of <see cref="MarginalTable"/>; its point value where the plan is evaluated at the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Input<TLane, TReals, TIntegers>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
    {
        if (plan.AtPoint != 0) return TLane.Broadcast(plan.Points[input]);
        return Quantile(plan, input, Uniform<TLane, TReals, TIntegers>(plan, firstDraw, input));
    }

    /// <summary>The uniform variate behind an input quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Uniform<TLane, TReals, TIntegers>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        TLane.Uniform(
            plan.Seed, firstDraw, (uint)plan.InputIds[2 * input] | ((ulong)(uint)plan.InputIds[2 * input + 1] << 32), CounterLayout.SampleStream);

    /// <summary>The quantile of probability <paramref name="u"/> of input quantity <paramref name="input"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Quantile<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, int input, TLane u)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        MarginalDistribution.Quantile(plan.Kinds[input], plan.Parameters, input * MarginalTable.Stride, plan.Table, u);
}
