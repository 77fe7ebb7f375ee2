using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Input quantities that are drawn, each by its inverse distribution function; or, where the plan is evaluated at the point, their point
/// values.
/// </summary>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TReals">The plan's arrays of numbers.</typeparam>
/// <typeparam name="TIntegers">The plan's arrays of whole numbers.</typeparam>
/// <typeparam name="TStore">Scratch memory of one lane.</typeparam>
/// <typeparam name="TSequence">What the uniform variates come from.</typeparam>
internal readonly struct DrawnInputs<TLane, TReals, TIntegers, TStore, TSequence> : IInputStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
    where TSequence : struct, ISequence
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Value(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input, Workspace<TLane, TStore> work) =>
        !AreDrawn(plan) ? TLane.Broadcast(plan.Marginals.Points[input])
            : DrawnQuantile<TLane, TReals, TIntegers>.Of(plan, input, Uniform(plan, firstDraw, input));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDrawn(in PlanView<TReals, TIntegers> plan) => plan.AtPoint == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Uniform(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input) =>
        TSequence.Uniform<TLane, TReals, TIntegers>(plan, firstDraw, input);
}

/// <summary>The quantile of an input quantity, drawn nearer to its point or farther from it where the plan says so.</summary>
internal static class DrawnQuantile<TLane, TReals, TIntegers>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
{
    // Of each input: its spread and the ends of its domain.
    private const int Stride = 3;

    /// <summary>The quantile of probability <paramref name="u"/> of input quantity <paramref name="input"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Of(in PlanView<TReals, TIntegers> plan, int input, TLane u)
    {
        var value = MarginalDistribution.Quantile(
            plan.Marginals.Kinds[input], plan.Marginals.Parameters, input * MarginalTable.Stride, plan.Marginals.Table, u);
        var spread = plan.Marginals.Spreads[input * Stride];
        if (spread == 1.0) return value;
        var point = TLane.Broadcast(plan.Marginals.Points[input]);
        value = TLane.MultiplyAdd(TLane.Broadcast(spread), value - point, point);
        var most = TLane.Broadcast(plan.Marginals.Spreads[input * Stride + 2]);
        return LaneMath.Max(LaneMath.Min(value, most), TLane.Broadcast(plan.Marginals.Spreads[input * Stride + 1]));
    }
}
