using System.IO.Compression;
using System.Xml.Linq;

namespace IIKernel.Tests;

/// <summary>A cell of a workbook as the file holds it.</summary>
/// <param name="Type">"inlineStr", "b", or "n" for a number.</param>
/// <param name="Content">Its text, or its number as written; empty for an empty cell.</param>
/// <param name="Format">The code of its number format; empty for the general one.</param>
internal sealed record WorkbookCell(string Type, string Content, string Format);

/// <summary>Reads the parts of a workbook by their standard (ECMA-376), by other code than wrote it.</summary>
internal sealed class WorkbookReader
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly Dictionary<string, XDocument> _parts = [];

    public WorkbookReader(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            _parts.Add(entry.FullName, XDocument.Load(part));
        }

        Written = [.. archive.Entries.Select(e => e.LastWriteTime.DateTime).Distinct()];
        string[] formats = [.. Styles().Select(FormatOf)];
        var targets = _parts["xl/_rels/workbook.xml.rels"].Root!.Elements()
            .ToDictionary(r => r.Attribute("Id")!.Value, r => r.Attribute("Target")!.Value.TrimStart('/'));
        foreach (var sheet in _parts["xl/workbook.xml"].Descendants(Main + "sheet"))
        {
            var part = targets[sheet.Attribute(Related + "id")!.Value];
            var document = _parts[part.StartsWith("xl/", StringComparison.Ordinal) ? part : "xl/" + part];
            var name = sheet.Attribute("name")!.Value;
            Documents.Add(name, document);
            Sheets.Add((name,
                [.. document.Descendants(Main + "row").Select(r => (IReadOnlyList<WorkbookCell>)
                    [.. r.Elements(Main + "c").Select(c => Cell(c, formats))])]));
        }
    }

    /// <summary>Names and rows of the sheets, in their order.</summary>
    public List<(string Name, IReadOnlyList<WorkbookCell>[] Rows)> Sheets { get; } = [];

    /// <summary>The sheets as documents, by name.</summary>
    public Dictionary<string, XDocument> Documents { get; } = [];

    /// <summary>When the parts say that they were written.</summary>
    public IReadOnlyList<DateTime> Written { get; }

    /// <summary>Elements of a name in all parts.</summary>
    public IEnumerable<XElement> Elements(string name) => _parts.Values.SelectMany(p => p.Descendants(Main + name));

    private IEnumerable<XElement> Styles() => _parts["xl/styles.xml"].Descendants(Main + "cellXfs").Elements();

    private string FormatOf(XElement style)
    {
        var id = style.Attribute("numFmtId")!.Value;
        return id switch
        {
            "0" => "",
            "49" => "@",
            _ => _parts["xl/styles.xml"].Descendants(Main + "numFmt").FirstOrDefault(f => f.Attribute("numFmtId")!.Value == id)
                ?.Attribute("formatCode")!.Value ?? id,
        };
    }

    private static WorkbookCell Cell(XElement cell, string[] formats) => new(
        cell.Attribute("t")?.Value ?? "n", cell.Value, formats[(int?)cell.Attribute("s") ?? 0]);
}
