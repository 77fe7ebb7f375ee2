using IIKernel.Experts;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>The faults and warnings of pairwise comparisons, and the warnings of ballots.</summary>
public sealed class ComparisonFaultTests
{
    private const string File = "panel-comparisons.csv";
    private const string Whole = "a,F1,F2,2\na,F1,F3,4\na,F2,F3,2\n";

    [Theory]
    // rows beside a whole, consistent matrix (lines 2 to 4); place, found, expected
    [InlineData("d,F1,F2,2", "line 5, column expert (expert d)", "\"d\"", "an expert of panel-ballots.csv")]
    [InlineData(",F1,F2,2", "line 5, column expert", "an empty cell", "the name or code of an expert")]
    [InlineData("b,F9,F2,2", "line 5, column row (expert b)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("b,F1,F9,2", "line 5, column col (expert b)", "\"F9\"", "a code of panel-factors.csv")]
    [InlineData("b,F1,F2,0", "line 5, column value (expert b)", "\"0\"", "a number from 1/9 to 9, or a fraction such as 1/3")]
    [InlineData("b,F1,F2,9.1", "line 5, column value (expert b)", "\"9.1\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,1/10", "line 5, column value (expert b)", "\"1/10\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,-3", "line 5, column value (expert b)", "\"-3\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,1/0", "line 5, column value (expert b)", "\"1/0\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,1/2/3", "line 5, column value (expert b)", "\"1/2/3\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,more", "line 5, column value (expert b)", "\"more\"", "a number from 1/9 to 9")]
    [InlineData("b,F1,F2,", "line 5, column value (expert b)", "an empty cell", "a number from 1/9 to 9")]
    [InlineData("a,F1,F2,2", "line 5, column value (expert a)", "\"2\"", "one comparison of F1 with F2; the first is on line 2")]
    [InlineData("a,F2,F1,2", "line 5, column value (expert a)", "\"2\"", "the reciprocal of line 2, 0.5")]
    [InlineData("a,F3,F1,0.26", "line 5, column value (expert a)", "\"0.26\"", "the reciprocal of line 3, 0.25")]
    [InlineData("a,F1,F1,3", "line 5, column value (expert a)", "\"3\"", "1, since the row compares a factor with itself")]
    [InlineData("b,F1,F2,2", "expert b, factors F1, F2, F3", "no comparison of F1 with F3; F2 with F3", "every pair compared")]
    public void A_wrong_comparison_is_named(string row, string place, string found, string expected)
    {
        using var editor = PanelEditor.Small(Whole + row + "\n");
        editor.Refuses(File, place, found, expected);
    }

    [Fact]
    public void Reciprocals_and_ones_that_agree_change_nothing()
    {
        using var editor = PanelEditor.Small(Whole);
        var expected = editor.Read();
        Golden.Near([4 / 7.0, 2 / 7.0, 1 / 7.0], expected.Panel!.FactorWeights, 1e-14);
        var actual = editor.Write(File, "expert,row,col,value\n" + Whole + "a,F2,F1,1/2\na,F3,F1,0.25\na,F2,F2,1\n").Read();
        Assert.Equal(expected.Panel.FactorWeights, actual.Panel!.FactorWeights);
        Assert.Empty(actual.Warnings);
        // One direction is as good as the other.
        actual = editor.Write(File, "expert,row,col,value\na,F2,F1,1/2\na,F3,F1,1/4\na,F3,F2,1/2\n").Read();
        Assert.Equal(expected.Panel.FactorWeights, actual.Panel!.FactorWeights);
    }

    [Fact]
    public void Factors_have_weights_or_comparisons_not_both()
    {
        using var editor = PanelEditor.Small(Whole);
        editor.Write("panel-factors.csv", "code,name,weight\nF1,a,0.5\nF2,b,0.3\nF3,c,0.2\n")
            .Refuses(File, "factors F1, F2, F3", "comparisons of factors that have weights", "weights or comparisons, not both");
    }

    [Fact]
    public void Factors_of_different_parents_are_not_compared_and_every_group_needs_its_weights()
    {
        using var editor = PanelEditor.Small("a,P,Q,3\na,F1,F2,2\n");
        editor.Write("panel-factors.csv", "code,name,parent\nP,p,\nQ,q,\nF1,a,P\nF2,b,P\nF3,c,Q\n");
        // 3 : 1, and 2 : 1 within P; F3 is the whole of Q.
        Golden.Near([0.75, 0.25, 2 / 3.0, 1 / 3.0, 1], editor.Read().Panel!.FactorWeights, 1e-14);
        editor.AddRow(File, "a,F2,F3,1").Refuses(File, "line 4, column col (expert a)", "\"F3\"", "a factor with the parent of F2");
        editor.Write(File, "expert,row,col,value\na,P,Q,3\n").Refuses(File, "parts of factor P: F1, F2", "no comparisons", "those of at least one expert, since panel-factors.csv gives no weights");
    }

    [Fact]
    public void More_factors_than_the_table_of_random_indices_reaches_are_refused()
    {
        string[] codes = [.. Enumerable.Range(1, 16).Select(i => $"F{i}")];
        using var editor = PanelEditor.Small(string.Concat(from i in Enumerable.Range(0, 16) from j in Enumerable.Range(i + 1, 15 - i) select $"a,{codes[i]},{codes[j]},1\n"));
        editor.Write("panel-factors.csv", "code,name\n" + string.Concat(codes.Select(c => $"{c},{c}\n")))
            .Write("panel-ballots.csv", "expert,sector,factor,grade\n" + string.Concat(codes.Select(c => $"a,124,{c},B\n")))
            .Refuses(File, "factors F1, ", "16 factors", "at most 15, where the table of Saaty 1980 ends");
    }

    [Fact]
    public void A_missing_comparison_is_completed_where_the_study_says_so()
    {
        using var editor = PanelEditor.Small("a,F1,F2,2\na,F2,F3,2\n");
        editor.Refuses(File, "expert a, factors F1, F2, F3", "no comparison of F1 with F3", "every pair compared");
        var study = editor.Replace("study.json", "\"missing\": \"refuse\"", "\"missing\": \"complete\"").Read();
        Golden.Near([4 / 7.0, 2 / 7.0, 1 / 7.0], study.Panel!.FactorWeights, 1e-14);
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("ahp-completed", warning.Code);
        Assert.Contains("expert a does not compare F1 with F3", warning.Message, StringComparison.Ordinal);
        editor.Write(File, "expert,row,col,value\na,F1,F2,2\n")
            .Refuses(File, "expert a, factors F1, F2, F3", "no comparison of F1 with F3; F2 with F3", "a chain of comparisons between any two factors");
    }

    [Fact]
    public void An_inconsistent_expert_is_warned_about_with_the_worst_triad()
    {
        // 4 : 2 : 1 : 2 but for F2 to F4, which is 9 in the place of 1.
        using var editor = PanelEditor.Small("a,F1,F2,2\na,F1,F3,4\na,F1,F4,4\na,F2,F3,2\na,F2,F4,9\na,F3,F4,1/2\n");
        editor.Write("panel-factors.csv", "code,name\nF1,a\nF2,b\nF3,c\nF4,d\n")
            .MapRows("panel-ballots.csv", rows => rows.SelectMany(r => r.Contains(",F1,", StringComparison.Ordinal) ? [r, r.Replace(",F1,", ",F4,", StringComparison.Ordinal)] : new[] { r }));
        var study = editor.Read();
        var ratio = Assert.Single(Assert.Single(study.Panel!.Comparisons).Priorities).ConsistencyRatio;
        Assert.True(ratio > PriorityVector.AcceptableRatio);
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("ahp-inconsistent", warning.Code);
        Assert.Contains(FormattableString.Invariant($"the comparisons of expert a (factors F1, F2, F3, F4) have a consistency ratio of {ratio:0.000}, above 0.1 (Saaty 1980)"), warning.Message, StringComparison.Ordinal);
        Assert.Contains("The worst triad is F2, F3, F4: F2 to F3 is 2 and F3 to F4 is 0.5, but F2 to F4 is 9, off by a factor of 0.111.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_warning_begins_above_a_ratio_of_a_tenth()
    {
        // For three factors λ_max − 1 = d + 1/d + 1 − … depends on the triad's ratio alone: λ_max = 1 + r^(1/3) + r^(−1/3).
        static double Ratio(double triad) => (Math.Cbrt(triad) + 1 / Math.Cbrt(triad) - 2) / 2 / 0.58;
        Assert.InRange(Ratio(2.75), 0.0985, 0.1);
        Assert.InRange(Ratio(2.8), 0.1, 0.1035);
        using var editor = PanelEditor.Small("a,F1,F2,2.75\na,F1,F3,2\na,F2,F3,2\n");
        Assert.Empty(editor.Read().Warnings);
        var study = editor.Write(File, "expert,row,col,value\na,F1,F2,2.8\na,F1,F3,2\na,F2,F3,2\n").Read();
        Assert.Equal(["ahp-inconsistent"], study.Warnings.Select(w => w.Code));
        Assert.Equal(Ratio(2.8), study.Panel!.Comparisons[0].Priorities[0].ConsistencyRatio, 1e-12);
        // The other table's smaller index makes the same judgements less acceptable.
        study = editor.Write(File, "expert,row,col,value\na,F1,F2,2.75\na,F1,F3,2\na,F2,F3,2\n").Replace("study.json", "\"saaty\"", "\"donegan-dodd\"").Read();
        Assert.Contains("Donegan & Dodd 1991", Assert.Single(study.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("judgements", 3), InlineData("priorities", 2)]
    public void The_groups_matrix_is_held_to_the_same_ratio(string aggregation, int warnings)
    {
        using var editor = PanelEditor.Small("a,F1,F2,5\na,F1,F3,2\na,F2,F3,5\nb,F1,F2,6\nb,F1,F3,2\nb,F2,F3,6\n");
        var study = editor.Replace("study.json", "\"judgements\"", $"\"{aggregation}\"").Read();
        Assert.Equal(warnings, study.Warnings.Count(w => w.Code == "ahp-inconsistent"));
        Assert.Equal(aggregation == "judgements", study.Warnings.Any(w => w.Message.Contains("the comparisons of the group", StringComparison.Ordinal)));
    }

    [Fact]
    public void Experts_who_drop_out_or_skip_a_sector_are_noted()
    {
        using var editor = PanelEditor.Create();
        editor.MapRows("panel-ballots.csv", rows => rows.Where(r => !(r.StartsWith("E04,", StringComparison.Ordinal) && r.EndsWith(",2", StringComparison.Ordinal))
            && !r.StartsWith("E07,124,", StringComparison.Ordinal) && !r.StartsWith("E07,125,", StringComparison.Ordinal)));
        var study = editor.Read();
        Assert.Equal(["panel-dropout", "panel-skipped-sectors"], study.Warnings.Select(w => w.Code));
        Assert.Contains("expert E04 has no ballot in round 2, the last", study.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("(expert E07 sector 124, 125)", study.Warnings[1].Message, StringComparison.Ordinal);
        Assert.Equal(12, study.Panel!.Experts.Count);
        // Whoever drops out has no influence.
        Golden.Near([.. study.Coefficients.Select(c => c.Point)], new PanelEvaluation(study.Panel).Without(3), 0);
    }

    [Theory]
    [InlineData("weighted-average", FuzzyOperator.WeightedAverage)]
    [InlineData("min-max", FuzzyOperator.MinMax)]
    [InlineData("product-max", FuzzyOperator.ProductMax)]
    [InlineData("min-bounded-sum", FuzzyOperator.MinBoundedSum)]
    [InlineData("product-bounded-sum", FuzzyOperator.ProductBoundedSum)]
    public void The_study_chooses_the_operator(string word, FuzzyOperator composition)
    {
        using var editor = PanelEditor.Create();
        var study = editor.Replace("study.json", "\"weighted-average\"", $"\"{word}\"").Read();
        Assert.Equal(composition, study.Panel!.Operator);
        var expected = StudyReader.Read(EmbeddedStudyFiles.PanelDemonstration).Panel! with { Operator = composition };
        Assert.Equal(new PanelEvaluation(expected).Point(), study.Coefficients.Select(c => c.Point));
    }
}
