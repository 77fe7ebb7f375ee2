using System.Text.Json;
using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class PairwiseComparisonTests
{
    private const double Tolerance = 1e-12;

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Weights_and_consistency_meet_the_known_answers(int index)
    {
        var golden = Golden.Root.GetProperty("ahp")[index];
        var priorities = new PairwiseComparison(Golden.Matrix(golden.GetProperty("A"))).Priorities(RandomIndex.Saaty);
        Golden.Near(Golden.Numbers(golden.GetProperty("weights_eigenvector")), priorities.Weights, Tolerance);
        Assert.Equal(golden.GetProperty("lambda_max").GetDouble(), priorities.LargestEigenvalue, Tolerance);
        Assert.Equal(golden.GetProperty("CI").GetDouble(), priorities.ConsistencyIndex, Tolerance);
        Assert.Equal(golden.GetProperty("CR_saaty1980").GetDouble(), priorities.ConsistencyRatio, Tolerance);
    }

    [Fact]
    public void The_published_ratio_of_the_other_table_is_met()
    {
        var golden = Golden.Root.GetProperty("ahp")[0];
        var published = golden.GetProperty("published");
        Assert.Equal("Donegan & Dodd", published.GetProperty("random_index").GetString());
        var ratio = new PairwiseComparison(Golden.Matrix(golden.GetProperty("A"))).Priorities(RandomIndex.DoneganDodd).ConsistencyRatio;
        // Half a unit of the last printed digit.
        Assert.Equal(published.GetProperty("CR").GetDouble(), ratio, 0.00005);
    }

    [Fact]
    public void The_table_of_Saaty_is_the_known_one()
    {
        var expected = Golden.Numbers(Golden.Root.GetProperty("random_index_tables").GetProperty("saaty_1980_as_used_in_most_code"));
        Assert.Equal(expected, Enumerable.Range(1, RandomIndex.Saaty.MaximumSize).Select(RandomIndex.Saaty.Of));
        Assert.All(RandomIndex.All, r => Assert.Throws<ArgumentOutOfRangeException>(() => r.Of(16)));
        Assert.All(RandomIndex.All, r => Assert.Equal((0, 0), (r.Of(1), r.Of(2))));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(15)]
    public void A_consistent_matrix_gives_its_weights_back(int n)
    {
        var weights = Weights(n);
        var priorities = new PairwiseComparison(Consistent(weights)).Priorities(RandomIndex.DoneganDodd);
        Golden.Near(weights, priorities.Weights, Tolerance);
        Assert.Equal(0, priorities.ConsistencyRatio, Tolerance);
        Assert.Equal(n, priorities.LargestEigenvalue, n * Tolerance);
    }

    [Fact]
    public void Permuting_the_items_permutes_the_weights()
    {
        var a = Golden.Matrix(Golden.Root.GetProperty("ahp")[1].GetProperty("A"));
        int[] order = [3, 0, 4, 2, 1];
        var permuted = new double[5, 5];
        for (var i = 0; i < 5; i++)
            for (var j = 0; j < 5; j++)
                permuted[i, j] = a[order[i], order[j]];
        var (expected, actual) = (new PairwiseComparison(a).Priorities(RandomIndex.Saaty),
            new PairwiseComparison(permuted).Priorities(RandomIndex.Saaty));
        Golden.Near([.. order.Select(i => expected.Weights[i])], actual.Weights, Tolerance);
        Assert.Equal(expected.ConsistencyRatio, actual.ConsistencyRatio, Tolerance);
    }

    [Fact]
    public void The_worst_triad_is_found()
    {
        // 3·4/0.2 = 60 is the only triad of three items.
        Assert.Equal(60,
            new PairwiseComparison(Golden.Matrix(Golden.Root.GetProperty("ahp")[3].GetProperty("A"))).WorstTriad()!.Ratio, 60 * Tolerance);
        var a = Consistent([0.4, 0.3, 0.2, 0.1]);
        (a[1, 3], a[3, 1]) = (a[1, 3] * 5, a[3, 1] / 5);
        var triad = new PairwiseComparison(a).WorstTriad()!;
        Assert.Contains((triad.I, triad.J, triad.K), new[] { (0, 1, 3), (1, 2, 3) });
        Assert.Equal(Math.Log(5), Math.Abs(Math.Log(triad.Ratio)), Tolerance);
        Assert.Null(new PairwiseComparison(new double[,] { { 1, 2 }, { 0.5, 1 } }).WorstTriad());
    }

    [Fact]
    public void A_consistent_matrix_is_completed_to_itself()
    {
        var whole = Consistent(Weights(6));
        var part = (double[,])whole.Clone();
        // What is left is a chain: the fewest comparisons that connect six items.
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < 6; j++)
                if (Math.Abs(i - j) > 1) part[i, j] = double.NaN;
        var matrix = new PairwiseComparison(part);
        Assert.Equal(10, matrix.Missing.Count);
        var completed = matrix.Complete();
        Assert.Empty(completed.Missing);
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < 6; j++)
                Assert.Equal(1, completed[i, j] / whole[i, j], 1e-11);
    }

    [Fact]
    public void A_completed_comparison_is_the_ratio_of_the_weights()
    {
        var a = Golden.Matrix(Golden.Root.GetProperty("ahp")[1].GetProperty("A"));
        (a[0, 3], a[3, 0]) = (double.NaN, double.NaN);
        var completed = new PairwiseComparison(a).Complete();
        var weights = completed.Priorities(RandomIndex.Saaty).Weights;
        Assert.Equal(weights[0] / weights[3], completed[0, 3], 1e-10);
        Assert.Equal(a[1, 2], completed[1, 2]);
    }

    [Fact]
    public void Separate_items_cannot_be_completed()
    {
        const double no = double.NaN;
        var matrix = new PairwiseComparison(new double[,] { { 1, 2, no, no }, { 0.5, 1, no, no },
            { no, no, 1, 3 }, { no, no, 1 / 3.0, 1 } });
        Assert.False(matrix.IsConnected);
        Assert.Throws<InvalidOperationException>(matrix.Complete);
        Assert.Throws<InvalidOperationException>(() => matrix.Priorities(RandomIndex.Saaty));
    }

    [Fact]
    public void A_matrix_that_is_not_reciprocal_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PairwiseComparison(new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Throws<ArgumentException>(() => new PairwiseComparison(new double[,] { { 1, double.NaN }, { 2, 1 } }));
        Assert.Throws<ArgumentException>(() => new PairwiseComparison(new double[,] { { 2 } }));
        Assert.Throws<ArgumentException>(() => new PairwiseComparison(new double[,] { { 1, -2 }, { -0.5, 1 } }));
        Assert.Throws<ArgumentException>(() => new PairwiseComparison(new double[1, 2]));
    }

    [Fact]
    public void A_group_is_aggregated_by_judgements_or_by_priorities()
    {
        PairwiseComparison[] matrices =
        [
            new(new double[,] { { 1, 2, 8 }, { 0.5, 1, 4 }, { 0.125, 0.25, 1 } }),
            new(new double[,] { { 1, 0.5, 2 }, { 2, 1, 4 }, { 0.5, 0.25, 1 } }),
        ];
        var judgements = FactorComparison.Weigh(-1, [0, 1, 2], [0, 1], matrices, GroupAggregation.Judgements, RandomIndex.Saaty);
        // Geometric means 1, 4 and 4: consistent, weights 4 : 4 : 1.
        Golden.Near([4 / 9.0, 4 / 9.0, 1 / 9.0], judgements.Weights, Tolerance);
        Assert.Equal(0, judgements.GroupPriorities!.ConsistencyRatio, Tolerance);
        var priorities = FactorComparison.Weigh(-1, [0, 1, 2], [0, 1], matrices, GroupAggregation.Priorities, RandomIndex.Saaty);
        // Weights 8 : 4 : 1 and 2 : 4 : 1.
        Golden.Near([(8 / 13.0 + 2 / 7.0) / 2, (4 / 13.0 + 4 / 7.0) / 2, (1 / 13.0 + 1 / 7.0) / 2], priorities.Weights, Tolerance);
        Assert.Null(priorities.GroupPriorities);
        foreach (var aggregation in Enum.GetValues<GroupAggregation>())
            Assert.Equal(matrices[0].Priorities(RandomIndex.Saaty).Weights,
                FactorComparison.Weigh(-1, [0, 1, 2], [0], matrices[..1], aggregation, RandomIndex.Saaty).Weights);
    }

    private static double[] Weights(int n) => [.. Enumerable.Range(1, n).Select(i => i / (n * (n + 1) / 2.0))];

    private static double[,] Consistent(double[] weights)
    {
        var a = new double[weights.Length, weights.Length];
        for (var i = 0; i < weights.Length; i++)
            for (var j = 0; j < weights.Length; j++)
                a[i, j] = weights[i] / weights[j];
        return a;
    }
}

/// <summary>The known answers of ahp_fce.json.</summary>
internal static class Golden
{
    public static JsonElement Root { get; } =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "ahp_fce.json"))).RootElement;

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetDouble())];

    public static double[,] Matrix(JsonElement rows)
    {
        var matrix = new double[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var j = 0; j < matrix.GetLength(1); j++)
                matrix[i, j] = rows[i][j].GetDouble();
        return matrix;
    }

    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
