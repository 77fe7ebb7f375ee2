using IIKernel.Inputs;
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
        Alone(editor, "\"fixed\": \"output\"")
            .Refuses("study.json", "key uncertainty.flows", "nothing that says", "relativeSd, vintages, pedigree, blocks");
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

    private const string PedigreeColumns = "rows,columns,reliability,completeness,temporal,geographical,technological,basic\n";

    // The square of the geometric standard deviation is exp √(Σ (ln U)²), half whose logarithm is σ; the RSD is √(exp(σ²) − 1).
    [Fact]
    public void Scores_add_to_the_basic_uncertainty()
    {
        using var editor = new StudyEditor();
        var law = With(editor, "\"blocks\": \"blocks.csv\"", ("blocks.csv", "rows,columns,rsd\n010,010,0.9\n"))
            .Read().Uncertainty.Flows!.RelativeSd;
        var study = With(editor, "\"pedigree\": { \"file\": \"quality.csv\" }, \"blocks\": \"blocks.csv\"",
            ("quality.csv", PedigreeColumns + "*,*,5,5,5,5,5,3\n001..080,*,2,1,3,1,4,\n081..100,*,1,2,1,4,1,1.05\n")).Read();
        var (sectors, found) = (study.Table.Sectors, study.Uncertainty.Flows!.RelativeSd);
        static double Of(double basic, params double[] factors) =>
            Math.Sqrt(Math.Exp(basic + factors.Sum(u => Math.Pow(Math.Log(u) / 2, 2))) - 1);
        for (var i = 0; i < sectors.Count; i++)
        {
            for (var j = 0; j < sectors.Count; j++)
            {
                var code = int.Parse(sectors[i].Code, null);
                var expected = study.Table.Flows[i, j] == 0 ? 0
                    : (sectors[i].Code, sectors[j].Code) == ("010", "010") ? 0.9
                    : code <= 80 ? Of(Math.Log(1 + law[i, j] * law[i, j]), 1.05, 1.10, 1.50)
                    : code <= 100 ? Of(0, 1.02, 1.05, 1.05) : Of(0, 1.5, 1.2, 1.5, 1.1, 2, 3);
                Assert.Equal(expected, found[i, j], 1e-12);
            }
        }
    }

    [Fact]
    public void A_study_may_have_factors_of_its_own()
    {
        using var editor = new StudyEditor();
        var factors = string.Join('\n', PedigreeFactors.Indicators.SelectMany(indicator => Enumerable.Range(1, 5)
            .Select(score => $"{indicator},{score},{(indicator == "temporal" && score == 2 ? 4 : 1)}")));
        var study = Alone(editor, "\"pedigree\": { \"file\": \"quality.csv\", \"factors\": \"factors.csv\" }",
            ("quality.csv", PedigreeColumns + "*,*,5,5,2,5,5,\n"), ("factors.csv", "indicator,score,factor\n" + factors)).Read();

        // U = 4: σ = ln 2.
        Assert.Equal(Math.Sqrt(Math.Exp(Math.Log(2) * Math.Log(2)) - 1), study.Uncertainty.Flows!.RelativeSd.Cast<double>().Max(), 1e-12);
    }

    [Theory]
    [InlineData("*,*,0,1,1,1,1,", "quality.csv", "column reliability", "\"0\"", "a score from 1")]
    [InlineData("*,*,1,1,1,1.5,1,", "quality.csv", "column geographical", "\"1.5\"", "a score from 1")]
    [InlineData("*,*,1,1,1,1,6,", "quality.csv", "column technological", "\"6\"", "a score from 1")]
    [InlineData("*,*,1,1,1,1,1,0.9", "quality.csv", "column basic", "\"0.9\"", "a factor of at least 1")]
    public void A_wrong_score_is_named(string row, string file, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        With(editor, "\"pedigree\": { \"file\": \"quality.csv\" }", ("quality.csv", PedigreeColumns + row + "\n"))
            .Refuses(file, place, found, expected);
    }

    [Theory]
    [InlineData("reliabilty,1,1.05", "line 2, column indicator", "\"reliabilty\"", "a code of the pedigree matrix")]
    [InlineData("temporal,1,0.5", "line 2, column factor", "\"0.5\"", "a factor of at least 1")]
    [InlineData("temporal,1,1", "", "no factor of reliability 1, reliability 2", "a factor for each score")]
    [InlineData("temporal,1,1\ntemporal,1,1", "line 3, column score", "\"1\"", "once")]
    public void A_wrong_factor_is_named(string rows, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        With(editor, "\"pedigree\": { \"file\": \"quality.csv\", \"factors\": \"factors.csv\" }",
            ("quality.csv", PedigreeColumns + "*,*,1,1,1,1,1,\n"), ("factors.csv", "indicator,score,factor\n" + rows + "\n"))
            .Refuses("factors.csv", place, found, expected);
    }

    // Weidema et al. 2013 print what the scores add to the variance of the logarithm, in one or two digits.
    [Theory]
    [InlineData(0, "0", "0.0006", "0.002", "0.008", "0.04")]
    [InlineData(1, "0", "0.0001", "0.0006", "0.002", "0.008")]
    [InlineData(2, "0", "0.0002", "0.002", "0.008", "0.04")]
    [InlineData(3, "0", "0.000025", "0.0001", "0.0006", "0.002")]
    [InlineData(4, "0", "0.0006", "0.008", "0.04", "0.12")]
    public void The_factors_that_come_along_are_the_variances_of_ecoinvent(
        int indicator, string first, string second, string third, string fourth, string fifth)
    {
        string[] published = [first, second, third, fourth, fifth];
        var factors = PedigreeReader.Factors(null!, null)!;
        for (var score = 1; score <= 5; score++)
        {
            var sd = factors.RelativeSd([.. Enumerable.Range(0, 5).Select(i => i == indicator ? score : 1)], 0);
            var (text, variance) = (published[score - 1], Math.Log(1 + sd * sd));
            if (text == "0") Assert.Equal(0, variance);
            else Assert.Equal(TestData.Number(text), variance, 0.5 * Math.Pow(10, 2 - text.Length));
        }
    }

    [Fact]
    public void Flows_have_the_source_of_the_last_row_that_names_them()
    {
        using var editor = new StudyEditor();
        var study = With(editor, "\"common\": { \"row\": 0.1, \"column\": 0.2, \"source\": 0.7, \"sources\": \"sources.csv\" }",
            ("sources.csv", "rows,columns,source\ncategory:A,*,census\n*,001,survey\n002,001..010,census\n")).Read();
        var common = study.Uncertainty.Flows!.Common!;
        Assert.Equal((0.1, 0.2, 0.7), (common.Row, common.Column, common.Source));
        Assert.Equal(["census", "survey"], common.Sources);
        var seen = new HashSet<int>();
        for (var i = 0; i < study.Table.Sectors.Count; i++)
        {
            for (var j = 0; j < study.Table.Sectors.Count; j++)
            {
                var (row, column) = (study.Table.Sectors[i].Code, study.Table.Sectors[j].Code);
                var inA = study.Categories.Categories[study.Table.Sectors[i].Category].Code == "A";
                var expected = study.Table.Flows[i, j] == 0 ? 0
                    : row == "002" && string.CompareOrdinal(column, "010") <= 0 ? 1 : column == "001" ? 2 : inA ? 1 : 0;
                Assert.Equal(expected, common.SourceOf[i, j]);
                seen.Add(expected);
            }
        }

        Assert.Equal([0, 1, 2], seen.Order());
    }

    [Theory]
    [InlineData("\"row\": 0.6, \"column\": 0.5", "sum to 1.1", "up to 1")]
    [InlineData("\"row\": 0", "sum to 0", "above 0")]
    [InlineData("\"source\": 0.5", "source without sources", "both or neither")]
    [InlineData("\"row\": 0.5, \"sources\": \"sources.csv\"", "sources without source", "both or neither")]
    public void Shares_that_make_no_whole_are_named(string keys, string found, string expected)
    {
        using var editor = new StudyEditor();
        With(editor, $"\"common\": {{ {keys} }}").Refuses("study.json", "key uncertainty.flows.common", found, expected);
    }

    [Fact]
    public void A_source_without_a_name_is_named()
    {
        using var editor = new StudyEditor();
        With(editor, "\"common\": { \"source\": 1, \"sources\": \"sources.csv\" }", ("sources.csv", "rows,columns,source\n*,*,\n"))
            .Refuses("sources.csv", "line 2, column source", "an empty cell", "the name of a source");
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
