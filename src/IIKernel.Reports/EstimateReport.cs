using IIKernel.Growth;
using IIKernel.Model;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>estimate</c> shows: the production function and the point values.</summary>
public static class EstimateReport
{
    /// <summary>The point values of a study.</summary>
    public static Report Of(Study study, PointEstimate point, IReadOnlyList<EstimateKey> keys, IReadOnlyList<Warning> warnings)
    {
        var report = new Report();
        report.Title(study.Name, study.Note);
        var f = point.Growth.Function;
        var returns = study.Growth.Returns == ReturnsToScale.Constant ? Say($"constant returns") : Say($"free returns");
        report.Line(Say($"production function {study.Growth.FitFirst}–{study.Growth.FitLast}, {returns}: α = {Wording.Fixed(f.Alpha, 5)} "
            + $"({f.AlphaError:0.00000}), β = {Wording.Fixed(f.Beta, 5)} ({f.BetaError:0.00000}), "
            + $"ln A = {Wording.Fixed(f.LogA, 5)} ({f.LogAError:0.00000}), "
            + $"R² of {ProductionFunction.Response(study.Growth.Returns)} {Wording.Fixed(f.Fit.RSquared, 5)}, "
            + $"condition number {f.Fit.ConditionNumber:0}"));
        report.Add(Nation(study, point));
        foreach (var scope in keys.Where(k => k.Kind is not (EntityKind.Nation or EntityKind.Sector)).Select(k => k.Scope).Distinct())
            report.Add(Scope(study, scope, keys));
        report.Warnings(warnings);
        return report;
    }

    private static ReportTable Nation(Study study, PointEstimate point)
    {
        var table = new ReportTable(Headings.Nation(study),
        [
            Titled.Text($"year"), ReportColumn.Number("T", 4), Titled.Number($"direct", 1), Titled.Number($"indirect", 2),
            Titled.Number($"total"), Titled.Number($"growth %", 5), Titled.Number($"share %", 3),
        ]);
        for (var t = 0; t < study.Years.Count; t++)
        {
            table.Add(
                $"{study.Years[t]}{(point.Growth.Extrapolated[t] ? " *" : "")}", ReportCell.Number(point.Growth.Multipliers[t], "0.00000"),
                ReportCell.Point(point.Direct[t, 0]), ReportCell.Point(point.Indirect[t, 0]), ReportCell.Point(point.Total(t, 0)),
                t == 0 ? "" : ReportCell.Fixed(point.GrowthPercent(t, 0), 2), ReportCell.Fixed(point.SharePercent(t, 0), 2));
        }

        if (point.Growth.Extrapolated.Any(e => e)) table.Note(Report.ExtrapolatedNote);
        return table;
    }

    private static ReportTable Scope(Study study, string scope, IReadOnlyList<EstimateKey> keys)
    {
        var year = study.Years[^1];
        var table = new ReportTable(Say($"{Translation.Scope(scope)}, {year}, {study.Unit.Text}"),
        [
            Titled.Text($"code"), Titled.Text($"name"), Titled.Number($"direct", 1), Titled.Number($"indirect", 2),
            Titled.Number($"total"), Titled.Number($"share %", 3),
        ]);
        foreach (var entity in keys.Where(k => k.Scope == scope && k.Year == year).GroupBy(k => (k.Code, k.Name)))
        {
            double Value(Component component, Measure measure) =>
                entity.Single(k => k.Component == component && k.Measure == measure).Point;
            ReportCell Cell(Component component) => ReportCell.Point(Value(component, Measure.Value));
            table.Add(
                entity.Key.Code, entity.Key.Name, Cell(Component.Direct), Cell(Component.Indirect), Cell(Component.Total),
                ReportCell.Fixed(Value(Component.Total, Measure.Share), 2));
        }

        return table;
    }
}
