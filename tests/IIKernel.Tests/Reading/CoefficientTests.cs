using IIKernel.Inputs;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class CoefficientTests
{
    private const string Header = "sector,point,distribution,low,mode,high,mean,sd,alpha,beta,lambda,sample\n";

    public static TheoryData<string, Marginal?> Accepted { get; } = new()
    {
        { "088,0.2,,,,,,,,,,", null },
        { "088,0.2,uniform,0.1,,0.3,,,,,,", new UniformMarginal(0.1, 0.3) },
        { "088,0.2,triangular,0.1,0.1,0.3,,,,,,", new TriangularMarginal(0.1, 0.1, 0.3) },
        { "088,0.2,pert,0.1,0.2,0.3,,,,,,", new PertMarginal(0.1, 0.2, 0.3) },
        { "088,0.2,pert,0.1,0.2,0.3,,,,,6,", new PertMarginal(0.1, 0.2, 0.3, 6) },
        { "088,0.2,truncated-normal,,,,0.2,0.05,,,,", new TruncatedNormalMarginal(0.2, 0.05, 0, 1) },
        { "088,0.2,truncated-normal,0.1,,0.4,0.2,0.05,,,,", new TruncatedNormalMarginal(0.2, 0.05, 0.1, 0.4) },
        { "088,0.2,beta,,,,,,2,8,,", new BetaMarginal(2, 8, 0, 1) },
        { "088,0.2,beta,0.1,,0.5,,,2,8,,", new BetaMarginal(2, 8, 0.1, 0.5) },
    };

    [Theory, MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void A_distribution_is_read(string row, Marginal? expected)
    {
        using var editor = new StudyEditor();
        var study = editor.Write("coefficients.csv", Header + row + "\n").Read();
        var coefficient = Assert.Single(study.Coefficients);
        Assert.Equal(("088", 0.2), (study.Table.Sectors[coefficient.Sector].Code, coefficient.Point));
        Assert.Equal(expected, coefficient.Distribution);
        Assert.Empty(study.Warnings);
    }

    [Fact]
    public void A_lognormal_keeps_the_mean_and_the_standard_deviation_of_the_coefficient()
    {
        using var editor = new StudyEditor();
        var lognormal = Assert.IsType<LognormalMarginal>(editor.Write("coefficients.csv", Header + "088,0.2,lognormal,,,0.9,0.2,0.06,,,,\n")
            .Read().Coefficients[0].Distribution);
        var variance = lognormal.SdLog * lognormal.SdLog;
        Assert.Equal(0.2, Math.Exp(lognormal.MeanLog + variance / 2), 1e-15);
        Assert.Equal(0.06, 0.2 * Math.Sqrt(Math.Exp(variance) - 1), 1e-15);
        Assert.Equal((0, 0.9), (lognormal.Low, lognormal.High));
    }

    [Fact]
    public void An_empirical_sample_is_read_and_sorted()
    {
        using var editor = new StudyEditor();
        var study = editor.Write("ballots.csv", "expert,value\na,0.3\nb,0.1\nc,0.2\n")
            .Write("coefficients.csv", Header + "088,0.2,empirical,,,,,,,,,ballots.csv\n").Read();
        Assert.Equal([0.1, 0.2, 0.3], Assert.IsType<EmpiricalMarginal>(study.Coefficients[0].Distribution).Sample);
        Assert.Contains(study.Files, f => f.Path == "ballots.csv");
        editor.Write("ballots.csv", "value\n0.3\n1.2\n\n0.1\n");
        var faults = editor.Faults();
        Assert.Equal(2, faults.Count);
        StudyEditor.Holds(faults[0], "ballots.csv", "line 3, column value", "\"1.2\"", "[0, 1]");
        StudyEditor.Holds(faults[1], "ballots.csv", "line 4, column value", "an empty cell", "a number in [0, 1]");
        editor.Delete("ballots.csv").Refuses("ballots.csv", "", "no such file", "study.json");
    }

    [Theory]
    [InlineData("088,1.2,,,,,,,,,,", "column point (sector 088)", "\"1.2\"", "[0, 1]")]
    [InlineData("088,-0.1,,,,,,,,,,", "column point (sector 088)", "\"-0.1\"", "[0, 1]")]
    [InlineData("088,20%,,,,,,,,,,", "column point (sector 088)", "a percentage", "[0, 1]")]
    [InlineData("88,0.2,,,,,,,,,,", "column sector", "\"88\"", "a code of sectors.csv")]
    [InlineData("088,0.2,normal,,,,,,,,,", "column distribution", "\"normal\"",
        "uniform, triangular, pert, truncated-normal, lognormal, beta, empirical")]
    [InlineData("088,0.2,,0.1,,,,,,,,", "column low", "\"0.1\"", "an empty cell, since a certain coefficient")]
    [InlineData("088,0.2,uniform,0.1,0.2,0.3,,,,,,", "column mode", "\"0.2\"", "the distribution uniform does not use mode")]
    [InlineData("088,0.2,uniform,0.1,,,,,,,,", "column high", "an empty cell", "which the distribution uniform needs")]
    [InlineData("088,0.2,uniform,-0.1,,0.3,,,,,,", "column low", "\"-0.1\"", "a bound in [0, 1]")]
    [InlineData("088,0.2,uniform,0.1,,1.3,,,,,,", "column high", "\"1.3\"", "a bound in [0, 1]")]
    [InlineData("088,0.2,uniform,0.3,,0.1,,,,,,", "column low", "\"0.3\"", "low below high 0.1")]
    [InlineData("088,0.2,uniform,0.2,,0.2,,,,,,", "column low", "\"0.2\"", "low below high 0.2")]
    [InlineData("088,0.2,triangular,0.1,0.4,0.3,,,,,,", "column mode", "\"0.4\"", "[0.1, 0.3]")]
    [InlineData("088,0.2,pert,0.1,0.2,0.3,,,,,0,", "column lambda", "\"0\"", "a positive number")]
    [InlineData("088,0.2,truncated-normal,,,,0.2,0,,,,", "column sd", "\"0\"", "a positive number")]
    [InlineData("088,0.2,truncated-normal,,,,NaN,0.1,,,,", "column mean", "NaN", "a number")]
    [InlineData("088,0.2,lognormal,,,,0,0.1,,,,", "column mean", "\"0\"", "a positive number")]
    [InlineData("088,0.2,beta,,,,,,0,1,,", "column alpha", "\"0\"", "a positive number")]
    [InlineData("088,0.2,beta,,,,,,1,-1,,", "column beta", "\"-1\"", "a positive number")]
    [InlineData("088,0.2,lognormal,,,,60,0.05,,,,", "column mean", "\"60\"", "at most 1: mean and sd are those of a share")]
    [InlineData("088,0.2,truncated-normal,,,,0.6,5,,,,", "column sd", "\"5\"", "at most 1: mean and sd are those of a share")]
    [InlineData("088,0.2,truncated-normal,,,,0.6,1e-90,,,,", "column sd", "\"1e-90\"", "at least 1E-15")]
    [InlineData("088,0.2,truncated-normal,,,,-1e90,0.1,,,,", "column mean", "\"-1e90\"", "at least -1000000")]
    [InlineData("088,0.2,lognormal,,,,1e-90,0.1,,,,", "column mean", "\"1e-90\"", "at least 1E-15")]
    [InlineData("088,0.2,pert,0.1,0.2,0.3,,,,,1e16,", "column lambda", "\"1e16\"", "at most 1000000000000")]
    [InlineData("088,0.2,pert,0.1,0.2,0.3,,,,,1e200,", "column lambda", "\"1e200\"", "between 1e-100 and 1e100")]
    [InlineData("088,0.2,beta,,,,,,1e90,1,,", "column alpha", "\"1e90\"", "at most 1000000000000")]
    [InlineData("088,0.2,beta,,,,,,1,1e-90,,", "column beta", "\"1e-90\"", "at least 0.0001")]
    [InlineData("088,0.2,beta,,,,,,0.01,0.1,,", "column alpha", "\"0.01\"", "alpha or beta of at least 0.2; beta is 0.1")]
    [InlineData("088,0,uniform,0,,1e-200,,,,,,", "column high", "\"1e-200\"", "between 1e-100 and 1e100")]
    [InlineData("088,0.2,empirical,,,,,,,,,", "column sample", "an empty cell", "the path of a CSV file")]
    public void A_wrong_coefficient_is_refused(string row, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        editor.Write("coefficients.csv", Header + row + "\n").Refuses("coefficients.csv", "line 2, " + place, found, expected);
    }

    [Fact]
    public void A_sector_given_twice_is_refused()
    {
        using var editor = new StudyEditor();
        editor.AddRow("coefficients.csv", "088,0.1,,,,").Refuses("coefficients.csv", "line 13, column sector",
            "code 088 for the second time", "every code once");
    }

    [Fact]
    public void An_unknown_distribution_gets_a_hint()
    {
        using var editor = new StudyEditor();
        Assert.Contains("Did you mean triangular?",
            editor.SetCell("coefficients.csv", "sector=088", "distribution", "trianguler").Faults()[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_outside_its_distribution_is_noted()
    {
        using var editor = new StudyEditor();
        var warning = Assert.Single(editor.SetCell("coefficients.csv", "sector=088", "point", "0.4").Read().Warnings);
        Assert.Equal("coefficient-point", warning.Code);
        Assert.Contains("line 2, column point (sector 088)", warning.Message, StringComparison.Ordinal);
        Assert.Contains("[0.12, 0.28]", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_in_percent_are_refused_together_with_the_share_that_is_meant()
    {
        using var editor = new StudyEditor();
        var faults = editor.Write("coefficients.csv", Header + "088,0.6,lognormal,,,,60,5,,,,\n").Faults();
        Assert.Equal(["Write the share, not a percentage: 0.6.", "Write the share, not a percentage: 0.05."], faults.Select(f => f.Remedy));
    }

    // Beta(3, 70) has the mean 3/73 and the standard deviation 0.0231: 0.13 lies 3.8 of them above it, 0.14 lies 4.3.
    [Theory]
    [InlineData("0.13", "beta,,,,,,3,70,,", 0)]
    [InlineData("0.14", "beta,,,,,,3,70,,", 1)]
    [InlineData("0", "triangular,0,0,1,,,,,,", 0)]
    [InlineData("0.3", "truncated-normal,,,,0.2,0.02,,,,", 1)]
    public void A_point_far_from_its_own_distribution_is_noted(string point, string distribution, int count)
    {
        using var editor = new StudyEditor();
        var warnings = editor.Write("coefficients.csv", Header + $"088,{point},{distribution}\n").Read().Warnings;
        Assert.Equal(Enumerable.Repeat("coefficient-far-point", count), warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData("truncated-normal,,,,-0.1,0.2,,,,", "coefficient-mean", "the mean before truncation, -0.1, lies outside [0, 1]")]
    [InlineData("truncated-normal,0.1,,0.4,0.2,0.5,,,,", "coefficient-sd", "larger than the width of [0.1, 0.4]")]
    public void A_distribution_of_which_little_is_left_is_noted(string distribution, string code, string message)
    {
        using var editor = new StudyEditor();
        var warning = Assert.Single(editor.Write("coefficients.csv", Header + $"088,0.2,{distribution}\n").Read().Warnings);
        Assert.Equal(code, warning.Code);
        Assert.Contains("coefficients.csv, line 2, column", warning.Message, StringComparison.Ordinal);
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
    }
}
