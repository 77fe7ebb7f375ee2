using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace IIKernel.Tests;

/// <summary>A cell as LibreOffice tells it.</summary>
/// <param name="Type">"string", "float", "boolean" or another type; empty for an empty cell.</param>
/// <param name="Content">Its text, or its number.</param>
/// <param name="IsFormula">Whether it is computed.</param>
internal sealed record OfficeCell(string Type, string Content, bool IsFormula);

/// <summary>The sheets of a workbook as LibreOffice reads it.</summary>
/// <param name="Sheets">The rows of each sheet up to the last that is not empty.</param>
internal sealed record OfficeDocument(IReadOnlyList<IReadOnlyList<OfficeCell>[]> Sheets)
{
    public IEnumerable<OfficeCell> Cells => Sheets.SelectMany(rows => rows.SelectMany(row => row));
}

/// <summary>LibreOffice without its windows, if the system has it.</summary>
internal static class LibreOffice
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "soffice", "libreoffice" }, Path.Combine).FirstOrDefault(File.Exists);

    /// <summary>Opens a file, and reads what it saves of it as flat XML, which tells texts, numbers and formulas apart.</summary>
    public static OfficeDocument Read(string file)
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-office-").FullName;
        try
        {
            var start = new ProcessStartInfo(Program!)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile")).AbsoluteUri}", "--headless", "--convert-to", "fods",
                    "--outdir", folder, file,
                },
            };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("LibreOffice did not end.");
            }

            var saved = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(file), "fods"));
            Assert.True(File.Exists(saved), $"{output.Result}{error.Result}");
            return new([.. XDocument.Load(saved).Descendants(Table + "table").Select(sheet => Rows(sheet).ToArray())]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Empty rows and cells to the ends of the sheet are told once, with their number.
    private static IEnumerable<IReadOnlyList<OfficeCell>> Rows(XElement sheet) => sheet.Descendants(Table + "table-row")
        .SelectMany(row => Cells(row) is { Count: > 0 } cells ? Enumerable.Repeat(cells, Times(row, "number-rows-repeated")) : []);

    private static IReadOnlyList<OfficeCell> Cells(XElement row)
    {
        var cells = row.Elements(Table + "table-cell").SelectMany(cell =>
            Enumerable.Repeat(Cell(cell), Math.Min(1000, Times(cell, "number-columns-repeated")))).ToList();
        cells.RemoveRange(cells.FindLastIndex(c => c.Type.Length > 0) + 1, cells.Count - cells.FindLastIndex(c => c.Type.Length > 0) - 1);
        return cells;
    }

    private static OfficeCell Cell(XElement cell)
    {
        var type = (string?)cell.Attribute(Office + "value-type") ?? "";
        return new(type, (string?)cell.Attribute(Office + "value") ?? string.Join('\n', cell.Elements(Text + "p").Select(p => p.Value)),
            cell.Attribute(Table + "formula") is not null);
    }

    private static int Times(XElement element, string attribute) =>
        int.Parse((string?)element.Attribute(Table + attribute) ?? "1", CultureInfo.InvariantCulture);
}
