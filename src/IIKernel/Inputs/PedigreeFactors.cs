using IIKernel.Kernels.Lanes;

namespace IIKernel.Inputs;

/// <summary>
/// The factors of a pedigree matrix of data quality (Weidema and Wesnæs 1996): of each score of five indicators, the factor U ≥ 1 that it
/// adds to the square of a geometric standard deviation.
/// </summary>
/// <param name="factors">U; indicator × score, in the order of <see cref="Indicators"/> and from score 1.</param>
public sealed class PedigreeFactors(double[,] factors)
{
    /// <summary>The scores are 1, the best, to this.</summary>
    public const int Scores = 5;

    /// <summary>
    /// The indicators: reliability, completeness, temporal, geographical and further technological correlation.
    /// </summary>
    public static IReadOnlyList<string> Indicators { get; } =
        ["reliability", "completeness", "temporal", "geographical", "technological"];

    /// <summary>
    /// The relative standard deviation of scored data. Their geometric standard deviation σ_g is that of ecoinvent,
    /// σ_g² = exp √(Σ_i (ln U_i)² + (ln U_b)²), so that the variance of the logarithm is (ln σ_g)² = ¼ Σ_i (ln U_i)² + ¼ (ln U_b)².
    /// </summary>
    /// <param name="scores">The score of each indicator, from 1 to 5.</param>
    /// <param name="basic">The variance of the logarithm that data of the best scores have, ¼ (ln U_b)².</param>
    public double RelativeSd(IReadOnlyList<int> scores, double basic)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var variance = basic;
        for (var i = 0; i < Indicators.Count; i++) variance += Variance(factors[i, scores[i] - 1]);
        return FlowError.OfLogVariance(variance);
    }

    /// <summary>The part of the variance of a logarithm that a factor U adds, (½ ln U)².</summary>
    public static double Variance(double factor)
    {
        var half = ScalarMath.Log(factor) / 2;
        return half * half;
    }
}
