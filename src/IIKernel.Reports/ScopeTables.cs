using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>
/// The figures of chosen scopes as tables for a document: direct, indirect and total value added with the interval of the total, growth and
/// share; of the nation a row a year, of other scopes a row an entity in the study's order.
/// </summary>
public static class ScopeTables
{
    /// <summary>File name of the tables in Markdown.</summary>
    public const string MarkdownFile = "tables.md";

    /// <summary>File name of the tables in LaTeX.</summary>
    public const string LatexFile = "tables.tex";

    /// <summary>The scopes where none are chosen.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["nation", "group", "category"];

    /// <summary>Writes the tables in Markdown, each below its caption.</summary>
    public static void WriteMarkdown(TextWriter writer, IEnumerable<ReportTable> tables)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var (table, i) in tables.Select((t, i) => (t, i)))
        {
            var notes = string.Concat(table.Notes.Select(note => $"\n{MarkdownTable.Escaped(note)}\n"));
            writer.Write($"{(i > 0 ? "\n" : "")}**{MarkdownTable.Escaped(table.Title)}**\n\n{MarkdownTable.Of(table)}{notes}");
        }
    }

    /// <summary>Writes the tables in LaTeX, to be input by a document.</summary>
    public static void WriteLatex(TextWriter writer, IEnumerable<ReportTable> tables)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(LatexTable.Preamble);
        foreach (var table in tables) writer.Write($"\n{LatexTable.Of(table)}");
    }

    /// <summary>The tables, in the order of the scopes.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="scopes">The scopes, as in estimates.csv.</param>
    /// <param name="year">The year of the scopes other than the nation and the sectors; null for the last.</param>
    /// <param name="language">Language of captions and headings.</param>
    public static IReadOnlyList<ReportTable> Of(
        UncertaintySummary summary, IReadOnlyList<string> scopes, int? year, Language language)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var words = Vocabulary.Of(language);
        return [.. scopes.Select(scope => Table(summary, scope, year ?? summary.Study.Years[^1], words))];
    }

    private static ReportTable Table(UncertaintySummary summary, string scope, int year, Vocabulary words)
    {
        var (study, sampling) = (summary.Study, summary.Sampling);
        var (isNation, isSector) = (scope == "nation", scope == "sector");
        int? shownYear = isNation ? null : isSector ? study.BaseYear : year;
        var caption = new TableCaption(scope, shownYear, study.Unit.Text, NumberFormat.Level(sampling.Level), sampling.Draws);
        var table = new ReportTable(words.Text(caption),
        [
            .. isNation ? [Text("year")] : new[] { Text("code"), Text("name") },
            Number("direct"), Number("indirect"), Number("total"),
            ReportColumn.Number(words.Text(new IntervalTerm(NumberFormat.Level(sampling.Level)))),
            .. isSector ? [] : new[] { Number("growth", "%"), Number("share", "%") },
        ]);
        var extrapolated = false;
        foreach (var entity in RunReport.Entities(summary, scope, shownYear))
        {
            foreach (var of in entity.GroupBy(e => e.Key.Year))
            {
                var marked = of.Any(e => e.Key.Flags.Contains(EstimateCatalog.Extrapolated));
                extrapolated |= marked;
                var key = of.First().Key;
                string[] named = isNation ? [$"{key.Year}"] : [key.Code, key.Name];
                named[^1] += marked ? " *" : "";
                var total = Figure(of, Component.Total, Measure.Value)!;
                table.Add(
                [
                    .. named.Select(n => (ReportCell)n), Point(of, Component.Direct), Point(of, Component.Indirect),
                    ReportCell.Point(total.Key.Point), NumberFormat.Interval(total.Statistics),
                    .. isSector ? [] : new[] { Percent(of, Measure.Growth), Percent(of, Measure.Share) },
                ]);
            }
        }

        if (extrapolated) table.Note(words.Text(new ExtrapolatedMark()));
        return table;

        ReportColumn Text(string name) => ReportColumn.Text(words.Text(new ColumnTerm(name)));

        ReportColumn Number(string name, string unit = "") => ReportColumn.Number(words.Text(new CellTerm(name)), unit: unit);
    }

    private static UncertainEstimate? Figure(IEnumerable<UncertainEstimate> of, Component component, Measure measure) =>
        of.FirstOrDefault(e => e.Key.Component == component && e.Key.Measure == measure);

    private static ReportCell Point(IEnumerable<UncertainEstimate> of, Component component) =>
        Figure(of, component, Measure.Value) is { } figure ? ReportCell.Point(figure.Key.Point) : "";

    private static ReportCell Percent(IEnumerable<UncertainEstimate> of, Measure measure) =>
        Figure(of, Component.Total, measure) is { } figure ? ReportCell.Fixed(figure.Key.Point, 2) : "";
}
