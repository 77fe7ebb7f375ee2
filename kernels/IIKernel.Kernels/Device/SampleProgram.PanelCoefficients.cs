using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <content>
/// The expert coefficients S_k by the panel itself: fuzzy comprehensive evaluation with weights of the experts and of
/// the factors that are drawn, the same for all sectors. Independent exponential variates, divided by their sum, are
/// the weights of a Bayesian bootstrap (Rubin 1981); independent gamma variates those of a Dirichlet distribution.
/// Temporary memory: E experts' weights, F factors' weights, F × G rows of R (of a factor with parts, B of the parts).
/// </content>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
{
    /// <summary>Draws S_k = Σ_g B_g v_g / Σ_g B_g with B = w ∘ R, for k = 0 … m − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawByPanel(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        var inputs = plan.Panel.Experts + plan.Panel.Factors;
        for (var i = 0; i < inputs; i++)
            work.SetTemporary(i, TInputs.Value(plan, firstDraw, plan.Panel.FirstInput + i, work));

        for (var k = 0; k < plan.RelatedCount; k++)
        {
            for (var f = 0; f < plan.Panel.Factors; f++)
                if (plan.Panel.FactorHasParts[f] == 0) Membership(plan, k, f, work);
            for (var f = 0; f < plan.Panel.Factors; f++)
            {
                if (plan.Panel.FactorHasParts[f] == 0) continue;
                for (var g = 0; g < plan.Panel.Grades; g++) work.SetTemporary(FactorRow(plan, f) + g, Compose(plan, f, g, work));
            }

            var sum = TLane.Broadcast(0.0);
            var weighted = TLane.Broadcast(0.0);
            for (var g = 0; g < plan.Panel.Grades; g++)
            {
                var b = Compose(plan, -1, g, work);
                sum += b;
                weighted = TLane.MultiplyAdd(b, TLane.Broadcast(plan.Panel.Scores[g]), weighted);
            }

            // A score of 1 from everybody may round to a little more.
            work.SetCoefficient(k, LaneMath.Min(weighted / sum, TLane.Broadcast(1.0)));
        }
    }

    /// <summary>Temporary memory in lanes.</summary>
    private static int PanelMemory(SamplePlan plan) =>
        plan.Panel.Experts + plan.Panel.FactorParent.Length * (1 + plan.Panel.Scores.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FactorRow(in PlanView<TReals, TIntegers> plan, int factor) =>
        plan.Panel.Experts + plan.Panel.Factors + factor * plan.Panel.Grades;

    // R_fg: the weighted share of the sector's experts who give factor f the grade g.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Membership(in PlanView<TReals, TIntegers> plan, int k, int f, Workspace<TLane, TStore> work)
    {
        var row = FactorRow(plan, f);
        var ballots = (k * plan.Panel.Factors + f) * plan.Panel.Experts;
        var sum = TLane.Broadcast(0.0);
        for (var g = 0; g < plan.Panel.Grades; g++) work.SetTemporary(row + g, TLane.Broadcast(0.0));
        for (var e = 0; e < plan.Panel.Experts; e++)
        {
            var grade = plan.Panel.Ballots[ballots + e];
            if (grade < 0) continue;
            var weight = work.Temporary(e);
            work.SetTemporary(row + grade, work.Temporary(row + grade) + weight);
            sum += weight;
        }

        for (var g = 0; g < plan.Panel.Grades; g++) work.SetTemporary(row + g, work.Temporary(row + g) / sum);
    }

    // B_g of the factors below one parent, whose weights are divided by their sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane Compose(in PlanView<TReals, TIntegers> plan, int parent, int g, Workspace<TLane, TStore> work)
    {
        var one = TLane.Broadcast(1.0);
        var sum = TLane.Broadcast(0.0);
        for (var f = 0; f < plan.Panel.Factors; f++)
            if (plan.Panel.FactorParent[f] == parent) sum += work.Temporary(plan.Panel.Experts + f);

        var b = TLane.Broadcast(0.0);
        for (var f = 0; f < plan.Panel.Factors; f++)
        {
            if (plan.Panel.FactorParent[f] != parent) continue;
            var w = work.Temporary(plan.Panel.Experts + f) / sum;
            var r = work.Temporary(FactorRow(plan, f) + g);
            switch (plan.Panel.Operator)
            {
                case PanelOperator.WeightedAverage:
                    b = TLane.MultiplyAdd(w, r, b);
                    break;
                case PanelOperator.MinMax:
                    b = LaneMath.Max(b, LaneMath.Min(w, r));
                    break;
                case PanelOperator.ProductMax:
                    b = LaneMath.Max(b, w * r);
                    break;
                case PanelOperator.MinBoundedSum:
                    b = LaneMath.Min(one, b + LaneMath.Min(w, r));
                    break;
                default:
                    b = LaneMath.Min(one, TLane.MultiplyAdd(w, r, b));
                    break;
            }
        }

        return b;
    }
}
