using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>Faults of the shape of a panel's files, and values just beyond what is accepted.</summary>
public sealed class PanelFaultTests
{
    [Theory]
    [InlineData("\"ballots\"", "\"ballot\"", "line 17, key coefficients.panel.ballot", "the unknown key ballot",
        "ballots, grades, factors, comparisons, operator, randomIndex, aggregation, missing, sectors")]
    [InlineData("      \"grades\": \"panel-grades.csv\",\n", "", "line 16, key coefficients.panel",
        "no key grades", "ballots, grades, factors")]
    public void A_wrong_key_is_named_with_its_line(string old, string replacement, string place, string found, string expected)
    {
        using var editor = PanelEditor.Create();
        StudyEditor.Holds(editor.Replace("study.json", old, replacement).Faults()[0], "study.json", place, found, expected);
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
        editor.Replace(file, header + "\n", header.Replace(column, "other", StringComparison.Ordinal) + "\n")
            .Refuses(file, "line 1", $"no column {column}", $"the columns {expected}");
    }

    [Fact]
    public void Weights_that_nearly_sum_to_one_are_refused()
    {
        using var editor = PanelEditor.WithWeights("code,name,weight\nF1,a,0.5\nF2,b,0.3\nF3,c,0.19999\n");
        editor.Refuses("panel-factors.csv", "column weight (factors F1, F2, F3)", "a sum of 0.99999", "a sum of 1 within");
    }

    [Theory]
    // A row beside a whole, consistent matrix on lines 2 to 4.
    [InlineData("b,F1,F2,9.1", "line 5, column value (expert b)", "\"9.1\"", "a number from 1/9 to 9, or a fraction such as 1/3")]
    [InlineData("b,F1,F2,1/10", "line 5, column value (expert b)", "\"1/10\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,-3", "line 5, column value (expert b)", "\"-3\"", "a number from 1/9 to 9")]
    [InlineData("a,F3,F1,0.26", "line 5, column value (expert a)", "\"0.26\"", "the reciprocal of line 3, 0.25")]
    // An expert who begins must end.
    [InlineData("b,F1,F2,2", "expert b, factors F1, F2, F3", "no comparison of F1 with F3; F2 with F3", "every pair compared")]
    public void A_comparison_just_beyond_is_refused(string row, string place, string found, string expected)
    {
        using var editor = PanelEditor.Small("a,F1,F2,2\na,F1,F3,4\na,F2,F3,2\n" + row + "\n");
        editor.Refuses("panel-comparisons.csv", place, found, expected);
    }

    [Theory]
    [InlineData("weighted-average", FuzzyOperator.WeightedAverage)]
    [InlineData("min-max", FuzzyOperator.MinMax)]
    [InlineData("product-max", FuzzyOperator.ProductMax)]
    [InlineData("min-bounded-sum", FuzzyOperator.MinBoundedSum)]
    [InlineData("product-bounded-sum", FuzzyOperator.ProductBoundedSum)]
    public void The_study_is_evaluated_by_the_operator_it_names(string word, FuzzyOperator composition)
    {
        using var editor = PanelEditor.Create();
        var study = editor.Replace("study.json", "\"weighted-average\"", $"\"{word}\"").Read();
        var expected = TestData.FullDemonstration.Panel! with { Operator = composition };
        Assert.Equal(new PanelEvaluation(expected).Point(), study.Coefficients.Select(c => c.Point));
    }
}
