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
    // Inputs that a chart shows: what a reader takes in.
    private const int MostInputs = 15;

    /// <summary>What drives the nation's total: inputs and groups of them, and sources one by one.</summary>
    public IEnumerable<ReportFigure> Drivers()
    {
        if (Swings() is { } swings) yield return swings;
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
            _words.Say("sources-description", ("name", SourceName(most)), ("year", year), ("unit", SentenceUnit),
                ("value", NumberFormat.Statistic(most.Statistics.StandardDeviation, most.Statistics.StandardDeviationError))),
            [new("", chart)], table);
    }

    // How far each input alone moves the total of the known year.
    private ReportFigure? Swings()
    {
        if (_data.Content.Drivers is not { Swings.Count: > 0 } drivers) return null;
        var (year, point) = (drivers.Figure.Year, drivers.Figure.Point);
        string Range(InputSwing s) => $"{NumberFormat.Point(s.Least)} … {NumberFormat.Point(s.Greatest)}";
        var chart = TornadoChart.Of(point, [.. drivers.Swings.Take(MostInputs).Select(s =>
            new TornadoRow(InputName(s.Input), s.Least, s.Greatest, Range(s)))]);
        var table = new ReportTable("",
            [
                _words.Column("input", false), _words.Column("input_low", true), _words.Column("input_high", true),
                _words.Column("least", true), _words.Column("greatest", true), _words.Column("swing", true),
            ],
            drivers.Swings.Select(s => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(s.Input, InputName(s.Input)), new(s.Low, Wording.Significant(s.Low, 4)),
                new(s.High, Wording.Significant(s.High, 4)), ReportCell.Point(s.Least), ReportCell.Point(s.Greatest),
                ReportCell.Point(s.Greatest - s.Least),
            ]));
        return new("swings", _words.Say("swings-title", ("unit", Unit), ("year", year)),
            _words.Say("swings-caption", ("level", Level), ("point", NumberFormat.Point(point)))
                + (drivers.Swings.Count > MostInputs ? _words.Say("forest-cut", ("shown", MostInputs), ("all", drivers.Swings.Count)) : ""),
            _words.Say("swings-description", ("name", InputName(drivers.Swings[0].Input)), ("unit", SentenceUnit),
                ("range", Range(drivers.Swings[0]))),
            [new("", chart)], table);
    }

    // Sobol' indices of the same total: groups of inputs, then inputs one by one.
    private ReportFigure? Indices()
    {
        if (_data.Content.Drivers is not { Indices.Count: > 0 } drivers) return null;
        DriverIndices[] shown =
        [
            .. drivers.Indices.Where(i => i.Input.IsGroup), .. drivers.Indices.Where(i => !i.Input.IsGroup).Take(MostInputs),
        ];
        var chart = BarChart.Of([.. shown.Select(i => new BarRow(
            DriverName(i.Input), [i.First.Value, i.Total.Value], $"{Shown(i.First)} / {Shown(i.Total)}")
        {
            Intervals = drivers.Draws == 0 ? [] : [new(i.First.Lower, i.First.Upper), new(i.Total.Lower, i.Total.Upper)],
        })]);
        var table = new ReportTable("",
            [
                _words.Column("input", false), _words.Column("first_order", true), _words.Column("first_lower", true),
                _words.Column("first_upper", true), _words.Column("total_order", true), _words.Column("total_lower", true),
                _words.Column("total_upper", true),
            ],
            drivers.Indices.Select(i => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(i.Input.Name, DriverName(i.Input)), ReportCell.Fixed(i.First.Value, 3), ReportCell.Fixed(i.First.Lower, 3),
                ReportCell.Fixed(i.First.Upper, 3), ReportCell.Fixed(i.Total.Value, 3), ReportCell.Fixed(i.Total.Lower, 3),
                ReportCell.Fixed(i.Total.Upper, 3),
            ]));
        var most = drivers.Indices.Where(i => !i.Input.IsGroup).MaxBy(i => i.First.Value)!;
        return new("indices", _words.Say("indices-title", ("year", drivers.Figure.Year)),
            _words.Say("indices-caption", ("draws", drivers.Draws), ("is_exact", drivers.Draws == 0 ? "exact" : "drawn"), ("level", Level)),
            _words.Say("indices-description", ("name", DriverName(most.Input)), ("percent", Wording.Fixed(100 * most.First.Value, 1))),
            [new("", chart)], table);

        string Shown(IndexEstimate index) => drivers.Draws == 0 ? Wording.Fixed(index.Value, 3)
            : $"{Wording.Fixed(index.Value, 2)} ({Wording.Fixed(index.Lower, 2)} … {Wording.Fixed(index.Upper, 2)})";
    }

    private string DriverName(SensitivityInput input) =>
        input.IsGroup ? _words.Name("inputs:" + SensitivityInputs.Word(input.Group)) : InputName(input.Name);

    // An input by what it is: "expert:E01", "coefficient:39071", "value-added:I:2023".
    private string InputName(string name)
    {
        var parts = name.Split(':', 2);
        var (kind, of) = ("input:" + parts[0], parts.Length == 1 ? "" : parts[1]);
        var word = _words.Name(kind) is var known && known != kind ? known : parts[0];
        if (parts[0] == "coefficient" && _data.Study.Table.Sectors.FirstOrDefault(s => s.Code == of) is { } sector) of = SectorName(sector);
        return $"{word} {of.Replace(':', ' ')}".TrimEnd();
    }

    private string SourceName(SourceEstimate row) => _words.Text(new SourceTerm(SourcesCsv.Word(row, _data.Content.Summary.Sources)));

    /// <summary>The sector of a coefficient.</summary>
    public Sector SectorOf(int related) => _data.Study.Table.Sectors[_data.Study.Coefficients[related].Sector];

    /// <summary>A sector's name in this language.</summary>
    public string SectorName(Sector sector) =>
        _english.TryGetValue(("sector", sector.Code), out var english) && english.Length > 0 ? english : sector.Name;
}
