using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>sources.csv: the nation's amounts with each source of uncertainty alone and with all, one a row.</summary>
public static class SourcesCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "sources.csv";

    private const string Together = "all";

    /// <summary>The columns of a run's table.</summary>
    public static IReadOnlyList<TidyColumn<SourceEstimate>> Columns(UncertaintySummary summary) =>
    [
        new("source", r => Word(r, summary.Sources)), new("year", r => r.Key.Year),
        new("component", r => EstimatesCsv.Word(r.Key.Component)),
        new("unit", r => r.Key.Unit), new("point", r => r.Key.Point), new("mean", r => r.Statistics.Mean),
        new("sd", r => r.Statistics.StandardDeviation), new("lower", r => r.Statistics.Lower), new("upper", r => r.Statistics.Upper),
        new("width", r => r.Statistics.Upper - r.Statistics.Lower), new("level", _ => summary.Sampling.Level), new("draws", r => r.Draws),
    ];

    /// <summary>The names of sources, one each.</summary>
    public static IReadOnlyList<string> Words(UncertaintySources sources) =>
        [.. UncertaintySource.Single.Where(s => sources.HasFlag(s)).Select(EstimatesCsv.Word)];

    /// <summary>The name of a row's sources: that of a single one, or "all" for everything drawn.</summary>
    public static string Word(SourceEstimate row, UncertaintySources drawn) =>
        row.Sources == drawn ? Together : EstimatesCsv.Word(row.Sources);

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary) =>
        TidyTable.Write(writer, Columns(summary), summary.SourceTable);
}
