using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Model;
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
        var study = options.ReadTable();
        var point = study.Missing.Count == 0 ? PointModel.Estimate(study) : null;
        var balances = point is null ? StudyBalances.OfTable(study) : StudyBalances.Of(study, point);
        var warnings = StudyBalances.Warnings(study, point, balances);
        if (options.Json)
        {
            var document = new
            {
                study = study.Name,
                inputs = study.Files,
                study.Missing,
                warnings,
                balances = TidyTable.Objects(BalanceColumns.All, balances),
            };
            Console.WriteLine(JsonSerializer.Serialize(document, RunReceipt.Json));
        }
        else if (!options.Quiet)
            Print(AnsiConsole.Console, study, balances, warnings);
        return balances.Any(b => b.IsFailure) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    private static void Print(IAnsiConsole console, Study study, IReadOnlyList<BalanceResult> balances, IReadOnlyList<Warning> warnings)
    {
        TextReport.PrintTitle(console, study.Name, null);
        var sectors = $"valid: {Wording.Count(study.Table.Sectors.Count, "sector")}";
        console.WriteLine(study.Missing.Count > 0
            ? $"{sectors}, {study.BaseYear}, {study.Unit.Text}; for linkages, aggregate and split alone: the study has no {string.Join(", ", study.Missing)}"
            : $"{sectors}, {study.Coefficients.Count} of them related, {Wording.Count(study.Categories.Categories.Count, "category", "categories")}, "
                + $"{Wording.Count(study.Groups.Count, "group")}, {string.Concat(study.RegionSets.Select(s => $"{s.Regions.Count} {s.Name}, "))}{study.BaseYear}–{study.Years[^1]}, {study.Unit.Text}");
        foreach (var b in balances)
        {
            var (word, colour) = (b.Outcome, b.Severity) switch
            {
                (BalanceOutcome.Passed, _) => ("passed", "green"),
                (BalanceOutcome.NotApplicable, _) => ("not applicable", "grey"),
                (_, BalanceSeverity.Vintage) => ("remark", "grey"),
                (_, BalanceSeverity.Magnitude) => ("WARNING", "yellow"),
                _ => ("FAILED", "red"),
            };
            var count = b.Outcome == BalanceOutcome.NotApplicable ? "" : $"{b.Passed} of {b.Passed + b.Failed}";
            console.MarkupLineInterpolated($"[{colour}]{word,-14}[/] {b.Name,-26} {count}");
            // What a magnitude finds stands among the warnings.
            var apart = b.Severity == BalanceSeverity.Magnitude ? ""
                : $", {(b.WorstGap < 0 ? "−" : "+")}{Percent(b.WorstGap)} apart; up to {Percent(b.Tolerance)} is allowed";
            if (b.Failed > 0) console.MarkupLineInterpolated($"    {b.Description} Worst: {b.WorstItem}{apart}.");
            if (b.Note.Length > 0) console.MarkupLineInterpolated($"[grey]    {b.Note}[/]");
        }

        TextReport.PrintWarnings(console, warnings);
    }

    // The size of a share in percent with three significant digits, however small: "40 %", "0.0001 %".
    private static string Percent(double share)
    {
        var size = 100 * Math.Abs(share);
        var digits = size > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 15) : 0;
        return size.ToString("#,0." + new string('#', digits), CultureInfo.InvariantCulture) + " %";
    }
}
