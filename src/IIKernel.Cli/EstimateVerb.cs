using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>estimate</c>.</summary>
[Verb("estimate", HelpText = "Compute the point values alone, with the production function behind them.")]
public sealed class EstimateOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The point values of a study", UsageStyle.Short, new EstimateOptions { Study = "studies/mine" }),
        new("For a program", UsageStyle.Short, new EstimateOptions { Study = "studies/mine", Json = true }),
    ];
}

/// <summary>The verb <c>estimate</c>.</summary>
public static class EstimateVerb
{
    /// <summary>Computes and prints the point values.</summary>
    public static int Execute(EstimateOptions options)
    {
        var study = options.Read();
        var point = PointModel.Estimate(study, Interruption.Token);
        var keys = EstimateCatalog.Of(study, point);
        var warnings = StudyBalances.Warnings(study, point, StudyBalances.Of(study, point));
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                unit = study.Unit.Text,
                warnings,
                growth = GrowthFit.Of(study, point.Growth),
                estimates = TidyTable.Objects<EstimateKey>([.. EstimatesCsv.KeyColumns, new("flags", k => k.Flags)], keys),
            }, JsonText.Options));
            return ExitCodes.Done;
        }

        if (!options.Quiet) TextReport.Print(AnsiConsole.Console, EstimateReport.Of(study, point, keys, warnings));
        return ExitCodes.Done;
    }
}
