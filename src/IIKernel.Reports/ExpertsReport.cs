using System.Text.Json;
using IIKernel.Experts;
using IIKernel.Model;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>experts</c> shows.</summary>
public static class ExpertsReport
{
    /// <summary>A word of the panel's options as study.json writes it: "weighted-average".</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The panel of a study.</summary>
    public static Report Of(Study study, ExpertPanel panel, PointEstimate point, IReadOnlyList<ExpertInfluence> influence)
    {
        var report = new Report();
        report.Title(study.Name, study.Note);
        report.Line(Say($"{Counted.Experts(panel.Experts.Count)}, {Counted.RelatedSectors(panel.Sectors.Count)}, "
            + $"{Counted.Factors(panel.Factors.Count)}, {Counted.Grades(panel.Grades.Count)}, "
            + $"round {panel.Ballots.Number} of {panel.Rounds.Count}, operator {Word(panel.Operator)}"));
        AddFactors(report, panel);
        foreach (var comparison in panel.Comparisons) AddComparison(report, panel, comparison);
        AddMembership(report, study, panel);
        AddCoefficients(report, study, panel, influence);
        AddRounds(report, panel);
        AddInfluence(report, study, panel, point, influence);
        report.Warnings(study.Warnings);
        return report;
    }

    private static void AddFactors(Report report, ExpertPanel panel)
    {
        var table = NewTable($"Factors", [$"factor", $"name", $"part of"], [$"weight"]);
        for (var f = 0; f < panel.Factors.Count; f++)
        {
            var factor = panel.Factors[f];
            table.Add(factor.Code, factor.Name, factor.Parent < 0 ? "" : panel.Factors[factor.Parent].Code,
                ReportCell.Number(panel.FactorWeights[f], "0.0000"));
        }

        report.Add(table);
    }

    private static void AddComparison(Report report, ExpertPanel panel, FactorComparison comparison)
    {
        var below = comparison.Parent < 0 ? Say($"factors") : Say($"parts of factor {panel.Factors[comparison.Parent].Code}");
        var table = new ReportTable(Say($"Pairwise comparisons of {below}, random index of {comparison.RandomIndex.Source}"),
        [
            Titled.Text($"expert"),
            .. comparison.Factors.Select(f => panel.Factors[f].Code).Concat(["λ max", "CI", "CR"]).Select(h => ReportColumn.Number(h)),
        ]);
        for (var e = 0; e < comparison.Experts.Count; e++) Add(panel.Experts[comparison.Experts[e]], comparison.Priorities[e]);
        if (comparison.GroupPriorities is not null) Add(Say($"geometric mean of judgements"), comparison.GroupPriorities);
        else table.Add([Say($"mean of priorities"), .. comparison.Weights.Select(w => ReportCell.Number(w, "0.0000")), "", "", ""]);
        report.Add(table);

        void Add(string who, PriorityVector p) => table.Add([who, .. p.Weights
            .Concat([p.LargestEigenvalue, p.ConsistencyIndex, p.ConsistencyRatio]).Select(w => ReportCell.Number(w, "0.0000"))]);
    }

    private static void AddMembership(Report report, Study study, ExpertPanel panel)
    {
        var evaluation = new PanelEvaluation(panel);
        var table = new ReportTable(Say($"Membership R: share of the experts who give the grade"),
        [
            Titled.Text($"sector"), Titled.Text($"factor"),
            .. panel.Grades.Select(g => ReportColumn.Number($"{g.Code} ({g.Score:0.###})")),
        ]);
        for (var k = 0; k < panel.Sectors.Count; k++)
        {
            var rows = evaluation.Membership(k, evaluation.EqualWeights());
            for (var f = 0; f < rows.Length; f++)
                if (rows[f].Length > 0)
                    table.Add([study.Table.Sectors[panel.Sectors[k]].Code, panel.Factors[f].Code,
                        .. rows[f].Select(r => ReportCell.Number(r, "0.000"))]);
        }

        report.Add(table);
    }

    private static void AddCoefficients(Report report, Study study, ExpertPanel panel, IReadOnlyList<ExpertInfluence> influence)
    {
        var table = NewTable($"Coefficients S, and their range when one expert is left out", [$"sector", $"name"],
            [$"S", $"least", $"greatest"]);
        for (var k = 0; k < panel.Sectors.Count; k++)
        {
            var sector = study.Table.Sectors[panel.Sectors[k]];
            table.Add(sector.Code, sector.Name, ReportCell.Number(study.Coefficients[k].Point, "0.0000"),
                Number(influence.Min(i => i.Coefficients[k])), Number(influence.Max(i => i.Coefficients[k])));
        }

        report.Add(table);
        static ReportCell Number(double value) => double.IsNaN(value) ? Wording.None : ReportCell.Number(value, "0.0000");
    }

    private static void AddRounds(Report report, ExpertPanel panel)
    {
        var table = NewTable($"Agreement: Kendall's W over the factors of the sectors", [$"round"],
            [$"ballots", $"changed %", $"mean change of score", $"W", $"experts", $"items"]);
        foreach (var round in DelphiRound.Of(panel))
        {
            var w = round.Agreement.W;
            table.Add($"{round.Number}", $"{round.Ballots}", round.ShareChanged is { } share ? $"{100 * share:0.0}" : "–",
                round.MeanScoreChange is { } change ? Wording.Signed(change, 4) : "–", double.IsNaN(w) ? "–" : $"{w:0.000}",
                $"{round.Agreement.Raters}", $"{round.Agreement.Items}");
        }

        report.Add(table);
    }

    private static void AddInfluence(
        Report report, Study study, ExpertPanel panel, PointEstimate point, IReadOnlyList<ExpertInfluence> influence)
    {
        var (first, last) = (study.Years[0], study.Years[^1]);
        var (baseTotal, lastTotal) = (point.Total(0, 0), point.Total(study.Years.Count - 1, 0));
        var table = new ReportTable(Say($"National total without each expert, {study.Unit.Text}"),
        [
            Titled.Text($"without"), ReportColumn.Number($"{first}"), Titled.Number($"change %"), ReportColumn.Number($"{last}"),
            Titled.Number($"change %"),
        ]);
        table.Add(Say($"nobody"), ReportCell.Point(baseTotal), "", ReportCell.Point(lastTotal), "");
        foreach (var i in influence)
        {
            table.Add(panel.Experts[i.Expert], ReportCell.Point(i.BaseYear), Change(i.BaseYear, baseTotal),
                ReportCell.Point(i.LastYear), Change(i.LastYear, lastTotal));
        }

        report.Add(table);
        if (influence.Any(i => double.IsNaN(i.BaseYear))) report.Line(Say($"–: the expert alone judges a sector"));
        static string Change(double value, double all) => Wording.Signed(100 * (value / all - 1), 2);
    }

    private static ReportTable NewTable(Sentence title, Sentence[] texts, Sentence[] numbers) =>
        new(Say(title), [.. texts.Select(header => Titled.Text(header)), .. numbers.Select(header => Titled.Number(header))]);
}
