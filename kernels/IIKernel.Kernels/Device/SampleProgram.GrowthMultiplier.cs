using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>
/// Formula (8): T_t = γ_t/γ_t0 with γ = Y/(A K^α L^β), relative to T_t at the point. The product of the τ telescopes,
/// and A cancels.
/// </content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>Draws (α, β), the same for all years.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawElasticities(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        var alpha = TLane.Broadcast(plan.Growth.Alpha);
        var beta = TLane.Broadcast(plan.Growth.Beta);
        if (plan.Growth.FirstInput >= 0)
        {
            // Two normal variates and their common variance, read at one place, which is much of a device's code.
            var (z1, z2, variance) = (alpha, alpha, alpha);
            for (var i = 0; i < 3; i++)
            {
                var value = TInputs.Value(plan, firstDraw, plan.Growth.FirstInput + i, work);
                if (i == 0) z1 = value;
                else if (i == 1) z2 = value;
                else variance = value;
            }

            var scale = TLane.Broadcast(1.0) / TLane.Sqrt(variance);
            var second = TLane.MultiplyAdd(TLane.Broadcast(plan.Growth.Factor[1]), z1, TLane.Broadcast(plan.Growth.Factor[2]) * z2);
            alpha = TLane.MultiplyAdd(TLane.Broadcast(plan.Growth.Factor[0]) * z1, scale, alpha);
            beta = TLane.MultiplyAdd(second, scale, beta);
        }

        work.SetElasticities(alpha, beta);
    }

    /// <summary>(8) T_t of this draw over T_t at the point; 1 for a year whose multiplier is certain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane GrowthOverPoint(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
    {
        if (plan.Growth.Uncertain[t] == 0) return TLane.Broadcast(1.0);

        // ln(T/T̂) = ln fY_t/fY_t0 − α ln fK_t/fK_t0 − β ln fL_t/fL_t0 − (α − α̂) ln K_t/K_t0 − (β − β̂) ln L_t/L_t0,
        // where f are the factors of the series' errors.
        var sum = TLane.Broadcast(0.0);
        var first = plan.YearCount * (plan.CategoryCount + plan.RowCount * plan.GroupCount);
        for (var series = 0; series < 3; series++)
        {
            var change = TLane.Broadcast(0.0);
            for (var side = 0; side < 2; side++)
            {
                var log = LogFactor(plan, firstDraw, first + (side == 0 ? 3 * t : 0) + series, work);
                change = side == 0 ? log : change - log;
            }

            if (series == 0)
            {
                sum = change;
                continue;
            }

            var elasticity = series == 1 ? work.Alpha : work.Beta;
            var point = TLane.Broadcast(series == 1 ? plan.Growth.Alpha : plan.Growth.Beta);
            var ratio = TLane.Broadcast(plan.Growth.LogRatios[2 * t + series - 1]);
            sum -= TLane.MultiplyAdd(elasticity, change, (elasticity - point) * ratio);
        }

        return LaneMath.Exp(sum);
    }

    // ln f of one figure.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane LogFactor(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int cell, Workspace<TLane, TStore> work) =>
        plan.Accounts.Kinds[cell] == CellKind.Certain ? TLane.Broadcast(0.0) : LaneMath.Log(FigureFactor(plan, firstDraw, cell, work));
}
