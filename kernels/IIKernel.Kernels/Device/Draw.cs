using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>One draw of every uncertain input quantity, each by its inverse distribution function.</summary>
internal static class Draw<TLane, TReals, TIntegers>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
{
    /// <summary>
    /// Input quantity <paramref name="input"/> of <see cref="MarginalTable"/>; its point value where the plan is evaluated at the point.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Input(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input) => plan.AtPoint != 0
        ? TLane.Broadcast(plan.Marginals.Points[input]) : Quantile(plan, input, Uniform(plan, firstDraw, input));

    /// <summary>The uniform variate behind an input quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Uniform(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
    {
        var id = (uint)plan.Marginals.InputIds[2 * input] | ((ulong)(uint)plan.Marginals.InputIds[2 * input + 1] << 32);
        return TLane.Uniform(plan.Seed, firstDraw, id, CounterLayout.SampleStream);
    }

    /// <summary>The quantile of probability <paramref name="u"/> of input quantity <paramref name="input"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Quantile(in PlanView<TReals, TIntegers> plan, int input, TLane u) => MarginalDistribution.Quantile(
        plan.Marginals.Kinds[input], plan.Marginals.Parameters, input * MarginalTable.Stride, plan.Marginals.Table, u);
}
