using System.IO.Compression;
using System.Xml;

namespace IIKernel.Workbooks;

/// <summary>
/// Cells of an .xlsx file that show an error, and formulas whose value was not saved: the reader of workbooks gives both as empty cells,
/// which would be said to be missing.
/// </summary>
internal sealed class FormulaErrors
{
    private const string Folder = "xl/";
    private readonly Dictionary<string, Dictionary<(int Row, int Column), string>> _sheets = new(StringComparer.Ordinal);

    private FormulaErrors()
    {
    }

    /// <summary>The error of a cell, such as "#DIV/0!", or the formula without a value; null where it has neither.</summary>
    public string? At(string sheet, int row, int column) =>
        _sheets.TryGetValue(sheet, out var cells) && cells.TryGetValue((row, column), out var text) ? text : null;

    /// <summary>The errors of a file; none where it is no .xlsx.</summary>
    public static FormulaErrors Find(byte[] bytes)
    {
        var errors = new FormulaErrors();
        if (!bytes.AsSpan().StartsWith("PK"u8)) return errors;
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (archive.GetEntry($"{Folder}workbook.xml") is not { } workbook) return errors;
        var parts = Parts(archive);
        using var reader = Open(workbook);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "sheet") continue;
            var (name, id) = (reader.GetAttribute("name"), Attribute(reader, "id"));
            if (name is null || id is null || !parts.TryGetValue(id, out var part) || archive.GetEntry(part) is not { } sheet) continue;
            errors._sheets[name] = Cells(sheet);
        }

        return errors;
    }

    // Where the parts of the workbook lie in the archive, by the ids of their relations.
    private static Dictionary<string, string> Parts(ZipArchive archive)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (archive.GetEntry($"{Folder}_rels/workbook.xml.rels") is not { } relations) return parts;
        using var reader = Open(relations);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target)
                parts[id] = target.StartsWith('/') ? target[1..] : Folder + target;
        }

        return parts;
    }

    private static Dictionary<(int Row, int Column), string> Cells(ZipArchiveEntry sheet)
    {
        var found = new Dictionary<(int, int), string>();
        using var reader = Open(sheet);
        var (row, column) = (0, 0);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "row")
                (row, column) = (int.TryParse(reader.GetAttribute("r"), out var number) ? number : row + 1, 0);
            if (reader.LocalName != "c") continue;
            // Addresses may be left out: cells then follow each other.
            if (CellAddress.TryParse(reader.GetAttribute("r"), out var at)) (row, column) = (at.Row, at.Column);
            else column++;
            var type = reader.GetAttribute("t");
            var (formula, value) = Content(reader);
            if (type == "e") found[(row, column)] = string.IsNullOrEmpty(value) ? "#VALUE!" : value;
            // A formula may give an empty text.
            else if (formula is not null && string.IsNullOrEmpty(value) && type != "str") found[(row, column)] = "=" + formula;
        }

        return found;
    }

    // The formula and the value of the cell that the reader stands at; it is left at the cell's end.
    private static (string? Formula, string? Value) Content(XmlReader reader)
    {
        (string? formula, string? value) = (null, null);
        if (reader.IsEmptyElement) return (null, null);
        var depth = reader.Depth;
        var part = "";
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                part = reader.LocalName;
                if (part == "f") formula ??= "";
                if (part is "is") value = "";
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                if (part == "f") formula += reader.Value;
                else if (part == "v") value += reader.Value;
            }
        }

        return (formula, value);
    }

    private static string? Attribute(XmlReader reader, string local)
    {
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            reader.MoveToAttribute(i);
            if (reader.LocalName != local || reader.Prefix.Length == 0) continue;
            var value = reader.Value;
            reader.MoveToElement();
            return value;
        }

        reader.MoveToElement();
        return null;
    }

    // A document type could name files of this machine, or grow without end.
    private static XmlReader Open(ZipArchiveEntry entry) => XmlReader.Create(entry.Open(),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CloseInput = true, IgnoreComments = true });
}
