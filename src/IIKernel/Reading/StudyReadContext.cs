using System.Security.Cryptography;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>What all readers of one study share: its files, and what was noticed in them.</summary>
/// <param name="files">The files.</param>
/// <param name="lone">What a file that no study names must be, such as "a concordance"; null where study.json names the files.</param>
/// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
internal sealed class StudyReadContext(IStudyFiles files, string? lone = null, CancellationToken cancellation = default)
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CsvTable?> _tables = new(StringComparer.Ordinal);

    /// <summary>Ends the reading with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation => cancellation;

    public FaultList Faults { get; } = new();

    /// <summary>The study's own file, for faults of its keys.</summary>
    public string DefinitionPath => files.DefinitionPath;

    /// <summary>Where the study is, for its results.</summary>
    public string Origin => files.Origin;

    public List<Warning> Warnings { get; } = [];

    /// <summary>Every file read so far, once, in reading order.</summary>
    public List<FileFingerprint> Inputs { get; } = [];

    /// <summary>The text of a file, or null with a fault added.</summary>
    /// <param name="path">Path as study.json writes it.</param>
    public string? Text(string path)
    {
        path = path.Replace('\\', '/');
        if (_texts.TryGetValue(path, out var known)) return known;
        return _texts[path] = Load(path);
    }

    /// <summary>The rows of a CSV file, or null with faults added (file, text, header or shape).</summary>
    public CsvTable? Csv(string path, params ReadOnlySpan<string> required) =>
        Table(path, required, required.IsEmpty ? [] : [required.ToArray()]);

    /// <summary>The rows of a CSV file that has one of several forms, or null with faults added.</summary>
    public CsvTable? CsvOf(string path, params string[][] forms) => Table(path, [], forms);

    /// <summary>
    /// Warns of columns that nothing asked for and that nearly have the name of one that was; called when all has been read.
    /// </summary>
    public void NoteMisspeltColumns()
    {
        foreach (var table in _tables.Values.OfType<CsvTable>())
            foreach (var (found, meant) in table.Misspelt())
                Warnings.Add(new ColumnNotReadWarning(table.File, CsvRow.Shorten(found), meant));
    }

    // A file that several coefficients name is read once, and its faults are said once.
    private CsvTable? Table(string path, ReadOnlySpan<string> required, string[][] forms)
    {
        path = path.Replace('\\', '/');
        if (!_tables.TryGetValue(path, out var table))
        {
            var before = Faults.Count;
            table = Text(path) is { } text ? CsvTable.Split(path, text, forms, Faults, cancellation) : null;
            _tables.Add(path, table);
            if (Faults.Count == before) return table is not null && table.Require(required) ? table : null;
            // Columns that are missing are named beside faulty rows, but a file with faulty rows is not read again.
            table?.Require(required);
            return _tables[path] = null;
        }

        return table is not null && table.Require(required) ? table : null;
    }

    private string? Load(string path)
    {
        if (lone is null && (path.StartsWith('/') || (path.Length > 1 && path[1] == ':')))
        {
            Faults.Add(new(path, "", "an absolute path", "a path relative to study.json",
                "Move the file beside study.json and name it there."));
            return null;
        }

        byte[]? bytes;
        try
        {
            bytes = files.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Faults.Add(new(path, "", $"a file that cannot be read ({e.Message})", "a readable file",
                "Check the path and the permissions."));
            return null;
        }

        if (bytes is null)
        {
            Faults.Add(lone is not null ? new(path, "", "no such file", lone, "Check the path.") : path == files.DefinitionPath
                ? new(path, "", $"no file {files.Origin}", "a study's folder or the path of its study.json", "Check the path.")
                : new(path, "", "no such file", $"the file that {files.DefinitionPath} names",
                    "Put the file there, or mend its name; paths are relative to study.json."));
            return null;
        }

        Inputs.Add(new(path, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return TextDecoder.Decode(path, bytes, Faults, Warnings);
    }
}
