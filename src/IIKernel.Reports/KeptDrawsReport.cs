using IIKernel.Reading;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>described.csv: kept draws described, a column of theirs at one level a row.</summary>
public static class DescribedCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "described.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<KeptColumn>> Columns { get; } =
    [
        new("name", c => c.Name),
        .. EstimatesCsv.StatisticsColumns.Select(s => s.Of((KeptColumn c) => c.Statistics)),
        new("level", c => c.Level), new("draws", c => c.Draws), new("flags", c => c.Flags),
    ];

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<KeptColumn> columns) => TidyTable.Write(writer, Columns, columns);
}

/// <summary>thresholds.csv: how the kept draws of a column lie to a threshold, one pair a row.</summary>
public static class ThresholdsCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "thresholds.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<KeptThreshold>> Columns { get; } =
    [
        new("name", t => t.Name), new("threshold", t => t.Threshold), new("below", t => t.Count.Below), new("equal", t => t.Count.Equal),
        new("above", t => t.Above), new("undefined", t => t.Count.Undefined), new("draws", t => t.Draws),
        new("probability_above", t => t.Above / (double)t.Draws),
    ];

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<KeptThreshold> thresholds) => TidyTable.Write(writer, Columns, thresholds);
}

/// <summary>What <c>describe</c> shows.</summary>
public static class KeptDrawsReport
{
    /// <summary>A row a column, its intervals at every level, and how much of it lies above each threshold.</summary>
    /// <param name="file">The kept draws.</param>
    /// <param name="columns">Their description.</param>
    /// <param name="thresholds">Their counts.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(
        DrawsFile file, IReadOnlyList<KeptColumn> columns, IReadOnlyList<KeptThreshold> thresholds, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(columns);
        var report = new Report();
        var draws = file.Replicates > 1 ? Headings.Draws(file.Origin!.Sampling) : Counted.Draws(file.Draws);
        report.Line(List([draws, Counted.Columns(file.Names.Count), file.Path]));
        double[] levels = [.. columns.Select(c => c.Level).Distinct()];
        double[] values = [.. thresholds.Select(t => t.Threshold).Distinct()];
        var table = new ReportTable(Say($"Kept draws"),
        [
            Titled.Text($"name"), Titled.Number($"mean", 1), Titled.Number($"sd", 2), Titled.Number($"median", 3),
            .. levels.Select((level, i) => Headings.Interval(level, i)),
            .. values.Select(v => ReportColumn.Number($">\u00A0{NumberFormat.Published(v)}")),
        ])
        { Elsewhere = elsewhere };
        var above = thresholds.ToLookup(t => t.Name);
        foreach (var of in columns.GroupBy(c => c.Name))
        {
            var s = of.First().Statistics;
            table.Add([
                of.Key, ReportCell.Statistic(s.Mean, s.MeanError), ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError),
                ReportCell.Statistic(s.Median, s.MedianError), .. of.Select(c => (ReportCell)NumberFormat.Interval(c.Statistics)),
                .. above[of.Key].Select(t => NumberFormat.Share(t.Above, t.Draws))]);
        }

        report.Add(table);
        return report;
    }
}
