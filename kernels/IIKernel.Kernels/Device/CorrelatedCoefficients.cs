using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>The expert coefficients S_k by their marginals, some of them joined by a Gaussian copula.</summary>
public static class CorrelatedCoefficients
{
    // The smallest variate of the generator; Φ is kept as far from 0 and 1.
    private const double LeastUniform = 1.0 / 9007199254740992.0;

    /// <summary>Draws S_k for k = 0 … m − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        for (var k = 0; k < plan.RelatedCount; k++)
            work.SetCoefficient(k, Device.Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, k));
        if (plan.CorrelatedCount > 0 && plan.AtPoint == 0) Correlate(plan, firstDraw, work);
    }

    /// <summary>Temporary memory: the q normal variates.</summary>
    public static int Temporary(SamplePlan plan) => plan.Correlation.Inputs.Length;

    // u_i = Φ(Σ_j L_ij Φ^−1(u_j)), the Gaussian copula.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Correlate<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var count = plan.CorrelatedCount;
        for (var i = 0; i < count; i++)
        {
            var u = Device.Draw.Uniform<TLane, TReals, TIntegers>(plan, firstDraw, plan.CorrelatedInputs[i]);
            work.SetTemporary(i, LaneMath.NormalQuantile(u));
        }

        for (var i = 0; i < count; i++)
        {
            var normal = TLane.Broadcast(0.0);
            for (var j = 0; j <= i; j++)
                normal = TLane.MultiplyAdd(TLane.Broadcast(plan.CorrelationFactor[i * count + j]), work.Temporary(j), normal);
            var u = LaneMath.NormalProbability(normal);
            u = LaneMath.Min(LaneMath.Max(u, TLane.Broadcast(LeastUniform)), TLane.Broadcast(1.0 - LeastUniform));
            var k = plan.CorrelatedInputs[i];
            work.SetCoefficient(k, Device.Draw.Quantile(plan, k, u));
        }
    }
}
