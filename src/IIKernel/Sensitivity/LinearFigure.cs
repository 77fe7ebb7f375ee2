using IIKernel.Kernels.Plan;

namespace IIKernel.Sensitivity;

/// <summary>
/// A figure that is a fixed linear function of the base year's direct and indirect value added by category, or of a sector:
/// Σ_k a_k·S_k + Σ_j h_j·u_j + Σ_k Σ_j b_kj·(1 − S_k)·u_j, with formula (5)'s u_j = X_j·S_j/(1 + S_j·H_jj).
/// </summary>
/// <param name="OfCoefficients">a; m.</param>
/// <param name="OfInduction">h; m.</param>
/// <param name="OfRelated">b; m × m, row k.</param>
public sealed record LinearFigure(double[] OfCoefficients, double[] OfInduction, double[,] OfRelated)
{
    /// <summary>
    /// The figure of an output, or null where it is none: a growth rate, or what uncertain accounts or multipliers take part in.
    /// </summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="output">Index in <see cref="OutputMap"/>.</param>
    public static LinearFigure? Of(SamplePlan plan, int output)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var map = plan.Outputs;
        var perYear = map.Index(1, 0, 0);
        if (output < plan.YearCount * perYear)
        {
            var (t, entity, measure) = (output / perYear, output % perYear / OutputMap.Measures, output % OutputMap.Measures);
            if (measure == OutputMap.Growth) return null;
            var percent = measure == OutputMap.Share ? plan.PercentScale[t * map.Entities + entity] : 1;
            if (measure == OutputMap.Share && entity >= map.Row(0) && plan.Accounts.UncertainGdp[t] != 0) return null;
            var direct = measure == OutputMap.Indirect ? new double[plan.CategoryCount] : Weights(plan, t, entity, OutputMap.Direct);
            var indirect = measure == OutputMap.Direct ? new double[plan.CategoryCount] : Weights(plan, t, entity, OutputMap.Indirect);
            if (direct is null || indirect is null || !double.IsFinite(percent)) return null;
            return OfCategories(plan, [.. direct.Select(w => w * percent)], [.. indirect.Select(w => w * percent)]);
        }

        var sector = (output - map.Sector(0, 0)) / OutputMap.SectorComponents;
        return sector < plan.SectorCount ? OfSector(plan, sector, (output - map.Sector(0, 0)) % OutputMap.SectorComponents) : null;
    }

    // What a unit of each category's value added in the base year makes of the figure, in formulas' order: years, groups, regions.
    private static double[]? Weights(SamplePlan plan, int t, int entity, int component)
    {
        var map = plan.Outputs;
        if (plan.Accounts.UncertainValueAdded[t] != 0 || (component == OutputMap.Indirect && plan.Growth.Uncertain[t] != 0)) return null;
        var scales = component == OutputMap.Direct ? plan.DirectScale : plan.IndirectScale;
        var row = entity - map.Row(0);
        var allocation = row < 0 ? -1 : plan.Allocation.Of(row, component);
        if (row >= 0 && allocation < 0 && plan.Accounts.UncertainGdp[t] != 0) return null;
        var weights = new double[plan.CategoryCount];
        for (var c = 0; c < weights.Length; c++)
        {
            var share = entity == map.Nation ? 1
                : row < 0 ? entity == map.Category(c) || entity == map.Group(plan.CategoryGroup[c]) ? 1 : 0
                : allocation < 0 ? plan.RegionShare[(t * plan.RowCount + row) * plan.GroupCount + plan.CategoryGroup[c]]
                : plan.Allocation.Share[(t * plan.RowCount + row) * plan.Allocation.Groups
                    + plan.Allocation.CategoryGroup[allocation * plan.CategoryCount + c]];
            weights[c] = share * scales[t * plan.CategoryCount + c];
        }

        return weights;
    }

    private static LinearFigure OfCategories(SamplePlan plan, double[] direct, double[] indirect)
    {
        var m = plan.RelatedCount;
        var (a, h, b) = (new double[m], new double[m], new double[m, m]);
        for (var k = 0; k < m; k++)
        {
            a[k] = direct[plan.RelatedCategory[k]] * plan.RelatedValueAdded[k];
            for (var c = 0; c < plan.CategoryCount; c++) h[k] += indirect[c] * plan.Induction.Category[c * m + k];
            for (var j = 0; j < m; j++) b[k, j] = indirect[plan.RelatedCategory[k]] * plan.Induction.Related[k * m + j];
        }

        return new(a, h, b);
    }

    private static LinearFigure OfSector(SamplePlan plan, int sector, int component)
    {
        var m = plan.RelatedCount;
        var (a, h, b) = (new double[m], new double[m], new double[m, m]);
        var related = plan.SectorRelated[sector];
        if (related >= 0 && component != OutputMap.Indirect) a[related] = plan.RelatedValueAdded[related];
        for (var j = 0; j < m && component != OutputMap.Direct; j++)
        {
            var induced = plan.Induction.Sector[sector * m + j];
            if (related >= 0) b[related, j] = induced;
            else h[j] = induced;
        }

        return new(a, h, b);
    }
}
