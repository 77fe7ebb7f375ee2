namespace IIKernel.Studies.Reading;

/// <summary>The codes of one file in file order, with the hint that an unknown code deserves.</summary>
/// <param name="file">The file that defines the codes.</param>
internal sealed class CodeList(string file)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _codes = [];

    public string File => file;

    public int Count => _codes.Count;

    public IReadOnlyList<string> Codes => _codes;

    /// <summary>Adds the code of a row; a missing or repeated code is a fault.</summary>
    public bool Add(CsvRow row, string column, List<StudyFault> faults)
    {
        var code = row.Text(column);
        if (code.Length == 0)
        {
            faults.Add(new(file, row.Place(column), "an empty cell", "a code", "Write the code of this row."));
            return false;
        }

        if (_index.TryGetValue(code, out var first))
        {
            faults.Add(new(file, row.Place(column), $"code {code} for the second time", "every code once", $"It is already item {first + 1} of the file: remove one of the two rows."));
            return false;
        }

        _index.Add(code, _codes.Count);
        _codes.Add(code);
        return true;
    }

    public bool TryFind(string code, out int index) => _index.TryGetValue(code, out index);

    /// <summary>Index of the code in a cell, or −1 with a fault added.</summary>
    public int Find(CsvRow row, string column, List<StudyFault> faults)
    {
        var code = row.Text(column);
        if (_index.TryGetValue(code, out var index)) return index;
        faults.Add(new(row.File, row.Place(column), CsvRow.Quote(code), $"a code of {file}", Remedy(code, _codes, $"Use a code of {file}, or add this one there.")));
        return -1;
    }

    /// <summary>The remedy for an unknown word: the nearest known one where that is near, else the general advice.</summary>
    public static string Remedy(string word, IReadOnlyList<string> known, string otherwise)
    {
        if (word.Length == 0) return otherwise;
        // Spreadsheets drop leading zeros of codes.
        var bare = word.TrimStart('0');
        foreach (var code in known)
            if (bare.Length > 0 && code.TrimStart('0') == bare)
                return $"Did you mean {code}? Codes are text and keep their leading zeros.";
        var best = known.Select(code => (Code: code, Distance: Distance(word, code))).DefaultIfEmpty((Code: "", Distance: int.MaxValue)).MinBy(x => x.Distance);
        return best.Distance <= Math.Max(1, word.Length / 3) && best.Distance < word.Length
            ? $"Did you mean {best.Code}? {otherwise}"
            : otherwise;
    }

    // Levenshtein's edit distance, letter case aside.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}
