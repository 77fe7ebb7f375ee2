using System.Text.Json;
using IIKernel.Experts;
using IIKernel.Model;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>The verb <c>experts</c> as its user runs it.</summary>
public sealed class ExpertsVerbTests
{
    private static readonly Study Panel = TestData.FullDemonstration;

    [Fact]
    public void A_panel_is_shown_from_its_weights_to_each_experts_influence()
    {
        using var editor = new StudyEditor();
        var (exitCode, text, error) = CommandLineRunner.Process(["experts", editor.PathOf("study-full.json")]);
        Assert.True(exitCode == 0, error);
        Assert.Empty(error);
        Assert.Contains("12 experts, 11 related sectors, 3 factors, 5 grades, round 2 of 2, operator weighted-average",
            text, StringComparison.Ordinal);
        foreach (var part in new[] { "SYNTHETIC", "random index of Saaty 1980", "geometric mean of judgements", "A (0.6)", "Kendall's W" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        var rows = text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        string[] Row(params string[] head) => Assert.Single(rows, row => row.Take(head.Length).SequenceEqual(head));

        var (first, second) = (Panel.Panel!.Comparisons[0].Priorities[0], Panel.Coefficients[9]);
        Assert.Equal($"{first.ConsistencyRatio:0.0000}", Row("E01", $"{first.Weights[0]:0.0000}")[^1]);
        Assert.Equal($"{Panel.Panel.FactorWeights[1]:0.0000}", Row("F2", "产品用于工业的程度")[^1]);
        // One, ten and one of the twelve experts.
        Assert.Equal(["0.083", "0.833", "0.083", "0.000", "0.000"], Row("124", "F1")[2..]);
        Assert.Equal($"{second.Point:0.0000}", Row("124", "软件服务")[2]);

        var influence = ExpertInfluence.Of(Panel);
        var total = PointModel.Estimate(Panel).Total(6, 0);
        Assert.Equal(["nobody", NumberFormat.Point(PointModel.Estimate(Panel).Total(0, 0)), NumberFormat.Point(total)], Row("nobody"));
        Assert.Equal(["E12", NumberFormat.Point(influence[11].BaseYear)], Row("E12")[..2]);
        Assert.Equal([NumberFormat.Point(influence[11].LastYear), $"{100 * (influence[11].LastYear / total - 1):+0.00;−0.00}"],
            Row("E12")[3..]);
        var round = DelphiRound.Of(Panel.Panel)[1];
        Assert.Equal(["2", "396", $"{100 * round.ShareChanged:0.0}", $"{round.MeanScoreChange:+0.0000;−0.0000}",
            $"{round.Agreement.W:0.000}", "12", "33"], Row("2", "396"));
    }

    [Fact]
    public void Programs_get_the_same_in_full_precision()
    {
        using var editor = new StudyEditor();
        var (exitCode, text, error) = CommandLineRunner.Process(["experts", editor.PathOf("study-full.json"), "--json"]);
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal((Panel.Name, Panel.Note, "亿元", "weighted-average"),
            (root.GetProperty("study").GetString(), root.GetProperty("note").GetString(), root.GetProperty("unit").GetString(),
                root.GetProperty("operator").GetString()));
        Assert.Equal(Panel.Panel!.Experts, root.GetProperty("experts").EnumerateArray().Select(e => e.GetString()!));
        Assert.Equal(Panel.Panel.FactorWeights,
            root.GetProperty("factors").EnumerateArray().Select(f => f.GetProperty("weight").GetDouble()));
        Assert.Equal(Panel.Panel.Grades.Select(g => g.Score),
            root.GetProperty("grades").EnumerateArray().Select(g => g.GetProperty("score").GetDouble()));

        var comparison = Assert.Single(root.GetProperty("comparisons").EnumerateArray());
        Assert.Equal(("saaty", 3),
            (comparison.GetProperty("random_index").GetString(), comparison.GetProperty("experts").GetArrayLength()));
        Assert.Equal(Panel.Panel.Comparisons[0].GroupPriorities!.ConsistencyRatio,
            comparison.GetProperty("group").GetProperty("consistency_ratio").GetDouble());

        var sectors = root.GetProperty("sectors").EnumerateArray().ToArray();
        Assert.Equal(Panel.Coefficients.Select(c => c.Point), sectors.Select(s => s.GetProperty("coefficient").GetDouble()));
        foreach (var (sector, k) in sectors.Select((s, k) => (s, k)))
        {
            // S_k = Σ_f w_f Σ_g R_fg v_g, from the printed numbers alone.
            var score = sector.GetProperty("membership").EnumerateArray().Select((row, f) => Panel.Panel.FactorWeights[f]
                * Golden.Numbers(row.GetProperty("row")).Zip(Panel.Panel.Grades, (share, grade) => share * grade.Score).Sum()).Sum();
            Assert.Equal(Panel.Coefficients[k].Point, score, 1e-14);
        }

        Assert.Equal(JsonValueKind.Null, root.GetProperty("rounds")[0].GetProperty("share_changed").ValueKind);
        Assert.Equal(DelphiRound.Of(Panel.Panel)[1].Agreement.W,
            root.GetProperty("rounds")[1].GetProperty("agreement").GetProperty("w").GetDouble());
        var point = PointModel.Estimate(Panel);
        Assert.Equal((point.Total(0, 0), point.Total(6, 0)), (root.GetProperty("total").GetProperty("base_year").GetDouble(),
            root.GetProperty("total").GetProperty("last_year").GetDouble()));
        var influence = ExpertInfluence.Of(Panel);
        Assert.Equal(influence.Select(i => i.LastYear),
            root.GetProperty("influence").EnumerateArray().Select(i => i.GetProperty("last_year").GetDouble()));
        Assert.Equal("E07", root.GetProperty("influence")[6].GetProperty("without").GetString());
        Assert.Equal(influence[6].Coefficients, Golden.Numbers(root.GetProperty("influence")[6].GetProperty("coefficients")));
    }

    [Fact]
    public void Quiet_prints_nothing()
    {
        using var editor = PanelEditor.Create();
        Assert.Equal((0, "", ""), CommandLineRunner.Process(["experts", editor.Folder, "--quiet"]));
    }

    [Theory, InlineData(), InlineData("--json")]
    public void A_study_without_a_panel_ends_with_code_2(params string[] options)
    {
        using var editor = new StudyEditor();
        var (exitCode, text, error) = CommandLineRunner.Process(["experts", editor.Folder, .. options]);
        Assert.Equal(2, exitCode);

        // Under --json standard output has the one document that a program waits for, and nothing is said twice.
        Assert.Empty(options.Length > 0 ? error : text);
        var line = options.Length > 0 ? JsonDocument.Parse(text).RootElement.GetProperty("messages")[0].GetString()!
            : Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains($"{editor.Definition}, key coefficients: found a file of coefficients; expected a panel",
            line, StringComparison.Ordinal);
        Assert.Contains("coefficients.panel", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_panel_ends_with_code_2_and_one_line_a_fault()
    {
        using var editor = PanelEditor.Create();
        editor.SetCell("panel-grades.csv", "code=B", "score", "1.2").SetCell("panel-comparisons.csv", "expert=E01,col=F2", "value", "12");
        var (exitCode, error) = CommandLineRunner.InProcess("experts", editor.Folder);
        Assert.Equal(2, exitCode);
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("panel-grades.csv, line 3, column score (grade B): found \"1.2\"; expected a number in [0, 1].",
            lines[0], StringComparison.Ordinal);
        Assert.Contains("panel-comparisons.csv, line 2, column value (expert E01): found \"12\"; expected a number from 1/9 to 9",
            lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_and_sole_judges_are_shown()
    {
        using var editor = PanelEditor.Small("a,F1,F2,5\na,F1,F3,2\na,F2,F3,5\n");
        editor.MapRows("panel-ballots.csv",
            rows => rows.Where(r => !r.Contains(",124,", StringComparison.Ordinal) || r.StartsWith("b,", StringComparison.Ordinal)));
        var (exitCode, text, _) = CommandLineRunner.Process(["experts", editor.Folder]);
        Assert.Equal(0, exitCode);
        // Long lines are folded.
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("warning ahp-inconsistent:", words, StringComparison.Ordinal);
        Assert.Contains("The worst triad is F1, F2, F3", words, StringComparison.Ordinal);
        Assert.Contains("warning panel-skipped-sectors:", words, StringComparison.Ordinal);
        Assert.Contains("–: the expert alone judges a sector", words, StringComparison.Ordinal);
        (exitCode, text, _) = CommandLineRunner.Process(["experts", editor.Folder, "--json"]);
        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("influence")[1].GetProperty("base_year").ValueKind);
        Assert.Contains(json.RootElement.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "ahp-inconsistent");
    }

    [Fact]
    public void Two_levels_and_given_weights_are_shown()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\nP,whole,1,\nF1,a,0.5,P\nF2,b,0.3,P\nF3,c,0.2,P\n");
        var (exitCode, text, _) = CommandLineRunner.Process(["experts", editor.Folder]);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Pairwise comparisons", text, StringComparison.Ordinal);
        Assert.Matches("F3 +c +P +0.2000", text);
        Assert.Matches("P +whole +1.0000", text);
    }
}
