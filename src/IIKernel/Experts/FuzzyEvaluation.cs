namespace IIKernel.Experts;

/// <summary>The composition operator ∘ of a fuzzy comprehensive evaluation B = w ∘ R (METHOD §1).</summary>
public enum FuzzyOperator
{
    /// <summary>M(·, +): B_g = Σ_f w_f R_fg.</summary>
    WeightedAverage,

    /// <summary>M(∧, ∨): B_g = max_f min(w_f, R_fg).</summary>
    MinMax,

    /// <summary>M(·, ∨): B_g = max_f w_f R_fg.</summary>
    ProductMax,

    /// <summary>M(∧, ⊕): B_g = min(1, Σ_f min(w_f, R_fg)).</summary>
    MinBoundedSum,

    /// <summary>M(·, ⊕): B_g = min(1, Σ_f w_f R_fg); the weighted average wherever the weights sum to 1.</summary>
    ProductBoundedSum,
}

/// <summary>Fuzzy comprehensive evaluation: membership in grades by factors, joined to one score.</summary>
public static class FuzzyEvaluation
{
    /// <summary>B = w ∘ R.</summary>
    /// <param name="composition">The operator ∘.</param>
    /// <param name="weights">w; F values in [0, 1].</param>
    /// <param name="membership">R; F rows of G values in [0, 1].</param>
    /// <returns>B; G values.</returns>
    /// <exception cref="ArgumentException">The number of weights is not that of rows.</exception>
    public static double[] Compose(FuzzyOperator composition, ReadOnlySpan<double> weights, ReadOnlySpan<double[]> membership)
    {
        if (weights.Length != membership.Length || weights.Length == 0)
            throw new ArgumentException($"{weights.Length} weights for {membership.Length} factors.", nameof(weights));
        var b = new double[membership[0].Length];
        for (var g = 0; g < b.Length; g++)
        {
            for (var f = 0; f < weights.Length; f++)
            {
                var (w, r) = (weights[f], membership[f][g]);
                b[g] = composition switch
                {
                    FuzzyOperator.MinMax => Math.Max(b[g], Math.Min(w, r)),
                    FuzzyOperator.ProductMax => Math.Max(b[g], w * r),
                    FuzzyOperator.MinBoundedSum => Math.Min(1, b[g] + Math.Min(w, r)),
                    FuzzyOperator.ProductBoundedSum => Math.Min(1, b[g] + w * r),
                    _ => b[g] + w * r,
                };
            }
        }

        return b;
    }

    /// <summary>S = Σ_g B_g v_g / Σ_g B_g; within the range of the scores.</summary>
    /// <param name="b">B; G values, not all 0.</param>
    /// <param name="scores">v; G values.</param>
    public static double Score(ReadOnlySpan<double> b, ReadOnlySpan<double> scores)
    {
        if (b.Length != scores.Length) throw new ArgumentException($"{b.Length} grades and {scores.Length} scores.", nameof(scores));
        var (sum, total) = (0.0, 0.0);
        for (var g = 0; g < b.Length; g++)
        {
            sum += b[g] * scores[g];
            total += b[g];
        }

        return sum / total;
    }
}
