using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>linkages</c>.</summary>
[Verb("linkages", HelpText =
    "Multipliers of output, value added, income and employment of a study's table, linkages (backward by Leontief's inverse, forward by "
    + "Ghosh's and by Leontief's), what the economy would lose without each sector, and the key sectors.")]
public sealed class LinkagesOptions : WritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Multipliers of every sector", UsageStyle.Short, new LinkagesOptions { Study = "studies/mine", Out = "out/linkages" }),
        new("With the coefficients and the inverse", UsageStyle.Short,
            new LinkagesOptions { Study = "studies/mine", Matrices = true, Out = "out/linkages" }),
    ];

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for linkages.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>Whether the matrices are written.</summary>
    [Option("matrices", HelpText = "Write the matrices too: technical-coefficients.csv (A), leontief-inverse.csv, (I - A)^-1, and "
        + "induced-output.csv, (I - A)^-1 - I.")]
    public bool Matrices { get; set; }
}

/// <summary>The verb <c>linkages</c>.</summary>
public static class LinkagesVerb
{
    /// <summary>Prints multipliers and linkages: the largest, and every key sector.</summary>
    public static int Execute(LinkagesOptions options)
    {
        if (options is { Matrices: true, Out: null })
            throw new CommandException(ExitCodes.BadInput, "--matrices: found no folder to write to; expected --out DIR too.");
        var study = options.ReadTable();
        using var output = VerbOutput.Open(options, study,
            [LinkagesCsv.FileName, .. options.Matrices ? LinkagesCsv.MatrixNames : []]);
        var analysis = TableAnalysis.Of(study.Table, Interruption.Token);
        var files = output?.Write(Receipt.Of(options.Invocation, study),
        [
            OutputFile.Text(LinkagesCsv.FileName, writer => LinkagesCsv.Write(writer, analysis)),
            .. options.Matrices ? LinkagesCsv.MatrixFiles(analysis.Solution) : [],
        ]) ?? [];
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                warnings = study.Warnings,
                sectors = TidyTable.Objects(LinkagesCsv.Columns(analysis), Enumerable.Range(0, study.Table.Sectors.Count)),
            }, JsonText.Options));
            return ExitCodes.Done;
        }

        if (options.Quiet) return ExitCodes.Done;
        var report = LinkagesReport.Of(study, analysis, Say($"--json, or the files of --out DIR"));
        report.Written(files);
        TextReport.Print(AnsiConsole.Console, report);
        return ExitCodes.Done;
    }
}
