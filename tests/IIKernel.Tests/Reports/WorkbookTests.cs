using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class WorkbookTests
{
    private static WorkbookReader Written(params WorkbookSheet[] sheets) => new(new MemoryStream(Bytes(sheets)));

    private static byte[] Bytes(params WorkbookSheet[] sheets)
    {
        using var stream = new MemoryStream();
        Workbook.Write(stream, sheets);
        return stream.ToArray();
    }

    private static ReportTable Of(params IReadOnlyList<ReportCell> cells)
    {
        var table = new ReportTable("", [.. cells.Select((_, i) => ReportColumn.Text($"c{i}"))]);
        table.Add(cells);
        return table;
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+A1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("00123")]
    [InlineData("<b>&amp;\"'</b>")]
    [InlineData("]]><f>1</f>")]
    public void A_text_is_a_text_whatever_it_begins_with(string text)
    {
        var workbook = Written(new WorkbookSheet("s", Of(text)));
        var cell = workbook.Sheets[0].Rows[1][0];
        Assert.Equal(("inlineStr", "@"), (cell.Type, cell.Format));
        Assert.Equal(text.Replace("\t", "\\u0009", StringComparison.Ordinal), cell.Content);
        Assert.Empty(workbook.Elements("f"));
        Assert.Empty(workbook.Elements("hyperlink"));
    }

    [Fact]
    public void Characters_that_xml_cannot_hold_are_shown_and_lines_are_kept() => Assert.Equal(
        "a\nb\\u0001\\uD800",
        Written(new WorkbookSheet("s", Of("a\r\nb\u0001\uD800"))).Sheets[0].Rows[1][0].Content.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(0.1 + 0.2)]
    [InlineData(-1.0 / 3)]
    [InlineData(12345678901234567.0)]
    [InlineData(5e-324)]
    [InlineData(double.MaxValue)]
    [InlineData(-0.0)]
    public void A_number_keeps_every_bit(double number)
    {
        var cell = Written(new WorkbookSheet("s", Of(new ReportCell(number, null, 2)))).Sheets[0].Rows[1][0];
        Assert.Equal("n", cell.Type);
        Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(TestData.Number(cell.Content)));
    }

    [Fact]
    public void Numbers_are_shown_as_people_read_them_and_what_is_none_is_empty()
    {
        var rows = Written(new WorkbookSheet("s", Of(
            ReportCell.Statistic(1234.5678, 0.02), ReportCell.Statistic(1234.5678, 30), ReportCell.Point(26234.5678),
            ReportCell.Point(1.5e-9), new(2023), new(100_000L), new(true), ReportCell.Point(double.NaN), new(double.PositiveInfinity),
            new(null)))).Sheets[0].Rows[1];
        Assert.Equal(["#,##0.00", "#,##0", "#,##0", "0.0000E+00", "0", "#,##0", "", "", "", ""], rows.Select(c => c.Format));
        Assert.Equal(["1234.5678", "1234.5678", "26234.5678", "1.5E-09", "2023", "100000", "1", "", "", ""], rows.Select(c => c.Content));
    }

    [Fact]
    public void Sheets_have_names_that_every_program_takes_each_once()
    {
        var workbook = Written(
            [.. new[] { "a/b:c[d]*?\\", "A/B:C[D]*?\\", "'q'", "", "History", new string('长', 40), new string('长', 40) }
                .Select(name => new WorkbookSheet(name, Of("x")))]);
        Assert.Equal(
            ["a_b_c_d____", "A_B_C_D____ (2)", "q", "_", "History (2)", new string('长', 31), new string('长', 27) + " (2)"],
            workbook.Sheets.Select(s => s.Name));
    }

    [Fact]
    public void Headings_stay_in_sight_and_can_be_filtered_by()
    {
        var document = Written(new WorkbookSheet("s", Of("a", "b", "c"), FixedColumns: 2)).Documents["s"];
        var pane = Assert.Single(document.Descendants(), e => e.Name.LocalName == "pane");
        Assert.Equal(("frozen", "C2"), (pane.Attribute("state")!.Value, pane.Attribute("topLeftCell")!.Value));
        Assert.Equal("A1:C2", Assert.Single(document.Descendants(), e => e.Name.LocalName == "autoFilter").Attribute("ref")!.Value);
    }

    [Fact]
    public void The_bytes_say_nothing_of_when_they_were_written()
    {
        var sheet = new WorkbookSheet("s", Of("a", ReportCell.Point(1.5)));
        Assert.Equal(Bytes(sheet), Bytes(sheet));
        Assert.Equal([new DateTime(1980, 1, 1)], Written(sheet).Written);
    }
}
