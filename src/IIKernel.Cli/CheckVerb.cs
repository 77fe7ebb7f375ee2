using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
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
        var claims = study.Missing.Count == 0 ? ClaimReader.Of(study) : null;
        var point = study.Missing.Count == 0 ? PointModel.Estimate(study, Interruption.Token) : null;
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
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
            TextReport.Print(AnsiConsole.Console, CheckReport.Of(study, claims, balances, warnings));
        return balances.Any(b => b.IsFailure) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }
}
