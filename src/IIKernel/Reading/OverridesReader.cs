using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>A value of study.json that a row replaces.</summary>
public sealed class StudyOverride
{
    internal StudyOverride(string path, string text, string place, KeyPath key, JsonNode? value) =>
        (Path, Text, Place, Key, Value) = (path, text, place, key, value);

    /// <summary>The key with those around it: "sampling.level".</summary>
    public string Path { get; }

    /// <summary>The cell.</summary>
    public string Text { get; }

    /// <summary>Where the cell stands, for faults: "line 3, column sampling.level".</summary>
    internal string Place { get; }

    /// <summary>The path, read.</summary>
    internal KeyPath Key { get; }

    /// <summary>What takes the place; null where the key is taken away.</summary>
    internal JsonNode? Value { get; }
}

/// <summary>A row of a file of overrides: a study.</summary>
/// <param name="Name">Its name, or its number.</param>
/// <param name="Place">Where it stands: "line 3".</param>
/// <param name="Values">What it replaces, in the order of the columns.</param>
public sealed record OverrideRow(string Name, string Place, IReadOnlyList<StudyOverride> Values)
{
    /// <summary>study.json with the values of the row.</summary>
    /// <param name="definition">study.json, which is not changed.</param>
    internal JsonNode Apply(JsonNode definition)
    {
        var patched = definition.DeepClone();
        foreach (var value in Values) value.Key.Set(patched, value.Value);
        return patched;
    }
}

/// <summary>A file of overrides, read.</summary>
/// <param name="File">The file, as it was named, with its SHA-256.</param>
/// <param name="IsOfStudy">Whether it lies among the study's files and not where the path leads.</param>
/// <param name="Paths">The columns: keys of study.json with those around them.</param>
/// <param name="Rows">The rows.</param>
public sealed record StudyOverrides(FileFingerprint File, bool IsOfStudy, IReadOnlyList<string> Paths, IReadOnlyList<OverrideRow> Rows);

/// <summary>
/// Reads a file of overrides: a table with a column for each key of study.json that is replaced, and a study a row. A cell is a number,
/// true, false, null (the key is taken away), a JSON text, or else a word; an empty one leaves the key as it is. A column <c>name</c> names
/// the rows. Values are replaced from left to right.
/// </summary>
public static class OverridesReader
{
    /// <summary>The column of names.</summary>
    public const string NameColumn = "name";

    /// <summary>The most rows of a file: each is a study.</summary>
    public const int MostRows = 10_000;

    // As deep as study.json, and no key twice.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, or that of a file of the study.</param>
    /// <param name="study">The study's files; the study itself is sound.</param>
    /// <exception cref="StudyException">The file is faulty; carries every fault found.</exception>
    public static StudyOverrides Read(string path, IStudyFiles study)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(study);
        var definition = StudyFile.Definition(study);
        var file = new LoneFile(path, study);
        var context = new StudyReadContext(file, "a table of overrides, there or beside study.json");
        var table = context.Csv(path);
        var (columns, rows) = table is null ? ([], []) : Rows(table, definition);
        return context.Faults.Count > 0 ? throw new StudyException(context.Faults.ToFaults())
            : new(context.Inputs[0], file.IsOfStudy, [.. columns.Select(c => c.Path)], rows);
    }

    private static (IReadOnlyList<(string Path, KeyPath Key)> Columns, IReadOnlyList<OverrideRow> Rows) Rows(
        CsvTable table, JsonNode definition)
    {
        var columns = Columns(table);
        if (table.Rows.Count > MostRows)
        {
            table.Faults.Add(new(table.File, "", Wording.Count(table.Rows.Count, "row"), $"at most {Wording.Count(MostRows, "row")}",
                "Divide the file: a sweep each."));
            return (columns, []);
        }

        var names = new Dictionary<string, CsvRow>(StringComparer.Ordinal);
        var rows = new List<OverrideRow>();
        foreach (var row in table.Rows)
        {
            var name = row.Text(NameColumn);
            if (name.Length == 0) name = CsvNumber.Print(rows.Count + 1);
            if (!names.TryAdd(name, row))
                row.Fault(NameColumn, $"a name once; the first is {names[name].On}", "Give the row another name.");
            var values = new List<StudyOverride>();
            var patched = definition.DeepClone();
            foreach (var (path, key) in columns)
            {
                if (row.Text(path) is not { Length: > 0 } cell) continue;
                if (!TryValue(cell, out var value))
                    row.Fault(path, "a JSON text, since it begins as one", "Mend its syntax, or quote it as a JSON string.");
                else if (key.Set(patched, value) is var (found, expected))
                    table.Faults.Add(new(table.File, row.Place(path), found, expected,
                        "Mend the name of the column, or leave the cell empty."));
                else
                    values.Add(new(path, cell, row.Place(path), key, value));
            }

            rows.Add(new(name, table.PlaceOf(row.Line), values));
        }

        return (columns, rows);
    }

    private static List<(string Path, KeyPath Key)> Columns(CsvTable table)
    {
        var columns = new List<(string, KeyPath)>();
        for (var c = 0; c < table.Header.Count; c++)
        {
            var path = table.Header[c];
            // A spreadsheet leaves unnamed columns behind.
            if (path.Length == 0 || path == NameColumn) continue;
            if (KeyPath.Parse(path) is { } key)
            {
                columns.Add((path, key));
                continue;
            }

            table.Faults.Add(new(table.File, table.HeaderCell(c), $"the column {CsvRow.Shorten(path)}", KeyPath.Form,
                "Mend its name, or remove the column."));
        }

        if (columns.Count == 0 && table.Faults.Count == 0)
        {
            table.Faults.Add(new(table.File, table.HeaderPlace, "no column of what is replaced", KeyPath.Form,
                "Add a column for each key that rows are to differ in."));
        }

        return columns;
    }

    private static bool TryValue(string cell, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(cell, documentOptions: Strict);
            return true;
        }
        catch (JsonException)
        {
            value = JsonValue.Create(cell);
            return cell[0] is not ('{' or '[' or '"');
        }
    }
}
