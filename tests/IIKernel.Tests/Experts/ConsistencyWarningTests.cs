using IIKernel.Experts;
using Xunit;

namespace IIKernel.Tests.Experts;

/// <summary>The warning of judgements that contradict each other.</summary>
public sealed class ConsistencyWarningTests
{
    private const string File = "panel-comparisons.csv";

    [Fact]
    public void The_worst_of_several_triads_is_named()
    {
        // F1 to F3 and F4 agree with the rest, F2 to F4 does not: of the four triads, F2, F3, F4 is furthest from 1.
        using var editor = PanelEditor.Small("a,F1,F2,2\na,F1,F3,4\na,F1,F4,4\na,F2,F3,2\na,F2,F4,9\na,F3,F4,1/2\n");
        editor.Write("panel-factors.csv", "code,name\nF1,a\nF2,b\nF3,c\nF4,d\n")
            .MapRows("panel-ballots.csv", rows => rows.SelectMany(r => r.Contains(",F1,", StringComparison.Ordinal)
                ? [r, r.Replace(",F1,", ",F4,", StringComparison.Ordinal)] : new[] { r }));
        var study = editor.Read();
        var ratio = Assert.Single(Assert.Single(study.Panel!.Comparisons).Priorities).ConsistencyRatio;
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("ahp-inconsistent", warning.Code);
        Assert.Contains("the comparisons of expert a (factors F1, F2, F3, F4) have a consistency ratio of "
            + FormattableString.Invariant($"{ratio:0.000}, above 0.1 (Saaty 1980)"), warning.Message, StringComparison.Ordinal);
        Assert.Contains("The worst triad is F2, F3, F4: F2 to F3 is 2 and F3 to F4 is 0.5, but F2 to F4 is 9, off by a factor of 0.111.",
            warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_warning_begins_above_a_ratio_of_a_tenth()
    {
        // For three factors λ_max = 1 + r^(1/3) + r^(−1/3), r = a_12·a_23/a_13; here r is a_12.
        static double Ratio(double r) => (Math.Cbrt(r) + 1 / Math.Cbrt(r) - 2) / 2 / RandomIndex.Saaty.Of(3);
        Assert.InRange(Ratio(2.75), 0.0985, 0.1);
        Assert.InRange(Ratio(2.8), 0.1, 0.1035);
        using var editor = PanelEditor.Small("a,F1,F2,2.75\na,F1,F3,2\na,F2,F3,2\n");
        Assert.Empty(editor.Read().Warnings);
        // The other table's smaller index makes the same judgements less acceptable.
        Assert.Contains("Donegan & Dodd 1991",
            Assert.Single(editor.Replace("study.json", "\"saaty\"", "\"donegan-dodd\"").Read().Warnings).Message, StringComparison.Ordinal);
        var study = editor.Replace("study.json", "\"donegan-dodd\"", "\"saaty\"").Replace(File, "2.75", "2.8").Read();
        Assert.Equal(["ahp-inconsistent"], study.Warnings.Select(w => w.Code));
        Assert.Equal(Ratio(2.8), study.Panel!.Comparisons[0].Priorities[0].ConsistencyRatio, 1e-12);
    }

    [Theory, InlineData("judgements", 3), InlineData("priorities", 2)]
    public void The_groups_matrix_is_held_to_the_same_ratio(string aggregation, int warnings)
    {
        using var editor = PanelEditor.Small("a,F1,F2,5\na,F1,F3,2\na,F2,F3,5\nb,F1,F2,6\nb,F1,F3,2\nb,F2,F3,6\n");
        var study = editor.Replace("study.json", "\"judgements\"", $"\"{aggregation}\"").Read();
        Assert.Equal(warnings, study.Warnings.Count(w => w.Code == "ahp-inconsistent"));
        Assert.Equal(aggregation == "judgements",
            study.Warnings.Any(w => w.Message.Contains("the comparisons of the group", StringComparison.Ordinal)));
    }
}
