using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>What of a run is printed.</summary>
/// <param name="Rows">Most rows of a table below the nation; null for all.</param>
/// <param name="Year">The year of those tables; null for the last, and every year of the nation.</param>
public sealed record RunView(int? Rows, int? Year);

/// <summary>
/// What <c>run</c> prints: the nation, then groups, categories, areas and regions with growth and share, each with its interval, and what
/// to know about them.
/// </summary>
public static class RunReport
{
    private const string Elsewhere = "--json, or the files of --out DIR";

    /// <summary>Prints the report of <paramref name="summary"/>.</summary>
    public static void Print(IAnsiConsole console, UncertaintySummary summary, RunView view)
    {
        TextReport.PrintTitle(console, summary.Study.Name, summary.Study.Note);
        var times = $"{summary.PreparationTime.TotalSeconds:0.00} s preparation, {summary.SamplingTime.TotalSeconds:0.00} s sampling";
        var backend = $"{summary.Backend.Name} ({summary.Backend.Device})";
        var draws = Wording.Count(summary.Sampling.Draws, "draw");
        console.MarkupLineInterpolated($"{draws}, seed {summary.Sampling.Seed}, {backend}; {times}");
        console.MarkupLineInterpolated($"all-at-point draw against the explicit inverse: relative distance {summary.PointDistance:0.0e-0}");

        TextReport.Print(console, Nation(summary, view.Year));
        var year = view.Year ?? summary.Study.Years[^1];
        string[] scopes = ["group", "category", "area", .. summary.Study.RegionSets.Select(s => s.Name)];
        var cut = false;
        foreach (var scope in scopes)
        {
            var entities = Entities(summary, scope, year);
            if (entities.Length == 0) continue;
            cut |= view.Rows < entities.Length;
            TextReport.Print(console, Largest(summary, scope, year, entities, view.Rows ?? int.MaxValue));
        }

        if (PrintedSources(summary) is { } sources) TextReport.Print(console, sources);
        console.WriteLine();
        console.WriteLine($"{(cut ? "--rows all prints every row, " : "")}--year Y another year.");
        TextReport.PrintWarnings(console, summary.Warnings);
    }

    /// <summary>Prints which files were written.</summary>
    public static void PrintFiles(IAnsiConsole console, IReadOnlyList<string> files)
    {
        if (files.Count == 0) console.WriteLine("No files were written; --out DIR writes every figure.");
        foreach (var file in files) console.WriteLine($"written: {file}");
    }

    /// <summary>The nation, year by year and part by part.</summary>
    internal static ReportTable Nation(UncertaintySummary summary, int? year)
    {
        // A figure may have been forecast and then published: what was published counts.
        var published = summary.Study.Published.Where(f => f.Code.Length == 0 && f.Measure == Measure.Value)
            .GroupBy(f => (f.Year, f.Component))
            .ToDictionary(g => g.Key, g => (g.FirstOrDefault(f => f.Kind == "published") ?? g.First()).Value);
        var table = NewTable(
            $"Nation, value added of the industrial internet, {summary.Study.Unit.Text}",
            [
                ReportColumn.Text("year"), ReportColumn.Text("part"), .. Statistics(summary.Sampling), ReportColumn.Number("published", 4),
                .. Percentages(),
            ]);
        var extrapolated = false;
        foreach (var e in Entities(summary, "nation", year).SelectMany(y => y))
        {
            if (e.Key.Measure != Measure.Value) continue;
            var marked = e.Key.Flags.Contains(EstimateCatalog.Extrapolated);
            extrapolated |= marked;
            var of = summary.Estimates.Where(o => o.Key.Kind == EntityKind.Nation && o.Key.Year == e.Key.Year).ToArray();
            table.Add([
                $"{e.Key.Year}{(marked ? " *" : "")}", EstimatesCsv.Word(e.Key.Component), .. Cells(e),
                published.TryGetValue((e.Key.Year, e.Key.Component), out var value) ? NumberFormat.Published(value) : "",
                .. e.Key.Component == Component.Total ? PercentageCells(of) : ["", "", "", ""]]);
        }

        if (extrapolated) table.Note(TextReport.ExtrapolatedNote);
        return table;
    }

    /// <summary>The totals of a scope in one year, the largest first.</summary>
    internal static ReportTable Largest(UncertaintySummary summary, string scope, int year, UncertainEstimate[][] entities, int rows)
    {
        var name = scope switch { "group" => "groups", "category" => "categories", "area" => "areas", _ => scope };
        var title = rows < entities.Length ? $"Largest {rows} of {entities.Length} {name}"
            : string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1));
        var table = NewTable(
            $"{title}, {year}, total, {summary.Study.Unit.Text}",
            [ReportColumn.Text("code"), ReportColumn.Text("name"), .. Statistics(summary.Sampling), .. Percentages()]);
        foreach (var entity in entities.OrderByDescending(e => Total(e).Key.Point).Take(rows))
        {
            var total = Total(entity);
            table.Add([total.Key.Code, total.Key.Name, .. Cells(total), .. PercentageCells(entity)]);
        }

        return table;

        static UncertainEstimate Total(UncertainEstimate[] entity) =>
            entity.Single(e => e.Key is { Component: Component.Total, Measure: Measure.Value });
    }

    /// <summary>
    /// The figures of one year, entity by entity of a scope; every year of an entity is one of its own where no year is given.
    /// </summary>
    internal static UncertainEstimate[][] Entities(UncertaintySummary summary, string scope, int? year)
    {
        var entities = new List<List<UncertainEstimate>>();
        foreach (var e in summary.Estimates.Where(e => e.Key.Scope == scope && (year is null || e.Key.Year == year)))
        {
            // Codes may be shared by the areas of several sets, so that the order tells entities apart.
            if (e.Key is { Component: Component.Direct, Measure: Measure.Value }) entities.Add([]);
            entities[^1].Add(e);
        }

        return [.. entities.Select(e => e.ToArray())];
    }

    // The total of the first year, of the last whose accounts are known (they may be revised) and of the last (it may
    // be predicted), with each source alone and with all; null where a single source is all.
    private static ReportTable? PrintedSources(UncertaintySummary summary)
    {
        var study = summary.Study;
        var nation = EntityList.Of(study)[0];
        var filled = new FilledFigures(study);
        var known = Enumerable.Range(0, study.Years.Count).Last(t => t == 0 || !filled.Of(nation, t, Component.Direct));
        int[] years = [.. new[] { study.Years[0], study.Years[known], study.Years[^1] }.Distinct()];
        if (summary.SourceTable.All(r => r.Sources == summary.Sources)) return null;
        var table = NewTable(
            $"Nation, total, each source of uncertainty alone, {study.Unit.Text}",
            [ReportColumn.Text("source"), .. years.SelectMany((year, i) => new[]
            {
                ReportColumn.Number($"{year} sd", i == years.Length - 1 ? 0 : 3 - i),
                ReportColumn.Number($"{year} width of {Level(summary.Sampling)}", 6 - i),
            })]);
        foreach (var source in summary.SourceTable.Where(r => r.Key.Component == Component.Total).GroupBy(r => r.Sources))
        {
            var rows = years.Select(y => source.Single(r => r.Key.Year == y)).ToArray();
            table.Add([SourcesCsv.Word(rows[0], summary.Sources), .. rows.SelectMany(r => new[]
            {
                NumberFormat.Statistic(r.Statistics.StandardDeviation, r.Statistics.StandardDeviationError),
                NumberFormat.Statistic(r.Statistics.Upper - r.Statistics.Lower, Math.Max(r.Statistics.LowerError, r.Statistics.UpperError)),
            })]);
        }

        return table;
    }

    private static ReportTable NewTable(string title, IReadOnlyList<ReportColumn> columns) => new(title, columns) { Elsewhere = Elsewhere };

    // A space that no line ends at, so that a heading keeps its percent sign.
    private static string Level(SamplingOptions sampling) => $"{100 * sampling.Level:0.##}\u00A0%";

    private static ReportColumn[] Statistics(SamplingOptions sampling) =>
    [
        ReportColumn.Number("point"), ReportColumn.Number("mean", 8), ReportColumn.Number("sd", 7),
        ReportColumn.Number($"{Level(sampling)} interval"),
    ];

    private static ReportColumn[] Percentages() =>
    [
        ReportColumn.Number("growth\u00A0%", 3), ReportColumn.Number("growth interval", 6),
        ReportColumn.Number("share\u00A0%", 2), ReportColumn.Number("share interval", 5),
    ];

    private static string[] Cells(UncertainEstimate estimate)
    {
        var s = estimate.Statistics;
        return
        [
            NumberFormat.Point(estimate.Key.Point), NumberFormat.Statistic(s.Mean, s.MeanError),
            NumberFormat.Statistic(s.StandardDeviation, s.StandardDeviationError), Interval(estimate),
        ];
    }

    // Growth and share of an entity in one year, each with its interval; the first year has no growth.
    private static string[] PercentageCells(UncertainEstimate[] figures) =>
    [
        .. new[] { Measure.Growth, Measure.Share }.SelectMany(measure => figures.FirstOrDefault(e => e.Key.Measure == measure) is { } e
            ? new[] { Wording.Fixed(e.Key.Point, 2), Interval(e) } : ["", ""]),
    ];

    private static string Interval(UncertainEstimate estimate)
    {
        var s = estimate.Statistics;
        var error = Math.Max(s.LowerError, s.UpperError);
        return double.IsNaN(s.Lower) ? "–" : $"{NumberFormat.Statistic(s.Lower, error)} … {NumberFormat.Statistic(s.Upper, error)}";
    }
}
