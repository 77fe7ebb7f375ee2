using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>check</c>.</summary>
[Verb("check", HelpText = "Validate a study and its accounting balances; exit code 1 when a balance fails.")]
public sealed class CheckOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Is a study valid, and do its accounts agree", UsageStyle.Short, new CheckOptions { Study = "studies/mine" }),
    ];
}

/// <summary>The verb <c>check</c>.</summary>
public static class CheckVerb
{
    /// <summary>Reads a study, examines its balances and prints them.</summary>
    public static int Execute(CheckOptions options)
    {
        var study = options.Read();
        var balances = StudyBalances.Of(study);
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(new { study = study.Name, inputs = study.Files, warnings = study.Warnings, balances }, RunReceipt.Json));
        else if (!options.Quiet)
            Print(AnsiConsole.Console, study, balances);
        return balances.Any(b => b.IsFailure) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    private static void Print(IAnsiConsole console, Study study, IReadOnlyList<BalanceResult> balances)
    {
        console.MarkupLineInterpolated($"[bold]{study.Name}[/]");
        console.WriteLine($"valid: {Wording.Count(study.Table.Sectors.Count, "sector")}, {study.Coefficients.Count} of them related, {Wording.Count(study.Categories.Categories.Count, "category", "categories")}, "
            + $"{Wording.Count(study.Groups.Count, "group")}, {string.Join(", ", study.RegionSets.Select(s => $"{s.Regions.Count} {s.Name}"))}, {study.BaseYear}–{study.Years[^1]}, {study.Unit.Text}");
        foreach (var b in balances)
        {
            var (word, colour) = b.Outcome switch
            {
                BalanceOutcome.Passed => ("passed", "green"),
                BalanceOutcome.NotApplicable => ("not applicable", "grey"),
                _ when b.IsInformational => ("differs", "yellow"),
                _ => ("FAILED", "red"),
            };
            console.MarkupLineInterpolated($"[{colour}]{word}[/] {b.Name}: {b.Passed} passed, {b.Failed} beyond tolerance. {b.Description}");
            if (b.Failed > 0) console.MarkupLineInterpolated($"    worst: {b.WorstItem}, relative gap {b.WorstGap:0.0e-0}, tolerance {b.Tolerance:0.0e-0}. {(b.IsInformational ? "For information: " : "")}{b.Note}");
        }

        TextReport.PrintWarnings(console, study.Warnings);
    }
}
