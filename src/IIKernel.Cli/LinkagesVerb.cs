using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Tables;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>linkages</c>.</summary>
[Verb("linkages", HelpText =
    "Multipliers and linkages of a study's table (backward by Leontief's inverse, forward by Ghosh's), with its key sectors.")]
public sealed class LinkagesOptions : WritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Multipliers of every sector", UsageStyle.Short, new LinkagesOptions { Study = "studies/mine", Out = "out/linkages" }),
    ];

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for linkages.csv; without it nothing is written.")]
    public override string? Out { get; set; }
}

/// <summary>The verb <c>linkages</c>.</summary>
public static class LinkagesVerb
{
    /// <summary>Prints multipliers and linkages: the largest, and every key sector.</summary>
    public static int Execute(LinkagesOptions options)
    {
        var study = options.ReadTable();
        using var output = VerbOutput.Open(options, study, TableCsv.LinkagesFile);
        var analysis = LinkageAnalysis.Of(study.Table, Interruption.Token);
        var file = OutputFile.Text(TableCsv.LinkagesFile, writer => TableCsv.WriteLinkages(writer, study, analysis));
        var files = output?.Write(Receipt.Of(options.Invocation, study), file) ?? [];
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                warnings = study.Warnings,
                sectors = TidyTable.Objects(TableCsv.LinkageColumns(study, analysis), Enumerable.Range(0, study.Table.Sectors.Count)),
            }, JsonText.Options));
            return ExitCodes.Done;
        }

        if (options.Quiet) return ExitCodes.Done;
        var report = LinkagesReport.Of(study, analysis);
        report.Written(files);
        TextReport.Print(AnsiConsole.Console, report);
        return ExitCodes.Done;
    }
}
