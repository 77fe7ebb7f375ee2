using System.Globalization;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>sources.csv: the nation's amounts with each source of uncertainty alone and with all, one a row.</summary>
public static class SourcesCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "sources.csv";

    private const string Together = "all";

    private static readonly string[] Header =
        ["source", "year", "component", "unit", "point", "mean", "sd", "lower", "upper", "width", "level", "draws"];

    /// <summary>The names of sources, one each.</summary>
    public static IReadOnlyList<string> Words(UncertaintySources sources) =>
        [.. SourceTable.Single.Where(s => sources.HasFlag(s)).Select(EstimatesCsv.Word)];

    /// <summary>The name of a row's sources: that of a single one, or "all" for everything drawn.</summary>
    public static string Word(SourceEstimate row, UncertaintySources drawn) => row.Sources == drawn ? Together : EstimatesCsv.Word(row.Sources);

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(Header);
        foreach (var row in summary.SourceTable)
        {
            var s = row.Statistics;
            csv.WriteField(Word(row, summary.Sources));
            csv.WriteField(row.Key.Year.ToString(CultureInfo.InvariantCulture));
            csv.WriteField(EstimatesCsv.Word(row.Key.Component));
            csv.WriteField(row.Key.Unit);
            foreach (var value in new[] { row.Key.Point, s.Mean, s.StandardDeviation, s.Lower, s.Upper, s.Upper - s.Lower, summary.Sampling.Level })
                csv.Number(value);
            csv.WriteField(row.Draws.ToString(CultureInfo.InvariantCulture));
            csv.NextRecord();
        }
    }
}
