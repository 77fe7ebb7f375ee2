using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Claims;

/// <summary>Whatever is wrong in a file of claims is named with its place, all of it together.</summary>
public sealed class ClaimFaultTests
{
    private const string Nation = """{ "figure": { "scope": "nation", "year": 2022 } }""";
    private const string Growth = """{ "figure": { "scope": "nation", "year": 2022, "measure": "growth" } }""";

    [Theory]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "over": 1 }""", "condition.over", "unknown key over", "above")]
    [InlineData("""{ "figure": { "scope": "nation" }, "above": 1 }""", "condition.figure", "no key year", "scope, year")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "above": "1" }""", "condition.above", "\"1\"", "a number")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "within": [1] }""", "condition.within", "a list of 1", "[low, high]")]
    [InlineData("""{ "all": [] }""", "condition.all", "a list of 0", "at least 1")]
    [InlineData("""{ "count": { "scope": "provinces", "year": 2022, "above": 1, "exactly": 1.5 } }""",
        "condition.count.exactly", "1.5", "a whole number")]
    [InlineData("{}", "condition", "none of the keys", "exactly one of the keys figure")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 } }""", "condition", "none of the keys", "above, below, within, printed")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "above": 1, "below": 2 }""",
        "condition", "above and below together", "exactly one")]
    [InlineData("""{ "not": { "figure": { "scope": "nation", "year": 2022 }, "above": 1 }, "above": 1 }""",
        "condition.above", "above beside not", "a quantity alone")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "within": [2, 1] }""", "condition.within", "[2, 1]", "the lower end")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022 }, "printed": { "value": 1, "rounding": 0 } }""",
        "condition.printed.rounding", "0", "a positive number")]
    [InlineData("""{ "figure": { "scope": "province", "code": "110000", "year": 2022 }, "above": 1 }""",
        "condition.figure.scope", "\"province\"", "nation, category, group, sector, provinces, area")]
    [InlineData("""{ "figure": { "scope": "provinces", "code": "11000", "year": 2022 }, "above": 1 }""",
        "condition.figure.code", "\"11000\"", "a code of the study's provinces")]
    [InlineData("""{ "figure": { "scope": "provinces", "year": 2022 }, "above": 1 }""",
        "condition.figure", "no code", "a code of the study's provinces")]
    [InlineData("""{ "figure": { "scope": "nation", "code": "1", "year": 2022 }, "above": 1 }""",
        "condition.figure.code", "\"1\"", "no code")]
    [InlineData("""{ "figure": { "scope": "area", "code": "south", "year": 2022 }, "above": 1 }""",
        "condition.figure.code", "\"south\"", "an area of the study: east")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2031 }, "above": 1 }""", "condition.figure.year", "2031", "2017 to 2022")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2017, "measure": "growth" }, "above": 1 }""",
        "condition.figure.year", "2017", "2018 to 2022")]
    [InlineData("""{ "figure": { "scope": "nation", "year": 2022, "component": "direct", "measure": "share" }, "above": 1 }""",
        "condition.figure.component", "\"direct\"", "total, since the measure is share")]
    [InlineData("""{ "figure": { "scope": "sector", "code": "088", "year": 2018 }, "above": 1 }""",
        "condition.figure.year", "2018", "2017")]
    [InlineData("""{ "figure": { "scope": "sector", "code": "088", "year": 2017, "measure": "share" }, "above": 1 }""",
        "condition.figure.measure", "\"share\"", "value, since the scope is sector")]
    [InlineData("""{ "rank": { "scope": "provinces", "code": "110000", "year": 2022 } }""",
        "condition.rank", "none of the keys", "exactly, atMost")]
    [InlineData("""{ "rank": { "scope": "provinces", "code": "110000", "year": 2022, "exactly": 32 } }""",
        "condition.rank.exactly", "32", "1 to 31")]
    [InlineData("""{ "count": { "scope": "nation", "year": 2022, "above": 1, "exactly": 1 } }""",
        "condition.count.scope", "\"nation\"", "a scope of several entities")]
    [InlineData("""{ "largest": { "scope": "provinces", "year": 2022, "count": 0 }, "above": 1 }""",
        "condition.largest.count", "0", "1 to 31")]
    [InlineData("""{ "growth": { "scope": "nation", "from": 2020, "to": 2020 }, "above": 1 }""",
        "condition.growth.to", "2020", "a year after 2020")]
    [InlineData("""{ "growth": { "scope": "nation", "from": 2010, "to": 2020 }, "above": 1 }""",
        "condition.growth.from", "2010", "2017 to 2022")]
    public void A_fault_of_a_condition_has_its_place(string condition, string key, string found, string expected)
    {
        var faults = Faults(ClaimFiles.Of(condition));
        Assert.True(faults.Count == 1, string.Join('\n', faults));
        StudyEditor.Holds(faults[0], "claims.json", $"line 1, key claims[0].{key}", found, expected);
    }

    [Theory]
    [InlineData("sum", $$"""[ {{Nation}}, {{Growth}} ]""", "condition.sum")]
    [InlineData("difference", $$"""{ "of": {{Nation}}, "minus": {{Growth}} }""", "condition.difference")]
    public void Amounts_and_percentages_do_not_add_up(string kind, string value, string key)
    {
        var fault = Assert.Single(Faults(ClaimFiles.Of($$"""{ "{{kind}}": {{value}}, "above": 1 }""")));
        StudyEditor.Holds(fault, "claims.json", key, "amounts beside percentages", "one kind");
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("{ \"unit\": ", "text that is no JSON")]
    [InlineData("{ \"unit\": \"亿元\" }", "no key claims")]
    [InlineData("{ \"unit\": \"亿元\", \"claims\": [] }", "a list of 0")]
    [InlineData("{ \"unit\": \"tons\", \"claims\": [{ \"id\": \"a\", \"text\": \"b\", \"condition\": { \"all\": [] } }] }", "a list of 0")]
    public void A_file_that_is_none_of_claims_is_named(string text, string found) =>
        Assert.Contains(found, Assert.Single(Faults(text)).Found, StringComparison.Ordinal);

    [Fact]
    public void Faults_of_all_claims_come_together()
    {
        var faults = Faults(ClaimFiles.Named(
            ("a", "", """{ "figure": { "scope": "nation", "year": 1999 }, "above": 1 }"""),
            ("a", "", """{ "any": [ { "figure": { "scope": "group", "code": "9", "year": 2022 } } ] }""")).Replace("亿元", "吨"));
        Assert.Equal(["unit", "claims[0].condition.figure.year", "claims[1].id", "claims[1].condition.any[0]",
            "claims[1].condition.any[0].figure.code"], faults.Select(f => f.Place.Split("key ")[1]));
        Assert.Equal([1, 1, 2, 2, 2], faults.Select(f => int.Parse(f.Place.Split(' ', ',')[1], null)));
    }

    [Fact]
    public void Amounts_are_converted_to_the_unit_of_the_study_and_percentages_are_not()
    {
        const string figure = "\"figure\": { \"scope\": \"nation\", \"year\": 2022";
        var text = ClaimFiles.Of(
            $$"""{ {{figure}} }, "above": 5 }""", $$"""{ {{figure}}, "measure": "growth" }, "above": 5 }""",
            """{ "firstYear": { "scope": "nation", "above": 5, "year": 2022 } }""");
        var claims = ClaimFiles.Read(TestData.Demonstration, text.Replace("亿元", "万亿元"));
        Assert.Equal(50_000, Assert.IsType<LiesAbove>(claims[0].Condition).Threshold);
        Assert.Equal(5, Assert.IsType<LiesAbove>(claims[1].Condition).Threshold);
        Assert.Equal(50_000, Assert.IsType<FirstAbove>(claims[2].Condition).Threshold);
    }

    [Fact]
    public void A_study_without_its_file_of_claims_is_refused()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"published\":", "\"claims\": \"sentences.json\", \"published\":");
        editor.Refuses("sentences.json", "", "no such file", "the file that study.json names");
    }

    private static IReadOnlyList<StudyFault> Faults(string text) =>
        Assert.Throws<StudyException>(() => ClaimFiles.Read(TestData.Demonstration, text)).Faults;
}
