namespace IIKernel.Experts;

/// <summary>
/// Standard deviations of a panel's coefficients under weights that are drawn: the Bayesian bootstrap over the experts and Dirichlet
/// factor weights, whose second moments are known (Ferguson 1973).
/// </summary>
public static class PanelMoments
{
    /// <summary>
    /// Standard deviations of S_k in closed form; K values. Null for an operator that is not linear in the weights, which has none.
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="resampled">Whether the experts are resampled: weights uniform on the simplex.</param>
    /// <param name="concentration">κ of the factor weights' Dirichlet distribution; null where they are certain.</param>
    public static double[]? StandardDeviations(ExpertPanel panel, bool resampled, double? concentration)
    {
        if (panel.Operator is not (FuzzyOperator.WeightedAverage or FuzzyOperator.ProductBoundedSum)) return null;
        var point = new PanelEvaluation(panel).Point();
        int[] leaves = [.. Enumerable.Range(0, panel.Factors.Count).Where(f => panel.FactorsBelow(f).Count == 0)];
        var weights = new double[leaves.Length, leaves.Length];
        for (var a = 0; a < leaves.Length; a++)
            for (var b = 0; b < leaves.Length; b++) weights[a, b] = SecondMoment(panel, leaves[a], leaves[b], concentration);
        return [.. Enumerable.Range(0, panel.Sectors.Count).Select(k => StandardDeviation(panel, k, leaves, weights, point[k], resampled))];
    }

    // S − S̄ = Σ_f Σ_e w_f ω_e (v_ef − S̄), as all weights sum to 1; w and ω are independent.
    private static double StandardDeviation(ExpertPanel panel, int sector, int[] leaves, double[,] weights, double centre, bool resampled)
    {
        var grades = panel.Ballots.Grades;
        int[] experts = [.. Enumerable.Range(0, panel.Experts.Count).Where(e => panel.Ballots.Judges(e, sector))];
        double n = experts.Length;
        double[][] scores = [.. leaves.Select(f => experts.Select(e => panel.Grades[grades[e, sector, f]].Score - centre).ToArray())];
        var variance = 0.0;
        for (var a = 0; a < leaves.Length; a++)
        {
            for (var b = 0; b < leaves.Length; b++)
            {
                // E ω_e ω_d is (1 + δ_ed)/(n (n + 1)) on the simplex, 1/n² for equal experts.
                var apart = scores[a].Sum() * scores[b].Sum();
                var together = scores[a].Zip(scores[b], (x, y) => x * y).Sum();
                variance += weights[a, b] * (resampled ? (apart + together) / (n * (n + 1)) : apart / (n * n));
            }
        }

        return Math.Sqrt(Math.Max(0, variance));
    }

    // E W_a W_b of two factors without parts; W is the product of the weights on both levels, which are independent.
    private static double SecondMoment(ExpertPanel panel, int a, int b, double? concentration)
    {
        var w = panel.FactorWeights;
        double Within(int f, int g) => concentration is { } kappa ? (kappa * w[f] * w[g] + (f == g ? w[f] : 0)) / (kappa + 1) : w[f] * w[g];
        var (p, q) = (panel.Factors[a].Parent, panel.Factors[b].Parent);
        if (p < 0 && q < 0) return Within(a, b);
        var parts = p == q ? Within(a, b) : (p < 0 ? 1 : w[a]) * (q < 0 ? 1 : w[b]);
        return Within(p < 0 ? a : p, q < 0 ? b : q) * parts;
    }
}
