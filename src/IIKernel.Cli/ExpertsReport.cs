using System.Text.Json;
using IIKernel.Experts;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>What <c>experts</c> prints.</summary>
public static class ExpertsReport
{
    /// <summary>A word of the panel's options as study.json writes it: "weighted-average".</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Prints the panel of a study.</summary>
    public static void Print(IAnsiConsole console, Study study, ExpertPanel panel, PointEstimate point, IReadOnlyList<ExpertInfluence> influence)
    {
        TextReport.PrintTitle(console, study.Name, study.Note);
        console.WriteLine($"{Wording.Count(panel.Experts.Count, "expert")}, {Wording.Count(panel.Sectors.Count, "related sector")}, {Wording.Count(panel.Factors.Count, "factor")}, {Wording.Count(panel.Grades.Count, "grade")}, "
            + $"round {panel.Ballots.Number} of {panel.Rounds.Count}, operator {Word(panel.Operator)}");
        PrintFactors(console, panel);
        foreach (var comparison in panel.Comparisons) PrintComparison(console, panel, comparison);
        PrintMembership(console, study, panel);
        PrintCoefficients(console, study, panel, influence);
        PrintRounds(console, panel);
        PrintInfluence(console, study, panel, point, influence);
        TextReport.PrintWarnings(console, study.Warnings);
    }

    private static void PrintFactors(IAnsiConsole console, ExpertPanel panel)
    {
        var table = NewTable("Factors", ["factor", "name", "part of"], ["weight"]);
        for (var f = 0; f < panel.Factors.Count; f++)
        {
            var factor = panel.Factors[f];
            table.Add(factor.Code, factor.Name, factor.Parent < 0 ? "" : panel.Factors[factor.Parent].Code, $"{panel.FactorWeights[f]:0.0000}");
        }

        TextReport.Print(console, table);
    }

    private static void PrintComparison(IAnsiConsole console, ExpertPanel panel, FactorComparison comparison)
    {
        var below = comparison.Parent < 0 ? "factors" : $"parts of factor {panel.Factors[comparison.Parent].Code}";
        var table = NewTable($"Pairwise comparisons of {below}, random index of {comparison.RandomIndex.Source}", ["expert"],
            [.. comparison.Factors.Select(f => panel.Factors[f].Code), "λ max", "CI", "CR"]);
        for (var e = 0; e < comparison.Experts.Count; e++) Add(panel.Experts[comparison.Experts[e]], comparison.Priorities[e]);
        if (comparison.GroupPriorities is not null) Add("geometric mean of judgements", comparison.GroupPriorities);
        else table.Add(["mean of priorities", .. comparison.Weights.Select(w => $"{w:0.0000}"), "", "", ""]);
        TextReport.Print(console, table);

        void Add(string who, PriorityVector p) => table.Add([who, .. p.Weights.Select(w => $"{w:0.0000}"),
            $"{p.LargestEigenvalue:0.0000}", $"{p.ConsistencyIndex:0.0000}", $"{p.ConsistencyRatio:0.0000}"]);
    }

    private static void PrintMembership(IAnsiConsole console, Study study, ExpertPanel panel)
    {
        var evaluation = new PanelEvaluation(panel);
        var table = NewTable("Membership R: share of the experts who give the grade", ["sector", "factor"], [.. panel.Grades.Select(g => $"{g.Code} ({g.Score:0.###})")]);
        for (var k = 0; k < panel.Sectors.Count; k++)
        {
            var rows = evaluation.Membership(k, evaluation.EqualWeights());
            for (var f = 0; f < rows.Length; f++)
                if (rows[f].Length > 0)
                    table.Add([study.Table.Sectors[panel.Sectors[k]].Code, panel.Factors[f].Code, .. rows[f].Select(r => $"{r:0.000}")]);
        }

        TextReport.Print(console, table);
    }

    private static void PrintCoefficients(IAnsiConsole console, Study study, ExpertPanel panel, IReadOnlyList<ExpertInfluence> influence)
    {
        var table = NewTable("Coefficients S, and their range when one expert is left out", ["sector", "name"], ["S", "least", "greatest"]);
        for (var k = 0; k < panel.Sectors.Count; k++)
        {
            var sector = study.Table.Sectors[panel.Sectors[k]];
            table.Add(sector.Code, sector.Name, $"{study.Coefficients[k].Point:0.0000}",
                Number(influence.Min(i => i.Coefficients[k])), Number(influence.Max(i => i.Coefficients[k])));
        }

        TextReport.Print(console, table);
        static string Number(double value) => double.IsNaN(value) ? "–" : $"{value:0.0000}";
    }

    private static void PrintRounds(IAnsiConsole console, ExpertPanel panel)
    {
        var table = NewTable("Agreement: Kendall's W over the factors of the sectors", ["round"], ["ballots", "changed %", "mean change of score", "W", "experts", "items"]);
        foreach (var round in DelphiRound.Of(panel))
        {
            var w = round.Agreement.W;
            table.Add($"{round.Number}", $"{round.Ballots}", round.ShareChanged is { } share ? $"{100 * share:0.0}" : "–",
                round.MeanScoreChange is { } change ? Wording.Signed(change, 4) : "–", double.IsNaN(w) ? "–" : $"{w:0.000}",
                $"{round.Agreement.Raters}", $"{round.Agreement.Items}");
        }

        TextReport.Print(console, table);
    }

    private static void PrintInfluence(IAnsiConsole console, Study study, ExpertPanel panel, PointEstimate point, IReadOnlyList<ExpertInfluence> influence)
    {
        var (first, last) = (study.Years[0], study.Years[^1]);
        var (baseTotal, lastTotal) = (point.Total(0, 0), point.Total(study.Years.Count - 1, 0));
        var table = NewTable($"National total without each expert, {study.Unit.Text}", ["without"], [$"{first}", "change %", $"{last}", "change %"]);
        table.Add("nobody", NumberFormat.Point(baseTotal), "", NumberFormat.Point(lastTotal), "");
        foreach (var i in influence)
        {
            table.Add(panel.Experts[i.Expert], NumberFormat.Point(i.BaseYear), Change(i.BaseYear, baseTotal),
                NumberFormat.Point(i.LastYear), Change(i.LastYear, lastTotal));
        }

        TextReport.Print(console, table);
        if (influence.Any(i => double.IsNaN(i.BaseYear))) console.WriteLine("–: the expert alone judges a sector");
        static string Change(double value, double all) => Wording.Signed(100 * (value / all - 1), 2);
    }

    private static ReportTable NewTable(string title, string[] texts, string[] numbers) =>
        new(title, [.. texts.Select(header => ReportColumn.Text(header)), .. numbers.Select(header => ReportColumn.Number(header))]);
}
