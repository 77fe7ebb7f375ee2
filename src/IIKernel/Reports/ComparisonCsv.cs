using System.Globalization;
using CsvHelper;
using IIKernel.Comparison;

namespace IIKernel.Reports;

/// <summary>comparison.csv: one published figure a row, full precision, empty cells for what the study does not compute.</summary>
public static class ComparisonCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "comparison.csv";

    private static readonly string[] Header =
    [
        "scope", "code", "name", "year", "component", "kind", "allocation", "published", "rounding", "point", "mean", "sd", "lower", "upper",
        "distance_percent", "percentile", "verdict",
    ];

    /// <summary>Writes the header and one row for each figure. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<ComparedFigure> figures)
    {
        using var csv = new CsvWriter(writer, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var name in Header) csv.WriteField(name);
        csv.NextRecord();
        foreach (var f in figures)
        {
            var p = f.Published;
            foreach (var text in new[] { p.Scope, p.Code, f.Name, p.Year.ToString(CultureInfo.InvariantCulture), EstimatesCsv.Word(p.Component), p.Kind, f.Allocation })
                csv.WriteField(text);
            var s = f.Statistics;
            foreach (var value in new[] { p.Value, p.Rounding, f.Point, s.Mean, s.StandardDeviation, s.Lower, s.Upper, f.DistancePercent, f.Percentile })
                csv.WriteField(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");
            csv.WriteField(Word(f.Verdict));
            csv.NextRecord();
        }
    }

    /// <summary>A verdict as the outputs write it.</summary>
    public static string Word(Verdict verdict) => verdict == Verdict.NotComputed ? "not computed" : EstimatesCsv.Word(verdict);
}
