using System.Text;

namespace IIKernel.Reading;

/// <summary>A file that is no text table.</summary>
/// <param name="Name">What it is, as a fault says it.</param>
/// <param name="Remedy">How it becomes a text table.</param>
/// <param name="IsWorkbook">Whether it is a workbook that can be read where one is named as such.</param>
internal sealed record FileKind(string Name, string Remedy, bool IsWorkbook = false)
{
    private const string SaveAsCsv = "Open it in the spreadsheet and save the sheet as \"CSV UTF-8\".";
    private const string Unpack = "Unpack it and name the file inside.";
    private const string Extract = "Write its table to a CSV file in UTF-8.";

    private static readonly (byte[] Magic, FileKind Kind)[] Kinds =
    [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            new("an Excel workbook (.xls) or another old Office file", SaveAsCsv, IsWorkbook: true)),
        ([.. "%PDF-"u8], new("a PDF document", Extract)),
        ([.. "{\\rtf"u8], new("a document in rich text (.rtf)", Extract)),
        ([0x1F, 0x8B], new("a packed file (.gz)", Unpack)),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], new("a packed file (.7z)", Unpack)),
        ([.. "Rar!"u8], new("a packed file (.rar)", Unpack)),
        ([0x28, 0xB5, 0x2F, 0xFD], new("a packed file (.zst)", Unpack)),
        ([.. "PAR1"u8], new("a Parquet file", Extract)),
        ([.. "SQLite format 3"u8], new("a database (SQLite)", Extract)),
        ([0x89, 0x50, 0x4E, 0x47], new("a picture (.png)", Extract)),
        ([0xFF, 0xD8, 0xFF], new("a picture (.jpg)", Extract)),
    ];

    /// <summary>The parts of a ZIP archive that tell what it is.</summary>
    private static readonly (byte[] Part, FileKind Kind)[] Archives =
    [
        ([.. "xl/"u8], new("an Excel workbook (.xlsx)", SaveAsCsv, IsWorkbook: true)),
        ([.. "opendocument.spreadsheet"u8], new("an OpenDocument spreadsheet (.ods)", SaveAsCsv)),
        ([.. "Index/"u8], new("a Numbers spreadsheet", SaveAsCsv)),
        ([.. "word/"u8], new("a Word document (.docx)", Extract)),
    ];

    private static readonly FileKind WebPage =
        new("a web page", "Download the file itself, or write its table to a CSV file in UTF-8.");

    private static readonly (string Start, FileKind Kind)[] Texts =
    [
        ("<!doctype", WebPage),
        ("<html", WebPage),
        ("<?xml", new("an XML file", SaveAsCsv)),
        ("version https://git-lfs", new("the pointer of Git LFS to a file that is not here", "Fetch the file: git lfs pull.")),
    ];

    /// <summary>What the file is; null where it may be text.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (magic, kind) in Kinds)
            if (bytes.StartsWith(magic)) return kind;
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            foreach (var (part, kind) in Archives)
                if (bytes.IndexOf(part) >= 0) return kind;
            return new("a ZIP archive", Unpack);
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 64)]).Replace("ï»¿", "", StringComparison.Ordinal).TrimStart();
        foreach (var (text, kind) in Texts)
            if (start.StartsWith(text, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }
}
