using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>The expert coefficients S_k by their marginals, some of them joined by a Gaussian copula.</content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    // The smallest variate of the generator; Φ is kept as far from 0 and 1.
    private const double LeastUniform = 1.0 / 9007199254740992.0;

    /// <summary>Draws S_k for k = 0 … m − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DrawCoefficients(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        for (var k = 0; k < plan.RelatedCount; k++)
            work.SetCoefficient(k, TInputs.Value(plan, firstDraw, k, work));
        if (plan.Correlation.Count > 0 && TInputs.AreDrawn(plan)) Correlate(plan, firstDraw, work);
    }

    /// <summary>Temporary memory: the q normal variates.</summary>
    private static int CorrelationMemory(SamplePlan plan) => plan.Correlation.Inputs.Length;

    // u_i = Φ(Σ_j L_ij Φ^−1(u_j)), the Gaussian copula.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Correlate(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        var count = plan.Correlation.Count;
        for (var i = 0; i < count; i++)
        {
            var u = TInputs.Uniform(plan, firstDraw, plan.Correlation.Inputs[i]);
            work.SetTemporary(i, LaneMath.NormalQuantile(u));
        }

        for (var i = 0; i < count; i++)
        {
            var normal = TLane.Broadcast(0.0);
            for (var j = 0; j <= i; j++)
                normal = TLane.MultiplyAdd(TLane.Broadcast(plan.Correlation.Factor[i * count + j]), work.Temporary(j), normal);
            var u = LaneMath.NormalProbability(normal);
            u = LaneMath.Min(LaneMath.Max(u, TLane.Broadcast(LeastUniform)), TLane.Broadcast(1.0 - LeastUniform));
            var k = plan.Correlation.Inputs[i];
            work.SetCoefficient(k, DrawnQuantile<TLane, TReals, TIntegers>.Of(plan, k, u));
        }
    }
}
