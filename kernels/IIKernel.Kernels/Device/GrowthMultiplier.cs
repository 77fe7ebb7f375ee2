using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formula (8): T_t = γ_t/γ_t0 with γ = Y/(A K^α L^β), relative to T_t at the point. The product of the τ telescopes,
/// and A cancels.
/// </summary>
public static class GrowthMultiplier
{
    /// <summary>Draws (α, β), the same for all years.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Elasticities<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        var alpha = TLane.Broadcast(plan.Alpha);
        var beta = TLane.Broadcast(plan.Beta);
        if (plan.GrowthInput >= 0)
        {
            var z1 = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, plan.GrowthInput);
            var z2 = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, plan.GrowthInput + 1);
            var variance = Draw.Input<TLane, TReals, TIntegers>(plan, firstDraw, plan.GrowthInput + 2);
            var scale = TLane.Broadcast(1.0) / TLane.Sqrt(variance);
            var second = TLane.MultiplyAdd(TLane.Broadcast(plan.GrowthFactor[1]), z1, TLane.Broadcast(plan.GrowthFactor[2]) * z2);
            alpha = TLane.MultiplyAdd(TLane.Broadcast(plan.GrowthFactor[0]) * z1, scale, alpha);
            beta = TLane.MultiplyAdd(second, scale, beta);
        }

        work.SetElasticities(alpha, beta);
    }

    /// <summary>T_t of this draw over T_t at the point; 1 for a year whose multiplier is certain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Relative<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int t, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
    {
        if (plan.UncertainMultiplier[t] == 0) return TLane.Broadcast(1.0);

        // ln(T/T̂) = ln fY_t/fY_t0 − α ln fK_t/fK_t0 − β ln fL_t/fL_t0 − (α − α̂) ln K_t/K_t0 − (β − β̂) ln L_t/L_t0,
        // where f are the factors of the series' errors.
        var sum = TLane.Broadcast(0.0);
        var first = plan.YearCount * (plan.CategoryCount + plan.RowCount * plan.GroupCount);
        for (var series = 0; series < 3; series++)
        {
            var change = LogFactor(plan, firstDraw, first + 3 * t + series, work) - LogFactor(plan, firstDraw, first + series, work);
            if (series == 0)
            {
                sum = change;
                continue;
            }

            var elasticity = series == 1 ? work.Alpha : work.Beta;
            var point = TLane.Broadcast(series == 1 ? plan.Alpha : plan.Beta);
            var ratio = TLane.Broadcast(plan.LogRatios[2 * t + series - 1]);
            sum -= TLane.MultiplyAdd(elasticity, change, (elasticity - point) * ratio);
        }

        return LaneMath.Exp(sum);
    }

    // ln f of one figure.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane LogFactor<TLane, TReals, TIntegers, TStore>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int cell, Workspace<TLane, TStore> work)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane> =>
        plan.CellKinds[cell] == CellKind.Certain ? TLane.Broadcast(0.0) : LaneMath.Log(AccountErrors.Factor(plan, firstDraw, cell, work));
}
