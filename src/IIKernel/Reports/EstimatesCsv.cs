using System.Globalization;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>estimates.csv: one figure a row, full precision, empty cells for what is undefined.</summary>
public static class EstimatesCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "estimates.csv";

    private static readonly string[] Header =
    [
        "scope", "code", "name", "year", "component", "measure", "unit", "point", "mean", "sd", "lower", "median",
        "upper", "shortest_lower", "shortest_upper", "se_lower", "se_median", "se_upper", "level", "draws", "flags",
    ];

    /// <summary>Writes the header and one row for each estimate. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary) => Write(writer, summary.Estimates, summary.Sampling);

    /// <summary>Writes the header and one row for each estimate. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<UncertainEstimate> estimates, SamplingOptions sampling)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(Header);
        foreach (var (key, s) in estimates)
        {
            csv.WriteField(key.Scope);
            csv.WriteField(key.Code);
            csv.WriteField(key.Name);
            csv.WriteField(key.Year.ToString(CultureInfo.InvariantCulture));
            csv.WriteField(Word(key.Component));
            csv.WriteField(Word(key.Measure));
            csv.WriteField(key.Unit);
            foreach (var value in new[]
            {
                key.Point, s.Mean, s.StandardDeviation, s.Lower, s.Median, s.Upper, s.ShortestLower, s.ShortestUpper,
                s.LowerError, s.MedianError, s.UpperError, sampling.Level,
            })
            {
                csv.Number(value);
            }

            csv.WriteField(sampling.Draws.ToString(CultureInfo.InvariantCulture));
            csv.WriteField(string.Join(';', key.Flags));
            csv.NextRecord();
        }
    }

    /// <summary>An enumeration value as the outputs write it: in lower case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
