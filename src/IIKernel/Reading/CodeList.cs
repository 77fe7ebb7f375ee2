using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>The codes of one file in file order, with the hint that an unknown code deserves.</summary>
/// <param name="file">The file that defines the codes.</param>
internal sealed class CodeList(string file)
{
    private const int Several = -2;
    private static readonly string[] Names = ["name", "name_en"];
    private const string KeepText =
        "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8).";
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _codes = [];
    private readonly List<int> _lines = [];
    private Dictionary<string, int>? _alike;
    private Dictionary<string, string>? _names;
    private CsvTable? _table;

    public string File => file;

    public int Count => _codes.Count;

    public IReadOnlyList<string> Codes => _codes;

    /// <summary>The codes of a list that has been read before.</summary>
    /// <param name="name">What a fault calls the list.</param>
    /// <param name="codes">The codes, each once.</param>
    public static CodeList Of(string name, IEnumerable<string> codes)
    {
        var list = new CodeList(name);
        foreach (var code in codes)
        {
            list._index.Add(code, list._codes.Count);
            list._codes.Add(code);
        }

        return list;
    }

    /// <summary>
    /// Adds the code of a row; a missing or repeated code is a fault, and so is one that a spreadsheet has made a number.
    /// </summary>
    public bool Add(CsvRow row, string column, FaultList faults)
    {
        var code = row.Text(column);
        if (code.Length == 0)
        {
            faults.Add(file, $"no code in {column}", "more cell", () =>
                new(file, row.Place(column), "an empty cell", "a code",
                "Write the code of this row; remove a row of units, remarks or totals."));
            return false;
        }

        if (CellText.SpreadsheetForm(code) is var (form, lost))
        {
            faults.Add(file, $"spreadsheet in {column}", "more cell", () => new(file, row.Place(column),
                $"{CsvRow.Quote(code)}, {form}", "a code as text", $"{KeepText} {lost}"));
            return false;
        }

        if (_index.TryGetValue(code, out var first))
        {
            faults.Add(new(file, row.Place(column), $"code {CsvRow.Shorten(code)} for the second time",
                $"every code once; the first is {row.Table.On(_lines[first])}", "Remove one of the two rows."));
            return false;
        }

        _index.Add(code, _codes.Count);
        _codes.Add(code);
        _lines.Add(row.Line);
        _table = row.Table;
        return true;
    }

    public bool TryFind(string code, out int index) => _index.TryGetValue(code, out index);

    /// <summary>Index of the code in a cell, or −1 with a fault added.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="faults">Takes the fault.</param>
    /// <param name="otherwise">What else may be the matter there with a code that is not known; a sentence.</param>
    public int Find(CsvRow row, string column, FaultList faults, string otherwise = "")
    {
        if (_index.TryGetValue(row.Text(column), out var index)) return index;
        return row.Table.ExplainExchange(column, IsCode, cell => !IsCode(cell) && Alike(cell) < 0, $"codes of {file}") ? -1
            : Find(row.Text(column), row.File, column, () => row.Place(column), faults, otherwise);

        bool IsCode(string cell) => _index.ContainsKey(cell);
    }

    /// <summary>
    /// Index of a code, or −1 with a fault added. A code that is written otherwise than in its list (zeros, case, white space) is a fault
    /// of the whole column and is found all the same, so that nothing else is said about it.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="inFile">The file that uses it.</param>
    /// <param name="column">Its column there, or what stands for it.</param>
    /// <param name="place">Its place there.</param>
    /// <param name="faults">Takes the fault.</param>
    /// <param name="otherwise">What else may be the matter there with a code that is not known; a sentence.</param>
    public int Find(string code, string inFile, string column, Func<string> place, FaultList faults, string otherwise = "")
    {
        if (_index.TryGetValue(code, out var index)) return index;
        var expected = $"a code of {file}";
        index = Alike(code);
        if (index >= 0)
        {
            var (cause, found, remedy) = Difference(code, _codes[index]);
            faults.Add(inFile, $"{cause} in {column}", "more cell", () => new(inFile, place(), found, expected, remedy));
            return index;
        }

        if (code.Length == 0)
        {
            faults.Add(inFile, $"no code in {column}", "more cell", () => new(inFile, place(), CsvRow.Quote(code), expected,
                "Write the code; of merged cells a spreadsheet saves the first alone, so that the others are empty."));
            return -1;
        }

        if (NameColumn(code) is { } name)
        {
            faults.Add(inFile, $"{name} in {column}", "more cell", () => new(inFile, place(),
                $"{CsvRow.Quote(code)}, which stands in column {name} of {file}", expected,
                $"Write the codes of {file} here; where its columns code and {name} are exchanged, mend that."));
            return -1;
        }

        faults.Add(inFile, $"code {code} in {column}", "more cell", () => CellText.SpreadsheetForm(code) is var (form, lost)
            ? new(inFile, place(), $"{CsvRow.Quote(code)}, {form}", expected, $"{KeepText} {lost}")
            : new(inFile, place(), CsvRow.Quote(code), expected,
                Suggestion.Remedy(code, _codes, $"Use a code of {file}, or add this one there. {otherwise}".TrimEnd())));
        return -1;
    }

    // The column of the list's own file that a word stands in as the name of something; null where it stands in none.
    private string? NameColumn(string word)
    {
        if (word.Length == 0 || _table is null) return null;
        if (_names is null)
        {
            _names = new(StringComparer.Ordinal);
            foreach (var column in Names.Where(_table.Header.Contains))
                foreach (var row in _table.Rows) _names.TryAdd(row.Text(column), column);
        }

        return _names.GetValueOrDefault(word);
    }

    // Index of the one code that differs from a word in its writing alone.
    private int Alike(string word)
    {
        if (word.Length is 0 or > InputLimits.ComparedName) return -1;
        if (_alike is null)
        {
            _alike = new(StringComparer.Ordinal);
            for (var i = 0; i < _codes.Count; i++)
                if (_codes[i].Length <= InputLimits.ComparedName && !_alike.TryAdd(Bare(_codes[i]), i))
                    _alike[Bare(_codes[i])] = Several;
        }

        return _alike.GetValueOrDefault(Bare(word), -1);
    }

    // A code without what spreadsheets and typing change: white space, width, case, leading zeros, ".0", the form of a number.
    private static string Bare(string code)
    {
        var bare = new string([.. CellText.Plain(code, []).Where(c => !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant)]);
        if (CellText.IsSpreadsheetNumber(bare, out var digits)) bare = digits;
        if (bare.EndsWith(".0", StringComparison.Ordinal)) bare = bare[..^2];
        return bare.TrimStart('0') is { Length: > 0 } rest ? rest : "0";
    }

    private (string Cause, string Found, string Remedy) Difference(string word, string code)
    {
        var (quoted, mine) = (CsvRow.Quote(word), CsvRow.Shorten(code));
        if (word.TrimStart('0') == code.TrimStart('0'))
        {
            return word.Length < code.Length
                ? ("zeros", $"{quoted}, {mine} without its leading zeros", KeepText)
                : ("zeros", $"{quoted}, which {file} writes {mine}, without its leading zeros", $"Mend {file}. {KeepText}");
        }

        if (CellText.IsSpreadsheetNumber(word, out _) || word.EndsWith(".0", StringComparison.Ordinal))
            return ("number", $"{quoted}, a spreadsheet's form of {mine}", KeepText);
        return word.Equals(code, StringComparison.OrdinalIgnoreCase)
            ? ("case", $"{quoted}, which {file} writes {mine}", $"Did you mean {mine}? Capital and small letters differ.")
            : ("writing", $"{quoted}, which {file} writes {mine}",
                $"Did you mean {mine}? White space, zeros and full-width characters count in codes.");
    }
}
