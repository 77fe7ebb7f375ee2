using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>new</c>.</summary>
[Verb("new", HelpText = "Write a small study with comments, to begin with.")]
public sealed class NewOptions : VerbOptions, IWritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("A study that runs at once", UsageStyle.Short, new NewOptions { Folder = "studies/mine" }),
        new("Its tables in a workbook to fill in", UsageStyle.Short, new NewOptions { Folder = "studies/mine", Xlsx = true }),
        new("The demonstration study", UsageStyle.Short, new NewOptions { Folder = "studies/demo", Demo = true }),
    ];

    /// <summary>The folder.</summary>
    [Value(0, MetaName = "DIR", Required = true, HelpText = "Folder for the study: a new or an empty one.")]
    public string Folder { get; set; } = "";

    /// <summary>Whether the tables are in a workbook.</summary>
    [Option("xlsx", HelpText = "Write the tables as sheets of a workbook, tables.xlsx, which the study reads.")]
    public bool Xlsx { get; set; }

    /// <summary>Whether the demonstration study is written.</summary>
    [Option("demo", HelpText = "Write the demonstration study and the JSON Schema of study.json.")]
    public bool Demo { get; set; }

    /// <summary>Whether nothing is printed.</summary>
    [Option("quiet", HelpText = "Print nothing.")]
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    public string Out => Folder;

    /// <inheritdoc/>
    public string OutName => "DIR";

    /// <inheritdoc/>
    public bool Force => false;

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;
}

/// <summary>The verb <c>new</c>.</summary>
public static class NewVerb
{
    /// <summary>Writes the study into a folder that holds nothing yet.</summary>
    /// <exception cref="CommandException">The folder holds something.</exception>
    public static int Execute(NewOptions options)
    {
        if (options.Demo && options.Xlsx)
            throw new CommandException(ExitCodes.BadInput, "--xlsx: found it beside --demo; expected one of the two. Leave one out.");
        if (Directory.Exists(options.Folder) && Directory.EnumerateFileSystemEntries(options.Folder).Any())
        {
            throw new CommandException(ExitCodes.BadInput, $"{options.Folder}: found a folder that holds something; expected a new or an "
                + "empty one, since nothing is ever replaced. Choose another name.");
        }

        var outputs = options.Demo ? NewStudy.Demonstration() : options.Xlsx ? NewStudy.InWorkbook() : NewStudy.Small();
        using var output = VerbOutput.Open(options, [], [.. outputs.Select(o => o.Name)]);
        var files = output!.Write(Receipt.Of(options.Invocation, null), outputs);
        if (options.Quiet) return ExitCodes.Done;
        var report = new Report();
        report.Written(files);
        report.Line(Say($"next: {UsageStyle.Program} check {options.Folder}, then {UsageStyle.Program} run {options.Folder} --out out"));
        TextReport.Print(AnsiConsole.Console, report);
        return ExitCodes.Done;
    }
}
