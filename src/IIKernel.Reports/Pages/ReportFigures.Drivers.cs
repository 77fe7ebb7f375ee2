using IIKernel.Reports.Charts;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Sensitivity;
using IIKernel.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports.Pages;

/// <content>What the spread comes from.</content>
internal sealed partial class ReportFigures
{
    /// <summary>What drives the nation's total: sources one by one, and the coefficients where their indices need no draws.</summary>
    public IEnumerable<ReportFigure> Drivers()
    {
        if (Sources() is { } sources) yield return sources;
        if (Indices() is { } indices) yield return indices;
    }

    // The spread of the total with each source alone; none where a single source is all.
    private ReportFigure? Sources()
    {
        var (summary, year) = (_data.Content.Summary, _data.LastYear);
        if (summary.SourceTable.All(r => r.Sources == summary.Sources)) return null;
        var rows = summary.SourceTable.Where(r => r.Key.Component == Component.Total && r.Key.Year == year).ToArray();
        if (rows.Any(r => !double.IsFinite(r.Statistics.StandardDeviation))) return null;
        var chart = BarChart.Of([.. rows.Select(r => new BarRow(
            SourceName(r), [r.Statistics.StandardDeviation],
            NumberFormat.Statistic(r.Statistics.StandardDeviation, r.Statistics.StandardDeviationError)))]);
        var most = rows.Where(r => r.Sources != summary.Sources).MaxBy(r => r.Statistics.StandardDeviation)!;
        var table = new ReportTable("",
            [
                _words.Column("source", false), _words.Column("year", true), _words.Column("unit", false), _words.Column("sd", true),
                _words.Column("lower", true), _words.Column("upper", true), _words.Column("draws", true),
            ],
            summary.SourceTable.Where(r => r.Key.Component == Component.Total).Select(r => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(SourcesCsv.Word(r, summary.Sources), SourceName(r)), new ReportCell(r.Key.Year),
                new ReportCell(r.Key.Unit, _words.Name(r.Key.Unit)),
                ReportCell.Statistic(r.Statistics.StandardDeviation, r.Statistics.StandardDeviationError),
                ReportCell.Statistic(r.Statistics.Lower, r.Statistics.LowerError),
                ReportCell.Statistic(r.Statistics.Upper, r.Statistics.UpperError), ReportCell.Number(r.Draws, "N0"),
            ]));
        return new("sources", _words.Say("sources-title", ("unit", Unit), ("year", year)), _words.Say("sources-caption"),
            _words.Say("sources-description", ("name", SourceName(most)), ("year", year), ("unit", Unit),
                ("value", NumberFormat.Statistic(most.Statistics.StandardDeviation, most.Statistics.StandardDeviationError))),
            [new("", chart)], table);
    }

    // Sobol' indices of the base year's total by coefficient; none where coefficients depend on each other or are certain.
    private ReportFigure? Indices()
    {
        var plan = _data.Content.Plan;
        if (!ExactIndices.Apply(plan)) return null;
        var year = _data.Study.BaseYear;
        var variance = new ExactIndices(plan).Of(_data.Nation[year, Component.Total]!.Estimate.Key.Output);
        if (variance is null || !(variance.Variance > 0)) return null;
        var rows = Enumerable.Range(0, plan.RelatedCount)
            .Select(k => (Sector: SectorOf(k), First: variance.First([k]), Total: variance.Total([k])))
            .OrderByDescending(r => r.Total).ToArray();
        var chart = BarChart.Of([.. rows.Select(r => new BarRow(
            SectorName(r.Sector), [r.First, r.Total], $"{Wording.Fixed(r.First, 3)} / {Wording.Fixed(r.Total, 3)}"))]);
        var table = new ReportTable("",
            [
                _words.Column("code", false), _words.Column("name", false), _words.Column("first_order", true),
                _words.Column("total_order", true),
            ],
            rows.Select(r => (IReadOnlyList<ReportCell>)
                [r.Sector.Code, SectorName(r.Sector), ReportCell.Fixed(r.First, 4), ReportCell.Fixed(r.Total, 4)]));
        return new("indices", _words.Say("indices-title", ("year", year)), _words.Say("indices-caption"),
            _words.Say("indices-description", ("name", SectorName(rows[0].Sector)), ("percent", Wording.Fixed(100 * rows[0].First, 1))),
            [new("", chart)], table);
    }

    private string SourceName(SourceEstimate row) => _words.Text(new SourceTerm(SourcesCsv.Word(row, _data.Content.Summary.Sources)));

    /// <summary>The sector of a coefficient.</summary>
    public Sector SectorOf(int related) => _data.Study.Table.Sectors[_data.Study.Coefficients[related].Sector];

    /// <summary>A sector's name in this language.</summary>
    public string SectorName(Sector sector) =>
        _english.TryGetValue(("sector", sector.Code), out var english) && english.Length > 0 ? english : sector.Name;
}
