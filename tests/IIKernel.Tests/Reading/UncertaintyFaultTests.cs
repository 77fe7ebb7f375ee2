using System.Globalization;
using IIKernel.Inputs;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class UncertaintyFaultTests
{
    private const string GdpVintages =
        "\"vintages\": [{ \"name\": \"published\", \"sd\": 0.01 }, { \"name\": \"constructed\", \"sd\": 0 }], ";

    private const string Correlated = "\"file\": \"coefficients.csv\", \"correlation\": \"correlation.csv\"";

    [Theory]
    [InlineData("088,089,1.2", "line 2, column value (088, 089)", "\"1.2\"", "in [−1, 1]")]
    [InlineData("088,899,0.2", "line 2, column col (088, 899)", "\"899\"", "a code of sectors.csv")]
    [InlineData("088,001,0.2", "line 2, column col (088, 001)", "\"001\"", "a sector with a coefficient")]
    [InlineData("088,088,0.2", "line 2, column value (088, 088)", "\"0.2\"", "with itself")]
    [InlineData("088,089,0.2\n089,088,0.3", "line 3, column value (089, 088)", "\"0.3\"", "0.2, as on line 2")]
    [InlineData("088,089,x", "line 2, column value (088, 089)", "\"x\"", "in [−1, 1]")]
    public void A_wrong_correlation_is_named(string rows, string place, string found, string expected)
    {
        using var editor = Correlate(rows);
        editor.Refuses("correlation.csv", place, found, expected);
    }

    [Theory]
    [InlineData("\"a\": 0.3", "\"a\": -0.3", "uncertainty.flows.relativeSd.a", "-0.3", "0")]
    [InlineData("\"b\": 0.2", "\"b\": 11", "uncertainty.flows.relativeSd.b", "11", "10")]
    [InlineData("\"most\": 1,", "\"most\": 1.5,", "uncertainty.flows.relativeSd.most", "1.5", "1")]
    [InlineData("\"least\": 0.02, \"most\": 1,", "\"least\": 0.5, \"most\": 0.1,",
        "uncertainty.flows.relativeSd.least", "0.5", "at most 0.1")]
    [InlineData("\"unit\": \"亿元\" }, \"fixed\"", "\"unit\": \"kg\" }, \"fixed\"",
        "uncertainty.flows.relativeSd.unit", "\"kg\"", "百万")]
    [InlineData("\"unit\": \"亿元\" }, \"fixed\"", "\"unit\": \"USD\" }, \"fixed\"",
        "uncertainty.flows.relativeSd.unit", "USD", "CNY")]
    [InlineData("\"fixed\": \"output\"", "\"balance\": \"gras\"", "uncertainty.flows.balance", "\"gras\"", "\"ras\" or \"wls\"")]
    [InlineData("\"fixed\": \"output\"", "\"fixed\": \"output\", \"balance\": \"ras\"",
        "uncertainty.flows.fixed", "fixed beside balance \"ras\"", "at most one")]
    [InlineData("\"fixed\": \"output\"", "\"fixed\": \"inputs\"", "uncertainty.flows.fixed", "\"inputs\"", "\"valueAdded\"")]
    public void A_wrong_error_of_flows_is_named(string old, string replacement, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-flows.json")).Replace("study.json", old, replacement);
        editor.Refuses("study.json", place, found, expected);
    }

    [Fact]
    public void Scaling_refuses_negative_flows_that_have_errors_and_least_squares_take_them()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-flows.json"))
            .Replace("study.json", "\"fixed\": \"output\"", "\"balance\": \"ras\"");
        Assert.Equal(FlowBalance.Scaling, editor.Read().Uncertainty.Flows!.Balance);
        long Flow(string row) => long.Parse(editor.Cell("flows.csv", "code=" + row, "005"), CultureInfo.InvariantCulture);
        var (flow, other) = (Flow("003"), Flow("009"));
        editor.SetCell("flows.csv", "code=003", "005", $"{-flow}").SetCell("flows.csv", "code=009", "005", $"{other + 2 * flow}");
        editor.Refuses("study.json", "uncertainty.flows.balance", "1 negative flow with errors (row 003 column 005)", "no negative");
        editor.Replace("study.json", "\"ras\"", "\"wls\"");
        Assert.Equal(FlowBalance.LeastSquares, editor.Read().Uncertainty.Flows!.Balance);
    }

    [Fact]
    public void Flows_have_the_stated_relative_standard_deviations()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-flows.json"));
        var study = editor.Read();
        var errors = study.Uncertainty.Flows!;
        var n = study.Table.Sectors.Count;
        var found = new HashSet<string>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var x = study.Table.Flows[i, j];
                var law = x == 0 ? 0 : 0.3 * Math.Pow(x, -0.2);
                Assert.Equal(x == 0 ? 0 : Math.Clamp(law, 0.02, 1), errors.RelativeSd[i, j], 1e-13);
                found.Add(x == 0 ? "none" : law < 0.02 ? "least" : law > 1 ? "most" : "law");
            }
        }

        Assert.Contains("law", found);

        // The same law in another unit: x in 万元 is 10,000 times as large a number.
        editor.Replace("study.json", "\"a\": 0.3, \"b\": 0.2", "\"a\": " + (0.3 * Math.Pow(1e4, 0.2)).ToString("R", null) + ", \"b\": 0.2")
            .Replace("study.json", "\"unit\": \"亿元\" }, \"fixed\"", "\"unit\": \"万元\" }, \"fixed\"");
        var other = editor.Read().Uncertainty.Flows!;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) Assert.Equal(errors.RelativeSd[i, j], other.RelativeSd[i, j], 1e-13);
    }

    [Fact]
    public void A_certain_coefficient_has_no_correlation()
    {
        using var editor = Correlate("088,089,0.2");
        foreach (var column in new[] { "distribution", "low", "mode", "high" })
            editor.SetCell("coefficients.csv", "sector=089", column, "");
        editor.Refuses("correlation.csv", "line 2, column col", "\"089\"", "has a distribution");
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused_with_one_that_is()
    {
        using var editor = Correlate("088,089,0.9\n089,090,0.9\n088,090,-0.5");
        var fault = editor.Refuses("correlation.csv", "column value", "not positive definite", "positive definite");
        var offered = fault.Remedy.Split(": ")[1].Split("; ");
        Assert.Equal(["088,089", "088,090", "089,090"], offered.SkipLast(1).Select(o => o[..7]));
        editor.Write("correlation.csv", "row,col,value\n" + string.Join('\n', offered.SkipLast(1)) + "\n");
        Assert.NotNull(editor.Read().Correlation);
    }

    [Fact]
    public void The_nearest_correlation_matrix_is_the_known_one()
    {
        // Higham (2002), section 4: the distance of this matrix to the nearest correlation matrix is 0.5278.
        double[,] a = { { 1, 1, 0 }, { 1, 1, 1 }, { 0, 1, 1 } };
        var nearest = RankCorrelation.Nearest(a);
        var distance = Math.Sqrt(Enumerable.Range(0, 9).Sum(i => Math.Pow(nearest[i / 3, i % 3] - a[i / 3, i % 3], 2)));
        Assert.Equal(0.5278, distance, 5e-5);
        Assert.Equal(0.7607, nearest[0, 1], 5e-5);
        Assert.Equal(0.1573, nearest[0, 2], 5e-5);
        Assert.True(RankCorrelation.IsPositiveDefinite(nearest));
    }

    [Theory]
    [InlineData("\"panel\": { \"factorConcentration\": 50 }", "\"panel\": { \"factorConcentration\": 0 }",
        "uncertainty.panel.factorConcentration", "0", "0.05")]
    [InlineData("\"panel\": { \"factorConcentration\": 50 }", "\"panel\": { \"factorConcentration\": 0.049 }",
        "uncertainty.panel.factorConcentration", "0.049", "0.05")]
    [InlineData("\"growth\": true", "\"growth\": 1", "uncertainty.growth", "1", "true or false")]
    [InlineData(GdpVintages, "", "uncertainty.revisions.gdp", "neither sd nor vintages", "exactly one")]
    [InlineData(GdpVintages, "\"sd\": 0.01, " + GdpVintages, "uncertainty.revisions.gdp", "both sd and vintages", "exactly one")]
    [InlineData("\"fixed\": \"group\"", "\"fixed\": \"region\"", "uncertainty.revisions.gdp.fixed", "\"region\"", "\"nation\"")]
    [InlineData("\"name\": \"revised\"", "\"name\": \"first\"", "uncertainty.revisions.valueAdded.vintages",
        "\"first\" more than once", "once")]
    [InlineData("\"constant\", \"extrapolate\": { \"window\": 5 }", "\"constant\", \"extrapolate\": { \"window\": 2 }",
        "growth.extrapolate.window", "2", "at least 3")]
    public void A_wrong_key_is_named(string old, string replacement, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json")).Replace("study.json", old, replacement)
            .Refuses("study.json", "key " + place, found, expected);
    }

    [Fact]
    public void Keys_that_do_not_go_together_are_refused()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"published\": {", "\"uncertainty\": { \"panel\": {} },\n  \"published\": {")
            .Refuses("study.json", "key uncertainty.panel", "a panel that the study does not have", "coefficients.panel");
        using var panel = new StudyEditor();
        panel.Write("study.json", panel.Text("study-full.json")).Replace("study.json", "\"panel\": {\n",
            "\"correlation\": \"correlation.csv\", \"panel\": {\n")
            .Refuses("study.json", "key coefficients.correlation", "beside a panel", "beside a file");
    }

    [Fact]
    public void A_wrong_account_is_named()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json"));
        editor.SetCell("category-value-added.csv", "category=B,year=2018", "vintage", "frist")
            .Refuses("category-value-added.csv", "line 9, column vintage (category B, year 2018)", "\"frist\"", "first, revised, final");
        editor.SetCell("category-value-added.csv", "category=B,year=2018", "vintage", "final")
            .SetCell("category-value-added.csv", "category=B,year=2018", "value_added", "")
            .Refuses("category-value-added.csv", "line 9, column value_added", "an empty cell", "only after the last known year");
        editor.SetCell("category-value-added.csv", "category=B,year=2018", "value_added", "1")
            .SetCell("category-value-added.csv", "category=B,year=2022", "value_added", "")
            .Refuses("category-value-added.csv", "column value_added (category B, year 2022)", "an empty cell", "6 known years before it");
        editor.SetCell("category-value-added.csv", "category=B,year=2022", "value_added", "1")
            .SetCell("category-value-added.csv", "category=B,year=2017", "value_added", "1e9")
            .Refuses("category-value-added.csv", "column value_added (category B, year 2023)", "an empty cell", "falls to");
    }

    [Fact]
    public void An_account_that_is_extrapolated_to_zero_is_refused_and_one_of_zeros_is_not()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json"));
        for (var year = 2017; year < 2023; year++)
            editor.SetCell("category-value-added.csv", $"category=B,year={year}", "value_added", "0");
        Assert.Equal(0, editor.Read().Categories.ValueAdded[1, 6]);
        for (var year = 2017; year < 2023; year++)
            editor.SetCell("category-value-added.csv", $"category=B,year={year}", "value_added", $"{2023 - year}");
        editor.Refuses("category-value-added.csv", "column value_added (category B, year 2023)", "an empty cell", "falls to");
    }

    [Theory]
    [InlineData(3, "1 degree of freedom", "neither a mean nor a standard deviation")]
    [InlineData(4, "2 degrees of freedom", "no standard deviation")]
    [InlineData(5, null, null)]
    public void Figures_that_are_filled_with_few_degrees_of_freedom_are_warned_about(int window, string? degrees, string? consequence)
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json").Replace("\"window\": 5",
            $"\"window\": {window}", StringComparison.Ordinal).Replace("\"window\": 6", $"\"window\": {window}", StringComparison.Ordinal));
        var warnings = editor.Read().Warnings.Where(w => w.Code == "few-degrees-of-freedom").Select(w => w.Message).ToArray();
        if (degrees is null)
        {
            Assert.Empty(warnings);
            return;
        }

        // Category accounts, growth series, GDP of provinces.
        Assert.Equal(["category-value-added.csv", "growth.csv", "province-gdp.csv"], warnings.Select(w => w[..w.IndexOf(':')]));
        Assert.All(warnings, w => Assert.Contains(degrees, w, StringComparison.Ordinal));
        Assert.All(warnings, w => Assert.Contains(consequence!, w, StringComparison.Ordinal));

        // Where no error is drawn of the filled figures, there is nothing to warn about.
        Assert.DoesNotContain(editor.Replace("study.json", "\"extrapolation\": true", "\"extrapolation\": false").Read().Warnings,
            w => w.Code == "few-degrees-of-freedom");
    }

    [Theory]
    [InlineData("wages", "coefficients, growth, extrapolation, revisions")]
    [InlineData("growth", "coefficients")]
    public void A_source_that_is_not_there_ends_with_code_2(string source, string expected)
    {
        using var editor = new StudyEditor();
        var (exitCode, error) = CommandLineRunner.InProcess("run", editor.Folder, "--only", source);
        Assert.Equal(2, exitCode);
        Assert.Contains($"--only {source}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static StudyEditor Correlate(string rows)
    {
        var editor = new StudyEditor();
        return editor.Write("correlation.csv", "row,col,value\n" + rows + "\n")
            .Replace("study.json", "\"file\": \"coefficients.csv\"", Correlated);
    }
}
