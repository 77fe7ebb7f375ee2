using System.Security.Cryptography;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Reading;

/// <summary>What all readers of one study share: its files, and what was noticed in them.</summary>
/// <param name="files">The files.</param>
/// <param name="lone">What a file that no study names must be, such as "a concordance"; null where study.json names the files.</param>
/// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
internal sealed class StudyReadContext(IStudyFiles files, string? lone = null, CancellationToken cancellation = default)
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CsvTable?> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Workbook?> _workbooks = new(StringComparer.Ordinal);

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

    /// <summary>The sheets of a workbook, or null with a fault added.</summary>
    /// <param name="path">Path as study.json writes it, without what names a sheet.</param>
    public Workbook? Workbook(string path)
    {
        path = path.Replace('\\', '/');
        if (_workbooks.TryGetValue(path, out var known)) return known;
        return _workbooks[path] = Bytes(path) is { } bytes ? Sheets(path, bytes) : null;
    }

    /// <summary>Gives a path a table that was made otherwise than by reading a file.</summary>
    public void Put(string path, CsvTable table) => _tables[path] = table;

    /// <summary>The rows of a CSV file or of a sheet, or null with faults added (file, text, header or shape).</summary>
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
            table = SheetReference.Of(path) is { } sheet ? SheetTable.Read(this, sheet, forms)
                : Text(path) is { } text ? CsvTable.Split(path, text, forms, Faults, cancellation) : null;
            _tables.Add(path, table);
            if (Faults.Count == before) return table is not null && table.Require(required) ? table : null;
            // Columns that are missing are named beside faulty rows, but a file with faulty rows is not read again.
            table?.Require(required);
            return _tables[path] = null;
        }

        return table is not null && table.Require(required) ? table : null;
    }

    private string? Load(string path) => Bytes(path) is { } bytes ? TextDecoder.Decode(path, bytes, Faults, Warnings) : null;

    private Workbook? Sheets(string path, byte[] bytes)
    {
        if (!WorkbookReader.IsContainer(bytes) || FileKind.Of(bytes) is { IsWorkbook: false })
        {
            var kind = FileKind.Of(bytes);
            Faults.Add(new(path, "", kind?.Name ?? "a file that is no workbook", WorkbookReader.Expected,
                kind is null ? "Check the path, or save the table as a workbook." : kind.Remedy));
            return null;
        }

        try
        {
            return WorkbookReader.Read(path, bytes, cancellation);
        }
        catch (StudyException exception)
        {
            foreach (var fault in exception.Faults) Faults.Add(fault);
            return null;
        }
    }

    private byte[]? Bytes(string path)
    {
        byte[]? bytes;
        try
        {
            bytes = files.Read(path);
        }
        catch (InputFileException exception)
        {
            Faults.Add(exception.Of(path));
            return null;
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
        return bytes;
    }
}
