using IIKernel.Experts;

namespace IIKernel.Gauge;

/// <summary>Known answers of the analytic hierarchy process and of fuzzy comprehensive evaluation.</summary>
internal static class ExpertGauge
{
    private static readonly (string Name, FuzzyOperator Operator)[] Operators =
    [
        ("weighted_average", FuzzyOperator.WeightedAverage), ("min_max", FuzzyOperator.MinMax), ("product_max", FuzzyOperator.ProductMax),
        ("min_bounded_sum", FuzzyOperator.MinBoundedSum), ("product_bounded_sum", FuzzyOperator.ProductBoundedSum),
    ];

    /// <summary>Weights, eigenvalue and consistency of pairwise matrices, recomputed and as printed.</summary>
    public static IEnumerable<GaugeValue> PairwiseComparisons(GaugeSet set)
    {
        var index = 0;
        foreach (var data in GaugeData.Document(set.Files[0]).GetProperty("ahp").EnumerateArray())
        {
            var name = $"matrix {++index}";
            var comparison = new PairwiseComparison(GaugeData.Matrix(data.GetProperty("A")));
            var priorities = comparison.Priorities(RandomIndex.Saaty);
            var weights = GaugeData.Numbers(data.GetProperty("weights_eigenvector"));
            for (var i = 0; i < weights.Length; i++)
                yield return new($"{name}, weight {i + 1}", GaugeReplay.Host, priorities.Weights[i], weights[i], set.Tolerance);
            foreach (var (item, key, value) in new[]
            {
                ("largest eigenvalue", "lambda_max", priorities.LargestEigenvalue),
                ("consistency index", "CI", priorities.ConsistencyIndex),
                ("consistency ratio", "CR_saaty1980", priorities.ConsistencyRatio),
            })
            {
                yield return new($"{name}, {item}", GaugeReplay.Host, value, data.GetProperty(key).GetDouble(),
                    set.Tolerance * Math.Max(1, data.GetProperty(key).GetDouble()));
            }

            var printed = data.GetProperty("published");
            if (printed.ValueKind == System.Text.Json.JsonValueKind.Null) continue;
            if (printed.TryGetProperty("lambda", out var lambda))
                yield return new($"{name}, printed eigenvalue", GaugeReplay.Host, priorities.LargestEigenvalue,
                    lambda.GetDouble(), GaugeData.HalfUnit(lambda));
            if (printed.TryGetProperty("weights", out var list))
            {
                var i = 0;
                foreach (var weight in list.ValueKind == System.Text.Json.JsonValueKind.Object
                    ? list.EnumerateObject().Select(p => p.Value)
                    : list.EnumerateArray())
                    yield return new($"{name}, printed weight {i + 1}", GaugeReplay.Host, priorities.Weights[i++],
                        weight.GetDouble(), GaugeData.HalfUnit(weight));
            }

            if (!printed.TryGetProperty("CR", out var ratio)) continue;
            foreach (var (words, table) in new[] { ("Saaty", RandomIndex.Saaty), ("Donegan and Dodd", RandomIndex.DoneganDodd) })
                yield return new($"{name}, printed CR with the table of {words}", GaugeReplay.Host,
                    comparison.Priorities(table).ConsistencyRatio, ratio.GetDouble(), GaugeData.HalfUnit(ratio));
        }
    }

    /// <summary>B and the score of a fuzzy evaluation under every operator.</summary>
    public static IEnumerable<GaugeValue> FuzzyEvaluations(GaugeSet set)
    {
        var data = GaugeData.Document(set.Files[0]).GetProperty("fuzzy_comprehensive_evaluation");
        double[][] membership = [.. data.GetProperty("R").EnumerateArray().Select(GaugeData.Numbers)];
        foreach (var (name, composition) in Operators)
        {
            var b = FuzzyEvaluation.Compose(composition, GaugeData.Numbers(data.GetProperty("weights")), membership);
            var expected = GaugeData.Numbers(data.GetProperty("B").GetProperty(name));
            for (var g = 0; g < b.Length; g++)
                yield return new($"{name}, grade {g + 1}", GaugeReplay.Host, b[g], expected[g], set.Tolerance);
            yield return new($"{name}, score", GaugeReplay.Host,
                FuzzyEvaluation.Score(b, GaugeData.Numbers(data.GetProperty("grade_scores"))),
                data.GetProperty("score_sum_normalised").GetProperty(name).GetDouble(), set.Tolerance);
        }
    }
}
