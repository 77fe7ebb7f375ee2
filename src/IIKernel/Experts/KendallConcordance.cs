namespace IIKernel.Experts;

/// <summary>Kendall's coefficient of concordance: how far raters rank items alike.</summary>
/// <param name="W">
/// From 0, no agreement, to 1, the same ranking by all; NaN below two raters or two items, and where every rater ties
/// all items.
/// </param>
/// <param name="Raters">m, the number of raters.</param>
/// <param name="Items">n, the number of items.</param>
public sealed record KendallConcordance(double W, int Raters, int Items)
{
    /// <summary>
    /// W with the correction for ties, W = 12 Σ_i (R_i − R̄)² / (m² (n³ − n) − m Σ_j T_j), R_i the sum of an item's ranks
    /// and T_j = Σ (t³ − t) over a rater's runs of t tied items, which share their mean rank (Kendall, Rank Correlation
    /// Methods, 1948; Siegel, Nonparametric Statistics, 1956, 229–238).
    /// </summary>
    /// <param name="scores">m × n, raters × items; only their order within a row counts.</param>
    public static KendallConcordance Of(double[,] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        double m = scores.GetLength(0), n = scores.GetLength(1);
        var sums = new double[scores.GetLength(1)];
        var ties = 0.0;
        for (var j = 0; j < scores.GetLength(0); j++)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                var (below, equal) = (0, 0);
                for (var other = 0; other < sums.Length; other++)
                {
                    if (scores[j, other] < scores[j, i]) below++;
                    else if (scores[j, other] == scores[j, i]) equal++;
                }

                sums[i] += below + (equal + 1) / 2.0;
                // A run of t items adds t² − 1 once for each of them: t³ − t.
                ties += (double)equal * equal - 1;
            }
        }

        var mean = m * (n + 1) / 2;
        var squares = sums.Sum(r => (r - mean) * (r - mean));
        var scale = m * m * (n * n * n - n) - m * ties;
        return new(m < 2 || scale <= 0 ? double.NaN : 12 * squares / scale, scores.GetLength(0), scores.GetLength(1));
    }
}
