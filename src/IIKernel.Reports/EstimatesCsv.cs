using IIKernel.Kernels.Search;
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

    /// <summary>The columns of what draws say.</summary>
    public static IReadOnlyList<TidyColumn<OutputStatistics>> StatisticsColumns { get; } =
    [
        new("mean", s => s.Mean), new("sd", s => s.StandardDeviation), new("lower", s => s.Lower), new("median", s => s.Median),
        new("upper", s => s.Upper), new("shortest_lower", s => s.ShortestLower), new("shortest_upper", s => s.ShortestUpper),
        new("se_mean", s => s.MeanError), new("se_sd", s => s.StandardDeviationError), new("se_lower", s => s.LowerError),
        new("se_median", s => s.MedianError), new("se_upper", s => s.UpperError),
    ];

    /// <summary>All columns of estimates over a sample.</summary>
    public static IReadOnlyList<TidyColumn<UncertainEstimate>> Columns(SamplingOptions sampling) =>
    [
        .. KeyColumns.Select(c => c.Of((UncertainEstimate e) => e.Key)),
        .. StatisticsColumns.Select(c => c.Of((UncertainEstimate e) => e.Statistics)),
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
