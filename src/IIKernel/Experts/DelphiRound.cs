namespace IIKernel.Experts;

/// <summary>How a round went: what changed since the round before, and how far the experts agree.</summary>
/// <param name="Number">Number of the round.</param>
/// <param name="Ballots">Number of ballots in it.</param>
/// <param name="ShareChanged">
/// Share of the ballots cast in both rounds whose grade changed; null in the first round and where no ballot was cast in both.
/// </param>
/// <param name="MeanScoreChange">Mean change of the score of those ballots, unchanged ones included; null likewise.</param>
/// <param name="Agreement">
/// Concordance of the experts' rankings of the items, an item being a factor of a sector ranked by the score it was
/// given. The raters are all experts with ballots in the round, the sectors those that every one of them judges.
/// </param>
public sealed record DelphiRound(int Number, int Ballots, double? ShareChanged, double? MeanScoreChange, KendallConcordance Agreement)
{
    /// <summary>The rounds of a panel, ascending.</summary>
    public static IReadOnlyList<DelphiRound> Of(ExpertPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return [.. panel.Rounds.Select((round, r) => Of(panel, round, r == 0 ? null : panel.Rounds[r - 1]))];
    }

    private static DelphiRound Of(ExpertPanel panel, BallotRound round, BallotRound? before)
    {
        var (ballots, common, changed, change) = (0, 0, 0, 0.0);
        for (var e = 0; e < panel.Experts.Count; e++)
        {
            for (var k = 0; k < panel.Sectors.Count; k++)
            {
                for (var f = 0; f < panel.Factors.Count; f++)
                {
                    var grade = round.Grades[e, k, f];
                    if (grade < 0) continue;
                    ballots++;
                    if (before is null || before.Grades[e, k, f] is not (>= 0 and var old)) continue;
                    common++;
                    if (grade != old) changed++;
                    change += panel.Grades[grade].Score - panel.Grades[old].Score;
                }
            }
        }

        return new(round.Number, ballots,
            common == 0 ? null : (double)changed / common, common == 0 ? null : change / common, Agree(panel, round));
    }

    private static KendallConcordance Agree(ExpertPanel panel, BallotRound round)
    {
        var sectors = Enumerable.Range(0, panel.Sectors.Count).ToArray();
        int[] experts = [.. Enumerable.Range(0, panel.Experts.Count).Where(e => Array.Exists(sectors, k => round.Judges(e, k)))];
        var items = (from k in sectors
                     where Array.TrueForAll(experts, e => round.Judges(e, k))
                     from f in Enumerable.Range(0, panel.Factors.Count)
                     where panel.FactorsBelow(f).Count == 0
                     select (Sector: k, Factor: f)).ToArray();
        var scores = new double[experts.Length, items.Length];
        for (var j = 0; j < experts.Length; j++)
            for (var i = 0; i < items.Length; i++)
                scores[j, i] = panel.Grades[round.Grades[experts[j], items[i].Sector, items[i].Factor]].Score;
        return KendallConcordance.Of(scores);
    }
}
