using System.Text;

namespace IIKernel.Reading;

/// <summary>Files that are no text table, by their first bytes.</summary>
internal static class FileKind
{
    private const string SaveAsCsv = "Open it in the spreadsheet and save the sheet as \"CSV UTF-8\".";
    private const string Unpack = "Unpack it and name the file inside.";
    private const string Extract = "Write its table to a CSV file in UTF-8.";

    private static readonly (byte[] Magic, string Name, string Remedy)[] Kinds =
    [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Excel workbook (.xls) or another old Office file", SaveAsCsv),
        ([.. "%PDF-"u8], "a PDF document", Extract),
        ([.. "{\\rtf"u8], "a document in rich text (.rtf)", Extract),
        ([0x1F, 0x8B], "a packed file (.gz)", Unpack),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a packed file (.7z)", Unpack),
        ([.. "Rar!"u8], "a packed file (.rar)", Unpack),
        ([0x28, 0xB5, 0x2F, 0xFD], "a packed file (.zst)", Unpack),
        ([.. "PAR1"u8], "a Parquet file", Extract),
        ([.. "SQLite format 3"u8], "a database (SQLite)", Extract),
        ([0x89, 0x50, 0x4E, 0x47], "a picture (.png)", Extract),
        ([0xFF, 0xD8, 0xFF], "a picture (.jpg)", Extract),
    ];

    /// <summary>The parts of a ZIP archive that tell what it is.</summary>
    private static readonly (byte[] Part, string Name, string Remedy)[] Archives =
    [
        ([.. "xl/"u8], "an Excel workbook (.xlsx)", SaveAsCsv),
        ([.. "opendocument.spreadsheet"u8], "an OpenDocument spreadsheet (.ods)", SaveAsCsv),
        ([.. "Index/"u8], "a Numbers spreadsheet", SaveAsCsv),
        ([.. "word/"u8], "a Word document (.docx)", Extract),
    ];

    private static readonly (string Start, string Name, string Remedy)[] Texts =
    [
        ("<!doctype", "a web page", "Download the file itself, or write its table to a CSV file in UTF-8."),
        ("<html", "a web page", "Download the file itself, or write its table to a CSV file in UTF-8."),
        ("<?xml", "an XML file", SaveAsCsv),
        ("version https://git-lfs", "the pointer of Git LFS to a file that is not here", "Fetch the file: git lfs pull."),
    ];

    /// <summary>What the file is, as a fault says it, and how it becomes a text table; null where it may be text.</summary>
    public static (string Name, string Remedy)? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (magic, name, remedy) in Kinds)
            if (bytes.StartsWith(magic)) return (name, remedy);
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            foreach (var (part, name, remedy) in Archives)
                if (bytes.IndexOf(part) >= 0) return (name, remedy);
            return ("a ZIP archive", Unpack);
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 64)]).Replace("ï»¿", "", StringComparison.Ordinal).TrimStart();
        foreach (var (text, name, remedy) in Texts)
            if (start.StartsWith(text, StringComparison.OrdinalIgnoreCase)) return (name, remedy);
        return null;
    }
}
