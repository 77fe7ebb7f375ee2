using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>describe</c>.</summary>
[Verb("describe", HelpText =
    "Describe kept draws, or any CSV or Parquet file with named columns and one draw a row, as run describes its figures.")]
public sealed class DescribeOptions : VerbOptions, IWritingOptions
{
    private const string UsualLevel = "0.95";

    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("What kept draws say at two levels", UsageStyle.Short,
            new DescribeOptions { File = "out/draws.csv", Levels = ["0.5", "0.95"] }),
        new("How probable it is to lie above a threshold", UsageStyle.Short,
            new DescribeOptions { File = "out/draws.csv", Above = ["45000"] }),
    ];

    /// <summary>The file.</summary>
    [Value(0, MetaName = "FILE", Required = true, HelpText = "CSV or Parquet file that run wrote with --save-draws, or one like it.")]
    public string File { get; set; } = "";

    /// <summary>Levels.</summary>
    [Option("levels", MetaValue = "LIST", Separator = ',',
        HelpText = "Coverage probabilities of the intervals, such as 0.5,0.8,0.95 (default: 0.95).")]
    public IEnumerable<string> Levels { get; set; } = [];

    /// <summary>Thresholds.</summary>
    [Option("above", MetaValue = "LIST", Separator = ',', HelpText = "Thresholds: which share of each column's draws lies above them.")]
    public IEnumerable<string> Above { get; set; } = [];

    /// <summary>Output folder.</summary>
    [Option("out", MetaValue = "DIR",
        HelpText = "Folder for described.csv, and thresholds.csv with --above; without it nothing is written.")]
    public string? Out { get; set; }

    /// <inheritdoc/>
    [Option("force", HelpText = WritingOptions.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether tables and progress are left out.</summary>
    [Option("quiet", HelpText = "Print neither tables nor progress.")]
    public bool Quiet { get; set; }

    /// <summary>The levels.</summary>
    /// <exception cref="CommandException">One is no probability, or is given twice.</exception>
    public IReadOnlyList<double> AskedLevels() => NumberList.Levels("--levels", Levels.DefaultIfEmpty(UsualLevel));
}

/// <summary>The verb <c>describe</c>.</summary>
public static class DescribeVerb
{
    /// <summary>Reads kept draws and prints what they say.</summary>
    /// <exception cref="CommandException">An option cannot be carried out.</exception>
    public static int Execute(DescribeOptions options)
    {
        var levels = options.AskedLevels();
        var thresholds = NumberList.Thresholds("--above", options.Above);
        string[] names = thresholds.Count == 0 ? [DescribedCsv.FileName] : [DescribedCsv.FileName, ThresholdsCsv.FileName];
        using var output = VerbOutput.Open(options, [options.File], names);
        var (file, columns, counts) = ConsoleWork.Run(options.Quiet, new(Say($"describing"), Say($"draws"), 0), (progress, cancellation) =>
        {
            var read = QuestionOptions.ReadKept(options.File, cancellation);
            var described = KeptDraws.Describe(read, levels, Environment.ProcessorCount, null, cancellation);
            return (read, described, KeptDraws.Count(read, thresholds));
        });
        var receipt = Receipt.Of(options.Invocation, study: null) with { OtherInputs = [InputFiles.Fingerprint(options.File)] };
        var files = output?.Write(receipt, [.. names.Select(name => OutputFile.Text(name, writer =>
        {
            if (name == DescribedCsv.FileName) DescribedCsv.Write(writer, columns);
            else ThresholdsCsv.Write(writer, counts);
        }))]) ?? [];
        if (options.Json)
        {
            var document = new
            {
                file = file.Path,
                draws = file.Draws,
                columns = TidyTable.Objects(DescribedCsv.Columns, columns),
                thresholds = TidyTable.Objects(ThresholdsCsv.Columns, counts),
            };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = KeptDrawsReport.Of(file, columns, counts, Say($"--json, or the files of --out DIR"));
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }
}
