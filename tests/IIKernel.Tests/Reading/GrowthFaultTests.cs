using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class GrowthFaultTests
{
    [Theory]
    [InlineData("2010", "capital", "0", "line 5, column capital (year 2010)", "\"0\"", "a positive number")]
    [InlineData("2010", "labour", "-2", "line 5, column labour (year 2010)", "\"-2\"", "a positive number")]
    [InlineData("2010", "output", "n.a.", "line 5, column output (year 2010)", "\"n.a.\"", "a positive number")]
    [InlineData("2010", "capital", "", "line 5, column capital (year 2010)", "an empty cell", "only after the last known year")]
    [InlineData("2019", "capital", "640000", "line 13, column capital (year 2018)", "an empty cell", "only after the last known year")]
    [InlineData("2010", "year", "2009", "line 5, column year (year 2009)", "\"2009\"", "the first is on line 4")]
    [InlineData("2010", "year", "10", "line 5, column year", "\"10\"", "a year of four digits")]
    public void A_wrong_cell_is_named(string year, string column, string value, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        editor.SetCell("growth.csv", $"year={year}", column, value).Refuses("growth.csv", place, found, expected);
    }

    // With capital or labour that tells the elasticities not apart there is no fit: known from the reading on.
    [Theory]
    [InlineData("constant", "capital", 4.0, "column capital, labour, years 2007 to 2016",
        "capital and labour in proportion: their ratio is 4 in every year")]
    [InlineData("free", "capital", 4.0, "column capital, labour, years 2007 to 2016", "in proportion")]
    [InlineData("free", "labour", 0.0, "column labour, years 2007 to 2016", "labour that is 76000 in every year")]
    [InlineData("free", "capital", 0.0, "column capital, years 2007 to 2016", "capital that is 76000 in every year")]
    public void A_fit_that_cannot_tell_the_elasticities_apart_is_refused(string returns, string column,
        double ratio, string place, string found)
    {
        using var editor = new StudyEditor();
        foreach (var year in Enumerable.Range(2007, 10))
        {
            var value = ratio > 0 ? ratio * TestData.Number(editor.Cell("growth.csv", $"year={year}", "labour")) : 76_000;
            editor.SetCell("growth.csv", $"year={year}", column, value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        editor.Replace("study.json", "\"constant\"", $"\"{returns}\"").Refuses("growth.csv", place, found, "tell the elasticities");
    }

    [Fact]
    public void Labour_that_stands_still_is_no_fault_under_constant_returns()
    {
        using var editor = new StudyEditor();
        foreach (var year in Enumerable.Range(2007, 10)) editor.SetCell("growth.csv", $"year={year}", "labour", "76000");
        Assert.Equal(76_000, editor.Read().Growth.Labour[0]);
    }

    [Fact]
    public void A_gap_in_the_years_is_named()
    {
        using var editor = new StudyEditor();
        editor.RemoveRow("growth.csv", "year=2012").RemoveRow("growth.csv", "year=2013")
            .Refuses("growth.csv", "column year", "no row for 2012, 2013", "every year from 2007 to 2023");
    }

    [Fact]
    public void A_reported_year_without_row_is_named()
    {
        using var editor = new StudyEditor();
        editor.RemoveRow("growth.csv", "year=2023").RemoveRow("growth.csv", "year=2022")
            .Refuses("growth.csv", "column year", "no row for 2022", "every reported year, 2017 to 2022");
    }

    [Fact]
    public void A_fit_window_outside_the_years_is_refused()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "[2007, 2016]", "[2005, 2016]").Refuses("growth.csv",
            "column year", "the years 2007 to 2023", "every year of growth.fit, 2005 to 2016");
    }

    [Fact]
    public void A_series_that_ends_within_the_fit_window_is_refused()
    {
        using var editor = new StudyEditor();
        // Labour is known to 2018, capital to 2017.
        editor.Replace("study.json", "[2007, 2016]", "[2007, 2018]").Refuses("growth.csv",
            "column capital", "last known year 2017", "every year of growth.fit, 2007 to 2018");
    }

    [Fact]
    public void A_series_without_values_is_refused()
    {
        using var editor = new StudyEditor();
        editor.MapRows("growth.csv", rows => rows.Select(r => string.Join(',', r.Split(',').Take(3)) + ","))
            .Refuses("growth.csv", "column labour", "no value", "a value for every year");
    }

    [Fact]
    public void A_window_longer_than_a_series_to_be_filled_is_refused()
    {
        using var editor = new StudyEditor();
        var faults = editor.Replace("study.json", "\"window\": 5", "\"window\": 12").Faults();
        // Capital has 11 known years, labour 12; output needs no filling.
        StudyEditor.Holds(Assert.Single(faults), "growth.csv", "column capital", "11 known years", "at least 12");
    }

    [Fact]
    public void Free_returns_need_four_years_and_take_them()
    {
        using var editor = new StudyEditor();
        var study = editor.Replace("study.json", "[2007, 2016], \"returns\": \"constant\"", "[2013, 2016], \"returns\": \"free\"").Read();
        Assert.Equal(IIKernel.Growth.ReturnsToScale.Free, study.Growth.Returns);
        Assert.Equal((2013, 2016), (study.Growth.FitFirst, study.Growth.FitLast));
    }

    [Theory]
    [InlineData("output", 2018, 2023)]
    [InlineData("capital", 2013, 2018)]
    [InlineData("labour", 2014, 2019)]
    public void A_series_that_is_extrapolated_below_zero_is_refused(string series, int first, int fallen)
    {
        // The line through 500,000, 300,000, 150,000, 50,000 and 5,000 is at 201,000 in the middle and falls by 124,000 a year.
        using var editor = new StudyEditor();
        double[] falling = [500000, 300000, 150000, 50000, 5000];
        for (var i = 0; i < falling.Length; i++) editor.SetCell("growth.csv", $"year={first + i}", series, $"{falling[i]}");
        editor.Refuses("growth.csv", $"line {fallen - 2005}, column {series} (year {fallen})",
            "an empty cell", $"a positive number: the line through the last 5 known years falls to -171000 in {fallen}");
    }
}
