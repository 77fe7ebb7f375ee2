using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Experts;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>experts</c>.</summary>
[Verb("experts", HelpText = "Show how a panel's ballots become coefficients: membership, weights, agreement, and each expert's influence.")]
public sealed class ExpertsOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("How ballots become coefficients", UsageStyle.Short, new ExpertsOptions { Study = "studies/mine" }),
    ];
}

/// <summary>The verb <c>experts</c>.</summary>
public static class ExpertsVerb
{
    /// <summary>Evaluates the panel of a study and prints it.</summary>
    /// <exception cref="CommandException">The coefficients of the study come from no panel.</exception>
    public static int Execute(ExpertsOptions options)
    {
        var study = options.Read();
        if (study.Panel is null)
            throw new CommandException(ExitCodes.BadInput,
                $"{study.Origin}, key coefficients: found a file of coefficients; expected a panel, which is what the verb experts shows. "
                + "Write coefficients.panel with ballots, grades and factors.");
        var point = PointModel.Estimate(study, Interruption.Token);
        var influence = ExpertInfluence.Of(study, Interruption.Token);
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(Document(study, study.Panel, point, influence), JsonText.Options));
        else if (!options.Quiet) TextReport.Print(AnsiConsole.Console, ExpertsReport.Of(study, study.Panel, point, influence));
        return ExitCodes.Done;
    }

    private static object Document(Study study, ExpertPanel panel, PointEstimate point, IReadOnlyList<ExpertInfluence> influence)
    {
        var evaluation = new PanelEvaluation(panel);
        string? Parent(int f) => f < 0 ? null : panel.Factors[f].Code;
        return new
        {
            study = study.Name,
            note = study.Note,
            unit = study.Unit.Text,
            warnings = study.Warnings,
            experts = panel.Experts,
            grades = panel.Grades,
            @operator = ExpertsReport.Word(panel.Operator),
            factors = panel.Factors.Select((f, i) => new { f.Code, f.Name, parent = Parent(f.Parent), weight = panel.FactorWeights[i] }),
            comparisons = panel.Comparisons.Select(c => new
            {
                parent = Parent(c.Parent),
                factors = c.Factors.Select(f => panel.Factors[f].Code),
                randomIndex = c.RandomIndex.Name,
                experts = c.Experts.Select((e, i) => new { expert = panel.Experts[e], priorities = c.Priorities[i] }),
                group = c.GroupPriorities,
                c.Weights,
            }),
            sectors = study.Coefficients.Select((coefficient, k) => new
            {
                study.Table.Sectors[coefficient.Sector].Code,
                study.Table.Sectors[coefficient.Sector].Name,
                coefficient = coefficient.Point,
                membership = evaluation.Membership(k, evaluation.EqualWeights())
                    .Select((row, f) => new { factor = panel.Factors[f].Code, row }).Where(x => x.row.Length > 0),
            }),
            rounds = DelphiRound.Of(panel),
            total = new { baseYear = point.Total(0, 0), lastYear = point.Total(study.Years.Count - 1, 0) },
            influence = influence.Select(i => new { without = panel.Experts[i.Expert], i.Coefficients, i.BaseYear, i.LastYear }),
        };
    }
}
