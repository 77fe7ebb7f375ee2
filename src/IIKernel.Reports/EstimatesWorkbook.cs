using System.Globalization;
using IIKernel.Kernels.Search;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>
/// estimates.xlsx: a sheet that says what the workbook is, one for each scope with the figures of estimates.csv, one for the sources of
/// uncertainty.
/// </summary>
public static class EstimatesWorkbook
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "estimates.xlsx";

    // What is the same in every row of a sheet, and said on the first.
    private static readonly string[] Common = ["scope", "level", "draws"];

    /// <summary>Writes the workbook.</summary>
    /// <param name="stream">Takes its bytes.</param>
    /// <param name="summary">The run.</param>
    /// <param name="scopes">The scopes that get a sheet; null for all.</param>
    /// <param name="language">Language of sheet names, headings and words; warnings are in it too.</param>
    public static void Write(Stream stream, UncertaintySummary summary, IReadOnlyCollection<string>? scopes, Language language)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var words = Vocabulary.Of(language);
        Workbook.Write(stream,
        [
            new(words.Text(new ScopeTerm("about")), About(summary, words), IsProse: true),
            .. summary.Estimates.GroupBy(e => e.Key.Scope).Where(s => scopes?.Contains(s.Key) != false)
                .Select(s => Scope(summary, s.Key, [.. s], words)),
            new(words.Text(new ScopeTerm("sources")), Sources(summary, words), FixedColumns: 1),
        ]);
    }

    private static ReportTable About(UncertaintySummary summary, Vocabulary words)
    {
        var study = summary.Study;
        var level = NumberFormat.Level(summary.Sampling.Level);
        var table = new ReportTable("", [Column("item", words, isNumber: false), Column("content", words, isNumber: false)]);
        Row("study", study.Name);
        if (study.Note is { } note) Row("note", note);
        Row("unit", study.Unit.Text);
        Row("years", $"{study.Years[0]}–{study.Years[^1]}");
        Row("level", level);
        Row("draws", string.Create(CultureInfo.InvariantCulture, $"{summary.Sampling.Draws:N0}"));
        Row("seed", $"{summary.Sampling.Seed}");
        Row("sources", string.Join(", ", SourcesCsv.Words(summary.Sources).Select(s => words.Text(new SourceTerm(s)))));
        Row("program", $"{Receipt.ProgramName} {Machine.ProductVersion}");
        Row("reading", words.Text(new WorkbookReading(level)));
        foreach (var warning in summary.Warnings)
            Row($"{words.Text(new ColumnTerm("warning"))} {warning.Code}", words.Text(warning));
        return table;

        void Row(string item, string content) => table.Add(words.Text(new ColumnTerm(item)), content);
    }

    private static WorkbookSheet Scope(
        UncertaintySummary summary, string scope, IReadOnlyList<UncertainEstimate> estimates, Vocabulary words)
    {
        // The nation has neither code nor name.
        string[] left = estimates.All(e => e.Key.Code.Length == 0) ? [.. Common, "code", "name"] : Common;
        TidyColumn<UncertainEstimate>[] columns =
            [.. EstimatesCsv.Columns(summary.Sampling).Where(c => !left.Contains(c.Name))];
        var table = Table(columns, estimates, e => e.Statistics, words);
        return new(words.Text(new ScopeTerm(scope)), table, Math.Max(1, columns.Count(c => c.Name is "code" or "name" or "year")));
    }

    private static ReportTable Sources(UncertaintySummary summary, Vocabulary words) =>
        Table([.. SourcesCsv.Columns(summary).Where(c => c.Name != "level")], summary.SourceTable, r => r.Statistics, words);

    private static ReportTable Table<T>(
        TidyColumn<T>[] columns, IReadOnlyList<T> rows, Func<T, OutputStatistics> statistics, Vocabulary words) => new(
        "", [.. columns.Select(c => Column(c.Name, words, rows.Count > 0 && c.Value(rows[0]) is double))],
        rows.Select(row => (IReadOnlyList<ReportCell>)
            [.. columns.Select(c => Cell(c.Name, c.Value(row), statistics(row), words))]));

    private static ReportColumn Column(string name, Vocabulary words, bool isNumber) =>
        new(words.Text(new ColumnTerm(name)), isNumber, Name: name);

    private static ReportCell Cell(string column, object? value, OutputStatistics s, Vocabulary words) => (column, value) switch
    {
        ("mean", double mean) => ReportCell.Statistic(mean, s.MeanError),
        ("sd", double sd) => ReportCell.Statistic(sd, s.StandardDeviationError),
        ("lower" or "shortest_lower", double lower) => ReportCell.Statistic(lower, s.LowerError),
        ("median", double median) => ReportCell.Statistic(median, s.MedianError),
        ("upper" or "shortest_upper", double upper) => ReportCell.Statistic(upper, s.UpperError),
        ("width", double width) => ReportCell.Statistic(width, Math.Max(s.LowerError, s.UpperError)),
        // An error has two digits that say something.
        (_, double error) when column.StartsWith("se_", StringComparison.Ordinal) => ReportCell.Statistic(error, error / 10),
        (_, double number) => ReportCell.Point(number),
        ("source", string source) => words.Text(new SourceTerm(source)),
        ("component" or "measure", string word) => words.Text(new CellTerm(word)),
        (_, IEnumerable<string> flags) when value is not string => string.Join("; ", flags.Select(f => words.Text(new CellTerm(f)))),
        _ => new(value),
    };
}
