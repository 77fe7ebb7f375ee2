using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Importing;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>import</c>.</summary>
[Verb("import", HelpText = "Make a study's tables of a workbook as a statistical office publishes it, or ballots of one.")]
public sealed class ImportOptions : VerbOptions, IWritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The table of an office", UsageStyle.Short, new ImportOptions { File = "io2020.xlsx", Out = "studies/mine" }),
        new("Any matrix", UsageStyle.Short,
            new ImportOptions { File = "book.xlsx", Range = "Sheet!A3:F40", Unit = "万元", Year = 2020, Out = "studies/mine" }),
        new("A country of an inter-country table", UsageStyle.Short,
            new ImportOptions { File = "2019.csv", Layout = "oecd-icio", Country = "DEU", Out = "studies/germany" }),
        new("Ballots with a column for each expert", UsageStyle.Short,
            new ImportOptions { File = "panel.xlsx", Ballots = true, Out = "ballots" }),
    ];

    /// <summary>The workbook.</summary>
    [Value(0, MetaName = "FILE", Required = true,
        HelpText = "The workbook (.xlsx, .xlsm, .xlsb or .xls), or a CSV file of the same layout.")]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    [Option("out", Required = true, MetaValue = "DIR",
        HelpText = "Folder for sectors.csv, flows.csv and a study.json that names them, or for ballots.csv.")]
    public string? Out { get; set; }

    /// <summary>Names of the layouts that there are.</summary>
    internal static IReadOnlyList<string> Layouts => [.. LayoutCatalog.All.Select(l => l.Name)];

    /// <summary>Name of the layout.</summary>
    [Words(typeof(ImportOptions), nameof(Layouts))]
    [Option("layout", MetaValue = "NAME", HelpText =
        "How the table is laid out: nbs-china, ons-uk, bea-us, oecd-iot, oecd-icio or matrix (default: the one that it is found to have).")]
    public string? Layout { get; set; }

    /// <summary>A mapping file.</summary>
    [Option("mapping", MetaValue = "FILE", HelpText = "A layout of your own, in JSON.")]
    public string? Mapping { get; set; }

    /// <summary>Name of the sheet.</summary>
    [Option("sheet", MetaValue = "NAME", HelpText = "The sheet (default: the one that has the layout).")]
    public string? Sheet { get; set; }

    /// <summary>Range of a bare matrix.</summary>
    [Option("range", MetaValue = "RANGE", HelpText =
        "The cells of the table with its codes and totals, as Sheet!A3:F40; without --layout, a matrix with a code row and a code column.")]
    public string? Range { get; set; }

    /// <summary>The country.</summary>
    [Option("country", MetaValue = "CODE", HelpText = "The country of an inter-country table, as its codes begin: CHN.")]
    public string? Country { get; set; }

    /// <summary>The unit.</summary>
    [Option("unit", MetaValue = "UNIT", HelpText = "Unit of the amounts: 万元, million USD (default: what the sheet says).")]
    public string? Unit { get; set; }

    /// <summary>The year.</summary>
    [Option("year", MetaValue = "Y", HelpText = "Year of the table (default: what the title or the name of the file says).")]
    public int? Year { get; set; }

    /// <summary>Title of the study.</summary>
    [Option("name", MetaValue = "TEXT", HelpText = "Title of the study (default: the name of the file).")]
    public string? Name { get; set; }

    /// <summary>Whether the file holds ballots.</summary>
    [Option("ballots", HelpText = "The file holds a panel's ballots: columns sector, factor and perhaps round, then one for each expert.")]
    public bool Ballots { get; set; }

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether nothing is printed.</summary>
    [Option("quiet", HelpText = "Print nothing.")]
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    [Option("force", HelpText = WritingOptions.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;
}

/// <summary>The verb <c>import</c>.</summary>
public static class ImportVerb
{
    private const int FirstYear = 1000;
    private const int LastYear = 9999;

    /// <summary>Reads the workbook, writes the files and says what is in them; code 1 where a balance fails.</summary>
    public static int Execute(ImportOptions options)
    {
        if (options.Ballots) return Ballots(options);
        var layout = Layout(options);
        if (options.Year is < FirstYear or > LastYear)
            throw CommandException.Of("--year", options.Year, $"expected a year of four digits, such as 2020.");
        var imported = TableImport.Read(
            new(options.File)
            {
                Layout = layout,
                Sheet = options.Sheet,
                Range = options.Range,
                Country = options.Country,
                Unit = options.Unit,
                Year = options.Year,
            },
            Interruption.Token);
        var outputs = ImportedStudy.Files(imported, options.Name ?? Path.GetFileNameWithoutExtension(options.File));
        // Each path is read as it will be: what the files say, not what was meant.
        var study = ImportedStudy.Read(outputs);
        var balances = StudyBalances.OfTable(study);
        Warning[] warnings = [.. imported.Warnings, .. StudyBalances.Warnings(study, null, balances)];
        using var output = VerbOutput.Open(options, [options.File, .. Mapping(options)], [.. outputs.Select(o => o.Name)]);
        var results = new { sheet = imported.Sheet, layout = imported.Layout.Name };
        var receipt = Receipt.Of(options.Invocation, null, results) with
        {
            Study = study.Name,
            Unit = study.Unit.Text,
            OtherInputs = [.. imported.Files, .. Mapping(options).Select(InputFiles.Fingerprint)],
            Warnings = warnings,
        };
        var files = output!.Write(receipt, outputs);
        if (options.Json)
        {
            var document = new
            {
                imported.Sheet,
                layout = imported.Layout.Name,
                sectors = study.Table.Sectors.Count,
                unit = study.Unit.Text,
                year = study.BaseYear,
                files,
                warnings,
                balances = TidyTable.Objects(BalanceColumns.All, balances),
            };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = CheckReport.Of(study, null, balances, warnings);
            report.Line(Say($"layout {imported.Layout.Name}: {imported.Layout.Title}"));
            report.Line(Say($"read from {imported.Sheet}"));
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return balances.Any(b => b.IsFailure) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    private static int Ballots(ImportOptions options)
    {
        string?[] others = [options.Layout, options.Mapping, options.Country, options.Unit, options.Name];
        if (others.Any(o => o is not null) || options.Year is not null)
        {
            throw new CommandException(ExitCodes.BadInput, "--ballots: found it beside --layout, --mapping, --country, --unit, --year or "
                + "--name; expected it with --sheet or --range alone. Ballots have none of these.");
        }

        var imported = WideBallots.Read(options.File, options.Sheet, options.Range, Interruption.Token);
        using var output = VerbOutput.Open(options, [options.File], ImportedStudy.BallotsFile);
        var receipt = Receipt.Of(options.Invocation, null) with { OtherInputs = imported.Files };
        var files = output!.Write(receipt, ImportedStudy.Ballots(imported));
        var experts = imported.Ballots.Select(b => b.Expert).Distinct().Count();
        if (options.Json)
        {
            var document = new { imported.Sheet, experts, ballots = imported.Ballots.Count, files };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = new Report();
            var ballots = Counted.Ballots(imported.Ballots.Count);
            report.Line(Say($"{ballots} of {Counted.Experts(experts)}, read from {imported.Sheet}"));
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }

    private static TableLayout? Layout(ImportOptions options)
    {
        if (options.Mapping is { } mapping)
        {
            return options.Layout is null ? LayoutCatalog.Read(mapping)
                : throw new CommandException(
                    ExitCodes.BadInput, "--mapping: found it beside --layout; expected one of the two. Leave one out.");
        }

        if (options.Layout is not { } name) return null;
        string[] known = [.. LayoutCatalog.All.Select(l => l.Name)];
        return LayoutCatalog.All.FirstOrDefault(l => l.Name == name)
            ?? throw CommandException.Of("--layout", name,
                $"expected {string.Join(", ", known)}.{NearestWord.Meant(NearestWord.Of(name, known))}");
    }

    private static IEnumerable<string> Mapping(ImportOptions options) => options.Mapping is { } mapping ? [mapping] : [];
}
