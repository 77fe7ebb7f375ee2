namespace IIKernel.Experts;

/// <summary>
/// The coefficients S_k of a panel as a function of the experts' and the factors' weights. The point is that of equal
/// experts; other weights leave an expert out or resample the panel.
/// </summary>
public sealed class PanelEvaluation
{
    private readonly ExpertPanel _panel;
    private readonly double[] _scores;
    // The first level, then the parts of each of its factors (empty where it has none).
    private readonly int[] _first;
    private readonly int[][] _below;
    private readonly bool[] _hasParts;

    /// <summary>Prepares the evaluation of a panel.</summary>
    public PanelEvaluation(ExpertPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        _panel = panel;
        _scores = [.. panel.Grades.Select(g => g.Score)];
        _first = [.. panel.FactorsBelow(-1)];
        _below = [.. _first.Select(f => panel.FactorsBelow(f).ToArray())];
        _hasParts = [.. Enumerable.Range(0, panel.Factors.Count).Select(f => panel.FactorsBelow(f).Count > 0)];
    }

    /// <summary>S_k of equal experts and the panel's own factor weights; K values.</summary>
    public double[] Point() => Evaluate(EqualWeights(), _panel.FactorWeights);

    /// <summary>S_k without one expert; K values, NaN where that expert alone judges the sector.</summary>
    public double[] Without(int expert)
    {
        var weights = EqualWeights();
        weights[expert] = 0;
        return Evaluate(weights, _panel.FactorWeights);
    }

    /// <summary>B = w ∘ R and S_k = Σ_g B_g v_g / Σ_g B_g for every related sector.</summary>
    /// <param name="expertWeights">
    /// E values, not negative, of any sum: within each sector they are divided by the sum over the experts who judge it.
    /// </param>
    /// <param name="factorWeights">F values, each in [0, 1]; those of the factors with the same parent sum to 1.</param>
    /// <returns>S_k, K values in [0, 1]; NaN where no expert of positive weight judges the sector.</returns>
    /// <exception cref="ArgumentException">A wrong number of weights.</exception>
    public double[] Evaluate(ReadOnlySpan<double> expertWeights, ReadOnlySpan<double> factorWeights)
    {
        if (factorWeights.Length != _panel.Factors.Count)
            throw new ArgumentException($"{factorWeights.Length} weights for {_panel.Factors.Count} factors.", nameof(factorWeights));
        var coefficients = new double[_panel.Sectors.Count];
        var rows = new double[_first.Length][];
        for (var k = 0; k < coefficients.Length; k++)
        {
            var membership = Membership(k, expertWeights);
            for (var i = 0; i < rows.Length; i++)
            {
                // Two levels: B of the parts is the parent's row of R. It is not normalised between the levels.
                rows[i] = _below[i].Length == 0 ? membership[_first[i]] : Compose(_below[i], factorWeights, Pick(_below[i], membership));
            }

            coefficients[k] = FuzzyEvaluation.Score(Compose(_first, factorWeights, rows), _scores);
        }

        return coefficients;
    }

    /// <summary>R_fg of one related sector: the weighted share of its experts who give factor f the grade g.</summary>
    /// <param name="sector">Index k among the related sectors.</param>
    /// <param name="expertWeights">As in <see cref="Evaluate"/>.</param>
    /// <returns>F rows of G values, each row summing to 1; the row of a factor with parts is empty.</returns>
    /// <exception cref="ArgumentException">A wrong number of weights.</exception>
    public double[][] Membership(int sector, ReadOnlySpan<double> expertWeights)
    {
        if (expertWeights.Length != _panel.Experts.Count)
            throw new ArgumentException($"{expertWeights.Length} weights for {_panel.Experts.Count} experts.", nameof(expertWeights));
        var grades = _panel.Ballots.Grades;
        var membership = new double[_panel.Factors.Count][];
        for (var f = 0; f < membership.Length; f++)
        {
            membership[f] = [];
            if (_hasParts[f]) continue;
            var row = membership[f] = new double[_scores.Length];
            var sum = 0.0;
            for (var e = 0; e < expertWeights.Length; e++)
            {
                if (grades[e, sector, f] < 0) continue;
                row[grades[e, sector, f]] += expertWeights[e];
                sum += expertWeights[e];
            }

            for (var g = 0; g < row.Length; g++) row[g] /= sum;
        }

        return membership;
    }

    /// <summary>The weights of equal experts: 1 each.</summary>
    public double[] EqualWeights() => [.. Enumerable.Repeat(1.0, _panel.Experts.Count)];

    private double[] Compose(int[] factors, ReadOnlySpan<double> factorWeights, double[][] rows)
    {
        var weights = new double[factors.Length];
        for (var i = 0; i < factors.Length; i++) weights[i] = factorWeights[factors[i]];
        return FuzzyEvaluation.Compose(_panel.Operator, weights, rows);
    }

    private static double[][] Pick(int[] factors, double[][] membership) => [.. factors.Select(f => membership[f])];
}
