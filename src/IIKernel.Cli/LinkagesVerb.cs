using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Tables;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>linkages</c>.</summary>
[Verb("linkages", HelpText = "Multipliers and linkages of a study's table (backward by Leontief's inverse, forward by Ghosh's), with its key sectors.")]
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
    private const int Largest = 15;

    /// <summary>Prints multipliers and linkages: the largest, and every key sector.</summary>
    public static int Execute(LinkagesOptions options)
    {
        var study = options.ReadTable();
        using var output = VerbOutput.Open(options, study, TableCsv.LinkagesFile);
        var analysis = LinkageAnalysis.Of(study.Table, Interruption.Token);
        var files = output?.Write(Receipt.Of(options.Invocation, study), OutputFile.Text(TableCsv.LinkagesFile, writer => TableCsv.WriteLinkages(writer, study, analysis))) ?? [];
        var sectors = study.Table.Sectors;
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                warnings = study.Warnings,
                sectors = TidyTable.Objects(TableCsv.LinkageColumns(study, analysis), Enumerable.Range(0, sectors.Count)),
            }, RunReceipt.Json));
            return ExitCodes.Done;
        }

        if (options.Quiet) return ExitCodes.Done;
        var console = AnsiConsole.Console;
        TextReport.PrintTitle(console, study.Name, study.Note);
        var table = new ReportTable(
            $"Largest {Math.Min(Largest, sectors.Count)} output multipliers", ReportColumn.Text("code"), ReportColumn.Text("name"), ReportColumn.Number("output"),
            ReportColumn.Number("value added", 3), ReportColumn.Number("backward", 1), ReportColumn.Number("forward (Ghosh)", 2), ReportColumn.Text("key"));
        foreach (var i in Enumerable.Range(0, sectors.Count).OrderByDescending(i => analysis.OutputMultipliers[i]).Take(Largest))
        {
            table.Add(sectors[i].Code, sectors[i].Name, Wording.Fixed(analysis.OutputMultipliers[i], 4), Wording.Fixed(analysis.ValueAddedMultipliers[i], 4),
                Wording.Fixed(analysis.BackwardLinkages[i], 3), Wording.Fixed(analysis.ForwardLinkages[i], 3), analysis.IsKey(i) ? "key" : "");
        }

        TextReport.Print(console, table);
        console.WriteLine();
        var keys = Enumerable.Range(0, sectors.Count).Where(analysis.IsKey).Select(i => sectors[i].Code).ToArray();
        console.WriteLine($"{Wording.Count(keys.Length, "key sector")} (both linkages above 1){(keys.Length > 0 ? ": " : "")}{string.Join(", ", keys)}");
        console.WriteLine(analysis.IsClosed
            ? "value added: 1 in every sector, since all inputs come from the table's own: a unit of final demand becomes a unit of value added"
            : "value added: below 1 by what inputs from outside the table's sectors, such as imports, take of a unit of final demand");
        console.WriteLine("backward: column sums of the Leontief inverse, forward: row sums of the Ghosh inverse, both relative to their mean");
        TextReport.PrintWarnings(console, study.Warnings);
        foreach (var file in files) console.WriteLine($"written: {file}");
        return ExitCodes.Done;
    }
}
