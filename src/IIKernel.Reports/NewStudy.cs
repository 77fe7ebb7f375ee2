using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>Studies to begin with: files that run at once and say what to put in their place.</summary>
public static partial class NewStudy
{
    /// <summary>File name of the workbook.</summary>
    public const string WorkbookName = "tables.xlsx";

    /// <summary>File name of the JSON Schema.</summary>
    public const string SchemaFile = "study.schema.json";

    private const string Definition = "study.json";

    // Columns of texts, whatever they look like: a code that is made a number loses its zeros.
    private static readonly string[] Texts =
    [
        "code", "name", "name_en", "category", "group", "sector", "region", "area", "row", "col", "distribution", "scope", "component",
        "kind",
    ];

    private static readonly string[] Notes =
    [
        "Each table of the study in study.json is a sheet here. Put your own figures in the place of these.",
        "Codes are text: a code such as 007 keeps its zeros where its cell is formatted as text.",
        "Of a number the value counts, not what its cell is formatted to show. Formulas count as the values that were saved with them.",
        "Rows and columns may be added. What is wrong is said with its sheet and its cell: iikernel check.",
    ];

    private static EmbeddedStudyFiles Seed { get; } = new(typeof(Study).Assembly, "new");

    /// <summary>A small study with comments, its tables as CSV files.</summary>
    public static IReadOnlyList<OutputFile> Small() => [.. Copies(Seed), Schema()];

    /// <summary>The same study with its tables as sheets of a workbook.</summary>
    public static IReadOnlyList<OutputFile> InWorkbook()
    {
        string[] tables = [.. FileName().Matches(Text(Definition)).Select(match => match.Groups["table"].Value).Distinct()];
        var definition = FileName().Replace(Text(Definition), $"\"{WorkbookName}#${{table}}\"");
        return
        [
            OutputFile.Bytes(Definition, Encoding.UTF8.GetBytes(definition)),
            new(WorkbookName, stream => Workbook.Write(stream, [.. tables.Select(Sheet), Remarks()])),
            Schema(),
        ];
    }

    /// <summary>The demonstration study, and the schema that its study.json is written to.</summary>
    public static IReadOnlyList<OutputFile> Demonstration() => [.. Copies(EmbeddedStudyFiles.Demonstration), Schema()];

    private static IEnumerable<OutputFile> Copies(EmbeddedStudyFiles files) =>
        files.Names.OrderBy(name => name != Definition).Select(name => OutputFile.Bytes(name, files.Read(name)!));

    private static OutputFile Schema() => OutputFile.Bytes(SchemaFile, Encoding.UTF8.GetBytes(StudySchema.Export()));

    private static string Text(string name) => StudyFile.Text(Seed, name);

    private static WorkbookSheet Sheet(string table)
    {
        var file = StudyFile.Csv(Seed, table + ".csv");
        ReportColumn[] columns = [.. file.Header.Select(column => new ReportColumn(column, !Texts.Contains(column)))];
        return new(table, new("", columns, file.Rows.Select(row =>
            (IReadOnlyList<ReportCell>)[.. columns.Select((column, c) => Cell(column, row.Text(c)))])));
    }

    // A whole number is shown as it is written: a year has no thousands.
    private static ReportCell Cell(ReportColumn column, string text) => text.Length == 0 ? default
        : !column.IsNumber ? text
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new ReportCell(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? new ReportCell(number, null, text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1)
        : text;

    private static WorkbookSheet Remarks()
    {
        var table = new ReportTable("", [ReportColumn.Text("notes")]);
        foreach (var note in Notes) table.Add(note);
        return new("notes", table, IsProse: true);
    }

    [GeneratedRegex("\"(?<table>[a-z-]+)\\.csv\"")]
    private static partial Regex FileName();
}
