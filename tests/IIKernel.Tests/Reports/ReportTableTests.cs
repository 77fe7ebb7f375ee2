using System.Text.Json;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>One table, four forms: people read what is shown, programs what it holds.</summary>
public sealed class ReportTableTests
{
    private static ReportTable Regions
    {
        get
        {
            var table = new ReportTable("Regions",
            [
                ReportColumn.Text("name"), ReportColumn.Number("point", unit: "亿元") with { Name = "point" },
                ReportColumn.Number("share\u00A0%") with { Name = "share" }, ReportColumn.Text("key"),
            ]);
            table.Add("a|b", ReportCell.Point(26234.5678), ReportCell.Fixed(-0.001, 2), new ReportCell(true, "key"));
            table.Add("=1+1", ReportCell.Point(double.NaN), "", new ReportCell(false, ""));
            return table;
        }
    }

    [Fact]
    public void A_terminal_shows_what_people_read() => Assert.Equal(
        [
            "Regions", "",
            "  name   point 亿元   share %   key",
            "───────────────────────────────────",
            "  a|b        26,235      0.00   key",
            "  =1+1            –",
        ],
        TerminalTable.Lines(Regions, 80));

    [Fact]
    public void Markdown_shows_the_same_and_escapes_what_would_end_a_cell() => Assert.Equal(
        "| name | point 亿元 | share\u00A0% | key |\n|---|---|---|---|\n| a\\|b | 26,235 | 0.00 | key |\n| =1+1 | – |  |  |\n",
        MarkdownTable.Of(Regions));

    [Fact]
    public void Csv_holds_full_precision_under_the_names_for_programs_and_no_formula()
    {
        using var writer = new StringWriter();
        DelimitedTable.Write(writer, Regions);
        Assert.Equal("name,point,share,key\na|b,26234.5678,-0.001,1\n'=1+1,,,0\n", writer.ToString());
    }

    [Fact]
    public void Json_holds_the_same_with_null_for_what_is_not_finite() => Assert.Equal(
        """[{"name":"a|b","point":26234.5678,"share":-0.001,"key":true},{"name":"=1+1","point":null,"share":"","key":false}]""",
        JsonSerializer.Serialize(JsonTable.Objects(Regions), new JsonSerializerOptions(JsonText.Options) { WriteIndented = false }));

    [Fact]
    public void A_row_has_a_cell_a_column() => Assert.Throws<ArgumentException>(() => Regions.Add("a"));

    [Fact]
    public void Rows_are_asked_for_one_after_the_other()
    {
        var asked = 0;
        var table = TidyTable.Of<int>([new("n", n => n)], Enumerable.Range(0, int.MaxValue).Select(n => asked++ == n ? n : -1));
        Assert.Equal(["0", "1"], table.Rows.Take(2).Select(row => row[0].Text));
        Assert.Equal(2, asked);
    }
}
