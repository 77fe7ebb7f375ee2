using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Device;

/// <summary>The error of a flow of the table.</summary>
internal static class FlowFactor
{
    /// <summary>
    /// A lognormal factor with mean 1: exp(σ Φ^−1(u) − σ²/2), where σ is the standard deviation of its logarithm; 1 where that is 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Of<TLane>(TLane u, TLane spread)
        where TLane : unmanaged, ILane<TLane> =>
        OfNormal(LaneMath.NormalQuantile(u), spread);

    /// <summary>The same of a standard normal variate in the place of Φ^−1(u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfNormal<TLane>(TLane z, TLane spread)
        where TLane : unmanaged, ILane<TLane> =>
        LaneMath.Exp(TLane.MultiplyAdd(spread, z, spread * spread * TLane.Broadcast(-0.5)));
}
