namespace IIKernel.Sensitivity;

/// <summary>
/// What figures owe to coefficients S_k that depend on each other, by a panel or a copula: Shapley effects of the linear model with the
/// drawn covariances, for which there need not be independent inputs.
/// </summary>
/// <param name="values">The drawn S_k; N × m, row by draw.</param>
/// <param name="count">m.</param>
/// <param name="interval">How replicates make intervals.</param>
internal sealed class DependentCoefficients(double[] values, int count, ReplicateInterval interval)
{
    private readonly int _draws = values.Length / count;

    /// <summary>S_k in draw order; N.</summary>
    public double[] Of(int k)
    {
        var own = new double[_draws];
        for (var i = 0; i < own.Length; i++) own[i] = values[i * count + k];
        return own;
    }

    /// <summary>The Shapley effects on a figure, as shares of its variance, and what they sum to, R² of a linear fit.</summary>
    /// <param name="figure">The figure, in draw order; N.</param>
    public (IndexEstimate[] Effects, IndexEstimate Explained) Shapley(double[] figure)
    {
        var replicates = interval.Replicates;
        var own = Enumerable.Range(0, replicates).Select(r => Effects(figure, r, replicates)).ToArray();
        var all = Effects(figure, 0, 1);
        var effects = new IndexEstimate[count];
        for (var k = 0; k < count; k++) effects[k] = IndexEstimate.OfSquares(all[k], interval.HalfWidth([.. own.Select(e => e[k])]));
        return (effects, IndexEstimate.OfSquares(all.Sum(), interval.HalfWidth([.. own.Select(e => e.Sum())])));
    }

    // From the draws first, first + step, …
    private double[] Effects(double[] figure, int first, int step)
    {
        var n = count + 1;
        var mean = new double[n];
        var draws = 0;
        for (var i = first; i < _draws; i += step, draws++)
            for (var p = 0; p < n; p++) mean[p] += Value(i, p);
        for (var p = 0; p < n; p++) mean[p] /= draws;
        var sums = new double[n, n];
        var deviation = new double[n];
        for (var i = first; i < _draws; i += step)
        {
            for (var p = 0; p < n; p++) deviation[p] = Value(i, p) - mean[p];
            for (var p = 0; p < n; p++)
                for (var q = 0; q <= p; q++) sums[p, q] += deviation[p] * deviation[q];
        }

        for (var p = 0; p < n; p++)
            for (var q = 0; q < p; q++) sums[q, p] = sums[p, q];
        var variance = sums[count, count];
        return [.. ShapleyEffects.Of(sums, [.. Enumerable.Range(0, count).Select(k => sums[k, count])]).Select(e => e / variance)];

        double Value(int draw, int p) => p < count ? values[draw * count + p] : figure[draw];
    }
}
