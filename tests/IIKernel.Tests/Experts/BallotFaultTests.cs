using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class BallotFaultTests
{
    private const string Where = "expert=E03,sector=091,factor=F2,round=2";

    [Theory]
    [InlineData("grade", "F", "\"F\"", "a code of panel-grades.csv")]
    [InlineData("factor", "F4", "\"F4\"", "a code of panel-factors.csv")]
    [InlineData("sector", "91", "\"91\"", "a code of sectors.csv")]
    [InlineData("expert", "", "an empty cell", "the name or code of an expert")]
    [InlineData("round", "two", "\"two\"", "a whole number of at least 1")]
    [InlineData("round", "0", "\"0\"", "a whole number of at least 1")]
    [InlineData("round", "", "an empty cell", "a whole number of at least 1")]
    public void A_wrong_cell_is_named(string column, string value, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        var line = editor.Line("panel-ballots.csv", Where);
        var fault = editor.SetCell("panel-ballots.csv", Where, column, value)
            .Refuses("panel-ballots.csv", $"line {line}, column {column}", found, expected);
        if (column == "sector") Assert.Contains("091 without its leading zeros", fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ballot_given_twice_is_refused()
    {
        using var editor = PanelEditor.Create();
        var first = editor.Line("panel-ballots.csv", Where);
        editor.AddRow("panel-ballots.csv", "E03,091,F2,A,2")
            .Refuses("panel-ballots.csv", "line 794, column grade (expert E03, sector 091)",
                "\"A\"", $"one ballot on factor F2; the first is on line {first}");
    }

    [Fact]
    public void An_expert_without_ballots_on_a_factor_is_refused()
    {
        using var editor = PanelEditor.Create();
        var faults = editor.RemoveRow("panel-ballots.csv", Where).RemoveRow("panel-ballots.csv", "expert=E03,sector=091,factor=F3,round=2")
            .RemoveRow("panel-ballots.csv", "expert=E05,sector=088,factor=F1,round=1").Faults();
        Assert.Equal(2, faults.Count);
        StudyEditor.Holds(faults[0], "panel-ballots.csv", "expert E05, sector 088, round 1",
            "no ballot on factor F1", "a ballot on every factor of a sector that the expert judges");
        StudyEditor.Holds(faults[1], "panel-ballots.csv", "expert E03, sector 091, round 2",
            "no ballot on factor F2, F3", "a ballot on every factor");
    }

    [Fact]
    public void A_sector_without_ballots_in_the_last_round_is_refused()
    {
        using var editor = PanelEditor.Create();
        editor.MapRows("panel-ballots.csv",
            rows => rows.Where(r => !(r.Contains(",121,", StringComparison.Ordinal) && r.EndsWith(",2", StringComparison.Ordinal))))
            .Refuses("panel-ballots.csv", "sector 121", "no ballot in round 2, the last", "at least one expert");
    }

    [Fact]
    public void Skipped_sectors_and_experts_who_left_are_noted()
    {
        using var editor = PanelEditor.Create();
        var study = editor.MapRows("panel-ballots.csv", rows => rows.Where(r =>
            !(r.StartsWith("E02,121,", StringComparison.Ordinal) || r.StartsWith("E02,122,", StringComparison.Ordinal)
            || (r.StartsWith("E11,", StringComparison.Ordinal) && r.EndsWith(",2", StringComparison.Ordinal))))).Read();
        Assert.Equal(["panel-dropout", "panel-skipped-sectors"], study.Warnings.Select(w => w.Code));
        Assert.Contains("expert E11 has no ballot in round 2", study.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("expert E02 sector 121, 122", study.Warnings[1].Message, StringComparison.Ordinal);
        Assert.Equal(12, study.Panel!.Experts.Count);
        // The reader of a study without those rows of round 1 either sees the same last round.
        var last = editor.MapRows("panel-ballots.csv", rows => rows.Where(r => r.EndsWith(",2", StringComparison.Ordinal))).Read();
        Assert.Equal(11, last.Panel!.Experts.Count);
        Assert.Equal(study.Coefficients, last.Coefficients);
    }

    [Fact]
    public void Without_a_column_round_there_is_one_round()
    {
        using var editor = PanelEditor.WithBallots(PanelEditor.WithWeights(), "");
        var study = editor.Read();
        Assert.Equal(1, Assert.Single(study.Panel!.Rounds).Number);
        Assert.All(study.Coefficients, c => Assert.Equal(0.35, c.Point, 1e-15));
        PanelEditor.WithBallots(editor, "a,088,F1,C\n").Refuses("panel-ballots.csv", "line 20, column grade",
            "\"C\"", "the first is on line 2");
    }

    [Fact]
    public void Listed_sectors_give_the_order_and_must_have_ballots()
    {
        using var editor = PanelEditor.WithBallots(PanelEditor.WithWeights(), "");
        List("\"124\", \"088\"");
        var study = editor.Read();
        Assert.Equal(["124", "088"], study.Coefficients.Select(c => study.Table.Sectors[c.Sector].Code));
        List("\"124\", \"088\", \"090\"");
        editor.Refuses("panel-ballots.csv", "sector 090", "no ballot in round 1, the last", "at least one expert");
        List("\"124\"");
        var faults = editor.Faults();
        Assert.Equal(9, faults.Count);
        StudyEditor.Holds(faults[0], "panel-ballots.csv", "line 2, column sector", "\"088\"",
            "a sector of coefficients.panel.sectors: 124");
        List("\"124\", \"088\", \"124\", \"88\"");
        faults = editor.Faults();
        Assert.Equal(2, faults.Count);
        StudyEditor.Holds(faults[0], "study.json", "key coefficients.panel.sectors[2]", "\"124\" for the second time", "every sector once");
        StudyEditor.Holds(faults[1], "study.json", "key coefficients.panel.sectors[3]", "\"88\"", "a code of sectors.csv");
        List("");
        Assert.Contains(editor.Faults(), f => f.Place == "key coefficients.panel.sectors" && f.Found == "an empty list");

        void List(string codes) => editor.Write("study.json", System.Text.RegularExpressions.Regex.Replace(
            editor.Text("study.json"), "\"missing\": \"refuse\".*", $"\"missing\": \"refuse\", \"sectors\": [{codes}]"));
    }

    [Theory]
    [InlineData("code=B", "score", "1.2", "line 3, column score (grade B)", "\"1.2\"", "a number in [0, 1]")]
    [InlineData("code=B", "score", "-0.1", "line 3, column score (grade B)", "\"-0.1\"", "a number in [0, 1]")]
    [InlineData("code=B", "score", "", "line 3, column score (grade B)", "an empty cell", "a number in [0, 1]")]
    [InlineData("code=C", "code", "B", "line 4, column code", "code B for the second time", "every code once")]
    public void A_wrong_grade_is_refused(string where, string column, string value, string place, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        editor.SetCell("panel-grades.csv", where, column, value).Refuses("panel-grades.csv", place, found, expected);
    }

    [Fact]
    public void Faults_of_all_files_of_the_panel_come_together()
    {
        using var editor = PanelEditor.Create();
        var faults = editor.SetCell("panel-grades.csv", "code=B", "score", "35%").SetCell("panel-factors.csv", "code=F2", "weight", "0.3")
            .SetCell("panel-ballots.csv", Where, "grade", "b").SetCell("panel-comparisons.csv", "expert=E01,row=F1,col=F2", "value", "two")
            .SetCell("growth.csv", "year=2010", "capital", "0").Faults();
        Assert.Equal(["panel-grades.csv", "panel-factors.csv", "panel-ballots.csv", "panel-comparisons.csv",
            "panel-comparisons.csv", "growth.csv"], faults.Select(f => f.File));
        StudyEditor.Holds(faults[1], "panel-factors.csv", "line 2, column weight (factor F1)",
            "an empty cell (and 1 more cell)", "at least 0");
        Assert.Contains("Did you mean B?", faults[2].Remedy, StringComparison.Ordinal);
        // One weight makes the level a weighted one.
        StudyEditor.Holds(faults[4], "panel-comparisons.csv", "factors F1, F2, F3", "comparisons of factors that have weights",
            "weights or comparisons, not both");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var editor = PanelEditor.Create();
        editor.Delete("panel-ballots.csv").Delete("panel-comparisons.csv");
        Assert.Equal(["panel-ballots.csv", "panel-comparisons.csv"], editor.Faults().Select(f => f.File));
    }

    [Fact]
    public void Either_a_file_or_a_panel_is_given()
    {
        using var editor = PanelEditor.Create();
        editor.Replace("study.json", "\"panel\": {\n", "\"file\": \"coefficients.csv\", \"panel\": {\n")
            .Refuses("study.json", "key coefficients", "both file and panel", "exactly one of the keys file, panel");
        using var other = new StudyEditor();
        other.Replace("study.json", "{ \"file\": \"coefficients.csv\" }", "{ }")
            .Refuses("study.json", "key coefficients", "neither file nor panel", "exactly one");
        other.Replace("study.json", "\"coefficients\": { }", "\"coefficients\": { \"file\": null }")
            .Refuses("study.json", "key coefficients", "neither file nor panel", "exactly one");
    }

    [Theory]
    [InlineData("\"operator\": \"weighted-average\"", "\"operator\": \"max-min\"", "operator", "\"max-min\"", "min-max")]
    [InlineData("\"randomIndex\": \"saaty\"", "\"randomIndex\": \"Saaty\"", "randomIndex", "\"Saaty\"", "\"saaty\" or \"donegan-dodd\"")]
    [InlineData("\"aggregation\": \"judgements\"", "\"aggregation\": \"mean\"", "aggregation",
        "\"mean\"", "\"judgements\" or \"priorities\"")]
    [InlineData("\"missing\": \"refuse\"", "\"missing\": true", "missing", "true", "a string")]
    [InlineData("\"missing\": \"refuse\"", "\"sectors\": \"088\"", "sectors", "\"088\"", "a list")]
    [InlineData("\"ballots\": \"panel-ballots.csv\",", "", "panel", "no key ballots", "ballots, grades, factors")]
    public void A_wrong_key_is_refused(string old, string replacement, string key, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        editor.Replace("study.json", old, replacement).Refuses("study.json",
            "coefficients.panel" + (key == "panel" ? "" : "." + key), found, expected);
    }
}
