using System.Text;
using IIKernel.Studies;
using IIKernel.Workbooks;
using Xunit;

namespace IIKernel.Tests.Workbooks;

/// <summary>Files that are workbooks, and those that are none.</summary>
public sealed class WorkbookReaderTests : IDisposable
{
    private readonly StudyEditor _study = new();

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData("A1", 1, 1)]
    [InlineData("$B$7", 7, 2)]
    [InlineData("xfd1048576", 1048576, 16384)]
    public void Addresses_are_read(string text, int row, int column)
    {
        Assert.True(CellAddress.TryParse(text, out var address));
        Assert.Equal(new CellAddress(row, column), address);
        Assert.Equal(text.Replace("$", "", StringComparison.Ordinal).ToUpperInvariant(), address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("A")]
    [InlineData("A0")]
    [InlineData("XFE1")]
    [InlineData("A1048577")]
    [InlineData("A-1")]
    public void What_is_no_address_is_not(string text) => Assert.False(CellAddress.TryParse(text, out _));

    [Theory]
    [InlineData("book.xlsx#Sheet!A3:F40", "book.xlsx", "Sheet", "A3:F40")]
    [InlineData("a/b.XLS#'x!y'!A1:B2", "a/b.XLS", "x!y", "A1:B2")]
    [InlineData("book.xlsm#表 1", "book.xlsm", "表 1", null)]
    [InlineData("book.xlsb", "book.xlsb", null, null)]
    public void References_are_read(string path, string file, string? sheet, string? range) =>
        Assert.Equal(new SheetReference(file, sheet, range), SheetReference.Of(path));

    [Theory]
    [InlineData("flows.csv")]
    [InlineData("my#book/flows.csv")]
    [InlineData("book.xlsx.csv")]
    public void Other_paths_name_no_workbook(string path) => Assert.Null(SheetReference.Of(path));

    [Fact]
    public void Cells_hold_what_a_file_would()
    {
        var book = new TestWorkbook().Sheet("a").Row(1, " x\u3000", 0.1, 12345678.5, 3, new TestWorkbook.Padded(7, "000"))
            .Row(2, new TestWorkbook.Error("#N/A"), new TestWorkbook.Unsaved("A1+1"), null, new DateTime(2020, 1, 3))
            .Merge("A4:B4").Bytes();
        var sheet = Assert.Single(IIKernel.Workbooks.WorkbookReader.Read("book.xlsx", book).Sheets);
        Assert.Equal(["x", "0.1", "12345678.5", "3", "007", "#N/A", "=A1+1", "2020-01-03"], sheet.Cells().Select(c => c.Cell.Text));
        Assert.Equal(new CellRange(new(1, 1), new(2, 5)), sheet.Used);
        Assert.Null(sheet.Swallowed(TestWorkbook.At("A4")));
        Assert.Equal("A4:B4", $"{sheet.Swallowed(TestWorkbook.At("B4"))}");
    }

    // A worksheet of the oldest Excel: records of a kind, a length and their bytes.
    [Fact]
    public void Old_workbooks_are_read()
    {
        List<byte> bytes = [0x09, 0x00, 0x04, 0x00, 0x02, 0x00, 0x10, 0x00];
        bytes.AddRange([0x00, 0x00, 0x08, 0x00, 0, 0, 2, 0, 0, 0, 3, 0]);
        foreach (var (row, column, text) in new[] { (0, 0, "code"), (0, 1, "name"), (1, 0, "1"), (1, 1, "one") })
            bytes.AddRange([0x04, 0x00, (byte)(8 + text.Length), 0, (byte)row, 0, (byte)column, 0, 0, 0, 0, (byte)text.Length,
                .. Encoding.ASCII.GetBytes(text)]);
        bytes.AddRange([0x03, 0x00, 0x0F, 0x00, 1, 0, 2, 0, 0, 0, 0, .. BitConverter.GetBytes(2.5)]);
        bytes.AddRange([0x0A, 0x00, 0x00, 0x00]);
        var sheet = Assert.Single(IIKernel.Workbooks.WorkbookReader.Read("old.xls", [.. bytes]).Sheets);
        Assert.Equal(["code", "name", "1", "one", "2.5"], sheet.Cells().Select(c => c.Cell.Text));
    }

    [Fact]
    public void What_is_no_workbook_is_said()
    {
        Refuses("code,name\n1,a\n"u8.ToArray(), "a file that is no workbook", "a workbook (.xlsx");
        Refuses("%PDF-1.4 and more"u8.ToArray(), "a PDF document", "a workbook");
        Refuses([.. "PK\u0003\u0004"u8, .. "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"u8], "OpenDocument", "a workbook");
        Refuses([], "a file that is no workbook", "a workbook");
        byte[] container = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        Refuses([.. container, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "a password", "without one");
        Refuses([.. container, 1, 2, 3], "a damaged workbook", "a workbook");
        var whole = new TestWorkbook().Sheet("a").Row(1, "code", "name", "name_en").Row(2, "1", "x", "y").Bytes();
        Refuses(whole[..(whole.Length / 2)], "a damaged workbook", "a workbook");
    }

    // Whatever is changed in a workbook, reading ends in sheets or in a fault.
    [Fact]
    public void A_damaged_workbook_never_ends_in_anything_but_a_fault()
    {
        var whole = new TestWorkbook().Sheet("a").Row(1, "code", 1.5, new TestWorkbook.Padded(7, "000")).Merge("A3:B3").Bytes();
        var random = new Random(7);
        for (var trial = 0; trial < 300; trial++)
        {
            var bytes = whole.ToArray();
            for (var k = 0; k < 3; k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotNull(IIKernel.Workbooks.WorkbookReader.Read("book.xlsx", bytes));
            }
            catch (StudyException exception)
            {
                Assert.NotEmpty(exception.Faults);
            }
        }
    }

    private void Refuses(byte[] bytes, string found, string expected)
    {
        _study.Write("book.xlsx", bytes).Replace("study.json", "\"groups.csv\"", "\"book.xlsx#groups\"");
        _study.Refuses("book.xlsx", "", found, expected);
        _study.Replace("study.json", "\"book.xlsx#groups\"", "\"groups.csv\"");
    }
}
