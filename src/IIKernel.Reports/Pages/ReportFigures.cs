using System.Globalization;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Reports.Charts;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;

namespace IIKernel.Reports.Pages;

/// <summary>The figures of a report in one language: the same for the page and for images.</summary>
internal sealed partial class ReportFigures
{
    // Rows of a forest plot: what fits a page.
    private const int MostRows = 40;

    private readonly ReportData _data;
    private readonly ReportWords _words;
    private readonly Dictionary<(string Scope, string Code), string> _english = [];

    /// <summary>The figures of a run.</summary>
    public ReportFigures(ReportData data, ReportWords words)
    {
        (_data, _words) = (data, words);
        if (words.Language != Language.English) return;
        foreach (var group in data.Study.Groups) _english[("group", group.Code)] = group.NameEnglish;
        foreach (var sector in data.Study.Table.Sectors) _english[("sector", sector.Code)] = sector.NameEnglish;
        foreach (var set in data.Study.RegionSets)
            foreach (var region in set.Regions) _english[(set.Name, region.Code)] = region.NameEnglish;
    }

    /// <summary>The unit of amounts in words.</summary>
    public string Unit => _words.Name(_data.Study.Unit.Text);

    /// <summary>The unit behind a number: one that begins with a number itself is multiplied.</summary>
    public string SentenceUnit => char.IsAsciiDigit(Unit[0]) ? $"× {Unit}" : Unit;

    /// <summary>The level of the widest interval in words.</summary>
    public string Level => NumberFormat.Level(_data.Levels[0]);

    /// <summary>All figures, in the order of the page.</summary>
    public IEnumerable<ReportFigure> All() =>
        [Nation(), .. Sets().SelectMany(Regions), .. Categories(), Groups(), .. Drivers()];

    /// <summary>The sets of regions.</summary>
    public IReadOnlyList<RegionSet> Sets() => _data.Study.RegionSets;

    /// <summary>The name of an entity in this language.</summary>
    public string NameOf(FigureEntity entity)
    {
        var key = entity.Key;
        if (key.Kind == EntityKind.Nation) return _words.Say("nation");
        if (key.Kind == EntityKind.Area) return _words.Name(key.Code);
        return _english.TryGetValue((key.Scope, key.Code), out var english) && english.Length > 0 ? english : _words.Name(key.Name);
    }

    /// <summary>The nation's amounts, share and growth by year.</summary>
    public ReportFigure Nation()
    {
        var panels = new List<ReportPanel>();
        foreach (var (part, measure) in Parts())
        {
            var years = Years(_data.Nation, part, measure, _data.Levels.Count);
            if (years.Count > 0) panels.Add(new(Heading(part, measure), FanChart.Of(years)));
        }

        var rows = Parts().SelectMany(p => _data.Study.Years.Select(y => _data.Nation[y, p.Part, p.Measure]).OfType<Figure>());
        var total = _data.Nation[_data.KnownYear, Component.Total]!;
        return new("nation", _words.Say("nation-title", ("unit", Unit), ("first", _data.Study.Years[0]), ("last", _data.LastYear)),
            FanCaption(_data.Levels.Count), _words.Say("nation-description", ("first", _data.Study.Years[0]), ("year", _data.KnownYear),
                ("from", NumberFormat.Point(_data.Nation[_data.Study.Years[0], Component.Total]!.Estimate.Key.Point)),
                ("to", NumberFormat.Point(total.Estimate.Key.Point)), ("unit", SentenceUnit),
                ("interval", Interval(total)), ("level", Level)),
            panels, Data([.. rows], _ => _data.Nation, withEntity: false));
    }

    /// <summary>The totals of the industry groups by year.</summary>
    public ReportFigure Groups() => Fans("groups", [.. _data.Of(EntityKind.Group)], "groups-title");

    /// <summary>The categories: of one year below each other, and by year.</summary>
    public IEnumerable<ReportFigure> Categories()
    {
        FigureEntity[] categories = [.. _data.Of(EntityKind.Category)];
        yield return Forest("categories", "categories-title", categories, Component.Total, Measure.Value, _data.KnownYear);
        yield return Fans("categories-by-year", categories, "categories-by-year-title");
    }

    /// <summary>The regions of a set: totals, a map, both parts and growth.</summary>
    public IEnumerable<ReportFigure> Regions(RegionSet set)
    {
        var index = _data.Study.RegionSets.ToList().IndexOf(set);
        FigureEntity[] regions = [.. _data.Of(EntityKind.Region).Where(e => e.Key.Scope == set.Name)];
        var id = SetId(index);
        yield return Forest(id, "regions-title", regions, Component.Total, Measure.Value, _data.KnownYear);
        if (TileMap.Holds([.. regions.Select(r => r.Key.Code)])) yield return Map(id + "-map", regions);
        yield return Forest(id + "-direct", "regions-title", regions, Component.Direct, Measure.Value, _data.KnownYear);
        yield return Forest(id + "-indirect", "regions-title", regions, Component.Indirect, Measure.Value, _data.KnownYear);
        if (_data.KnownYear > _data.Study.Years[0])
            yield return Forest(id + "-growth", "regions-title", regions, Component.Total, Measure.Growth, _data.KnownYear);
        yield return Forest(id + "-share", "regions-title", regions, Component.Total, Measure.Share, _data.KnownYear);
        FigureEntity[] areas = [.. _data.Of(EntityKind.Area).Where(e => set.Areas.Contains(e.Key.Code) && e.Key.Name.EndsWith(
            $"({set.Name})", StringComparison.Ordinal))];
        if (areas.Length > 0)
            yield return Forest(id + "-areas", "areas-title", areas, Component.Total, Measure.Value, _data.KnownYear);
    }

    /// <summary>A part or measure as a heading, with its unit.</summary>
    public string Heading(Component part, Measure measure) =>
        _words.Say("measure-" + Word(part, measure)) + (measure == Measure.Value ? $" ({Unit})" : " (%)");

    /// <summary>An interval with no more digits than are known.</summary>
    public static string Interval(Figure figure) => NumberFormat.Interval(figure.Estimate.Statistics);

    /// <summary>A point value: percentages to two decimals.</summary>
    public static string Point(Figure figure) => figure.Estimate.Key is { Measure: not Measure.Value } key ? Wording.Fixed(key.Point, 2)
        : NumberFormat.Point(figure.Estimate.Key.Point);

    private static string SetId(int index) => FormattableString.Invariant($"regions-{index + 1}");

    private static string Word(Component part, Measure measure) =>
        measure == Measure.Value ? EstimatesCsv.Word(part) : EstimatesCsv.Word(measure);

    private static (Component Part, Measure Measure)[] Parts() =>
    [
        (Component.Total, Measure.Value), (Component.Direct, Measure.Value), (Component.Indirect, Measure.Value),
        (Component.Total, Measure.Share), (Component.Total, Measure.Growth),
    ];

    private string FanCaption(int levels) => _words.Say("fan-caption", ("levels", LevelWords(levels)))
        + (_data.KnownYear < _data.LastYear ? _words.Say("fan-extrapolated") : "");

    private string[] LevelWords(int count) => [.. _data.Levels.Take(count).Select(NumberFormat.Level)];

    private ReportFigure Fans(string id, FigureEntity[] entities, string title)
    {
        var figures = entities.SelectMany(e => _data.Study.Years.Select(y => (Entity: e, Figure: e[y, Component.Total]!))).ToArray();
        var levels = _data.LevelCount(figures.Select(f => f.Figure));
        var panels = entities.Select(e => (Entity: e, Years: Years(e, Component.Total, Measure.Value, levels)))
            .Where(e => e.Years.Any(y => double.IsFinite(y.Point)))
            .Select(e => new ReportPanel(NameOf(e.Entity), FanChart.Of(e.Years)));
        var most = entities.MaxBy(e => e[_data.KnownYear, Component.Total]!.Estimate.Key.Point)!;
        var entityOf = figures.ToDictionary(f => f.Figure, f => f.Entity);
        return new(id, _words.Say(title, ("unit", Unit), ("first", _data.Study.Years[0]), ("last", _data.LastYear)), FanCaption(levels),
            Largest(most, Component.Total, Measure.Value, _data.KnownYear), [.. panels], Data([.. entityOf.Keys], f => entityOf[f], true));
    }

    private string Largest(FigureEntity most, Component part, Measure measure, int year)
    {
        var figure = most[year, part, measure]!;
        return _words.Say("largest-description", ("name", NameOf(most)), ("year", year), ("level", Level),
            ("value", Point(figure)), ("unit", measure == Measure.Value ? SentenceUnit : "%"),
            ("interval", Interval(figure)), ("measure", _words.Say("measure-" + Word(part, measure))));
    }

    private List<FanYear> Years(FigureEntity entity, Component part, Measure measure, int levels)
    {
        var years = new List<FanYear>();
        foreach (var year in _data.Study.Years)
        {
            if (entity[year, part, measure] is not { } figure) continue;
            var published = _data.Published(figure.Estimate.Key);
            var tip = $"{year}: {Tip(figure)}" + (published is null ? "" : _words.Say("tip-published",
                ("value", NumberFormat.Published(published.Value))));
            years.Add(new(year, figure.Estimate.Key.Point, _data.Intervals(figure, levels), figure.IsExtrapolated,
                published?.Value, tip));
        }

        return years;
    }

    private static string Tip(Figure figure) => $"{Point(figure)} ({Interval(figure)})";

    private ReportFigure Forest(string id, string title, FigureEntity[] entities, Component part, Measure measure, int year)
    {
        var sorted = entities.Select(e => (Entity: e, Figure: e[year, part, measure]!))
            .OrderByDescending(e => e.Figure.Estimate.Key.Point).ToArray();
        var levels = _data.LevelCount(sorted.Select(e => e.Figure));
        var chart = ForestPlot.Of([.. sorted.Take(MostRows).Select(e => new ForestRow(
            NameOf(e.Entity), e.Figure.Estimate.Key.Point, _data.Intervals(e.Figure, levels), _data.Published(e.Figure.Estimate.Key)?.Value,
            Tip(e.Figure)))]);
        var entityOf = sorted.ToDictionary(e => e.Figure, e => e.Entity);
        var heading = Heading(part, measure);
        var caption = _words.Say("forest-caption", ("levels", LevelWords(levels)))
            + (sorted.Length > MostRows ? _words.Say("forest-cut", ("shown", MostRows), ("all", sorted.Length)) : "");
        return new(id, _words.Say(title, ("set", _words.Name(entities[0].Key.Scope)), ("measure", heading), ("year", year)), caption,
            Largest(sorted[0].Entity, part, measure, year), [new("", chart)], Data([.. entityOf.Keys], f => entityOf[f], true));
    }

    private ReportFigure Map(string id, FigureEntity[] regions)
    {
        var year = _data.KnownYear;
        var tiles = regions.Select(r => (Region: r, Figure: r[year, Component.Total]!)).Select(r =>
        {
            var (key, s) = (r.Figure.Estimate.Key, r.Figure.Estimate.Statistics);
            return new MapTile(key.Code, NameOf(r.Region), key.Point, (s.Upper - s.Lower) / 2 / key.Point,
                key.Point.ToString("N0", CultureInfo.InvariantCulture), $"{NameOf(r.Region)}: {Tip(r.Figure)}");
        }).ToArray();
        var widest = tiles.Select(t => t.Spread).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var full = Math.Ceiling(widest * 20) / 20;
        var entityOf = regions.ToDictionary(r => r[year, Component.Total]!);
        return new(id, _words.Say("map-title", ("set", _words.Name(regions[0].Key.Scope)), ("unit", Unit), ("year", year)),
            _words.Say("map-caption", ("level", Level), ("full", NumberFormat.Level(full))),
            _words.Say("map-description", ("set", _words.Name(regions[0].Key.Scope))), [new("", TileMap.Of(tiles, full))],
            Data([.. entityOf.Keys], f => entityOf[f], true));
    }

    // The numbers of figures, a row each, in full precision for files.
    private ReportTable Data(IReadOnlyList<Figure> figures, Func<Figure, FigureEntity> entityOf, bool withEntity)
    {
        List<ReportColumn> columns = withEntity ? [_words.Column("code", false), _words.Column("name", false)] : [];
        columns.AddRange([
            _words.Column("year", true), _words.Column("part", false), _words.Column("unit", false), _words.Column("point", true),
            _words.Column("mean", true), _words.Column("sd", true)]);
        var levels = _data.LevelCount(figures);
        foreach (var level in _data.Levels.Take(levels))
        {
            columns.AddRange([
                new ReportColumn(_words.Say("column-lower", ("level", NumberFormat.Level(level))), true, Name: Invariant("lower", level)),
                new ReportColumn(_words.Say("column-upper", ("level", NumberFormat.Level(level))), true, Name: Invariant("upper", level))]);
        }

        columns.Add(_words.Column("published", true));
        return new("", columns, figures.Select(figure =>
        {
            var (key, s) = (figure.Estimate.Key, figure.Estimate.Statistics);
            var published = _data.Published(key);
            List<ReportCell> cells = withEntity ? [key.Code, NameOf(entityOf(figure))] : [];
            cells.AddRange([
                new ReportCell(key.Year), new ReportCell(Word(key.Component, key.Measure),
                    _words.Say("measure-" + Word(key.Component, key.Measure)) + (figure.IsExtrapolated ? " *" : "")),
                new ReportCell(key.Unit, _words.Name(key.Unit)), new ReportCell(key.Point, Point(figure)),
                ReportCell.Statistic(s.Mean, s.MeanError),
                ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError)]);
            foreach (var level in _data.AtLevels(figure, levels))
            {
                var error = NumberFormat.EndError(level);
                cells.AddRange([ReportCell.Statistic(level.Lower, error), ReportCell.Statistic(level.Upper, error)]);
            }

            cells.Add(published is null ? new ReportCell(null) : ReportCell.Published(published.Value));
            return (IReadOnlyList<ReportCell>)cells;
        }));
    }

    private static string Invariant(string name, double level) => FormattableString.Invariant($"{name}_{100 * level:0.##}");
}
