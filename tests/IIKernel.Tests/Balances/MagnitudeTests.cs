using System.Globalization;
using System.Text.Json;
using IIKernel.Balances;
using IIKernel.Cli;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Balances;

/// <summary>Slips of units and digits, each put into the demonstration study.</summary>
public sealed class MagnitudeTests
{
    // A file marked with the wrong unit: the unit that fits, the file and the key are named, and nothing else is blamed.
    [Theory]
    [InlineData("\"category-value-added.csv\", \"unit\": \"亿元\"", "万元", "magnitude-units",
        "category-value-added.csv", "亿元 in the place of 万元", "categories.unit")]
    [InlineData("\"category-value-added.csv\", \"unit\": \"亿元\"", "元", "magnitude-units", "category-value-added.csv",
        "亿元 in the place of 元", "categories.unit")]
    [InlineData("\"flows.csv\", \"unit\": \"万元\"", "亿元", "magnitude-units", "sectors.csv", "万元 in the place of 亿元", "table.unit")]
    [InlineData("\"province-gdp.csv\", \"unit\": \"亿元\"", "万元", "magnitude-units", "province-gdp.csv",
        "亿元 in the place of 万元", "regions[0].unit")]
    [InlineData("\"published.csv\", \"unit\": \"亿元\"", "万元", "magnitude-published", "published.csv",
        "亿元 in the place of 万元", "published.unit")]
    [InlineData("\"published.csv\", \"unit\": \"亿元\"", "100 million yuan", "", "", "", "")]
    public void A_wrong_unit_is_named(string old, string unit, string code, string file, string fits, string key)
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", old,
            old.Replace(old.Contains("万元", StringComparison.Ordinal) ? "万元" : "亿元", unit, StringComparison.Ordinal));
        var warnings = Warnings(editor.Read()).Where(w => w.Code != "magnitude-shares").ToArray();
        if (code.Length == 0)
        {
            Assert.Empty(warnings);
            return;
        }

        var warning = Assert.Single(warnings);
        Assert.Equal(code, warning.Code);
        Assert.StartsWith(file, warning.Message, StringComparison.Ordinal);
        Assert.Contains(fits, warning.Message, StringComparison.Ordinal);
        Assert.Contains(key, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("category-value-added.csv", "category=J,year=2019", "value_added", 10, "magnitude-series",
        "category J, year 2019: about 10 times the year before")]
    [InlineData("category-value-added.csv", "category=J,year=2020", "value_added", 1e-4, "magnitude-series", "category J, year 2020")]
    [InlineData("province-gdp.csv", "region=440000,year=2019,group=2", "gdp", 10, "magnitude-series",
        "provinces 440000, group 2, year 2019")]
    [InlineData("growth.csv", "year=2012", "capital", 10, "magnitude-series", "growth.csv, column capital, year 2012")]
    [InlineData("sectors.csv", "code=127", "total_output", 10, "magnitude-table", "look for a total_output")]
    [InlineData("published.csv", "scope=nation,component=direct,year=2022", "value", 10, "magnitude-published",
        "nation, year 2022, direct")]
    public void A_slipped_digit_is_named(string file, string where, string column, double factor, string code, string place)
    {
        using var editor = new StudyEditor();
        var value = factor * TestData.Number(editor.Cell(file, where, column));
        editor.SetCell(file, where, column, value.ToString("R", CultureInfo.InvariantCulture));
        var warning = Assert.Single(Warnings(editor.Read()), w => w.Code == code);
        Assert.Contains(place, warning.Message, StringComparison.Ordinal);
    }

    // A regional share above the whole is said whatever its cause.
    [Fact]
    public void A_share_above_the_whole_is_named()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"province-gdp.csv\", \"unit\": \"亿元\"", "\"province-gdp.csv\", \"unit\": \"万元\"");
        var warning = Assert.Single(Warnings(editor.Read()), w => w.Code == "magnitude-shares");
        Assert.Contains("no part is larger than the whole", warning.Message, StringComparison.Ordinal);
    }

    // The same code from every verb and in the receipt; check fails, the others go on.
    [Fact]
    public void Every_verb_says_so()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"category-value-added.csv\", \"unit\": \"亿元\"", "\"category-value-added.csv\", \"unit\": \"万元\"");
        foreach (var (verb, code) in new[] { ("check", ExitCodes.CheckFailed), ("estimate", ExitCodes.Done), ("compare", ExitCodes.Done) })
        {
            string[] draws = verb == "compare" ? ["--draws", "100"] : [];
            var (exitCode, output, _) = CommandLineRunner.Process([verb, editor.Folder, "--json", .. draws]);
            Assert.Equal(code, exitCode);
            using var json = JsonDocument.Parse(output);
            Assert.Contains(json.RootElement.GetProperty("warnings").EnumerateArray(),
                w => w.GetProperty("code").GetString() == "magnitude-units");
        }

        var folder = editor.PathOf("out");
        Assert.Equal(ExitCodes.Done,
            CommandLineRunner.InProcess("run", editor.Folder, "--draws", "100", "--quiet", "--out", folder).ExitCode);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json")));
        Assert.Contains(receipt.RootElement.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "magnitude-units");
        var balance = Assert.Single(receipt.RootElement.GetProperty("balances").EnumerateArray(),
            b => b.GetProperty("name").GetString() == "magnitude-units");
        Assert.Equal(("failed", "magnitude"), (balance.GetProperty("outcome").GetString(), balance.GetProperty("severity").GetString()));
    }

    // Where the table's source prints value added too, an output that is halved or ten times too large contradicts it.
    [Theory]
    [InlineData(10)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void An_output_that_contradicts_value_added_is_named(double factor)
    {
        using var editor = new StudyEditor();
        editor.MapRows("sectors.csv", rows => rows.Select(row => StudyEditor.Split(row)).Select(cells => string.Join(',', cells)
            + "," + (TestData.Number(cells[4]) - TestData.Number(cells[5])).ToString("R", CultureInfo.InvariantCulture)));
        editor.Replace("sectors.csv", "intermediate_input", "intermediate_input,value_added");
        editor.SetCell("sectors.csv", "code=005", "total_output",
            (factor * TestData.Number(editor.Cell("sectors.csv", "code=005", "total_output"))).ToString("R", CultureInfo.InvariantCulture));
        var warnings = Warnings(editor.Read()).Where(w => w.Code == "magnitude-value-added").ToArray();
        if (factor == 1) Assert.Empty(warnings);
        else Assert.Contains("sector 005", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    // Where it does not, what a sector takes in for a unit of output tells an output of ten times the size, and a tenth where it may fall
    // below the inputs. Half of it lies where other sectors do: only value_added or the account of a small category tell it.
    [Theory]
    [InlineData("005", 10, true)]
    [InlineData("090", 10, true)]
    [InlineData("005", 0.1, true)]
    [InlineData("140", 0.5, false)]
    public void An_output_beside_inputs_of_another_size_is_named(string sector, double factor, bool warned)
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"flows.csv\"", "\"flows.csv\", \"allow\": [\"negative-value-added\"]");
        var output = factor * TestData.Number(editor.Cell("sectors.csv", $"code={sector}", "total_output"));
        editor.SetCell("sectors.csv", $"code={sector}", "total_output", output.ToString("R", CultureInfo.InvariantCulture));
        var study = StudyReader.ReadFolder(editor.Folder, tableOnly: true);
        var warnings = StudyBalances.OfTable(study).Select(b => b.Warning).OfType<Warning>()
            .Where(w => w.Code == "magnitude-inputs").ToArray();
        if (!warned)
        {
            Assert.Empty(warnings);
            return;
        }

        var warning = Assert.Single(warnings);
        Assert.Contains($"sector {sector}: intermediate_input is ", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("more of the kind", warning.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.CheckFailed, CommandLineRunner.InProcess("check", editor.Folder, "--quiet").ExitCode);
    }

    // Inputs without a row: what the flows carry is said, and warned of below a half.
    [Theory]
    [InlineData(0.9, false)]
    [InlineData(0.4, true)]
    public void Flows_that_carry_few_inputs_are_warned_of(double carried, bool warned)
    {
        var study = TestData.Demonstration;
        var flows = (double[,])study.Table.Flows.Clone();
        for (var i = 0; i < 149; i++)
            for (var j = 0; j < 149; j++) flows[i, j] *= carried;
        var thin = study with { Table = study.Table with { Flows = flows, InputsOutsideFlows = true } };
        var balance = Assert.Single(StudyBalances.Of(thin, PointModel.Estimate(thin)), b => b.Name == "flow-coverage");
        Assert.Equal(carried - 1, balance.WorstGap, 1e-9);
        Assert.Equal(warned, balance.Warning?.Code == "flow-coverage");
        Assert.Contains(carried < 0.5 ? "40 %" : "90 %", balance.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("万元", 4, "亿元")]
    [InlineData("亿元", -8, "元")]
    [InlineData("million USD", 3, "billion USD")]
    [InlineData("100 million yuan", -4, "10 thousand yuan")]
    [InlineData("元", -1, null)]
    [InlineData("亿元", 7, null)]
    public void Units_have_larger_and_smaller_ones(string unit, int powers, string? expected)
    {
        Assert.True(MonetaryUnit.TryParse(unit, out var parsed));
        Assert.Equal(expected, parsed.Shifted(powers)?.Text);
        if (expected is not null && MonetaryUnit.TryParse(expected, out var shifted)) Assert.Equal(shifted, parsed.Shifted(powers));
    }

    private static IEnumerable<Warning> Warnings(Study study) =>
        StudyBalances.Of(study, PointModel.Estimate(study)).Select(b => b.Warning).OfType<Warning>();
}
