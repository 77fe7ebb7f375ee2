using IIKernel.Comparison;
using IIKernel.Reports.Tables;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>What <c>compare</c> shows: published figures beside the study's own.</summary>
public static class ComparisonReport
{
    // Behind a rounding that the file does not state.
    private const string GuessMark = " ?";
    private const string GuessNote =
        "? a guess: the finest place that figures of the scope and part are printed to; a column rounding in the file of published figures "
            + "states it";

    /// <summary>A table a scope, and the count of each verdict.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sampling">How it was drawn.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(Study study, SamplingOptions sampling, IReadOnlyList<ComparedFigure> figures, string elsewhere)
    {
        var report = new Report();
        report.Title(study.Name, study.Note);
        foreach (var scope in figures.GroupBy(f => f.Published.Scope))
            report.Add(Table($"{scope.Key}, {study.Unit.Text}, {NumberFormat.Level(sampling.Level)} intervals", scope, elsewhere));
        report.Line("");
        report.Line(string.Join(", ", figures.GroupBy(f => f.Verdict).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {ComparisonCsv.Word(g.Key)}")) + ".");
        if (figures.Any(f => !f.Published.RoundingStated)) report.Line(GuessNote);
        return report;
    }

    /// <summary>One table of some figures.</summary>
    public static ReportTable Table(string title, IEnumerable<ComparedFigure> figures, string elsewhere = "--json")
    {
        var table = new ReportTable(title,
        [
            ReportColumn.Text("figure"), ReportColumn.Number("year", 1), ReportColumn.Text("part"), ReportColumn.Number("published"),
            ReportColumn.Number("rounding", 5), ReportColumn.Number("point"), ReportColumn.Number("interval", 2),
            ReportColumn.Number("distance", 3), ReportColumn.Number("percentile", 4), ReportColumn.Text("verdict"),
        ])
        { Elsewhere = elsewhere };
        foreach (var figure in figures) table.Add(Cells(figure));
        return table;
    }

    private static ReportCell[] Cells(ComparedFigure figure)
    {
        var (p, s) = (figure.Published, figure.Statistics);
        var computed = figure.Verdict != Verdict.NotComputed;
        var name = p.Code.Length == 0 ? p.Scope : $"{p.Code} {figure.Name}";
        var points = p.Measure == Measure.Value ? "" : " points";
        return
        [
            figure.Allocation.Length == 0 ? name : $"{name} ({figure.Allocation})", new(p.Year),
            p.Measure == Measure.Value ? EstimatesCsv.Word(p.Component) : $"{EstimatesCsv.Word(p.Measure)} %",
            ReportCell.Published(p.Value), new(p.Rounding, NumberFormat.Published(p.Rounding) + (p.RoundingStated ? "" : GuessMark)),
            computed ? ReportCell.Point(figure.Point) : "", computed && !double.IsNaN(s.Lower) ? NumberFormat.Interval(s) : "",
            double.IsNaN(figure.DistancePercent) ? ""
                : new ReportCell(figure.DistancePercent, Wording.Percent(figure.DistancePercent, 1) + points),
            double.IsNaN(figure.Percentile) ? "" : ReportCell.Number(figure.Percentile, "0.0"), ComparisonCsv.Word(figure.Verdict),
        ];
    }
}
