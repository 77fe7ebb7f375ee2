using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>A sequence that draws can be made from: one for each of <see cref="SequenceKind"/>.</summary>
internal interface ISequence
{
    /// <summary>The uniform variates behind input quantity <paramref name="input"/> of <see cref="MarginalTable"/>.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="firstDraw">Index of the lane's first draw.</param>
    /// <param name="input">Index of the input.</param>
    static abstract TLane Uniform<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>;
}
