using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Where the input quantities of a draw come from.</summary>
internal interface IInputStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
{
    /// <summary>Input quantity <paramref name="input"/> of <see cref="MarginalTable"/>.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="firstDraw">Index of the lane's first draw.</param>
    /// <param name="input">Index of the input.</param>
    /// <param name="work">The lane's scratch memory.</param>
    static abstract TLane Value(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input, Workspace<TLane, TStore> work);

    /// <summary>Whether inputs are drawn, so that what joins their variates has to be done.</summary>
    static abstract bool AreDrawn(in PlanView<TReals, TIntegers> plan);

    /// <summary>The uniform variate behind an input quantity that is drawn.</summary>
    /// <inheritdoc cref="Value" path="/param"/>
    static abstract TLane Uniform(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input);
}
