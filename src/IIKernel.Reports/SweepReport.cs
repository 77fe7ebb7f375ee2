using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>sweep</c> shows: the first runs by their last figure, and how far that goes over all runs.</summary>
public static class SweepReport
{
    /// <summary>The report of a sweep.</summary>
    /// <param name="study">The study before any row.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="result">What it found.</param>
    /// <param name="rows">Most runs that are shown; null for all.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(Study study, StudySweep sweep, SweepResult result, int? rows, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(result);
        var report = new Report();
        report.Title(study.Name, study.Note);
        var runs = result.Runs;
        report.Line(Say($"{Counted.Runs(runs.Count)}: {Counted.Rows(sweep.Rows.Count)}, "
            + $"{Counted.Seeds(runs.Count / sweep.Rows.Count)} of each; {Counted.Draws(runs.Sum(r => r.Sampling.Draws))} in all"));

        // Without --figures it is the nation's total of the last year.
        var figure = FigureIndex.Reference(result.Outcomes[^1].Estimate.Key);
        var found = result.Outcomes.Where(o => FigureIndex.Reference(o.Estimate.Key) == figure).ToArray();
        var unit = found[0].Estimate.Key.Unit;
        var shown = Math.Min(rows ?? int.MaxValue, found.Length);
        var which = shown < found.Length ? Say($"First {shown} of {Counted.Runs(found.Length)}") : Say($"All runs");
        var levels = runs.Select(r => r.Sampling.Level).Distinct().ToArray();
        var table = new ReportTable($"{which}, {figure}, {unit}",
            [
                Titled.Number($"run", 5), Titled.Text($"row"), Titled.Number($"seed", 4), Titled.Number($"point", 1),
                Titled.Number($"mean"), Titled.Number($"sd", 2),
                levels is [var level] ? Headings.Interval(level, 3) : Titled.Number($"interval", 3),
            ])
        { Elsewhere = elsewhere };
        foreach (var o in found.Take(shown))
        {
            var (run, s) = (runs[o.Run], o.Estimate.Statistics);
            table.Add(new(o.Run + 1), sweep.Rows[run.Row].Name, new(run.Sampling.Seed), ReportCell.Point(o.Estimate.Key.Point),
                ReportCell.Statistic(s.Mean, s.MeanError), ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError),
                NumberFormat.Interval(s));
        }

        report.Add(table);
        var (least, most) = (found.MinBy(o => o.Estimate.Statistics.Mean)!, found.MaxBy(o => o.Estimate.Statistics.Mean)!);
        if (found.Length > 1)
        {
            report.Line("");
            report.Line(Say($"means go from {NumberFormat.Point(least.Estimate.Statistics.Mean)} (run {least.Run + 1}) to "
                + $"{NumberFormat.Point(most.Estimate.Statistics.Mean)} (run {most.Run + 1})"));
        }

        return report;
    }
}
