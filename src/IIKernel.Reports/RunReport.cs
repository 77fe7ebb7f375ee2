using IIKernel.Model;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What of a run is printed.</summary>
/// <param name="Rows">Most rows of a table below the nation; null for all.</param>
/// <param name="Year">The year of those tables; null for the last, and every year of the nation.</param>
/// <param name="Elsewhere">Where everything can be found that a narrow page leaves out.</param>
public sealed record RunView(int? Rows, int? Year, string Elsewhere = "--json");

/// <summary>
/// What <c>run</c> shows: the nation, then groups, categories, areas and regions with growth and share, each with its interval, and what
/// to know about them.
/// </summary>
public static class RunReport
{
    /// <summary>The report of <paramref name="summary"/>, and whether rows of it are left out.</summary>
    public static (Report Report, bool IsCut) Of(UncertaintySummary summary, RunView view)
    {
        var report = new Report();
        report.Title(summary.Study.Name, summary.Study.Note);
        var times = Say(
            $"{summary.PreparationTime.TotalSeconds:0.00} s preparation, {summary.SamplingTime.TotalSeconds:0.00} s sampling");
        var backend = $"{summary.Backend.Name} ({summary.Backend.Device})";
        report.Line(Say($"{Headings.Draws(summary.Sampling)}, seed {summary.Sampling.Seed}, {backend}; {times}"));
        report.Line(Say($"all-at-point draw against the explicit inverse: relative distance {summary.PointDistance:0.0e-0}"));
        if (summary.Refinement is { } tables) report.Line(RefinementLine(tables));
        report.Add(Nation(summary, view));
        var year = view.Year ?? summary.Study.Years[^1];
        string[] scopes = ["group", "category", "area", .. summary.Study.RegionSets.Select(s => s.Name)];
        var cut = false;
        foreach (var scope in scopes)
        {
            var entities = Entities(summary, scope, year);
            if (entities.Length == 0) continue;
            cut |= view.Rows < entities.Length;
            report.Add(Largest(summary, scope, year, entities, view));
        }

        if (Sources(summary, view) is { } sources) report.Add(sources);
        if (summary.Bias.Count > 0) report.Add(Bias(summary, view));
        return (report, cut);
    }

    // The bound that held, and where it did not.
    private static string RefinementLine(TableRefinement tables)
    {
        var bound = Say(
            $"tables factorised in single precision, corrected until residuals are within {tables.MostResidual:0.0e-0} ‖I − A‖ ‖x‖");
        return tables.InDouble == 0 ? Say($"{bound}: in all draws") : Say($"{bound}: {tables.InDouble:N0} were solved in double precision");
    }

    /// <summary>The year of figures of one year: the last whose accounts are known; the last of all where each is filled.</summary>
    internal static int KnownYear(Study study)
    {
        var (nation, filled) = (EntityList.Of(study).First(e => e.Kind == EntityKind.Nation), new FilledFigures(study));
        return study.Years.Where((_, t) => !filled.Of(nation, t, Component.Direct)).DefaultIfEmpty(study.Years[^1]).Last();
    }

    /// <summary>The nation, year by year and part by part.</summary>
    internal static ReportTable Nation(UncertaintySummary summary, RunView view)
    {
        // A figure may have been forecast and then published: what was published counts.
        var published = summary.Study.Published.Where(f => f.Code.Length == 0 && f.Measure == Measure.Value)
            .GroupBy(f => (f.Year, f.Component))
            .ToDictionary(g => g.Key, g => (g.FirstOrDefault(f => f.Kind == "published") ?? g.First()).Value);
        var table = new ReportTable(
            Headings.Nation(summary.Study),
            [
                Titled.Text($"year"), Titled.Text($"part"), .. Statistics(summary.Sampling), Titled.Number($"published", 4),
                .. Percentages(),
            ])
        { Elsewhere = view.Elsewhere };
        var extrapolated = false;
        foreach (var e in Entities(summary, "nation", view.Year).SelectMany(y => y))
        {
            if (e.Key.Measure != Measure.Value) continue;
            var marked = e.Key.Flags.Contains(EstimateCatalog.Extrapolated);
            extrapolated |= marked;
            var of = summary.Estimates.Where(o => o.Key.Kind == EntityKind.Nation && o.Key.Year == e.Key.Year).ToArray();
            table.Add([
                $"{e.Key.Year}{(marked ? " *" : "")}", Word(EstimatesCsv.Word(e.Key.Component)), .. Cells(e),
                published.TryGetValue((e.Key.Year, e.Key.Component), out var value) ? ReportCell.Published(value) : "",
                .. e.Key.Component == Component.Total ? PercentageCells(of) : ["", "", "", ""]]);
        }

        if (extrapolated) table.Note(Report.ExtrapolatedNote);
        return table;
    }

    /// <summary>The totals of a scope in one year, the largest first.</summary>
    internal static ReportTable Largest(UncertaintySummary summary, string scope, int year, UncertainEstimate[][] entities, RunView view)
    {
        var rows = view.Rows ?? int.MaxValue;
        var title = Headings.Largest(scope, rows, entities.Length);
        var table = new ReportTable(
            Say($"{title}, {year}, total, {summary.Study.Unit.Text}"),
            [Titled.Text($"code"), Titled.Text($"name"), .. Statistics(summary.Sampling), .. Percentages()])
        { Elsewhere = view.Elsewhere };
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
    private static ReportTable? Sources(UncertaintySummary summary, RunView view)
    {
        var study = summary.Study;
        int[] years = [.. new[] { study.Years[0], KnownYear(study), study.Years[^1] }.Distinct()];
        if (summary.SourceTable.All(r => r.Sources == summary.Sources)) return null;
        var table = new ReportTable(
            Say($"Nation, total, each source of uncertainty alone, {study.Unit.Text}"),
            [Titled.Text($"source"), .. years.SelectMany((year, i) => new[]
            {
                Titled.Number($"{year} sd", i == years.Length - 1 ? 0 : 3 - i),
                Titled.Number($"{year} width of {NumberFormat.Level(summary.Sampling.Level)}", 6 - i),
            })])
        { Elsewhere = view.Elsewhere };
        foreach (var source in summary.SourceTable.Where(r => r.Key.Component == Component.Total).GroupBy(r => r.Sources))
        {
            var rows = years.Select(y => source.Single(r => r.Key.Year == y)).ToArray();
            table.Add([Source(SourcesCsv.Word(rows[0], summary.Sources)), .. rows.SelectMany(r => new[]
            {
                ReportCell.Statistic(r.Statistics.StandardDeviation, r.Statistics.StandardDeviationError),
                ReportCell.Statistic(r.Statistics.Upper - r.Statistics.Lower, Math.Max(r.Statistics.LowerError, r.Statistics.UpperError)),
            })]);
        }

        return table;
    }

    // The first year and the last.
    private static ReportTable Bias(UncertaintySummary summary, RunView view)
    {
        var study = summary.Study;
        var table = new ReportTable(
            Say($"Nation, mean less point and what brings it, {Counted.Draws(summary.Bias[0].Draws)}, {study.Unit.Text}"),
            [
                Titled.Text($"year"), Titled.Text($"part"), Titled.Number($"mean less point"), Titled.Number($"se", 1),
                Titled.Number($"other inputs"), Titled.Number($"their se", 2), Titled.Number($"table"),
                Titled.Number($"its se", 1),
            ])
        { Elsewhere = view.Elsewhere };
        foreach (var e in summary.Bias.Where(e => e.Key.Kind == EntityKind.Nation
            && (view.Year is { } year ? e.Key.Year == year : e.Key.Year == study.Years[0] || e.Key.Year == study.Years[^1])))
        {
            table.Add([
                $"{e.Key.Year}", Word(EstimatesCsv.Word(e.Key.Component)), ReportCell.Statistic(e.Bias, e.BiasError), Error(e.BiasError),
                ReportCell.Statistic(e.Inputs, e.InputsError), Error(e.InputsError), ReportCell.Statistic(e.Table, e.TableError),
                Error(e.TableError)]);
        }

        table.Note(Say($"table: what the drawn table adds to the same draws with the table at its point. Errors of flows have mean 1, so "
            + $"that it is what is not linear in them."));
        return table;

        static ReportCell Error(double value) => new(value, Wording.Significant(value, 2));
    }

    private static ReportColumn[] Statistics(SamplingOptions sampling) =>
    [
        Titled.Number($"point"), Titled.Number($"mean", 8), Titled.Number($"sd", 7),
        Headings.Interval(sampling),
    ];

    private static ReportColumn[] Percentages() =>
    [
        Titled.Number($"growth\u00A0%", 3), Titled.Number($"growth interval", 6),
        Titled.Number($"share\u00A0%", 2), Titled.Number($"share interval", 5),
    ];

    private static ReportCell[] Cells(UncertainEstimate estimate)
    {
        var s = estimate.Statistics;
        return
        [
            ReportCell.Point(estimate.Key.Point), ReportCell.Statistic(s.Mean, s.MeanError),
            ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError), NumberFormat.Interval(s),
        ];
    }

    // Growth and share of an entity in one year, each with its interval; the first year has no growth.
    private static ReportCell[] PercentageCells(UncertainEstimate[] figures) =>
    [
        .. new[] { Measure.Growth, Measure.Share }.SelectMany(measure => figures.FirstOrDefault(e => e.Key.Measure == measure) is { } e
            ? new ReportCell[] { ReportCell.Fixed(e.Key.Point, 2), NumberFormat.Interval(e.Statistics) } : ["", ""]),
    ];
}
