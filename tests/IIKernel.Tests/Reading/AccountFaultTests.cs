using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class AccountFaultTests
{
    [Theory]
    [InlineData("groups.csv", "code=2", "code", "1", "line 3, column code", "code 1 for the second time", "every code once")]
    [InlineData("categories.csv", "code=C", "code", "B", "line 4, column code", "code B for the second time", "every code once")]
    [InlineData("categories.csv", "code=C", "group", "4", "line 4, column group (category C)", "\"4\"", "a code of groups.csv")]
    [InlineData("category-value-added.csv", "category=B,year=2018", "category", "b", "line 9, column category",
        "\"b\"", "a code of categories.csv")]
    [InlineData("category-value-added.csv", "category=B,year=2018", "value_added", "-1",
        "line 9, column value_added (category B, year 2018)", "\"-1\"", "at least 0")]
    [InlineData("category-value-added.csv", "category=B,year=2018", "year", "18", "line 9, column year", "\"18\"", "a year of four digits")]
    [InlineData("category-value-added.csv", "category=B,year=2018", "year", "2017", "line 9, column value_added",
        "a second row for the same category and year", "the first is on line 8")]
    [InlineData("provinces.csv", "code=120000", "code", "110000", "line 3, column code",
        "code 110000 for the second time", "every code once")]
    [InlineData("province-gdp.csv", "region=110000,year=2017,group=2", "region", "110001",
        "line 3, column region", "\"110001\"", "a code of provinces.csv")]
    [InlineData("province-gdp.csv", "region=110000,year=2017,group=2", "group", "9", "line 3, column group",
        "\"9\"", "a code of groups.csv")]
    [InlineData("province-gdp.csv", "region=110000,year=2017,group=2", "group", "1", "line 3, column gdp",
        "a second row for the same region, group and year", "the first is on line 2")]
    [InlineData("province-gdp.csv", "region=110000,year=2017,group=2", "gdp", "", "line 3, column gdp (region 110000, group 2, year 2017)",
        "an empty cell", "at least 0")]
    [InlineData("published.csv", "scope=category,code=A,year=2022", "scope", "categories",
        "column scope", "\"categories\"", "nation, category, group, sector, provinces, area")]
    [InlineData("published.csv", "scope=category,code=A,year=2022", "code", "Z", "column code", "\"Z\"", "a code of categories.csv")]
    [InlineData("published.csv", "scope=group,code=1,year=2022", "code", "", "column code", "an empty cell", "a code of groups.csv")]
    [InlineData("published.csv", "scope=nation,year=2022,component=total", "code", "A", "line 4, column code", "\"A\"", "no code")]
    [InlineData("published.csv", "scope=nation,year=2022,component=total", "component", "sum",
        "line 4, column component", "\"sum\"", "direct, indirect or total")]
    [InlineData("published.csv", "scope=nation,year=2022,component=total", "component", "direct",
        "line 4, column scope", "\"nation\"", "the first is on line 2")]
    [InlineData("published.csv", "scope=nation,year=2022,component=total", "kind", "guess",
        "line 4, column kind", "\"guess\"", "published or forecast")]
    [InlineData("published.csv", "scope=nation,year=2022,component=total", "value", "44,600", "line 4", "7 cells", "6 cells")]
    [InlineData("published.csv", "scope=provinces,code=110000,component=direct", "code", "990000",
        "column code", "\"990000\"", "a code of provinces.csv")]
    public void A_wrong_cell_is_named(string file, string where, string column, string value, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        var faults = editor.SetCell(file, where, column, value).Faults();
        StudyEditor.Holds(faults[0], file, place, found, expected);
    }

    [Fact]
    public void A_code_that_is_nearly_known_gets_a_hint()
    {
        using var editor = new StudyEditor();
        var faults = editor.SetCell("sectors.csv", "code=007", "category", "b").Faults();
        Assert.Contains("Did you mean B?", faults[0].Remedy, StringComparison.Ordinal);
        faults = editor.SetCell("sectors.csv", "code=007", "category", "Z").Faults();
        Assert.DoesNotContain("Did you mean", faults[0].Remedy, StringComparison.Ordinal);
        using var other = new StudyEditor();
        faults = other.SetCell("province-gdp.csv", "region=110000,year=2017,group=2", "region", "11000").Faults();
        // Another number is no slip of the pen.
        Assert.DoesNotContain("Did you mean", faults[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_years_are_named_in_one_fault()
    {
        using var editor = new StudyEditor();
        editor.RemoveRow("category-value-added.csv", "category=B,year=2018").RemoveRow("category-value-added.csv", "category=S,year=2022")
            .Refuses("category-value-added.csv", "", "no row for category B year 2018; category S year 2022",
                "every category and year from 2017 to 2022 (114 rows)");
        using var other = new StudyEditor();
        other.MapRows("province-gdp.csv", rows => rows.Where(r => !r.StartsWith("120000,", StringComparison.Ordinal)))
            .Refuses("province-gdp.csv", "", "region 120000 group 1 year 2017; region 120000 group 1 year 2018", "(558 rows)");
    }

    [Fact]
    public void Years_outside_the_study_are_ignored_and_order_does_not_matter()
    {
        using var editor = new StudyEditor();
        var expected = TestData.Demonstration;
        foreach (var file in new[] { "category-value-added.csv", "province-gdp.csv", "growth.csv" })
            editor.MapRows(file, rows => rows.Reverse());
        editor.AddRow("category-value-added.csv", "A,2016,x,").AddRow("province-gdp.csv", "110000,2024,1,,");
        StudyEditor.AssertSame(expected, editor.Read());
    }

    [Fact]
    public void Published_years_may_lie_outside_the_study()
    {
        using var editor = new StudyEditor();
        Assert.Contains(editor.AddRow("published.csv", "nation,,2035,total,90000,forecast").Read().Published, p => p.Year == 2035);
    }

    [Fact]
    public void A_group_without_regional_gdp_is_refused()
    {
        using var editor = new StudyEditor();
        editor.MapRows("province-gdp.csv",
            rows => rows.Select(r => r.Contains(",2019,1,", StringComparison.Ordinal) ? string.Join(',', r.Split(',').Take(3)) + ",0," : r))
            .Refuses("province-gdp.csv", "group 1, year 2019", "a GDP of 0 in every region", "a positive sum");
    }

    [Fact]
    public void Areas_and_English_names_are_optional()
    {
        using var editor = new StudyEditor();
        editor.Write("groups.csv", "code,name\n1,a\n2,b\n3,c\n").SetCell("provinces.csv", "code=110000", "area", "");
        var study = editor.Read();
        Assert.Equal("", study.Groups[0].NameEnglish);
        Assert.Equal(-1, study.RegionSets[0].Regions[0].Area);
        editor.MapRows("provinces.csv", rows => rows).Write("provinces.csv",
            string.Join('\n', editor.Lines("provinces.csv").Select(l => string.Join(',', l.Split(',').Take(2)))));
        study = editor.Read();
        Assert.Empty(study.RegionSets[0].Areas);
        Assert.All(study.RegionSets[0].Regions, r => Assert.Equal(("", -1), (r.NameEnglish, r.Area)));
    }
}
