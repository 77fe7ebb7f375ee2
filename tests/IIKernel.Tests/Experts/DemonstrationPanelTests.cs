using System.Globalization;
using System.Text;
using IIKernel.Experts;
using IIKernel.Tests.Repository;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>The synthetic panel of the demonstration study, and the rule that its ballots follow.</summary>
public sealed class DemonstrationPanelTests
{
    private const int Experts = 12;
    // A stride without a common factor with the number of experts visits each of them once.
    private const int Stride = 5;
    private static readonly double[] Scores = [0.6, 0.35, 0.15, 0.05, 0];

    [Fact]
    public void The_panel_meets_the_points_of_the_coefficients_nearly()
    {
        var panel = TestData.FullDemonstration;
        var points = TestData.Demonstration.Coefficients;
        Assert.Equal(points.Select(c => c.Sector), panel.Coefficients.Select(c => c.Sector));
        Assert.All(panel.Coefficients, c => Assert.Null(c.Distribution));
        // The last remainder of a sector is at most half the widest gap of scores, 0.25, on one ballot of twelve.
        Assert.All(panel.Coefficients.Zip(points),
            pair => Assert.Equal(pair.Second.Point, pair.First.Point, 0.25 / 2 / Experts * panel.Panel!.FactorWeights.Max()));
        Assert.Empty(panel.Warnings);
    }

    [Fact]
    public void The_panel_is_whole()
    {
        var panel = TestData.FullDemonstration.Panel!;
        Assert.Equal((12, 11, 3, 5, 2),
            (panel.Experts.Count, panel.Sectors.Count, panel.Factors.Count, panel.Grades.Count, panel.Rounds.Count));
        Assert.Equal(Scores, panel.Grades.Select(g => g.Score));
        Assert.All(Assert.Single(panel.Comparisons).Priorities, p => Assert.InRange(p.ConsistencyRatio, 0, PriorityVector.AcceptableRatio));
        Assert.Null(TestData.Demonstration.Panel);
    }

    [Fact]
    public void The_ballots_follow_the_rule() => Assert.Equal(
        Ballots(), File.ReadAllText(Path.Combine(RepositoryTests.Root, "src", "IIKernel", "Data", "demo", "panel-ballots.csv")));

    private static string Ballots()
    {
        var study = TestData.Demonstration;
        var weights = Weights();
        double[] emphasis = [1.2, 0.9, (1 - 1.2 * weights[0] - 0.9 * weights[1]) / weights[2]];
        var text = new StringBuilder("expert,sector,factor,grade,round\n");
        foreach (var round in new[] { 1, 2 })
        {
            var grades = new int[Experts, study.Coefficients.Count, weights.Length];
            for (var k = 0; k < study.Coefficients.Count; k++)
            {
                var remainder = 0.0;
                for (var f = 0; f < weights.Length; f++)
                {
                    for (var visit = 0; visit < Experts; visit++)
                    {
                        var e = (k + f + Stride * visit) % Experts;
                        // Round 1: an expert's own leaning and one that changes with the sector; round 2: half the own one.
                        var leaning = round == 1 ? Centred(e) + Centred((e + Stride * k) % Experts) : Centred(e) / 2;
                        var aim = study.Coefficients[k].Point * emphasis[f] * (1 + leaning) + remainder / weights[f];
                        var grade = grades[e, k, f] = Enumerable.Range(0, Scores.Length).MinBy(g => Math.Abs(Scores[g] - aim));
                        remainder = weights[f] * (aim - Scores[grade]);
                    }
                }
            }

            for (var e = 0; e < Experts; e++)
                for (var k = 0; k < study.Coefficients.Count; k++)
                    for (var f = 0; f < weights.Length; f++)
                    {
                        var (sector, grade) = (study.Table.Sectors[study.Coefficients[k].Sector].Code, (char)('A' + grades[e, k, f]));
                        text.Append(CultureInfo.InvariantCulture, $"E{e + 1:00},{sector},F{f + 1},{grade},{round}\n");
                    }
        }

        return text.ToString();
    }

    // Evenly spread over the experts from −1/2 to 1/2, so that leanings cancel.
    private static double Centred(int e) => (e - (Experts - 1) / 2.0) / (Experts - 1);

    // The weights of panel-comparisons.csv.
    private static double[] Weights()
    {
        var matrices = new[] { (2.0, 3.0, 2.0), (2.0, 2.0, 1.0), (2.0, 4.0, 2.0) }
            .Select(c => new PairwiseComparison(new[,] { { 1, c.Item1, c.Item2 }, { 1 / c.Item1, 1, c.Item3 },
                { 1 / c.Item2, 1 / c.Item3, 1 } })).ToArray();
        return PairwiseComparison.GeometricMean(matrices).Priorities(RandomIndex.Saaty).Weights;
    }
}
