using IIKernel.Reading;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class FlowErrorReaderTests
{
    [Fact]
    public void Blocks_go_before_the_law_and_a_later_row_before_an_earlier_one()
    {
        using var editor = new StudyEditor();
        var law = editor.Write("study.json", editor.Text("study-flows.json")).Read().Uncertainty.Flows!.RelativeSd;
        var study = With(editor, "\"blocks\": \"blocks.csv\"",
            ("blocks.csv", "rows,columns,rsd\n*,category:A,0.5\n002..004 010,group:1 020,0.25\n003,*,0\n")).Read();
        var (sectors, found) = (study.Table.Sectors, study.Uncertainty.Flows!.RelativeSd);
        var seen = new HashSet<double>();
        for (var i = 0; i < sectors.Count; i++)
        {
            for (var j = 0; j < sectors.Count; j++)
            {
                var (row, column) = (sectors[i].Code, sectors[j].Code);
                var category = study.Categories.Categories[sectors[j].Category];
                var inFirst = category.Code == "A";
                var inSecond = row is "002" or "003" or "004" or "010" && (study.Groups[category.Group].Code == "1" || column == "020");
                var expected = study.Table.Flows[i, j] == 0 ? 0
                    : row == "003" ? 0 : inSecond ? 0.25 : inFirst ? 0.5 : law[i, j];
                Assert.Equal(expected, found[i, j]);
                seen.Add(expected);
            }
        }

        Assert.Superset(new HashSet<double> { 0, 0.25, 0.5 }, seen);
        Assert.DoesNotContain(study.Warnings, w => w is BlockWithoutFlowsWarning);
    }

    [Fact]
    public void Without_a_law_flows_outside_of_blocks_are_certain()
    {
        using var editor = new StudyEditor();
        var study = Alone(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv", "rows,columns,rsd\n001,*,0.3\n")).Read();
        var n = study.Table.Sectors.Count;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                Assert.Equal(i == 0 && study.Table.Flows[i, j] != 0 ? 0.3 : 0, study.Uncertainty.Flows!.RelativeSd[i, j]);
        }
    }

    [Fact]
    public void Blocks_whose_flows_are_all_zero_are_named()
    {
        using var editor = new StudyEditor();
        var study = editor.Read();
        var sectors = study.Table.Sectors;
        var (row, column) = Enumerable.Range(0, sectors.Count).SelectMany(i => Enumerable.Range(0, sectors.Count).Select(j => (i, j)))
            .First(cell => study.Table.Flows[cell.i, cell.j] == 0);
        var warned = With(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv",
            $"rows,columns,rsd\n*,*,0.5\n{sectors[row].Code},{sectors[column].Code},0.25\n")).Read();
        var warning = Assert.IsType<BlockWithoutFlowsWarning>(Assert.Single(warned.Warnings, w => w is BlockWithoutFlowsWarning));
        Assert.Equal(("blocks.csv", 3, 0), (warning.File, Assert.Single(warning.Lines), warning.More));
        Assert.Equal(0, warned.Uncertainty.Flows!.RelativeSd[row, column]);
    }

    [Theory]
    [InlineData("01,*,0.1", "column rows (rows 01, columns *)", "\"01\"", "a code of sectors.csv")]
    [InlineData("*,001 899,0.1", "column columns", "\"899\"", "a code of sectors.csv")]
    [InlineData("*,category:Z,0.1", "column columns", "\"Z\"", "a code of categories.csv")]
    [InlineData("group:9,*,0.1", "column rows", "\"9\"", "a code of groups.csv")]
    [InlineData("004..002,*,0.1", "column rows", "\"004..002\"", "stands before its last in sectors.csv")]
    [InlineData("001..899,*,0.1", "column rows", "\"899\"", "a code of sectors.csv")]
    [InlineData(",*,0.1", "column rows", "an empty cell", "a code of sectors.csv")]
    [InlineData("*,*,10", "column rsd", "\"10\"", "in [0, 1]")]
    [InlineData("*,*,x", "column rsd", "\"x\"", "in [0, 1]")]
    public void A_wrong_block_is_named(string row, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        With(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv", $"rows,columns,rsd\n{row}\n"))
            .Refuses("blocks.csv", $"line 2, {place}", found, expected);
    }

    [Fact]
    public void An_unknown_set_is_told_what_sets_are()
    {
        using var editor = new StudyEditor();
        var fault = With(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv", "rows,columns,rsd\n*,categori:A,0.1\n"))
            .Refuses("blocks.csv", "line 2, column columns", "\"categori:A\"", "a code of sectors.csv");
        Assert.Contains("category:CODE", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_nothing_are_refused()
    {
        using var editor = new StudyEditor();
        Alone(editor, "\"fixed\": \"output\"").Refuses("study.json", "key uncertainty.flows", "nothing that says", "relativeSd, blocks");
    }

    [Fact]
    public void Blocks_of_another_table_are_left_out_and_said_to_be()
    {
        using var editor = new StudyEditor();
        With(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv", "rows,columns,rsd\n088,*,0.3\n"));
        var (exitCode, text, error) = CommandLineRunner.OnPage(200, "split", editor.Folder, "--sector", "088", "--parts",
            "088a=0.3,088b=0.7", "--out", editor.PathOf("out"));
        Assert.True(exitCode == 0, error);
        Assert.Contains("flow-errors-left-out", text, StringComparison.Ordinal);
        Assert.NotNull(StudyReader.ReadFolder(editor.PathOf("out")).Uncertainty.Flows);

        Alone(editor, "\"blocks\": \"blocks.csv\"");
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet", "--sector", "088", "--parts",
            "088a=0.3,088b=0.7", "--out", editor.PathOf("alone")).ExitCode);
        Assert.Null(StudyReader.ReadFolder(editor.PathOf("alone")).Uncertainty.Flows);
    }

    // The study with errors of flows, with more said of them.
    private static StudyEditor With(StudyEditor editor, string keys, params ReadOnlySpan<(string File, string Text)> files) =>
        Written(editor, text => text.Replace("\"fixed\": \"output\"", $"{keys}, \"fixed\": \"output\"", StringComparison.Ordinal), files);

    // Likewise, without the law.
    private static StudyEditor Alone(StudyEditor editor, string keys, params ReadOnlySpan<(string File, string Text)> files) =>
        Written(editor, text => text[..text.IndexOf("\"flows\": { \"relativeSd\"", StringComparison.Ordinal)]
            + $"\"flows\": {{ {keys} }} }}, " + text[text.IndexOf("\"published\"", StringComparison.Ordinal)..], files);

    private static StudyEditor Written(StudyEditor editor, Func<string, string> edit, ReadOnlySpan<(string File, string Text)> files)
    {
        editor.Write("study.json", edit(editor.Text("study-flows.json")));
        foreach (var (file, text) in files) editor.Write(file, text);
        return editor;
    }
}
