using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>estimates.parquet: the columns and rows of estimates.csv, each column of one type.</summary>
public static class EstimatesParquet
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "estimates.parquet";

    /// <summary>Writes the file.</summary>
    public static void Write(Stream stream, UncertaintySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var about = new Dictionary<string, string>
        {
            ["program"] = $"{Receipt.ProgramName} {Machine.ProductVersion}",
            ["study"] = summary.Study.Name,
            ["unit"] = summary.Study.Unit.Text,
            ["note"] = summary.Study.Note ?? "",
        };
        ParquetTable.Write(stream, TidyTable.Of(EstimatesCsv.Columns(summary.Sampling), summary.Estimates), about);
    }
}
