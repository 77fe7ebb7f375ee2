using IIKernel.Balances;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Balances;

public sealed class StudyBalancesTests
{
    [Fact]
    public void The_demonstration_study_balances()
    {
        var balances = Of(TestData.Demonstration);
        Assert.Equal(["column-sums", "row-sums", "category-value-added", "gdp", "regional-sums:provinces", "regional-gdp:provinces",
            "category-rates", "flow-coverage", "magnitude-value-added", "magnitude-inputs", "magnitude-units", "magnitude-table",
            "magnitude-regions", "magnitude-series", "magnitude-shares", "magnitude-published"], balances.Select(b => b.Name));

        // Nothing that a user would learn to overlook.
        Assert.DoesNotContain(balances, b => b.Failed > 0);
        Assert.Equal([149, 149, 19, 6, 18, 186], balances.Take(6).Select(b => b.Passed + b.Failed));
        Assert.Equal(BalanceOutcome.Passed, balances[0].Outcome);
        // The demonstration's flows add up exactly but for the conversion of units.
        Assert.True(Math.Abs(balances[0].WorstGap) < 1e-12);
    }

    [Theory]
    [InlineData("china-2017")]
    [InlineData("demo")]
    public void Official_accounts_of_other_sources_pass(string name)
    {
        var study = StudyReader.ReadFolder(TestData.OfficialStudy(name));
        Assert.DoesNotContain(Of(study), b => b.Failed > 0);
    }

    [Fact]
    public void Column_sums_follow_the_readers_verdict()
    {
        var study = TestData.Demonstration;
        var flows = (double[,])study.Table.Flows.Clone();
        flows[0, 4] += 1.5 * study.Table.ColumnSumTolerance[4];
        var result = Of(study with { Table = study.Table with { Flows = flows } })[0];
        Assert.True(result.IsFailure);
        Assert.Equal((148, 1, "sector 005"), (result.Passed, result.Failed, result.WorstItem));
        Assert.Equal(1.5 * result.Tolerance, result.WorstGap, 1e-9);
        flows[0, 4] -= 3 * study.Table.ColumnSumTolerance[4];
        var table = study.Table with { Flows = flows };
        Assert.True(Of(study with { Table = table })[0].IsFailure);
        Assert.False(Of(study with { Table = table with { InputsOutsideFlows = true } })[0].IsFailure);
    }

    [Fact]
    public void Row_sums_inform_of_use_above_output()
    {
        var study = TestData.Demonstration;
        var before = Of(study)[1];
        Assert.Contains("30 sectors are used above their output", before.Note, StringComparison.Ordinal);
        var flows = (double[,])study.Table.Flows.Clone();
        flows[0, 0] += 100 * study.Table.TotalOutput[0];
        var result = Of(study with { Table = study.Table with { Flows = flows } })[1];
        Assert.Equal("sector 001", result.WorstItem);
        Assert.Equal(BalanceOutcome.Failed, result.Outcome);
        Assert.False(result.IsFailure);
        Assert.True(before.Failed == 0 && result.WorstGap > before.WorstGap);
    }

    [Fact]
    public void Accounts_are_held_against_each_other_within_five_percent()
    {
        var study = TestData.Demonstration;
        var sums = Enumerable.Range(0, 6).Select(t => Enumerable.Range(0, 19).Sum(c => study.Categories.ValueAdded[c, t])).ToArray();
        var output = study.Growth.Output.ToArray();
        // Years 2017 to 2022 follow ten others.
        for (var t = 0; t < 6; t++) output[10 + t] = sums[t] / (t == 3 ? 1.06 : 1.03);
        output[15] = null;
        var result = Of(study with { Growth = study.Growth with { Output = output } })[3];
        Assert.Equal((4, 1, "year 2020"), (result.Passed, result.Failed, result.WorstItem));
        Assert.Equal(0.06, result.WorstGap, 1e-12);
        for (var t = 10; t < 16; t++) output[t] = null;
        Assert.Equal(BalanceOutcome.NotApplicable, Of(study with { Growth = study.Growth with { Output = output } })[3].Outcome);
    }

    [Fact]
    public void Category_value_added_is_summed_from_the_table()
    {
        var study = TestData.Demonstration;
        var accounts = (double[,])study.Categories.ValueAdded.Clone();
        for (var c = 0; c < 19; c++)
            accounts[c, 0] = Enumerable.Range(0, 149).Where(i => study.Table.Sectors[i].Category == c).Sum(study.Table.ValueAdded);
        accounts[2, 0] /= 1.5;
        var result = Of(study with { Categories = study.Categories with { ValueAdded = accounts } })[2];
        Assert.Equal((18, 1, "category C"), (result.Passed, result.Failed, result.WorstItem));
        Assert.Equal(0.5, result.WorstGap, 1e-12);
        Assert.Equal((BalanceSeverity.Vintage, false, null), (result.Severity, result.IsFailure, result.Warning));
    }

    [Fact]
    public void A_region_without_gdp_fails()
    {
        var study = TestData.Demonstration;
        var gdp = (double[,,])study.RegionSets[0].Gdp.Clone();
        for (var j = 0; j < 3; j++) gdp[4, j, 2] = 0;
        var result = Of(study with { RegionSets = [study.RegionSets[0] with { Gdp = gdp }] })[5];
        Assert.True(result.IsFailure);
        Assert.Equal((185, 1, $"region {study.RegionSets[0].Regions[4].Code}, year 2019"),
            (result.Passed, result.Failed, result.WorstItem));
    }

    [Fact]
    public void Regional_sums_tell_their_range()
    {
        var study = TestData.Demonstration;
        var gdp = new double[1, 3, 6];
        for (var j = 0; j < 3; j++)
            for (var t = 0; t < 6; t++)
                gdp[0, j, t] = (j == 1 && t == 4 ? 0.5 : 1) * Enumerable.Range(0, 19).Where(c => study.Categories.Categories[c].Group == j)
                    .Sum(c => study.Categories.ValueAdded[c, t]);
        var set = study.RegionSets[0] with { Regions = [study.RegionSets[0].Regions[0]], Gdp = gdp };
        var result = Of(study with { RegionSets = [set] })[4];
        Assert.Equal((17, 1, "group 2, year 2021"), (result.Passed, result.Failed, result.WorstItem));
        Assert.Equal(-0.5, result.WorstGap, 1e-12);
        Assert.Contains("0.5000 to 1.0000", result.Note, StringComparison.Ordinal);
    }

    private static IReadOnlyList<BalanceResult> Of(Study study) => StudyBalances.Of(study, PointModel.Estimate(study));
}
