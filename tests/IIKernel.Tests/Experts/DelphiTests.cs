using IIKernel.Experts;
using IIKernel.Model;
using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class DelphiTests
{
    [Fact]
    public void Identical_rankings_are_in_full_concordance()
    {
        Assert.Equal(1, KendallConcordance.Of(new double[,] { { 1, 2, 3, 4 }, { 10, 20, 30, 40 }, { 0.1, 0.2, 0.3, 0.9 } }).W, 1e-15);
        // Ties that all share leave the concordance whole.
        Assert.Equal(1, KendallConcordance.Of(new double[,] { { 1, 2, 2, 4 }, { 1, 5, 5, 9 } }).W, 1e-15);
        Assert.Equal(0, KendallConcordance.Of(new double[,] { { 1, 2, 3 }, { 3, 2, 1 } }).W, 1e-15);
    }

    [Fact]
    public void Textbook_values_are_met()
    {
        // Siegel, Nonparametric Statistics (1956), ch. 9: three executives rank six applicants, s = 25.5, W = .16.
        var w = KendallConcordance.Of(new double[,] { { 1, 6, 3, 2, 5, 4 }, { 1, 5, 6, 4, 2, 3 }, { 6, 3, 2, 5, 4, 1 } });
        Assert.Equal((3, 6), (w.Raters, w.Items));
        Assert.Equal(12 * 25.5 / (9 * 210), w.W, 1e-15);
        // The same chapter's example with ties (from Kendall 1948): s = 591, W = .828 corrected.
        w = KendallConcordance.Of(new[,]
        {
            { 1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10 },
            { 2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5 },
            { 2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10 },
        });
        Assert.Equal(0.828, w.W, 0.0005);
    }

    [Fact]
    public void Where_nothing_is_ranked_there_is_no_concordance()
    {
        Assert.Equal(double.NaN, KendallConcordance.Of(new double[,] { { 1, 1 }, { 2, 2 } }).W);
        Assert.Equal(double.NaN, KendallConcordance.Of(new double[,] { { 1, 2 } }).W);
        Assert.Equal(double.NaN, KendallConcordance.Of(new double[,] { { 1 }, { 2 } }).W);
        Assert.Equal(double.NaN, KendallConcordance.Of(new double[0, 0]).W);
    }

    [Fact]
    public void Changes_count_the_ballots_of_both_rounds()
    {
        // Two experts, two sectors, one factor, grades of score 1, 0.5 and 0.
        int[,,] first = { { { 0 }, { 1 } }, { { 2 }, { -1 } } };
        int[,,] second = { { { 1 }, { 1 } }, { { 0 }, { 2 } } };
        var rounds = DelphiRound.Of(PanelEvaluationTests.Panel(2, 2, [-1], [1]) with { Rounds = [new(1, first), new(2, second)] });
        Assert.Equal((1, 3, null, null), (rounds[0].Number, rounds[0].Ballots, rounds[0].ShareChanged, rounds[0].MeanScoreChange));
        Assert.Equal((2, 4), (rounds[1].Number, rounds[1].Ballots));
        // 0 → 1 (−0.5), 1 → 1 (0), 2 → 0 (+1).
        Assert.Equal(2 / 3.0, rounds[1].ShareChanged!.Value, 1e-15);
        Assert.Equal(0.5 / 3, rounds[1].MeanScoreChange!.Value, 1e-15);
        // Only the first sector is judged by both in round 1: one item.
        Assert.Equal((2, 1), (rounds[0].Agreement.Raters, rounds[0].Agreement.Items));
        Assert.Equal((2, 2), (rounds[1].Agreement.Raters, rounds[1].Agreement.Items));
    }

    [Fact]
    public void The_demonstration_panel_comes_to_agree()
    {
        var rounds = DelphiRound.Of(TestData.FullDemonstration.Panel!);
        Assert.Equal([396, 396], rounds.Select(r => r.Ballots));
        Assert.True(rounds[1].Agreement.W > rounds[0].Agreement.W);
        Assert.InRange(rounds[1].ShareChanged!.Value, 0.1, 0.9);
    }

    [Fact]
    public void Leaving_an_expert_out_is_the_panel_without_that_expert()
    {
        var study = TestData.FullDemonstration;
        var influence = ExpertInfluence.Of(study);
        Assert.Equal(Enumerable.Range(0, 12), influence.Select(i => i.Expert));
        using var editor = PanelEditor.Create();
        var without = editor.MapRows("panel-ballots.csv", rows => rows.Where(r => !r.StartsWith("E07,", StringComparison.Ordinal))).Read();
        Golden.Near([.. without.Coefficients.Select(c => c.Point)], influence[6].Coefficients, 1e-15);
        var point = PointModel.Estimate(without);
        Assert.Equal(point.Total(0, 0), influence[6].BaseYear, 1e-9);
        Assert.Equal(point.Total(6, 0), influence[6].LastYear, 1e-9);
        Assert.Throws<ArgumentException>(() => ExpertInfluence.Of(TestData.Demonstration));
    }

    [Fact]
    public void A_sole_judge_cannot_be_left_out()
    {
        using var editor = PanelEditor.Create();
        var study = editor.MapRows("panel-ballots.csv", rows => rows.Where(r => !r.Contains(",124,", StringComparison.Ordinal)
            || r.StartsWith("E03,", StringComparison.Ordinal))).Read();
        var panel = study.Panel!;
        // Sectors keep the order of first appearance, and without the others' ballots 124 first appears after 125.
        var sole = panel.Sectors.ToList().FindIndex(s => study.Table.Sectors[s].Code == "124");
        Assert.Equal(10, sole);
        var influence = ExpertInfluence.Of(study);
        Assert.Equal("E03", panel.Experts[2]);
        Assert.Equal((double.NaN, double.NaN), (influence[2].BaseYear, influence[2].LastYear));
        Assert.Equal([sole], Enumerable.Range(0, panel.Sectors.Count).Where(k => double.IsNaN(influence[2].Coefficients[k])));
        Assert.All(influence.Where(i => i.Expert != 2),
            i => Assert.True(double.IsFinite(i.BaseYear) && double.IsFinite(i.LastYear) && i.Coefficients.All(double.IsFinite)));
    }
}
