using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Input quantities whose values are given, behind all else in the lane's scratch memory; of coefficients that are correlated, the
/// coefficients themselves.
/// </summary>
internal readonly struct GivenInputs<TLane, TReals, TIntegers, TStore> : IInputStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Value(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input, Workspace<TLane, TStore> work) => work.Given(input);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDrawn(in PlanView<TReals, TIntegers> plan) => false;

    /// <inheritdoc/>
    public static TLane Uniform(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input) =>
        throw new InvalidOperationException("Given inputs are not drawn.");
}
