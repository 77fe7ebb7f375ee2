using IIKernel.Gauge;

namespace IIKernel.Reports;

/// <summary>gauge.csv: one known answer a row, full precision.</summary>
public static class GaugeCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "gauge.csv";

    private static readonly string[] Header = ["set", "item", "backend", "value", "reference", "tolerance", "outcome", "source", "note"];

    /// <summary>Writes the header and one row for each result. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<GaugeResult> results)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(Header);
        foreach (var r in results)
        {
            csv.WriteField(r.Set);
            csv.WriteField(r.Item);
            csv.WriteField(r.Backend);
            foreach (var value in new[] { r.Value, r.Reference, r.Tolerance }) csv.WriteField(CsvOutput.Text(value));
            csv.WriteField(EstimatesCsv.Word(r.Outcome));
            csv.WriteField(r.Source);
            csv.WriteField(r.Note ?? "");
            csv.NextRecord();
        }
    }
}
