using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

public sealed class FactorFaultTests
{
    private const string Consistent = "a,F1,F2,2\na,F1,F3,4\na,F2,F3,2\n";

    [Theory]
    [InlineData("F1,a,0.5,\nF2,b,0.3,\nF3,c,0.1,\n", "column weight (factors F1, F2, F3)", "a sum of 0.9", "a sum of 1 within 1E-06")]
    [InlineData("F1,a,0.333,\nF2,b,0.333,\nF3,c,0.333,\n", "column weight (factors F1, F2, F3)",
        "a sum of 0.999", "a sum of 1 within 1E-06")]
    [InlineData("F1,a,0.5,\nF2,b,,\nF3,c,0.5,\n", "line 3, column weight (factor F2)", "an empty cell", "at least 0")]
    [InlineData("F1,a,1.5,\nF2,b,-0.5,\nF3,c,0,\n", "line 3, column weight (factor F2)", "\"-0.5\"", "at least 0")]
    [InlineData("F1,a,,\nF2,b,,\nF3,c,,\n", "column weight (factors F1, F2, F3)", "no weights",
        "weights that sum to 1, or pairwise comparisons")]
    [InlineData("F1,a,0.5,\nF2,b,0.3,\nF2,c,0.2,\n", "line 4, column code", "code F2 for the second time", "every code once")]
    [InlineData("F1,a,0.5,\nF2,b,0.5,\nF3,c,1,F9\n", "line 4, column parent (factor F3)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("F1,a,0.5,\nF2,b,0.5,\nF3,c,1,F3\n", "line 4, column parent (factor F3)", "\"F3\"", "a factor of the first level")]
    [InlineData("F1,a,1,\nF2,b,1,F1\nF3,c,1,F2\n", "line 4, column parent (factor F3)", "\"F2\"", "a factor of the first level")]
    public void A_wrong_factor_is_refused(string factors, string place, string found, string expected)
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\n" + factors);
        PanelEditor.WithBallots(editor, "").Refuses("panel-factors.csv", place, found, expected);
    }

    [Fact]
    public void Weights_below_a_parent_must_sum_to_one()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\nP,p,0.6,\nF1,a,0.4,\nF2,b,0.5,P\nF3,c,0.4,P\n");
        PanelEditor.WithBallots(editor, "").Refuses("panel-factors.csv", "column weight (parts of factor P: F2, F3)",
            "a sum of 0.9", "a sum of 1");
    }

    [Fact]
    public void Two_levels_are_read_in_any_order()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight,parent\nF2,b,0.5,P\nP,p,0.6,\nF1,a,0.4,\nF3,c,0.5,P\n");
        var panel = PanelEditor.WithBallots(editor, "").Read().Panel!;
        Assert.Equal([1, -1, -1, 1], panel.Factors.Select(f => f.Parent));
        Assert.Equal([0.5, 0.6, 0.4, 0.5], panel.FactorWeights);
        PanelEditor.WithBallots(editor, "a,088,P,B\n").Refuses("panel-ballots.csv", "line 20, column factor",
            "\"P\"", "a factor without parts");
    }

    [Fact]
    public void Thirds_with_seven_digits_sum_to_one()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight\nF1,a,0.3333333\nF2,b,0.3333333\nF3,c,0.3333333\n");
        Assert.All(PanelEditor.WithBallots(editor, "").Read().Panel!.FactorWeights, w => Assert.Equal(1 / 3.0, w, 1e-15));
    }

    [Fact]
    public void Comparisons_give_the_weights()
    {
        using var editor = PanelEditor.Small(Consistent);
        var study = editor.Read();
        Golden.Near([4 / 7.0, 2 / 7.0, 1 / 7.0], study.Panel!.FactorWeights, 1e-12);
        Assert.Same(RandomIndex.Saaty, Assert.Single(study.Panel.Comparisons).RandomIndex);
        Assert.Empty(study.Warnings);
        // Both directions, the diagonal and fractions may be written out.
        editor.Write("panel-comparisons.csv", "expert,row,col,value\na,F1,F1,1\na,F2,F1,1/2\na,F1,F2,2\na,F3,F1,0.25\na,F2,F3,4/2\n");
        Golden.Near(study.Panel.FactorWeights, editor.Read().Panel!.FactorWeights, 1e-15);
    }

    [Theory]
    [InlineData("a,F1,F2,0\n", "line 2, column value (expert a)", "\"0\"", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,12\n", "line 2, column value (expert a)", "\"12\"", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,0.11\n", "line 2, column value (expert a)", "\"0.11\"", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,1/0\n", "line 2, column value (expert a)", "\"1/0\"", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,1/2/3\n", "line 2, column value (expert a)", "\"1/2/3\"", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,\n", "line 2, column value (expert a)", "an empty cell", "a number from 1/9 to 9")]
    [InlineData("a,F1,F1,2\n", "line 2, column value (expert a)", "\"2\"", "1, since the row compares a factor with itself")]
    [InlineData("a,F1,F9,2\n", "line 2, column col (expert a)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("d,F1,F2,2\n", "line 2, column expert (expert d)", "\"d\"", "an expert of panel-ballots.csv")]
    [InlineData(",F1,F2,2\n", "line 2, column expert", "an empty cell", "the name or code of an expert")]
    [InlineData("a,F1,F2,2\na,F2,F1,1/3\n", "line 3, column value (expert a)", "\"1/3\"", "the reciprocal of line 2, 0.5")]
    [InlineData("a,F1,F2,2\na,F1,F2,2\n", "line 3, column value (expert a)", "\"2\"",
        "one comparison of F1 with F2; the first is on line 2")]
    [InlineData("a,F1,F2,2\na,F1,F3,4\n", "expert a, factors F1, F2, F3", "no comparison of F2 with F3", "every pair compared")]
    public void A_wrong_comparison_is_refused(string rows, string place, string found, string expected)
    {
        using var editor = PanelEditor.Small(rows);
        editor.Refuses("panel-comparisons.csv", place, found, expected);
    }

    [Fact]
    public void Comparisons_need_a_named_random_index_and_no_weights()
    {
        using var editor = PanelEditor.Small(Consistent).Replace("study.json", "      \"randomIndex\": \"saaty\",\n", "");
        editor.Refuses("study.json", "key coefficients.panel", "no key randomIndex", "\"saaty\" or \"donegan-dodd\"");
        using var other = PanelEditor.Small(Consistent).Write("panel-factors.csv", "code,name,weight\nF1,a,0.5\nF2,b,0.3\nF3,c,0.2\n");
        other.Refuses("panel-comparisons.csv", "factors F1, F2, F3", "comparisons of factors that have weights",
            "weights or comparisons, not both");
    }

    [Fact]
    public void Comparisons_stay_below_one_parent_and_cover_every_group()
    {
        using var editor = PanelEditor.Small("a,F1,F2,2\n")
            .Write("panel-factors.csv", "code,name,weight,parent\nP,p,,\nF1,a,,\nF2,b,,P\nF3,c,,P\n");
        editor.Refuses("panel-comparisons.csv", "line 2, column col (expert a)", "\"F2\"", "a factor with the parent of F1");
        editor.Write("panel-comparisons.csv", "expert,row,col,value\na,P,F1,3\n")
            .Refuses("panel-comparisons.csv", "parts of factor P: F2, F3", "no comparisons", "at least one expert");
        var panel = editor.AddRow("panel-comparisons.csv", "b,F2,F3,4").Read().Panel!;
        Golden.Near([0.75, 0.25, 0.8, 0.2], panel.FactorWeights, 1e-15);
        Assert.Equal([-1, 0], panel.Comparisons.Select(c => c.Parent));
        Assert.Equal([0, 1], panel.Comparisons.Select(c => Assert.Single(c.Experts)));
    }

    [Fact]
    public void More_factors_than_the_table_has_are_refused()
    {
        var factors = Enumerable.Range(1, 16).Select(f => $"F{f}").ToArray();
        using var editor = PanelEditor.Small(string.Concat(factors.Skip(1).Select(f => $"a,F1,{f},2\n")))
            .Write("panel-factors.csv", "code,name\n" + string.Concat(factors.Select(f => $"{f},\n")))
            .Replace("study.json", "\"missing\": \"refuse\"", "\"missing\": \"complete\"")
            .Write("panel-ballots.csv", "expert,sector,factor,grade\n" + string.Concat(factors.Select(f => $"a,088,{f},B\n")));
        editor.Refuses("panel-comparisons.csv", "factors F1, F2", "16 factors", "at most 15, where the table of Saaty 1980 ends");
    }

    [Fact]
    public void Missing_comparisons_are_completed_where_the_study_says_so()
    {
        using var editor = PanelEditor.Small("a,F1,F2,2\na,F1,F3,4\n")
            .Replace("study.json", "\"missing\": \"refuse\"", "\"missing\": \"complete\"");
        var study = editor.Read();
        Golden.Near([4 / 7.0, 2 / 7.0, 1 / 7.0], study.Panel!.FactorWeights, 1e-12);
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("ahp-completed", warning.Code);
        Assert.Contains("expert a does not compare F2 with F3", warning.Message, StringComparison.Ordinal);
        editor.Write("panel-comparisons.csv", "expert,row,col,value\na,F1,F2,2\n")
            .Refuses("panel-comparisons.csv", "expert a, factors F1, F2, F3", "no comparison of F1 with F3; F2 with F3",
                "a chain of comparisons");
    }

    [Fact]
    public void An_inconsistent_expert_is_noted_with_the_worst_triad()
    {
        using var editor = PanelEditor.Small("a,F1,F2,3\na,F2,F3,4\na,F1,F3,1/5\n" + Consistent.Replace("a,",
            "b,", StringComparison.Ordinal));
        var warnings = editor.Read().Warnings;
        Assert.All(warnings, w => Assert.Equal("ahp-inconsistent", w.Code));
        Assert.Equal(2, warnings.Count);
        Assert.Contains("the comparisons of expert a (factors F1, F2, F3) have a consistency ratio of 1.871, above 0.1 (Saaty 1980)",
            warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("F1 to F2 is 3 and F2 to F3 is 4, but F1 to F3 is 0.2, off by a factor of 60",
            warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("the group", warnings[1].Message, StringComparison.Ordinal);
        // The mean of priorities has no matrix of its own.
        Assert.Single(editor.Replace("study.json", "\"aggregation\": \"judgements\"", "\"aggregation\": \"priorities\"").Read().Warnings);
    }

    [Theory]
    [InlineData("min-max", FuzzyOperator.MinMax)]
    [InlineData("product-max", FuzzyOperator.ProductMax)]
    [InlineData("min-bounded-sum", FuzzyOperator.MinBoundedSum)]
    [InlineData("product-bounded-sum", FuzzyOperator.ProductBoundedSum)]
    public void Every_operator_can_be_chosen(string name, FuzzyOperator expected)
    {
        using var editor = PanelEditor.Create().Replace("study.json", "\"weighted-average\"", $"\"{name}\"");
        Assert.Equal(expected, editor.Read().Panel!.Operator);
    }
}
