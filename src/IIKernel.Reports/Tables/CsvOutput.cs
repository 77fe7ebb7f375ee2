using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Reports.Tables;

/// <summary>
/// How every CSV file of the project is written: invariant numbers, line feeds, full precision, texts that no spreadsheet runs (see
/// <see cref="SpreadsheetCell"/>).
/// </summary>
internal static class CsvOutput
{
    /// <summary>A writer of rows; the encoding is that of <paramref name="writer"/>, which stays open.</summary>
    public static CsvWriter Create(TextWriter writer) =>
        new Writer(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });

    /// <summary>Writes one row of texts.</summary>
    public static void Row(this CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    /// <summary>A number in full precision.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// A number of a file that a study reads: as <see cref="Text"/>, and 0 where it is smaller than what a study may hold.
    /// </summary>
    public static string Input(double value) => Text(Math.Abs(value) < StudyLimits.SmallestNumber ? 0 : value);

    // Its own option for formulas would take negative numbers for some, and could not be undone.
    private sealed class Writer(TextWriter writer, CsvConfiguration configuration) : CsvWriter(writer, configuration, leaveOpen: true)
    {
        public override void WriteField(string? field) => base.WriteField(field is null ? null : SpreadsheetCell.Neutralise(field));
    }
}
