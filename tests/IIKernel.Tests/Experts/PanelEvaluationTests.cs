using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class PanelEvaluationTests
{
    public static TheoryData<FuzzyOperator> Operators { get; } = new(Enum.GetValues<FuzzyOperator>());

    [Fact]
    public void The_weighted_average_of_equal_experts_is_the_mean_of_scores()
    {
        var panel = Panel(7, 4, [-1, -1, -1], [0.5, 0.3, 0.2]);
        var s = new PanelEvaluation(panel).Point();
        for (var k = 0; k < 4; k++)
        {
            // S_k = Σ_f w_f (1/E) Σ_e v(ballot).
            var expected = Enumerable.Range(0, 3)
                .Sum(f => panel.FactorWeights[f] * Enumerable.Range(0, 7).Average(e => panel.Grades[panel.Ballots.Grades[e, k, f]].Score));
            Assert.Equal(expected, s[k], 1e-14);
        }
    }

    [Theory, MemberData(nameof(Operators))]
    public void Unequal_weights_of_experts_are_shares_of_the_panel(FuzzyOperator composition)
    {
        // Doubling an expert's weight is the same as asking that expert twice.
        var panel = Panel(3, 4, [-1, -1], [0.6, 0.4]) with { Operator = composition };
        var twice = Select(panel, [0, 1, 1, 2], [0, 1, 2, 3]);
        Golden.Near(new PanelEvaluation(twice).Point(), new PanelEvaluation(panel).Evaluate([0.25, 0.5, 0.25], panel.FactorWeights), 1e-14);
    }

    [Theory, MemberData(nameof(Operators))]
    public void Permuting_experts_changes_nothing_and_permuting_sectors_permutes(FuzzyOperator composition)
    {
        var panel = Panel(5, 4, [-1, -1, 0, 0], [0.6, 0.4, 0.7, 0.3]) with { Operator = composition };
        var s = new PanelEvaluation(panel).Point();
        Assert.All(s, x => Assert.InRange(x, 0, 1));
        Assert.Equal(s, new PanelEvaluation(Select(panel, [4, 2, 0, 1, 3], [0, 1, 2, 3])).Point());
        Assert.Equal([s[2], s[0], s[3], s[1]], new PanelEvaluation(Select(panel, [0, 1, 2, 3, 4], [2, 0, 3, 1])).Point());
    }

    [Theory, MemberData(nameof(Operators))]
    public void Permuting_factors_changes_nothing(FuzzyOperator composition)
    {
        var panel = Panel(5, 4, [-1, -1, -1], [0.5, 0.3, 0.2]) with { Operator = composition };
        int[] order = [2, 0, 1];
        var grades = new int[5, 4, 3];
        for (var e = 0; e < 5; e++)
            for (var k = 0; k < 4; k++)
                for (var f = 0; f < 3; f++)
                    grades[e, k, f] = panel.Ballots.Grades[e, k, order[f]];
        var permuted = panel with { FactorWeights = [.. order.Select(f => panel.FactorWeights[f])], Rounds = [new(1, grades)] };
        Golden.Near(new PanelEvaluation(panel).Point(), new PanelEvaluation(permuted).Point(), 1e-15);
    }

    [Theory, MemberData(nameof(Operators))]
    public void Parents_of_one_part_each_are_one_level(FuzzyOperator composition)
    {
        var one = Panel(5, 4, [-1, -1], [0.6, 0.4]) with { Operator = composition };
        // Factors 2 and 3 are the only parts of 0 and 1 and take over their ballots.
        var grades = new int[5, 4, 4];
        for (var e = 0; e < 5; e++)
            for (var k = 0; k < 4; k++)
                for (var f = 0; f < 2; f++)
                    (grades[e, k, f], grades[e, k, f + 2]) = (-1, one.Ballots.Grades[e, k, f]);
        var two = Panel(5, 4, [-1, -1, 0, 1], [0.6, 0.4, 1, 1]) with { Operator = composition, Rounds = [new(1, grades)] };
        Assert.Equal(new PanelEvaluation(one).Point(), new PanelEvaluation(two).Point());
    }

    [Fact]
    public void Two_levels_of_weighted_averages_are_one_level_of_products()
    {
        // Factor 0 has the parts 2 and 3; factor 1 has none.
        var two = Panel(5, 4, [-1, -1, 0, 0], [0.6, 0.4, 0.7, 0.3]);
        var s = new PanelEvaluation(two).Point();
        double[] products = [0, 0.4, 0.42, 0.18];
        for (var k = 0; k < 4; k++)
        {
            var expected = Enumerable.Range(1, 3)
                .Sum(f => products[f] * Enumerable.Range(0, 5).Average(e => two.Grades[two.Ballots.Grades[e, k, f]].Score));
            Assert.Equal(expected, s[k], 1e-14);
        }
    }

    [Fact]
    public void Two_levels_compose_min_max_twice()
    {
        int[,,] grades = { { { -1, 0, 1, 2 } }, { { -1, 1, 1, 0 } } };
        var panel = Panel(2, 1, [-1, -1, 0, 0], [0.6, 0.4, 0.7, 0.3]) with { Operator = FuzzyOperator.MinMax, Rounds = [new(1, grades)] };
        // R_2 = (0, 1, 0), R_3 = (.5, 0, .5): B_0 = (.3, .7, .3); R_1 = (.5, .5, 0).
        // B = (max(.3, .4), max(.6, .4), max(.3, 0)) = (.4, .6, .3); scores 1, .5, 0.
        Assert.Equal((0.4 + 0.3) / 1.3, new PanelEvaluation(panel).Point()[0], 1e-15);
    }

    [Fact]
    public void A_sector_counts_the_experts_who_judge_it()
    {
        var panel = Panel(3, 2, [-1], [1]);
        panel.Ballots.Grades[2, 1, 0] = -1;
        var evaluation = new PanelEvaluation(panel);
        Assert.Equal(new PanelEvaluation(Select(panel, [0, 1], [1])).Point()[0], evaluation.Point()[1], 1e-15);
        Assert.Equal(evaluation.Point()[1], evaluation.Without(2)[1], 1e-15);
        panel.Ballots.Grades[1, 1, 0] = -1;
        Assert.Equal(double.NaN, evaluation.Without(0)[1]);
        Assert.Equal(1, evaluation.Membership(0, evaluation.EqualWeights())[0].Sum(), 1e-15);
    }

    [Fact]
    public void Wrong_numbers_of_weights_are_refused()
    {
        var panel = Panel(3, 2, [-1], [1]);
        Assert.Throws<ArgumentException>(() => new PanelEvaluation(panel).Evaluate([1, 1], [1]));
        Assert.Throws<ArgumentException>(() => new PanelEvaluation(panel).Evaluate([1, 1, 1], [1, 0]));
    }

    /// <summary>A panel with three grades (1, 0.5, 0) and ballots that follow no pattern.</summary>
    internal static ExpertPanel Panel(int experts, int sectors, int[] parents, double[] weights)
    {
        var grades = new int[experts, sectors, parents.Length];
        for (var e = 0; e < experts; e++)
            for (var k = 0; k < sectors; k++)
                for (var f = 0; f < parents.Length; f++)
                    grades[e, k, f] = parents.Contains(f) ? -1 : (5 * e * e + 7 * k + 3 * f * (e + k) + e / 2) % 3;
        return new()
        {
            Experts = [.. Enumerable.Range(0, experts).Select(e => $"E{e}")],
            Sectors = [.. Enumerable.Range(0, sectors)],
            Factors = [.. parents.Select((parent, f) => new EvaluationFactor($"F{f}", "", parent))],
            Grades = [new("A", "", 1), new("B", "", 0.5), new("C", "", 0)],
            FactorWeights = weights,
            Operator = FuzzyOperator.WeightedAverage,
            Rounds = [new(1, grades)],
            Comparisons = [],
        };
    }

    private static ExpertPanel Select(ExpertPanel panel, int[] experts, int[] sectors)
    {
        var factors = panel.Factors.Count;
        var grades = new int[experts.Length, sectors.Length, factors];
        for (var e = 0; e < experts.Length; e++)
            for (var k = 0; k < sectors.Length; k++)
                for (var f = 0; f < factors; f++)
                    grades[e, k, f] = panel.Ballots.Grades[experts[e], sectors[k], f];
        return panel with
        {
            Experts = [.. experts.Select(e => panel.Experts[e])],
            Sectors = [.. sectors.Select(k => panel.Sectors[k])],
            Rounds = [new(1, grades)],
        };
    }
}
