using System.Globalization;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Reading;

/// <summary>One line of a CSV file as split.</summary>
/// <param name="Line">Its line, from 1; the first where a quoted cell makes it several.</param>
/// <param name="Cells">The trimmed cells.</param>
/// <param name="Origins">Where the cells stand in a sheet; null for those of a CSV file.</param>
internal sealed record CsvRecord(int Line, string[] Cells, CellAddress[]? Origins = null)
{
    /// <summary>"line 3", or the row of a sheet.</summary>
    public string Place => PlaceOf(Line, Origins is not null);

    /// <summary>"on line 3", or in the row of a sheet.</summary>
    public string On => $"{(Origins is null ? "on" : "in")} {Place}";

    public static string PlaceOf(int line, bool isRow) => $"{(isRow ? "row" : "line")} {CsvNumber.Print(line)}";
}

/// <summary>
/// Tables that are laid out in another way: one fault says how, in the place of those that would follow from it. The columns
/// that a file needs are its forms; a file has the right layout where the header holds all of one form.
/// </summary>
/// <param name="file">Name for faults.</param>
/// <param name="forms">The columns of each form that the file may have.</param>
internal sealed class CsvLayout(string file, IReadOnlyList<string[]> forms)
{
    private const int TitleLines = 30;

    private static readonly (char Separator, string Name)[] Separators =
        [(';', "semicolons"), ('\t', "tabs"), ('，', "full-width commas"), ('|', "vertical bars")];

    private string Expected => string.Join(" or ", forms.Select(form => string.Join(",", form)));

    /// <summary>What the first line shows: an instruction to a spreadsheet, or other separators; null where it shows neither.</summary>
    public StudyFault? ExamineFirstLine(string text)
    {
        var line = text.AsSpan()[..(text.AsSpan().IndexOfAny('\n', '\r') is >= 0 and var end ? end : text.Length)].Trim().ToString();
        if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length <= 6)
        {
            return new(file, "line 1", $"the line {CsvRow.Quote(line)}, an instruction to a spreadsheet", $"the header {Expected}",
                line.EndsWith(',') ? "Remove the line." : "Remove the line and save the table with commas between its cells.");
        }

        if (forms.Count == 0 || IsHeader(Split(line, ','))) return null;
        foreach (var (separator, name) in Separators)
            if (IsHeader(Split(line, separator)))
                return new(file, "line 1", $"{name} between the cells", $"commas: {Expected}",
                    $"Save the table as CSV UTF-8 with commas{(separator == ';' ? ", and numbers with decimal points" : "")}.");
        return null;

        static string[] Split(string line, char separator) => [.. line.Split(separator).Select(cell => cell.Trim(' ', '"'))];
    }

    /// <summary>What is wrong with the layout as a whole; null where it is right or the columns are simply not there.</summary>
    /// <param name="records">The lines as split, at least one.</param>
    public StudyFault? Examine(IReadOnlyList<CsvRecord> records)
    {
        var header = records[0].Cells;
        if (forms.Count == 0 || IsHeader(header)) return null;
        foreach (var record in records.Take(TitleLines).Skip(1))
            if (IsHeader(record.Cells))
                return new(file, records[0].Place,
                    $"{CsvRow.Quote(string.Join(",", header).TrimEnd(','))} above the header, which stands {record.On}",
                    record.Origins is null ? "the header on line 1" : "the header first", record.Origins is [var first, ..]
                        ? $"Remove what stands above the header, or name the range that begins with it: {first}:…."
                        : "Remove what stands above the header.");
        if (IsHeader([.. records.Select(r => r.Cells[0])]))
            return new(file, "", "a table with rows and columns exchanged: the names of its columns stand in the first column",
                $"the header {Expected}", "Transpose the table.");
        var years = header.Count(IsYear);
        return years > 1 && forms[0].Contains("year") && !header.Contains("year")
            ? new(file, records[0].Place, $"a column for each of {years} years", $"the columns {Expected}: one row for each year",
                "Write the table in long form: the year in a column of its own.")
            : null;
    }

    private bool IsHeader(string[] cells)
    {
        var names = new HashSet<string>(cells, StringComparer.OrdinalIgnoreCase);
        return forms.Any(form => Array.TrueForAll(form, names.Contains));
    }

    private static bool IsYear(string cell) =>
        cell.Length == 4 && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 1000;
}
