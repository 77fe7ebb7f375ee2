using System.Text;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class DefinitionFaultTests
{
    [Theory]
    // old text, new text, place, found, expected
    [InlineData("\"unit\": \"万元\"", "\"unti\": \"万元\", \"unit\": \"万元\"", "line 7, key table.unti",
        "unknown key unti", "sectors, flows, unit, inputsOutsideFlows")]
    [InlineData("\"name\": \"Demo", "\"Name\": \"x\", \"name\": \"Demo", "key Name", "unknown key Name", "$schema, name, note, "
        + "unit, baseYear, years, table, categories, groups, coefficients, growth, regions, uncertainty, published, claims, sampling")]
    [InlineData("  \"groups\": { \"file\": \"groups.csv\" },\n", "", "line 1, the study", "no key groups", "groups")]
    [InlineData(", \"unit\": \"万元\"", "", "line 7, key table", "no key unit", "sectors, flows, unit")]
    [InlineData("\"baseYear\": 2017", "\"baseYear\": \"2017\"", "line 4, key baseYear", "\"2017\"", "a whole number")]
    [InlineData("\"baseYear\": 2017", "\"baseYear\": 2017.5", "line 4, key baseYear", "2017.5", "a whole number")]
    [InlineData("\"baseYear\": 2017", "\"baseYear\": null", "line 4, key baseYear", "null", "a whole number")]
    [InlineData("\"sectors.csv\"", "7", "line 7, key table.sectors", "7", "a string")]
    [InlineData("\"sectors.csv\"", "\" \"", "line 7, key table.sectors", "\" \"", "not empty")]
    [InlineData("{ \"file\": \"groups.csv\" }", "[\"groups.csv\"]", "line 9, key groups", "a list", "an object with the keys file")]
    [InlineData("[2017, 2022]", "2017", "line 5, key years", "2017", "a list")]
    [InlineData("[2017, 2022]", "[2017]", "line 5, key years", "a list of 1", "a list of 2")]
    [InlineData("[2017, 2022]", "[2017, true]", "line 5, key years[1]", "true", "a whole number")]
    [InlineData("[2017, 2022]", "[2017, 2016]", "line 5, key years", "[2017, 2016]", "first year before the last")]
    [InlineData("\"baseYear\": 2017", "\"baseYear\": 2012", "line 4, key baseYear", "2012, outside years [2017, 2022]",
        "the first of the years")]
    [InlineData("\"baseYear\": 2017", "\"baseYear\": 2018", "line 5, key years", "first year 2017", "baseYear 2018")]
    [InlineData("[2007, 2016]", "[2015, 2016]", "line 11, key growth.fit", "2 years", "at least 3 years for constant returns")]
    [InlineData("[2007, 2016]", "[2016, 2007]", "line 11, key growth.fit", "[2016, 2007], whose last year is before the first",
        "the first year of the window and then the last")]
    [InlineData("[2007, 2016], \"returns\": \"constant\"", "[2014, 2016], \"returns\": \"free\"",
        "line 11, key growth.fit", "3 years", "at least 4 years for free returns")]
    [InlineData("\"constant\"", "\"rising\"", "line 11, key growth.returns", "\"rising\"", "\"constant\" or \"free\"")]
    [InlineData("\"constant\"", "\"Constant\"", "line 11, key growth.returns", "\"Constant\"", "\"constant\" or \"free\"")]
    [InlineData("\"window\": 5", "\"window\": 1", "line 11, key growth.extrapolate.window", "1", "at least 2")]
    [InlineData("\"philox\"", "\"halton\"", "line 16, key sampling.sequence", "\"halton\"", "\"philox\" or \"sobol\"")]
    [InlineData("100000", "0", "line 16, key sampling.draws", "0", "at least 1")]
    [InlineData("100000", "281474976710657", "line 16, key sampling.draws", "281474976710657", "at most 281474976710656")]
    [InlineData("20231201", "-1", "line 16, key sampling.seed", "-1", "0 to 18446744073709551615")]
    [InlineData("0.95", "1", "line 16, key sampling.level", "1", "above 0 and below 1")]
    [InlineData("\"万元\"", "\"萬元\"", "line 7, key table.unit", "\"萬元\"", "three-letter currency code")]
    [InlineData("\"万元\"", "\"million USD\"", "line 7, key table.unit", "\"million USD\" (USD)", "a unit of CNY")]
    [InlineData("\"name\": \"provinces\"", "\"name\": \"nation\"", "line 13, key regions[0].name",
        "\"nation\"", "a name other than nation")]
    [InlineData("\"groups\": {", "\"groups\": {},\n\"groups\": {", "line 9, key groups", "no key file", "file")]
    [InlineData("\"groups\": { \"file\": \"groups.csv\" }", "\"groups\": { \"file\": \"groups.csv\", \"file\": \"groups.csv\" }",
        "line 9, key groups.file", "second time", "every key once")]
    public void A_wrong_key_is_named_with_its_line(string old, string replacement, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        var faults = editor.Replace("study.json", old, replacement).Faults();
        Assert.All(faults, f => Assert.Equal("study.json", f.File));
        StudyEditor.Holds(faults[0], "study.json", place, found, expected);
    }

    [Fact]
    public void A_misspelt_key_gets_a_hint()
    {
        using var editor = new StudyEditor();
        var faults = editor.Replace("study.json", "\"baseYear\"", "\"baseyear\"").Faults();
        Assert.Contains("Did you mean baseYear?", faults[0].Remedy, StringComparison.Ordinal);
        StudyEditor.Holds(faults[1], "study.json", "the study", "no key baseYear", "baseYear");
    }

    [Fact]
    public void Draws_that_a_sequence_does_not_have_are_refused_with_the_nearest_numbers()
    {
        using var editor = new StudyEditor();
        var fault = editor.Replace("study.json", "\"philox\"", "\"sobol\"")
            .Refuses("study.json", "key sampling.draws", "100000", "a power of two");
        Assert.Contains("65536 or 131072", fault.Remedy, StringComparison.Ordinal);
        editor.Replace("study.json", "\"sobol\"", "\"latin\"").Refuses("study.json", "sampling.sequence", "latin", "latin-hypercube");
        var sampling = editor.Replace("study.json", "\"latin\"", "\"latin-hypercube\"").Read().Sampling;
        Assert.Equal((SamplingSequence.LatinHypercube, 100_000), (sampling.Sequence, sampling.Draws));
    }

    [Fact]
    public void Every_fault_of_the_definition_is_reported()
    {
        using var editor = new StudyEditor();
        var faults = editor.Replace("study.json", "\"baseYear\": 2017", "\"baseYear\": \"x\"").Replace("study.json", "\"groups.csv\"", "1")
            .Replace("study.json", "0.95", "2").Replace("study.json", "\"published.csv\"", "false").Faults();
        Assert.Equal(["line 4, key baseYear", "line 9, key groups.file", "line 15, key published.file", "line 16, key sampling.level"],
            faults.Select(f => f.Place));
    }

    [Fact]
    public void A_syntax_error_is_placed()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"baseYear\": 2017,", "\"baseYear\" 2017,")
            .Refuses("study.json", "line 4, byte 14", "no JSON", "a JSON object");
        editor.Write("study.json", "{").Refuses("study.json", "line 1", "no JSON", "a JSON object");
        editor.Write("study.json", "[]").Refuses("study.json", "line 1", "a list", "an object with the keys");
    }

    [Fact]
    public void Comments_and_trailing_commas_and_a_byte_order_mark_are_accepted()
    {
        using var editor = new StudyEditor();
        var text = editor.Replace("study.json", "\"level\": 0.95 }", "\"level\": 0.95, }, /* end */ // really").Text("study.json");
        StudyEditor.AssertSame(TestData.Demonstration,
            editor.Write("study.json", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Read());
        StudyEditor.AssertSame(TestData.Demonstration, editor.Write("study.json", text.Replace("  \"name\": \"Demo",
            "// comment\n  \"$schema\": \"study.schema.json\", \"name\": \"Demo", StringComparison.Ordinal)).Read());
    }

    [Fact]
    public void A_set_of_regions_named_twice_is_refused()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"unit\": \"亿元\" }\n  ],", "\"unit\": \"亿元\" },\n{ \"name\": \"provinces\", "
            + "\"file\": \"provinces.csv\", \"gdp\": \"province-gdp.csv\", \"unit\": \"亿元\" }\n  ],")
            .Refuses("study.json", "line 14, key regions[1].name", "second time", "every set of regions once");
    }

    [Fact]
    public void A_missing_study_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-study");
        var fault = Assert.Single(Assert.Throws<StudyException>(() => StudyReader.ReadFolder(path)).Faults);
        StudyEditor.Holds(fault, "study.json", "", "no-such-study/study.json", "a study's folder");
    }

    [Theory]
    [InlineData("sectors.csv")]
    [InlineData("flows.csv")]
    [InlineData("categories.csv")]
    [InlineData("category-value-added.csv")]
    [InlineData("groups.csv")]
    [InlineData("coefficients.csv")]
    [InlineData("growth.csv")]
    [InlineData("provinces.csv")]
    [InlineData("province-gdp.csv")]
    [InlineData("published.csv")]
    public void A_missing_file_is_named_once(string file)
    {
        using var editor = new StudyEditor();
        editor.Delete(file).Refuses(file, "", "no such file", "study.json names");
    }
}
