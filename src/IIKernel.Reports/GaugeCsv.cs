using IIKernel.Gauge;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports;

/// <summary>gauge.csv: one known answer a row, full precision.</summary>
public static class GaugeCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "gauge.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<GaugeResult>> Columns { get; } =
    [
        new("set", r => r.Set), new("item", r => r.Item), new("backend", r => r.Backend), new("value", r => r.Value),
        new("reference", r => r.Reference),
        new("tolerance", r => r.Tolerance), new("outcome", r => EstimatesCsv.Word(r.Outcome)), new("source", r => r.Source),
        new("note", r => r.Note),
    ];

    /// <summary>Writes the header and one row for each result. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<GaugeResult> results) => TidyTable.Write(writer, Columns, results);
}
