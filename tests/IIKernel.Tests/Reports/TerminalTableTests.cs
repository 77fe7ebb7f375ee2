using System.Text.RegularExpressions;
using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class TerminalTableTests
{
    private static ReportTable Regions(string name = "北京") =>
        Filled(new ReportTable("Regions",
        [
            ReportColumn.Text("code"), ReportColumn.Text("name"), ReportColumn.Number("point"), ReportColumn.Number("mean", 2),
            ReportColumn.Number("interval"),
        ]), name);

    private static ReportTable Filled(ReportTable table, string name)
    {
        table.Add("110000", name, "26,234", "26,221", "23,390 … 29,220");
        table.Note("a note");
        return table;
    }

    [Fact]
    public void Columns_stand_under_their_headings_also_beside_characters_of_two_cells()
    {
        Assert.Equal(
            [
                "Regions", "",
                "  code     name    point     mean          interval",
                "───────────────────────────────────────────────────",
                "  110000   北京   26,234   26,221   23,390 … 29,220", "",
                "a note",
            ],
            TerminalTable.Lines(Regions(), 160));
    }

    [Fact]
    public void A_heading_of_two_characters_of_two_cells_is_not_folded_beside_narrow_numbers()
    {
        var table = new ReportTable("T", [ReportColumn.Number("设备"), ReportColumn.Text("硬件")]);
        table.Add("0", "twelve chars and more");
        Assert.Equal("  设备   硬件", TerminalTable.Lines(table, 24)[2]);
    }

    [Fact]
    public void What_has_no_room_is_left_out_and_said_and_where_nothing_can_be_left_out_cells_are_listed()
    {
        Assert.Equal(
            [
                "Regions", "",
                "  code     name    point          interval",
                "──────────────────────────────────────────",
                "  110000   北京   26,234   23,390 … 29,220", "",
                "a note", "left out at this width: mean; see --json",
            ],
            TerminalTable.Lines(Regions(), 45));
        Assert.Equal(
            ["Regions", "", "110000 北京", "  point: 26,234", "  mean: 26,221", "  interval: 23,390 … 29,220", "", "a note"],
            TerminalTable.Lines(Regions(), 30));
    }

    [Fact]
    public void A_long_name_is_folded_before_a_number_is_left_out()
    {
        var lines = TerminalTable.Lines(Regions("信息传输、软件和信息技术服务业"), 62);
        Assert.Contains("mean", lines[2], StringComparison.Ordinal);
        Assert.Equal("信息传输、软件和信息技术服务业", string.Concat(lines.Skip(4).Take(3).Select(l => Regex.Replace(l, "[^\\p{L}、]", ""))));
        Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= 62, line));
    }

    [Fact]
    public void A_name_cannot_steer_the_terminal()
    {
        Assert.DoesNotContain(TerminalTable.Lines(Regions("\u001B[2J"), 80), line => line.Contains('\u001B', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_verb_folds_a_number_or_prints_past_the_width(int width)
    {
        string[][] verbs =
        [
            ["run", "--draws", "200"], ["run", "--draws", "200", "--rows", "all", "--year", "2022"], ["estimate"],
            ["compare", "--draws", "200"], ["experts"], ["linkages"], ["influence"], ["calibrate", "--draws", "100"],
            ["sensitivity", "--draws", "1024", "--figures", "nation.total.2023", "--second-order", "--width", "20%"],
        ];
        foreach (var verb in verbs)
        {
            var wide = Tables(verb, 160);
            var narrow = Tables(verb, width);
            var over = narrow.Split('\n').Where(line => TextWidth.Of(line) > width);
            Assert.True(!over.Any(), $"{string.Join(' ', verb)} at {width}: {string.Join('\n', over)}");

            // A number that was folded would leave pieces that the wide page does not have.
            var numbers = Numbers(wide).ToHashSet();
            Assert.DoesNotContain(Numbers(narrow), n => !numbers.Contains(n));
        }
    }

    [Fact]
    public void Run_prints_a_table_a_scope_with_growth_and_share_as_many_rows_as_asked_for()
    {
        var text = Tables(["run", "--draws", "200"], 160);
        foreach (var title in new[]
        {
            "Nation, value added", "Groups, 2023", "Largest 10 of 19 categories, 2023",
            "Areas, 2023", "Largest 10 of 31 provinces, 2023",
        })
            Assert.Contains(title, text, StringComparison.Ordinal);
        foreach (var part in new[] { "growth %", "share %", "--rows all" }) Assert.Contains(part, text, StringComparison.Ordinal);

        text = Tables(["run", "--draws", "200", "--rows", "all", "--year", "2020"], 160);
        Assert.Contains("Provinces, 2020", text, StringComparison.Ordinal);
        Assert.DoesNotContain(", 2023,", text, StringComparison.Ordinal);
        Assert.Equal((2, "--rows 0: expected a number of at least 1, or all.\n"), CommandLineRunner.InProcess("run", "--rows", "0"));
        Assert.Equal((2, "--year 2030: the study does not report it; expected 2017 to 2023.\n"),
            CommandLineRunner.InProcess("run", "--year", "2030"));
    }

    // From the first table on: times stand above it.
    private static string Tables(string[] arguments, int width)
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(width, arguments);
        Assert.True(exitCode == 0, error);
        return text[Math.Max(0, text.IndexOf("\n\n", StringComparison.Ordinal))..];
    }

    private static IEnumerable<string> Numbers(string text) =>
        Regex.Matches(text, @"(?<=^|\s)[+−-]?[\d,]*\.?\d+(?=\s|$)").Select(m => m.Value);
}
