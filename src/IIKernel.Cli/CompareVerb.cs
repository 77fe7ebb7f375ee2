using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Comparison;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>compare</c>.</summary>
[Verb("compare", HelpText = "Hold a study against the published figures that it lists, one by one.")]
public sealed class CompareOptions : SamplingVerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Each published figure beside the study's", UsageStyle.Short, new CompareOptions { Study = "studies/mine", Out = "out/compared" }),
        new("For a document", UsageStyle.Short, new CompareOptions { Study = "studies/mine", Markdown = true }),
    ];

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for comparison.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>Whether the tables are printed as Markdown.</summary>
    [Option("markdown", HelpText = "Print one table in Markdown.")]
    public bool Markdown { get; set; }
}

/// <summary>The verb <c>compare</c>.</summary>
public static class CompareVerb
{
    // Behind a rounding that the file does not state.
    private const string GuessMark = " ?";
    private const string GuessNote =
        "? a guess: the finest place that figures of the scope and part are printed to; a column rounding in the file of published figures states it";

    private static readonly string[] Columns = ["figure", "year", "part", "published", "rounding", "point", "interval", "distance", "percentile", "verdict"];

    /// <summary>Compares and prints.</summary>
    /// <exception cref="CommandException">The study lists no published figures.</exception>
    public static int Execute(CompareOptions options)
    {
        var study = options.Read();
        if (study.Published.Count == 0)
            throw new CommandException(ExitCodes.BadInput, $"{study.Origin}, key published: found no published figures; expected some to compare with. Name a file: scope,code,year,component,value,kind.");
        var sampling = options.Sampling(study.Sampling);
        using var output = VerbOutput.Open(options, study, ComparisonCsv.FileName);
        using var choice = options.ChooseBackend(study, sampling);
        var prints = !options.Json && !options.Markdown && !options.Quiet;
        var point = PointModel.Estimate(study);
        var warnings = StudyBalances.Warnings(study, point, StudyBalances.Of(study, point));
        var figures = ConsoleWork.Run(
            options.Quiet,
            new("comparing", "draws", sampling.Draws),
            (progress, cancellation) => StudyComparison.Of(study, sampling, choice.Backend, options.ThreadCount, progress, cancellation));
        var invocation = options.Invocation.With(("draws", sampling.Draws), ("seed", sampling.Seed), ("level", sampling.Level));
        var receipt = Receipt.Of(invocation, study) with { Backend = choice.Backend.Info, Warnings = [.. study.Warnings, .. choice.Warnings] };
        var files = output?.Write(receipt, OutputFile.Text(ComparisonCsv.FileName, writer => ComparisonCsv.Write(writer, figures))) ?? [];
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(new { study = study.Name, note = study.Note, unit = study.Unit.Text, warnings, sampling, figures = TidyTable.Objects(ComparisonCsv.Columns, figures) }, RunReceipt.Json));
        else if (options.Markdown)
            Console.Write(MarkdownTable(figures));
        else if (prints)
            Print(AnsiConsole.Console, study, sampling, figures, [.. warnings, .. choice.Warnings], files);
        return ExitCodes.Done;
    }

    private static void Print(IAnsiConsole console, Study study, SamplingOptions sampling, IReadOnlyList<ComparedFigure> figures, IReadOnlyList<Warning> warnings, IReadOnlyList<string> files)
    {
        TextReport.PrintTitle(console, study.Name, study.Note);
        foreach (var scope in figures.GroupBy(f => f.Published.Scope))
        {
            var table = new ReportTable($"{scope.Key}, {study.Unit.Text}, {100 * sampling.Level:0.##} % intervals", [.. Columns.Select(Column)]) { Elsewhere = "--json, or the file of --out DIR" };
            foreach (var figure in scope) table.Add(Cells(figure));
            TextReport.Print(console, table);
        }

        console.WriteLine();
        console.WriteLine(string.Join(", ", figures.GroupBy(f => f.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {ComparisonCsv.Word(g.Key)}")) + ".");
        if (figures.Any(f => !f.Published.RoundingStated)) console.WriteLine(GuessNote);
        TextReport.PrintWarnings(console, warnings);
        foreach (var file in files) console.WriteLine($"written: {file}");
    }

    private static ReportColumn Column(string header) => header switch
    {
        "figure" or "part" or "verdict" => ReportColumn.Text(header),
        "rounding" => ReportColumn.Number(header, 5),
        "percentile" => ReportColumn.Number(header, 4),
        "distance" => ReportColumn.Number(header, 3),
        "interval" => ReportColumn.Number(header, 2),
        "year" => ReportColumn.Number(header, 1),
        _ => ReportColumn.Number(header),
    };

    private static string MarkdownTable(IReadOnlyList<ComparedFigure> figures)
    {
        string[] rows =
        [
            $"| {string.Join(" | ", Columns)} |", "|" + string.Concat(Enumerable.Repeat("---|", Columns.Length)),
            .. figures.Where(f => f.Verdict != Verdict.NotComputed).Select(f => $"| {string.Join(" | ", Cells(f).Select(MarkdownText))} |"),
        ];
        return string.Concat(rows.Select(row => row + "\n"));
    }

    // A bar would end the cell, and the others would format its text or be links and tags.
    private static string MarkdownText(string cell) =>
        string.Concat(Wording.OneLine(cell).Select(c => @"\|`*_<[".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));

    private static string[] Cells(ComparedFigure figure)
    {
        var (p, s) = (figure.Published, figure.Statistics);
        var computed = figure.Verdict != Verdict.NotComputed;
        var error = double.IsNaN(s.LowerError) ? 0 : Math.Max(s.LowerError, s.UpperError);
        var name = p.Code.Length == 0 ? p.Scope : $"{p.Code} {figure.Name}";
        return
        [
            figure.Allocation.Length == 0 ? name : $"{name} ({figure.Allocation})", $"{p.Year}", p.Measure == Measure.Value ? EstimatesCsv.Word(p.Component) : $"{EstimatesCsv.Word(p.Measure)} %",
            NumberFormat.Published(p.Value), NumberFormat.Published(p.Rounding) + (p.RoundingStated ? "" : GuessMark),
            computed ? NumberFormat.Point(figure.Point) : "",
            computed && !double.IsNaN(s.Lower) ? $"{NumberFormat.Statistic(s.Lower, error)} … {NumberFormat.Statistic(s.Upper, error)}" : "",
            double.IsNaN(figure.DistancePercent) ? "" : Wording.Percent(figure.DistancePercent, 1) + (p.Measure == Measure.Value ? "" : " points"),
            double.IsNaN(figure.Percentile) ? "" : $"{figure.Percentile:0.0}", ComparisonCsv.Word(figure.Verdict),
        ];
    }
}
