using IIKernel.Comparison;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>compare</c> shows: published figures beside the study's own.</summary>
public static class ComparisonReport
{
    // Behind a rounding that the file does not state.
    private const string GuessMark = " ?";

    private static string GuessNote => Say(
        $"? a guess: the finest place that figures of the scope and part are printed to; a column rounding in the file of published "
            + $"figures states it");

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
        {
            var title = Say($"{Scope(scope.Key)}, {study.Unit.Text}, {NumberFormat.Level(sampling.Level)} intervals");
            report.Add(Table(title, scope, elsewhere));
        }

        report.Line("");
        report.Line(Say($"{List(figures.GroupBy(f => f.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Text(g.Key)}"))}."));
        if (figures.Any(f => !f.Published.RoundingStated)) report.Line(GuessNote);
        return report;
    }

    /// <summary>One table of some figures.</summary>
    public static ReportTable Table(string title, IEnumerable<ComparedFigure> figures, string elsewhere = "--json")
    {
        var table = new ReportTable(title,
        [
            Titled.Text($"figure"), Titled.Number($"year", 1), Titled.Text($"part"), Titled.Number($"published"),
            Titled.Number($"rounding", 5), Titled.Number($"point"), Titled.Number($"interval", 2),
            Titled.Number($"distance", 3), Titled.Number($"percentile", 4), Titled.Text($"verdict"),
        ])
        { Elsewhere = elsewhere };
        foreach (var figure in figures) table.Add(Cells(figure));
        return table;
    }

    private static ReportCell[] Cells(ComparedFigure figure)
    {
        var (p, s) = (figure.Published, figure.Statistics);
        var computed = figure.Verdict != Verdict.NotComputed;
        var distance = Wording.Percent(figure.DistancePercent, 1);
        var name = p.Code.Length == 0 ? Scope(p.Scope) : $"{p.Code} {figure.Name}";
        return
        [
            figure.Allocation.Length == 0 ? name : $"{name} ({figure.Allocation})", new(p.Year),
            p.Measure == Measure.Value ? Word(EstimatesCsv.Word(p.Component)) : $"{Word(EstimatesCsv.Word(p.Measure))} %",
            ReportCell.Published(p.Value), new(p.Rounding, NumberFormat.Published(p.Rounding) + (p.RoundingStated ? "" : GuessMark)),
            computed ? ReportCell.Point(figure.Point) : "", computed && !double.IsNaN(s.Lower) ? NumberFormat.Interval(s) : "",
            double.IsNaN(figure.DistancePercent) ? ""
                : new ReportCell(figure.DistancePercent, p.Measure == Measure.Value ? distance : Say($"{distance} points")),
            double.IsNaN(figure.Percentile) ? "" : ReportCell.Number(figure.Percentile, "0.0"), Text(figure.Verdict),
        ];
    }

    private static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Met => Say($"met"),
        Verdict.Inside => Say($"inside"),
        Verdict.Below => Say($"below"),
        Verdict.Above => Say($"above"),
        Verdict.Undecided => Say($"undecided"),
        _ => Say($"not computed"),
    };
}
