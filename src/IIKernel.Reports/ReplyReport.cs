using IIKernel.Kernels.Search;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>run</c> shows of what was asked beside every figure: levels, differences, ratios, ranks, classes, counts.</summary>
public static class ReplyReport
{
    // Rows of a table of ranks where their number is not given: the largest cities that are published.
    private const int RankedRows = 30;

    /// <summary>Adds the tables of what was asked.</summary>
    /// <param name="report">Takes them.</param>
    /// <param name="summary">The run.</param>
    /// <param name="reply">The answers.</param>
    /// <param name="view">What is printed; its rows may be null for all.</param>
    /// <param name="rows">Most rows of a table of ranks; null for thirty.</param>
    public static void Add(Report report, UncertaintySummary summary, SampleReply reply, RunView view, int? rows)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(view);
        if (summary.Precision is { } rule) report.Add(Precision(summary, rule, view));
        if (summary.Levels.Count > 0) report.Add(Levels(summary, view));
        if (reply.Derived.Count > 0) report.Add(Derived(summary, reply.Derived, view));
        var year = view.Year ?? summary.Study.Years[^1];
        foreach (var figures in reply.Joint.Where(j => j.Year == year))
        {
            report.Add(Ranked(summary, figures, view, view.Rows is null ? figures.Keys.Count : rows ?? RankedRows));
            if (figures.Exceedance is { } counted) report.Add(Exceedances(summary, figures, counted, view));
        }
    }

    /// <summary>The most probable rank of a figure, its probability, and the range that its ranks are in.</summary>
    /// <param name="ranks">In how many draws each rank was held.</param>
    /// <param name="e">Index of the figure among the ranked.</param>
    /// <param name="level">The level of the range.</param>
    internal static ReportCell[] RankCells(RankDistribution ranks, int e, double level)
    {
        var rank = Enumerable.Range(1, ranks.Entities).MaxBy(r => ranks.Held(e, r));
        var (least, most) = (ranks.Quantile(e, (1 - level) / 2), ranks.Quantile(e, (1 + level) / 2));
        return
        [
            ranks.Held(e, rank) == 0 ? Wording.None : new ReportCell(rank), NumberFormat.Share(ranks.Held(e, rank), ranks.Draws),
            least == 0 ? Wording.None : Range(least, most),
        ];
    }

    private static ReportTable Precision(UncertaintySummary summary, PrecisionRule rule, RunView view)
    {
        var table = new ReportTable(
            Say($"Precision, half-width of a 95 % interval of the Monte Carlo error, % of the mean; wanted {Percent(rule.Tolerance)} %"),
            [
                Titled.Text($"figure"), Titled.Number($"after the pilot"), Titled.Number($"mean", 2),
                Titled.Number($"lower end", 3), Titled.Number($"upper end", 4), Titled.Number($"worst"),
                Titled.Text($"wanted"),
            ])
        { Elsewhere = view.Elsewhere };
        foreach (var (pilot, reached) in rule.Pilot.Zip(summary.Reached))
        {
            table.Add(
                FigureIndex.Reference(reached.Key).ToString(), Cell(pilot.Worst), Cell(reached.Mean), Cell(reached.Lower),
                Cell(reached.Upper), Cell(reached.Worst), reached.Worst <= rule.Tolerance ? Say($"reached") : Say($"missed"));
        }

        table.Note(Say($"a pilot of {Counted.Draws(rule.PilotDraws)} asked for {Counted.Draws(rule.Draws)}, itself among them"));
        return table;

        static string Percent(double share) => Wording.Significant(100 * share, 2);
        static ReportCell Cell(double share) => new(share, Percent(share));
    }

    private static ReportTable Levels(UncertaintySummary summary, RunView view)
    {
        var table = new ReportTable(
            Say($"Nation, total, coverage intervals, {summary.Study.Unit.Text}"),
            [
                Titled.Text($"year"), Titled.Number($"point"),
                .. summary.Levels.Select((l, i) => Headings.Interval(l.Level, i)),
            ])
        { Elsewhere = view.Elsewhere };
        for (var i = 0; i < summary.Estimates.Count; i++)
        {
            var key = summary.Estimates[i].Key;
            if (key is not { Scope: "nation", Component: Component.Total, Measure: Measure.Value }) continue;
            if (view.Year is { } year && key.Year != year) continue;
            table.Add([
                $"{key.Year}", ReportCell.Point(key.Point),
                .. summary.Levels.Select(l => (ReportCell)NumberFormat.Interval(l.Estimates[i].Statistics))]);
        }

        return table;
    }

    private static ReportTable Derived(UncertaintySummary summary, IReadOnlyList<DerivedEstimate> derived, RunView view)
    {
        var table = new ReportTable(Say($"Differences and ratios, draw by draw"),
            [
                Titled.Text($"figure"), Titled.Text($"unit", 3), Titled.Number($"point", 2), Titled.Number($"mean", 5),
                Titled.Number($"sd", 4), Headings.Interval(summary.Sampling), Titled.Number($"first is greater", 1),
            ])
        { Elsewhere = view.Elsewhere };
        foreach (var d in derived)
        {
            var s = d.Statistics;
            table.Add(
                $"{FigureIndex.Reference(d.Figure.First)} {DerivedFigure.Sign(d.Figure.Kind)} {FigureIndex.Reference(d.Figure.Second)}",
                d.Figure.Unit, ReportCell.Point(d.Figure.Point), ReportCell.Statistic(s.Mean, s.MeanError),
                ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError), NumberFormat.Interval(s),
                NumberFormat.Share(d.Greater, summary.Sampling.Draws));
        }

        return table;
    }

    // The largest figures with their ranks and classes, as far as these were asked for.
    private static ReportTable Ranked(UncertaintySummary summary, JointEstimate figures, RunView view, int rows)
    {
        var (keys, ranks, counted) = (figures.Keys, figures.Ranks, figures.Exceedance);
        var level = summary.Sampling.Level;
        var what = ranks is null ? Say($"classes") : counted is null ? Say($"ranks") : Say($"ranks and classes");
        var title = Headings.Largest(figures.Scope, rows, keys.Count);
        var columns = new List<ReportColumn>
        {
            Titled.Text($"code", ranks is null ? 0 : 2), Titled.Text($"name"), Titled.Number($"point", 1),
        };
        if (ranks is not null)
        {
            columns.AddRange([
                Titled.Number($"rank"), Titled.Number($"probability"),
                Titled.Number($"{NumberFormat.Level(level)} of ranks")]);
        }

        if (counted is not null) columns.AddRange(Classes(counted).Select(c => ReportColumn.Number(c)));
        var table = new ReportTable(Say($"{title}, {figures.Year}, total, {keys[0].Unit}: {what}"), columns)
        {
            Elsewhere = view.Elsewhere,
        };
        foreach (var e in Enumerable.Range(0, keys.Count).OrderByDescending(e => keys[e].Point).Take(rows))
        {
            var cells = new List<ReportCell> { keys[e].Code, keys[e].Name, ReportCell.Point(keys[e].Point) };
            if (ranks is not null) cells.AddRange(RankCells(ranks, e, level));
            if (counted is not null) cells.AddRange(ClassesCsv.Of(keys[e], counted, e).Select(c => NumberFormat.Share(c.Draws, c.All)));
            table.Add([.. cells]);
        }

        if (ranks is not null) table.Note(Say($"rank: the most probable one, with its probability, and the range that ranks are in."));
        return table;
    }

    private static ReportTable Exceedances(UncertaintySummary summary, JointEstimate figures, ExceedanceDistribution counted, RunView view)
    {
        var level = summary.Sampling.Level;
        var table = new ReportTable(
            Say($"How many of {counted.Entities} {Headings.Entities(figures.Scope)} lie above, {figures.Year}, total, "
                + $"{figures.Keys[0].Unit}"),
            [
                Titled.Number($"threshold"), Titled.Number($"at the point"), Titled.Number($"most probable"),
                Titled.Number($"probability"), ReportColumn.Number(NumberFormat.Level(level)),
            ])
        { Elsewhere = view.Elsewhere };
        for (var t = 0; t < counted.Thresholds.Count; t++)
        {
            var threshold = counted.Thresholds[t];
            var most = Enumerable.Range(0, counted.Entities + 1).MaxBy(k => counted.Held(t, k));
            table.Add(
                ReportCell.Published(threshold), new(figures.Keys.Count(k => k.Point > threshold)), new(most),
                NumberFormat.Share(counted.Held(t, most), counted.Draws),
                Range(Quantile(t, (1 - level) / 2), Quantile(t, (1 + level) / 2)));
        }

        return table;

        int Quantile(int threshold, double share)
        {
            var (k, below) = (0, counted.Held(threshold, 0));
            while (below < share * counted.Draws && k < counted.Entities) below += counted.Held(threshold, ++k);
            return k;
        }
    }

    // Of the lowest class to the highest: "≤ 500", "500 … 1,000", "> 1,000".
    private static IEnumerable<string> Classes(ExceedanceDistribution counted)
    {
        string[] ends = [.. counted.Thresholds.Select(NumberFormat.Published)];
        for (var t = 0; t <= ends.Length; t++)
            yield return t == 0 ? $"≤\u00A0{ends[0]}" : t == ends.Length ? $">\u00A0{ends[^1]}" : $"{ends[t - 1]} … {ends[t]}";
    }

    private static string Range(int least, int most) => least == most ? $"{least}" : $"{least} … {most}";
}
