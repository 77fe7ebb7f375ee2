using IIKernel.Kernels.Plan;

namespace IIKernel.Calibration;

/// <summary>
/// Base-year value added by category as a function of the coefficients S_k, with its derivatives: the exact shortcut of
/// METHOD §3 in the arrays that a draw reads.
/// </summary>
/// <param name="plan">The compiled study: C categories, m related sectors.</param>
internal sealed class CoefficientResponse(SamplePlan plan)
{
    private readonly double[] _multiplier = new double[plan.RelatedCount];
    private readonly double[] _slope = new double[plan.RelatedCount];

    /// <summary>Zd_c of the last evaluation; C values.</summary>
    public double[] Direct { get; } = new double[plan.CategoryCount];

    /// <summary>Zi_c; C values.</summary>
    public double[] Indirect { get; } = new double[plan.CategoryCount];

    /// <summary>∂Zd_c/∂S_k; C × m.</summary>
    public double[,] DirectSlope { get; } = new double[plan.CategoryCount, plan.RelatedCount];

    /// <summary>∂Zi_c/∂S_k; C × m.</summary>
    public double[,] IndirectSlope { get; } = new double[plan.CategoryCount, plan.RelatedCount];

    /// <summary>Evaluates at <paramref name="s"/>; m values in [0, 1].</summary>
    /// <param name="s">S_k.</param>
    /// <param name="slopes">Whether the derivatives are wanted too.</param>
    public void Evaluate(ReadOnlySpan<double> s, bool slopes)
    {
        var m = plan.RelatedCount;
        Array.Clear(Direct);
        Array.Clear(Indirect);
        for (var k = 0; k < m; k++)
        {
            // u_k = X_k S_k / (1 + S_k H_kk); du_k/dS_k = X_k / (1 + S_k H_kk)².
            var diagonal = 1 + s[k] * plan.Induction.Diagonal[k];
            _multiplier[k] = plan.Induction.Output[k] * s[k] / diagonal;
            _slope[k] = plan.Induction.Output[k] / (diagonal * diagonal);
            // (1) Zd_k = S_k V_k.
            Direct[plan.RelatedCategory[k]] += s[k] * plan.RelatedValueAdded[k];
        }

        if (slopes)
        {
            Array.Clear(DirectSlope);
            Array.Clear(IndirectSlope);
            for (var k = 0; k < m; k++) DirectSlope[plan.RelatedCategory[k], k] = plan.RelatedValueAdded[k];
        }

        // (5), (6) Zi_i = (V_i/X_i) (1 − s_i) Σ_j H_{i,kj} u_j; first the sectors that are not related, by category.
        for (var c = 0; c < plan.CategoryCount; c++) Add(plan.Induction.Category, c, c, 1, slopes);
        for (var k = 0; k < m; k++)
        {
            var c = plan.RelatedCategory[k];
            var induced = Add(plan.Induction.Related, k, c, 1 - s[k], slopes);
            if (slopes) IndirectSlope[c, k] -= induced;
        }
    }

    private double Add(double[] induction, int row, int category, double kept, bool slopes)
    {
        var m = plan.RelatedCount;
        var sum = 0.0;
        for (var j = 0; j < m; j++)
        {
            sum += induction[row * m + j] * _multiplier[j];
            if (slopes) IndirectSlope[category, j] += kept * induction[row * m + j] * _slope[j];
        }

        Indirect[category] += kept * sum;
        return sum;
    }
}
