using System.Globalization;
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
        using var csv = CsvOutput.Create(writer);
        csv.Row(Header);
        foreach (var f in figures)
        {
            var p = f.Published;
            foreach (var text in new[] { p.Scope, p.Code, f.Name, p.Year.ToString(CultureInfo.InvariantCulture), EstimatesCsv.Word(p.Component), p.Kind, f.Allocation })
                csv.WriteField(text);
            var s = f.Statistics;
            foreach (var value in new[] { p.Value, p.Rounding, f.Point, s.Mean, s.StandardDeviation, s.Lower, s.Upper, f.DistancePercent, f.Percentile })
                csv.Number(value);
            csv.WriteField(Word(f.Verdict));
            csv.NextRecord();
        }
    }

    /// <summary>A verdict as the outputs write it.</summary>
    public static string Word(Verdict verdict) => verdict == Verdict.NotComputed ? "not computed" : EstimatesCsv.Word(verdict);
}
