using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace IIKernel.Studies.Reading;

/// <summary>A CSV file: a header and rows of as many cells, each cell with its line and column.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private CsvTable(string file, string[] header, List<StudyFault> faults)
    {
        File = file;
        Header = header;
        Faults = faults;
    }

    public string File { get; }

    public IReadOnlyList<string> Header { get; }

    public List<CsvRow> Rows { get; } = [];

    internal List<StudyFault> Faults { get; }

    public bool Has(string column) => _columns.ContainsKey(column);

    internal int IndexOf(string column) => _columns.TryGetValue(column, out var index) ? index : -1;

    /// <summary>Reads the text; null with faults added where header, quotes or row lengths are wrong.</summary>
    /// <param name="file">Name for faults.</param>
    /// <param name="text">The decoded file.</param>
    /// <param name="required">Columns that must be there; others are kept and may be asked for.</param>
    /// <param name="faults">Takes every fault of the file.</param>
    public static CsvTable? Parse(string file, string text, ReadOnlySpan<string> required, List<StudyFault> faults)
    {
        var before = faults.Count;
        var records = Records(file, text, faults);
        while (records.Count > 0 && records[^1].Cells.All(cell => cell.Length == 0)) records.RemoveAt(records.Count - 1);
        if (records.Count == 0)
        {
            if (faults.Count == before) faults.Add(new(file, "", "an empty file", "a header row and data rows", "Write the table."));
            return null;
        }

        var table = new CsvTable(file, records[0].Cells, faults);
        table.ReadHeader(records[0].Line, required);
        if (records.Count == 1) faults.Add(new(file, "", "a header row without data rows", "at least one data row", "Write the rows."));
        foreach (var (line, cells) in records.Skip(1))
        {
            if (cells.Length != table.Header.Count)
                faults.Add(new(file, $"line {line}", $"{cells.Length} cells", $"{table.Header.Count} cells, as in the header", "Quote a cell that holds a comma; numbers take no thousands separators."));
            else
                table.Rows.Add(new CsvRow(table, line, cells));
        }

        return faults.Count == before ? table : null;
    }

    private void ReadHeader(int line, ReadOnlySpan<string> required)
    {
        for (var i = 0; i < Header.Count; i++)
            // A spreadsheet leaves unnamed columns behind; they are never asked for.
            if (Header[i].Length > 0 && !_columns.TryAdd(Header[i], i))
                Faults.Add(new(File, $"line {line}", $"column {Header[i]} for the second time", "every column once", "Remove or rename one of the two."));
        foreach (var column in required)
        {
            if (_columns.ContainsKey(column)) continue;
            var other = Header.Count == 1 && Header[0].AsSpan().IndexOfAny(';', '\t') >= 0;
            Faults.Add(new(File, $"line {line}", $"no column {column}", $"the columns {string.Join(",", required.ToArray())}",
                other ? "Separate the cells with commas." : CodeList.Remedy(column, Header, "Add the column, or mend its name.")));
        }
    }

    private static List<(int Line, string[] Cells)> Records(string file, string text, List<StudyFault> faults)
    {
        var records = new List<(int Line, string[] Cells)>();
        string? bad = null;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = ",",
            // Blank lines are kept: only those at the end are no fault.
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim | TrimOptions.InsideQuotes,
            WhiteSpaceChars = [' ', '\t', '\u00A0', '\u3000'],
            BadDataFound = args => bad ??= args.Field,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var line = 1;
        while (parser.Read())
        {
            var cells = parser.Record!;
            if (bad is not null)
            {
                var open = bad.TrimStart().StartsWith('"');
                faults.Add(new(file, $"line {line}", open ? "a quotation mark that is not closed" : "a quotation mark inside a cell that is not quoted",
                    "a quoted cell opened and closed by \", quotation marks inside it doubled", "Close, double or remove the quotation mark."));
                bad = null;
                // What follows an open quotation mark is one cell to the parser; faults in it would mislead.
                if (open) break;
            }
            else
            {
                records.Add((line, cells));
            }

            line = parser.RawRow + 1;
        }

        return records;
    }
}

/// <summary>One row of a <see cref="CsvTable"/>. A cell that cannot be read adds its fault to the table's list.</summary>
internal sealed class CsvRow(CsvTable table, int line, string[] cells)
{
    public string File => table.File;

    public int Line => line;

    /// <summary>The trimmed cells in the order of the header.</summary>
    public IReadOnlyList<string> Cells => cells;

    /// <summary>What the row is about ("sector 007"), for the place of its faults.</summary>
    public string Label { get; set; } = "";

    /// <summary>The trimmed cell; empty where the file has no such column.</summary>
    public string Text(string column)
    {
        var index = table.IndexOf(column);
        return index < 0 ? "" : cells[index];
    }

    public string Text(int column) => cells[column];

    public string Place(string column) => $"line {line}, column {column}{(Label.Length == 0 ? "" : $" ({Label})")}";

    /// <summary>The finite number of a cell, or null with a fault added.</summary>
    public double? Number(string column, string expected = "a number") => Number(Text(column), column, expected);

    public double? Number(int column, string expected = "a number") => Number(cells[column], table.Header[column], expected);

    /// <summary>A finite number of at least zero, or null with a fault added.</summary>
    public double? NonNegative(string column)
    {
        const string expected = "a number of at least 0";
        var value = Number(column, expected);
        if (value is not < 0) return value;
        Fault(column, expected, "Write the amount without its sign, or mend the figure.");
        return null;
    }

    /// <summary>A whole number of four digits, or null with a fault added.</summary>
    public int? Year(string column)
    {
        var text = Text(column);
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return year;
        Fault(column, "a year of four digits", "Write the year, such as 2017.");
        return null;
    }

    /// <summary>Adds a fault about a cell; the cell is what was found.</summary>
    public void Fault(string column, string expected, string remedy) =>
        table.Faults.Add(new(File, Place(column), Quote(Text(column)), expected, remedy));

    /// <summary>A cell as a fault shows it.</summary>
    public static string Quote(string cell) => cell.Length == 0 ? "an empty cell" : $"\"{(cell.Length > 60 ? cell[..60] + "…" : cell)}\"";

    private double? Number(string cell, string column, string expected)
    {
        var value = CsvNumber.Parse(cell, out var found, out var remedy);
        if (value is null) table.Faults.Add(new(File, Place(column), found, expected, remedy));
        return value;
    }
}
