using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Reading;

/// <summary>A CSV file, or a table of a sheet: a header and rows of as many cells, each cell with its line and column.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _exchanged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly CsvRecord _header;

    private CsvTable(string file, CsvRecord header, FaultList faults)
    {
        _header = header;
        File = file;
        Header = header.Cells;
        Faults = faults;
    }

    public string File { get; }

    public IReadOnlyList<string> Header { get; }

    public List<CsvRow> Rows { get; } = [];

    internal FaultList Faults { get; }

    /// <summary>Where the header stands: "line 1", or the row of a sheet.</summary>
    public string HeaderPlace => _header.Place;

    /// <summary>Where a column's name stands: "line 1, column 3", or a cell of a sheet.</summary>
    public string HeaderCell(int column) =>
        _header.Origins is { } origins ? $"cell {origins[column]}" : $"{_header.Place}, column {CsvNumber.Print(column + 1)}";

    /// <summary>A place of another row of the file: "on line 3".</summary>
    public string On(int line) => $"{(_header.Origins is null ? "on" : "in")} {PlaceOf(line)}";

    /// <summary>Another row of the file: "line 3".</summary>
    public string PlaceOf(int line) => CsvRecord.PlaceOf(line, _header.Origins is not null);

    public bool Has(string column) => IndexOf(column) >= 0;

    internal int IndexOf(string column)
    {
        _asked.Add(column);
        return _columns.TryGetValue(column, out var index) ? index : -1;
    }

    /// <summary>
    /// Columns that nothing has asked for, each with the one that was asked for, is not there and has nearly the same name.
    /// </summary>
    public IEnumerable<(string Found, string Meant)> Misspelt()
    {
        string[] free = [.. _columns.Keys.Except(_asked)];
        return _asked.Where(column => !_columns.ContainsKey(column)).Select(column => (Suggestion.Nearest(column, free), column))
            .Where(pair => pair.Item1 is not null).Select(pair => (pair.Item1!, pair.column));
    }

    /// <summary>Reads the text; null with faults added where header, quotes or row lengths are wrong.</summary>
    /// <param name="file">Name for faults.</param>
    /// <param name="text">The decoded file.</param>
    /// <param name="required">Columns that must be there; others are kept and may be asked for.</param>
    /// <param name="faults">Takes every fault of the file.</param>
    public static CsvTable? Parse(string file, string text, ReadOnlySpan<string> required, FaultList faults)
    {
        var before = faults.Count;
        var table = Split(file, text, required.IsEmpty ? [] : [required.ToArray()], faults);
        table?.Require(required);
        return faults.Count == before ? table : null;
    }

    /// <summary>Splits the text into rows of as many cells; null with a fault where it has no header or another layout.</summary>
    /// <param name="file">Name for faults.</param>
    /// <param name="text">The decoded file.</param>
    /// <param name="forms">The columns of each form that the file may have, by which a table of another layout is recognised.</param>
    /// <param name="faults">
    /// Takes the faults of quotes, repeated columns and row lengths, with which a table is returned all the same.
    /// </param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    public static CsvTable? Split(string file, string text, IReadOnlyList<string[]> forms,
        FaultList faults, CancellationToken cancellation = default)
    {
        var before = faults.Count;
        var layout = new CsvLayout(file, forms);
        if (layout.ExamineFirstLine(text) is { } strange)
        {
            faults.Add(strange);
            return null;
        }

        return Of(file, Records(file, text, faults, cancellation), layout, faults, before);
    }

    /// <summary>Likewise, of a table that is in records already.</summary>
    public static CsvTable? Of(string file, List<CsvRecord> records, IReadOnlyList<string[]> forms, FaultList faults) =>
        Of(file, records, new(file, forms), faults, faults.Count);

    private static CsvTable? Of(string file, List<CsvRecord> records, CsvLayout layout, FaultList faults, int before)
    {
        while (records.Count > 0 && records[^1].Cells.All(cell => cell.Length == 0)) records.RemoveAt(records.Count - 1);
        if (records.Count == 0)
        {
            if (faults.Count == before) faults.Add(new(file, "", "an empty file", "a header row and data rows", "Write the table."));
            return null;
        }

        if (layout.Examine(records) is { } exchanged)
        {
            faults.Add(exchanged);
            return null;
        }

        var table = new CsvTable(file, records[0], faults);
        table.ReadHeader();
        if (records.Count == 1) faults.Add(new(file, "", "a header row without data rows", "at least one data row", "Write the rows."));
        foreach (var (line, cells, origins) in records.Skip(1))
        {
            if (cells.Length == table.Header.Count) table.Rows.Add(new CsvRow(table, line, cells, origins));
            else
                faults.Add(file, $"{cells.Length} cells", "more line", () => new(file, $"line {line}", Wording.Count(cells.Length, "cell"),
                    $"{Wording.Count(table.Header.Count, "cell")}, as in the header",
                    "Quote a cell that holds a comma; numbers take no thousands separators."));
        }

        return table;
    }

    /// <summary>
    /// Says that two columns are exchanged, in the place of every fault of the file: hardly a row of one holds what it is to hold, and
    /// each row of the other does.
    /// </summary>
    /// <param name="column">The column that does not hold what it is to hold.</param>
    /// <param name="isRight">Whether a cell could stand in the column.</param>
    /// <param name="isWrong">Whether a cell is something else, rather than written in another way.</param>
    /// <param name="what">What it is to hold: "years".</param>
    public bool ExplainExchange(string column, Func<string, bool> isRight, Func<string, bool> isWrong, string what)
    {
        if (_exchanged.TryGetValue(column, out var known))
        {
            if (known) Faults.AddExplained();
            return known;
        }

        var index = IndexOf(column);
        // An amount may look like a year by chance.
        if (index < 0 || Rows.Count < 2 || Rows.Count(row => !isWrong(row.Text(index))) > Rows.Count / 10)
            return _exchanged[column] = false;
        // Years are numbers too, and codes may be: a column of the same form as its own name is in its place.
        var other = Header.Where((name, c) => name.Length > 0 && name != "code" && c != index
            && Rows.TrueForAll(row => isRight(row.Text(c))))
            .OrderBy(name => name == "year").FirstOrDefault();
        if (other is null) return _exchanged[column] = false;
        Faults.AddInstead(new(File, $"columns {CsvRow.Shorten(column)} and {CsvRow.Shorten(other)}",
            $"{what} in every row of {CsvRow.Shorten(other)} and hardly any of {CsvRow.Shorten(column)}", $"{what} in {column}",
            "The two columns are exchanged: exchange them, or their names in the header."));
        return _exchanged[column] = true;
    }

    private void ReadHeader()
    {
        for (var i = 0; i < Header.Count; i++)
            // A spreadsheet leaves unnamed columns behind; they are never asked for.
            if (Header[i].Length > 0 && !_columns.TryAdd(Header[i], i))
                Faults.Add(File, "a column twice", "more column", () => new(File, HeaderPlace,
                    $"column {CsvRow.Shorten(Header[i])} for the second time", "every column once", "Remove or rename one of the two."));
    }

    /// <summary>Whether the columns are there; a fault names those that are not.</summary>
    public bool Require(ReadOnlySpan<string> required)
    {
        string[] all = required.ToArray();
        _asked.UnionWith(all);
        var missing = Array.FindAll(all, column => !_columns.ContainsKey(column));
        if (missing.Length == 0) return true;
        // A column of the file that nothing asks for may be the one that is missing, by another name.
        string[] free = [.. _columns.Keys.Except(all)];
        var renamed = missing.Select(column => (Column: column, Found: Suggestion.Nearest(column, free))).Where(r => r.Found is not null)
            .Select(r => $"rename {r.Found} to {r.Column}").ToArray();
        Faults.Add(new(File, HeaderPlace, $"no column {string.Join(", ", missing)}", $"the columns {string.Join(",", all)}",
            renamed.Length == 0
                ? "Add what is missing, or mend its name; names of columns are case-sensitive."
                : $"{char.ToUpperInvariant(renamed[0][0])}{string.Join(", ", renamed)[1..]}."));
        return false;
    }

    /// <summary>The lines of a text as split, with faults of its quotes added.</summary>
    public static List<CsvRecord> Records(string file, string text, FaultList faults, CancellationToken cancellation)
    {
        var records = new List<CsvRecord>();
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
        using var parser = new CsvParser(new LineLimitReader(new StringReader(text)), configuration);
        var line = 1;
        var (count, most) = (0L, InputLimits.TextCells(StudyLimits.Memory));
        while (Next(file, parser, faults))
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = parser.Record!;
            count += cells.Length;
            if (count > most)
            {
                faults.Add(StudyLimits.TextCells(file, $"line {line}", count, StudyLimits.Memory)!);
                return [];
            }

            if (bad is not null)
            {
                var open = bad.TrimStart().StartsWith('"');
                var at = line;
                faults.Add(file, open ? "open" : "inside", "more line", () => new(file, $"line {at}",
                    open ? "a quotation mark that is not closed" : "a quotation mark inside a cell that is not quoted",
                    "a quoted cell opened and closed by \", quotation marks inside it doubled",
                    "Close, double or remove the quotation mark."));
                bad = null;
                // What follows an open quotation mark is one cell to the parser; faults in it would mislead.
                if (open) break;
            }
            else
            {
                records.Add(new(line, Array.ConvertAll(cells, SpreadsheetCell.Restore)));
            }

            line = parser.RawRow + 1;
        }

        return records;
    }

    // False at the end, or where a line is longer than what is read, with its fault.
    private static bool Next(string file, CsvParser parser, FaultList faults)
    {
        try
        {
            return parser.Read();
        }
        catch (LineLimitException exception)
        {
            faults.Add(exception.Of(file));
            return false;
        }
    }
}

/// <summary>One row of a <see cref="CsvTable"/>. A cell that cannot be read adds its fault to the table's list.</summary>
internal sealed class CsvRow(CsvTable table, int line, string[] cells, CellAddress[]? origins = null)
{
    private const int ShownLength = 60;

    public string File => table.File;

    /// <summary>The table that it is a row of.</summary>
    public CsvTable Table => table;

    public int Line => line;

    /// <summary>The trimmed cells in the order of the header.</summary>
    public IReadOnlyList<string> Cells => cells;

    /// <summary>What the row is about ("sector 007"), for the place of its faults.</summary>
    public string Label { get; set; } = "";

    /// <summary>Sets <see cref="Label"/> to words with what they name; an empty cell names nothing.</summary>
    public void Name(params IEnumerable<(string Word, string Named)> parts) =>
        Label = string.Join(", ", parts.Where(part => part.Named.Length > 0).Select(part => $"{part.Word} {part.Named}"));

    /// <summary>The trimmed cell; empty where the file has no such column.</summary>
    public string Text(string column)
    {
        var index = table.IndexOf(column);
        return index < 0 ? "" : cells[index];
    }

    public string Text(int column) => cells[column];

    /// <summary>Where the row stands among the file's others, behind "the first is": "on line 3".</summary>
    public string On => table.On(line);

    public string Place(string column) => $"{Cell(column)}, column {Shorten(column)}{(Label.Length == 0 ? "" : $" ({Shorten(Label)})")}";

    /// <summary>The cell of a sheet that a column of the row stands in, or the row's line.</summary>
    public string Cell(string column) => origins is not null && table.IndexOf(column) is >= 0 and var index
        ? $"cell {origins[index]}"
        : CsvRecord.PlaceOf(line, origins is not null);

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
        if (IsYear(text)) return int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        const string expected = "a year of four digits";
        if (table.ExplainExchange(column, IsLikelyYear,
            cell => !IsLikelyYear(cell) && (CellText.Year(cell) is null || CsvNumber.Parse(cell) is not null), "years"))
            return null;
        if (CellText.Year(text) is { } meant)
            table.Faults.Add(File, $"year in {column}", "more cell",
                () => new(File, Place(column), Quote(text), expected, $"Write {meant}."));
        else
            Fault(column, expected, "Write the year, such as 2017.", "no year");
        return null;
    }

    private static bool IsLikelyYear(string cell) => IsYear(cell) && cell[0] is '1' or '2';

    private static bool IsYear(string cell) => cell.Length == 4 && cell.All(char.IsAsciiDigit);

    /// <summary>Adds a fault about a cell; the cell is what was found.</summary>
    public void Fault(string column, string expected, string remedy) =>
        table.Faults.Add(new(File, Place(column), Quote(Text(column)), expected, remedy));

    /// <summary>Adds a fault whose cause may show in many rows: it is said once, with the number of cells.</summary>
    public void Fault(string column, string expected, string remedy, string cause) =>
        table.Faults.Add(File, $"{cause} in {column}", "more cell", () => new(File, Place(column), Quote(Text(column)), expected, remedy));

    /// <summary>A cell as a fault shows it.</summary>
    public static string Quote(string cell) => cell.Length == 0 ? "an empty cell" : $"\"{Shorten(cell)}\"";

    /// <summary>The beginning of a text that is too long for a line.</summary>
    public static string Shorten(string text) => text.Length > ShownLength ? text[..ShownLength] + "…" : text;

    private double? Number(string cell, string column, string expected)
    {
        if (CsvNumber.Parse(cell) is { } value)
        {
            if (StudyLimits.IsUsable(value)) return value;
            table.Faults.Add(File, "a magnitude", "more cell", () => new(File, Place(column), Quote(cell),
                $"{expected}: 0, or between 1e-100 and 1e100 in magnitude",
                "Write the number in a unit in which it is no larger, or 0 where it is rounding."));
            return null;
        }

        if (table.ExplainExchange(column, c => CsvNumber.Parse(c) is not null, NumberSlip.IsText, "numbers")) return null;
        var slip = NumberSlip.Of(cell);
        if (slip.Cause.Length == 0) table.Faults.Add(new(File, Place(column), slip.Found, expected, slip.Remedy));
        else table.Faults.Add(File, slip.Cause, "more cell", () => new(File, Place(column), slip.Found, expected, slip.Remedy));
        return null;
    }
}
