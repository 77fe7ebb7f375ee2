using IIKernel.Comparison;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports;

/// <summary>comparison.csv: one published figure a row, full precision, empty cells for what the study does not compute.</summary>
public static class ComparisonCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "comparison.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<ComparedFigure>> Columns { get; } =
    [
        new("scope", f => f.Published.Scope),
        new("code", f => f.Published.Code),
        new("name", f => f.Name),
        new("year", f => f.Published.Year),
        new("component", f => EstimatesCsv.Word(f.Published.Component)),
        new("measure", f => EstimatesCsv.Word(f.Published.Measure)),
        new("kind", f => f.Published.Kind),
        new("allocation", f => f.Allocation),
        new("published", f => f.Published.Value),
        new("rounding", f => f.Published.Rounding),
        new("rounding_source", f => f.Published.RoundingStated ? "stated" : "guessed"),
        new("point", f => f.Point),
        new("mean", f => f.Statistics.Mean),
        new("sd", f => f.Statistics.StandardDeviation),
        new("lower", f => f.Statistics.Lower),
        new("upper", f => f.Statistics.Upper),
        new("distance_percent", f => f.DistancePercent),
        new("percentile", f => f.Percentile),
        new("verdict", f => Word(f.Verdict)),
    ];

    /// <summary>Writes the header and one row for each figure. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<ComparedFigure> figures) => TidyTable.Write(writer, Columns, figures);

    /// <summary>A verdict as the outputs write it.</summary>
    public static string Word(Verdict verdict) => verdict == Verdict.NotComputed ? "not computed" : EstimatesCsv.Word(verdict);
}
