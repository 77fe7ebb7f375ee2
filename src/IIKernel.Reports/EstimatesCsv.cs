using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>estimates.csv: one figure a row, full precision, empty cells for what is undefined.</summary>
public static class EstimatesCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "estimates.csv";

    /// <summary>The columns that say which figure a row holds, and its point value.</summary>
    public static IReadOnlyList<TidyColumn<EstimateKey>> KeyColumns { get; } =
    [
        new("scope", k => k.Scope), new("code", k => k.Code), new("name", k => k.Name), new("year", k => k.Year),
        new("component", k => Word(k.Component)), new("measure", k => Word(k.Measure)), new("unit", k => k.Unit),
        new("point", k => k.Point),
    ];

    /// <summary>All columns of estimates over a sample.</summary>
    public static IReadOnlyList<TidyColumn<UncertainEstimate>> Columns(SamplingOptions sampling) =>
    [
        .. KeyColumns.Select(c => new TidyColumn<UncertainEstimate>(c.Name, e => c.Value(e.Key))),
        new("mean", e => e.Statistics.Mean), new("sd", e => e.Statistics.StandardDeviation),
        new("lower", e => e.Statistics.Lower), new("median", e => e.Statistics.Median), new("upper", e => e.Statistics.Upper),
        new("shortest_lower", e => e.Statistics.ShortestLower), new("shortest_upper", e => e.Statistics.ShortestUpper),
        new("se_mean", e => e.Statistics.MeanError), new("se_sd", e => e.Statistics.StandardDeviationError),
        new("se_lower", e => e.Statistics.LowerError), new("se_median", e => e.Statistics.MedianError),
        new("se_upper", e => e.Statistics.UpperError),
        new("level", _ => sampling.Level), new("draws", _ => sampling.Draws), new("flags", e => e.Key.Flags),
    ];

    /// <summary>Writes the header and one row for each estimate. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary) => Write(writer, summary.Estimates, summary.Sampling);

    /// <summary>Writes the header and one row for each estimate. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<UncertainEstimate> estimates, SamplingOptions sampling) =>
        TidyTable.Write(writer, Columns(sampling), estimates);

    /// <summary>An enumeration value as the outputs write it: in lower case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
