using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>Independent pseudorandom draws; see <see cref="SequenceKind.Philox"/>.</summary>
internal readonly struct PhiloxSequence : ISequence
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Uniform<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> =>
        TLane.Uniform(new PhiloxBits(plan.Seed, plan.InputId(input), CounterLayout.SampleStream + plan.Side(input)), firstDraw);
}
