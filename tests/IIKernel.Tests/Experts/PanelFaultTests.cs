using IIKernel.Tests.Studies;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>Every fault of a panel's definition, grades, factors and ballots, by its file, place, finding and expectation.</summary>
public sealed class PanelFaultTests
{
    private const string Comparisons = "      \"comparisons\": \"panel-comparisons.csv\",\n";
    private const string First = "expert=E01,sector=088,factor=F1,round=2";

    [Theory]
    // old text, new text, place, found, expected
    [InlineData("\"coefficients\": {", "\"coefficients\": {\n    \"file\": \"coefficients.csv\",", "line 15, key coefficients", "both file and panel", "exactly one of the keys file, panel")]
    [InlineData("\"operator\": \"weighted-average\"", "\"operator\": \"sum\"", "line 21, key coefficients.panel.operator", "sum",
        "\"weighted-average\" or \"min-max\" or \"product-max\" or \"min-bounded-sum\" or \"product-bounded-sum\"")]
    [InlineData("\"saaty\"", "\"Saaty\"", "line 22, key coefficients.panel.randomIndex", "Saaty", "\"saaty\" or \"donegan-dodd\"")]
    [InlineData("\"judgements\"", "\"votes\"", "line 23, key coefficients.panel.aggregation", "votes", "\"judgements\" or \"priorities\"")]
    [InlineData("\"refuse\"", "\"ignore\"", "line 24, key coefficients.panel.missing", "ignore", "\"refuse\" or \"complete\"")]
    [InlineData("\"ballots\"", "\"ballot\"", "line 17, key coefficients.panel.ballot", "the unknown key ballot", "ballots, grades, factors, comparisons, operator, randomIndex, aggregation, missing, sectors")]
    [InlineData("      \"grades\": \"panel-grades.csv\",\n", "", "line 16, key coefficients.panel", "no key grades", "ballots, grades, factors")]
    [InlineData("      \"randomIndex\": \"saaty\",\n", "", "key coefficients.panel", "no key randomIndex", "\"saaty\" or \"donegan-dodd\"")]
    [InlineData("\"missing\": \"refuse\"", "\"sectors\": []", "key coefficients.panel.sectors", "an empty list", "at least one sector")]
    [InlineData("\"missing\": \"refuse\"", "\"sectors\": [\"088\", \"88\"]", "key coefficients.panel.sectors[1]", "\"88\"", "a code of sectors.csv")]
    [InlineData("\"missing\": \"refuse\"", "\"sectors\": [\"088\", \"088\"]", "key coefficients.panel.sectors[1]", "\"088\" for the second time", "every sector once")]
    public void A_wrong_key_is_named(string old, string replacement, string place, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        var faults = editor.Replace("study.json", old, replacement).Faults();
        StudyEditor.Holds(faults[0], "study.json", place, found, expected);
    }

    [Fact]
    public void A_study_needs_coefficients_from_a_file_or_from_a_panel()
    {
        using var editor = new StudyEditor();
        var coefficients = Assert.Single(editor.Lines("study.json"), line => line.Contains("\"coefficients\"", StringComparison.Ordinal));
        editor.Replace("study.json", coefficients, "  \"coefficients\": {},").Refuses("study.json", "line 10, key coefficients", "neither file nor panel", "exactly one of the keys file, panel");
    }

    [Theory, InlineData("panel-ballots.csv"), InlineData("panel-grades.csv"), InlineData("panel-factors.csv"), InlineData("panel-comparisons.csv")]
    public void A_missing_file_is_named(string file)
    {
        using var editor = PanelEditor.Create();
        editor.Delete(file).Refuses(file, "", "no such file", "the file that study.json names");
    }

    [Theory]
    [InlineData("panel-ballots.csv", "grade", "expert,sector,factor,grade")]
    [InlineData("panel-grades.csv", "score", "code,name,score")]
    [InlineData("panel-factors.csv", "code", "code,name")]
    [InlineData("panel-comparisons.csv", "value", "expert,row,col,value")]
    public void A_missing_column_is_named(string file, string column, string expected)
    {
        using var editor = PanelEditor.Create();
        var header = editor.Lines(file)[0];
        editor.Replace(file, header + "\n", header.Replace(column, "other", StringComparison.Ordinal) + "\n").Refuses(file, "line 1", $"no column {column}", $"the columns {expected}");
    }

    [Theory]
    [InlineData("score", "1.2", "line 3, column score (grade B)", "\"1.2\"", "a number in [0, 1]")]
    [InlineData("score", "-0.1", "line 3, column score (grade B)", "\"-0.1\"", "a number in [0, 1]")]
    [InlineData("score", "35%", "line 3, column score (grade B)", "a percentage", "a number in [0, 1]")]
    [InlineData("score", "NaN", "line 3, column score (grade B)", "NaN", "a number in [0, 1]")]
    [InlineData("score", "", "line 3, column score (grade B)", "an empty cell", "a number in [0, 1]")]
    [InlineData("code", "A", "line 3, column code", "code A for the second time", "every code once")]
    [InlineData("code", "", "line 3, column code", "an empty cell", "a code")]
    public void A_wrong_grade_is_named(string column, string value, string place, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        editor.SetCell("panel-grades.csv", "code=B", column, value).Refuses("panel-grades.csv", place, found, expected);
    }

    [Theory]
    // rows of the factors; place, found, expected
    [InlineData("F1,a,0.5,|F2,b,0.3,|F3,c,0.3,", "column weight (factors F1, F2, F3)", "a sum of 1.1", "a sum of 1 within")]
    [InlineData("F1,a,0.5,|F2,b,0.3,|F3,c,0.19999,", "column weight (factors F1, F2, F3)", "a sum of 0.99999", "a sum of 1 within")]
    [InlineData("F1,a,0.5,|F2,b,-0.3,|F3,c,0.8,", "line 3, column weight (factor F2)", "\"-0.3\"", "a number of at least 0")]
    [InlineData("F1,a,0.5,|F2,b,,|F3,c,0.5,", "line 3, column weight (factor F2)", "an empty cell", "a number of at least 0")]
    [InlineData("F1,a,,|F2,b,,|F3,c,,", "column weight (factors F1, F2, F3)", "no weights", "weights that sum to 1, or pairwise comparisons")]
    [InlineData("F1,a,0.5,|F1,b,0.5,", "line 3, column code", "code F1 for the second time", "every code once")]
    [InlineData("F1,a,0.5,|F2,b,0.5,|F3,c,1,F9", "line 4, column parent (factor F3)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("F1,a,0.5,|F2,b,0.5,|F3,c,1,F3", "line 4, column parent (factor F3)", "\"F3\"", "a factor of the first level")]
    [InlineData("F1,a,1,|F2,b,1,F1|F3,c,1,F2", "line 4, column parent (factor F3)", "\"F2\"", "a factor of the first level")]
    // P has the three parts that ballots are given on.
    [InlineData("P,a,1,|F1,a,0.5,P|F2,b,0.3,P|F3,c,0.1,P", "column weight (parts of factor P: F1, F2, F3)", "a sum of 0.9", "a sum of 1 within")]
    public void A_wrong_factor_is_named(string rows, string place, string found, string expected)
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\n" + rows.Replace('|', '\n') + "\n");
        editor.Refuses("panel-factors.csv", place, found, expected);
    }

    [Fact]
    public void Weights_within_the_tolerance_are_divided_by_their_sum()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight\nF1,a,0.3333333\nF2,b,0.3333333\nF3,c,0.3333333\n");
        Golden.Near([1 / 3.0, 1 / 3.0, 1 / 3.0], editor.Read().Panel!.FactorWeights, 1e-15);
    }

    [Theory]
    [InlineData("expert", "", "column expert", "an empty cell", "the name or code of an expert")]
    [InlineData("sector", "999", "column sector (expert E01, sector 999)", "\"999\"", "a code of sectors.csv")]
    [InlineData("sector", "88", "column sector (expert E01, sector 88)", "\"88\"", "a code of sectors.csv")]
    [InlineData("factor", "F9", "column factor (expert E01, sector 088)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("grade", "Z", "column grade (expert E01, sector 088)", "\"Z\"", "a code of panel-grades.csv")]
    [InlineData("grade", "0.6", "column grade (expert E01, sector 088)", "\"0.6\"", "a code of panel-grades.csv")]
    [InlineData("grade", "", "column grade (expert E01, sector 088)", "an empty cell", "a code of panel-grades.csv")]
    [InlineData("round", "0", "column round (expert E01, sector 088)", "\"0\"", "a whole number of at least 1")]
    [InlineData("round", "two", "column round (expert E01, sector 088)", "\"two\"", "a whole number of at least 1")]
    [InlineData("round", "", "column round (expert E01, sector 088)", "an empty cell", "a whole number of at least 1")]
    public void A_wrong_ballot_is_named_with_its_line(string column, string value, string place, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        var line = editor.Line("panel-ballots.csv", First);
        editor.SetCell("panel-ballots.csv", First, column, value).Refuses("panel-ballots.csv", $"line {line}, {place}", found, expected);
    }

    [Fact]
    public void A_sector_code_without_its_zero_gets_a_hint()
    {
        using var editor = PanelEditor.Create();
        Assert.Contains("Did you mean 088?", Assert.Single(editor.SetCell("panel-ballots.csv", First, "sector", "88").Faults()).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expert_without_a_ballot_on_a_factor_is_named()
    {
        using var editor = PanelEditor.Create();
        editor.RemoveRow("panel-ballots.csv", First).Refuses("panel-ballots.csv", "expert E01, sector 088, round 2", "no ballot on factor F1", "a ballot on every factor of a sector that the expert judges");
        PanelEditor.WithBallots(editor, "d,124,F3,A\n").Replace("study.json", Comparisons, "").Write("panel-factors.csv", "code,name,weight\nF1,a,0.5\nF2,b,0.3\nF3,c,0.2\n")
            .Refuses("panel-ballots.csv", "expert d, sector 124", "no ballot on factor F1, F2", "a ballot on every factor");
    }

    [Fact]
    public void A_second_ballot_is_named_with_the_line_of_the_first()
    {
        using var editor = PanelEditor.Create();
        var (first, last) = (editor.Line("panel-ballots.csv", First), editor.Lines("panel-ballots.csv").Length);
        var grade = editor.Cell("panel-ballots.csv", First, "grade");
        // Twice the same grade is a second ballot too.
        editor.AddRow("panel-ballots.csv", $"E01,088,F1,{grade},2")
            .Refuses("panel-ballots.csv", $"line {last + 1}, column grade (expert E01, sector 088)", $"\"{grade}\"", $"one ballot on factor F1; the first is on line {first}");
    }

    [Fact]
    public void Rounds_without_their_column_are_second_ballots()
    {
        using var editor = PanelEditor.WithWeights();
        var fault = PanelEditor.WithBallots(editor, "b,124,F2,A\n").Refuses("panel-ballots.csv", "line 20, column grade (expert b, sector 124)", "\"A\"", "one ballot on factor F2; the first is on line 12");
        Assert.Contains("rounds need a column round", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ballot_on_a_factor_with_parts_is_refused()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\nF1,a,0.5,\nF2,b,0.5,\nF3,c,1,F1\n");
        var faults = PanelEditor.WithBallots(editor, "").Faults();
        // Three experts, two sectors.
        Assert.Equal(6, faults.Count);
        StudyEditor.Holds(faults[0], "panel-ballots.csv", "line 2, column factor (expert a, sector 088)", "\"F1\"", "a factor without parts");
        Assert.Contains("the parts of F1", faults[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sector_without_ballots_in_the_last_round_is_named()
    {
        using var editor = PanelEditor.Create();
        editor.MapRows("panel-ballots.csv", rows => rows.Where(r => !(r.Contains(",124,", StringComparison.Ordinal) && r.EndsWith(",2", StringComparison.Ordinal))))
            .Refuses("panel-ballots.csv", "sector 124", "no ballot in round 2, the last", "the ballots of at least one expert");
    }

    [Fact]
    public void Listed_sectors_and_ballots_must_be_the_same()
    {
        using var editor = PanelEditor.WithWeights();
        PanelEditor.WithBallots(editor, "").Replace("study.json", "\"missing\": \"refuse\"", "\"sectors\": [\"124\", \"088\", \"001\"]")
            .Refuses("panel-ballots.csv", "sector 001", "no ballot in round 1, the last", "the ballots of at least one expert");
        var faults = editor.Replace("study.json", "[\"124\", \"088\", \"001\"]", "[\"124\"]").Faults();
        Assert.Equal(9, faults.Count);
        StudyEditor.Holds(faults[0], "panel-ballots.csv", "line 2, column sector (expert a, sector 088)", "\"088\"", "a sector of coefficients.panel.sectors: 124");
        // The list gives the order.
        var study = editor.Replace("study.json", "[\"124\"]", "[\"124\", \"088\"]").Read();
        Assert.Equal(["124", "088"], study.Coefficients.Select(c => study.Table.Sectors[c.Sector].Code));
    }

    [Fact]
    public void The_faults_of_all_files_come_together()
    {
        using var editor = PanelEditor.Create();
        var faults = editor.SetCell("panel-grades.csv", "code=B", "score", "2").SetCell("panel-ballots.csv", First, "grade", "Z")
            .SetCell("panel-ballots.csv", "expert=E02,sector=089,factor=F2,round=1", "factor", "F9")
            .SetCell("panel-comparisons.csv", "expert=E01,col=F2", "value", "12").SetCell("growth.csv", "year=2010", "capital", "0").Faults();
        Assert.Equal(["panel-grades.csv", "panel-ballots.csv", "panel-ballots.csv", "panel-comparisons.csv", "growth.csv"], faults.Select(f => f.File));
    }
}
