namespace IIKernel.Calibration;

/// <summary>How far draws of Markov chains can be trusted (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, 11.4 and 11.5).</summary>
public static class ChainDiagnostics
{
    /// <summary>
    /// The split potential scale reduction √((W (n − 1)/n + B/n) / W) over the halves of the chains; near 1 where they have met. NaN for
    /// chains that are too short, or that have not moved.
    /// </summary>
    /// <param name="chains">Draws of one unknown: chains of the same length.</param>
    public static double SplitReduction(IReadOnlyList<double[]> chains)
    {
        var n = chains[0].Length / 2;
        if (n < 2) return double.NaN;
        var (within, between) = Variances([.. chains.SelectMany(chain => new[] { chain[..n], chain[^n..] })]);
        return within > 0 ? Math.Sqrt((n - 1) / (double)n + between / within) : double.NaN;
    }

    /// <summary>
    /// The number of independent draws that give the mean as well as these, by Geyer's initial monotone sequence of their autocorrelations;
    /// no more than there are draws. NaN for chains that are too short, or that have not moved.
    /// </summary>
    /// <param name="chains">Draws of one unknown: chains of the same length.</param>
    public static double EffectiveDraws(IReadOnlyList<double[]> chains)
    {
        var n = chains[0].Length;
        if (n < 4) return double.NaN;
        var (within, between) = Variances(chains);
        if (!(within > 0)) return double.NaN;
        var variance = within * (n - 1) / n + between;
        var means = chains.Select(c => c.Average()).ToArray();
        double Correlation(int lag)
        {
            var covariance = 0.0;
            for (var c = 0; c < chains.Count; c++)
                for (var i = lag; i < n; i++) covariance += (chains[c][i] - means[c]) * (chains[c][i - lag] - means[c]);
            return 1 - (within - covariance / (chains.Count * (double)(n - 1))) / variance;
        }

        var (sum, least) = (0.0, double.PositiveInfinity);
        for (var lag = 0; lag + 1 < n; lag += 2)
        {
            var pair = Correlation(lag) + Correlation(lag + 1);
            if (pair <= 0) break;
            least = Math.Min(least, pair);
            sum += least;
        }

        var draws = chains.Count * (double)n;
        return draws / Math.Max(1, 2 * sum - 1);
    }

    // The mean variance within the chains, and the variance of their means.
    private static (double Within, double Between) Variances(IReadOnlyList<double[]> chains)
    {
        var means = chains.Select(c => c.Average()).ToArray();
        var within = chains.Select((c, i) => c.Sum(v => (v - means[i]) * (v - means[i])) / (c.Length - 1)).Average();
        var grand = means.Average();
        return (within, means.Sum(m => (m - grand) * (m - grand)) / Math.Max(1, means.Length - 1));
    }
}
