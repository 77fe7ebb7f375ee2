using System.Security.Cryptography;
using IIKernel.Balances;
using IIKernel.Growth;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class StudyReaderTests
{
    [Fact]
    public void The_demonstration_study_is_read_whole()
    {
        var study = TestData.Demonstration;
        Assert.Equal("embedded:demo/study-coefficients.json", study.Origin);
        Assert.Contains("SYNTHETIC", study.Note, StringComparison.Ordinal);
        Assert.Equal(2017, study.BaseYear);
        Assert.Equal([2017, 2018, 2019, 2020, 2021, 2022], study.Years);
        Assert.Equal(149, study.Table.Sectors.Count);
        Assert.Equal((149, 149), (study.Table.Flows.GetLength(0), study.Table.Flows.GetLength(1)));
        Assert.Equal(19, study.Categories.Categories.Count);
        Assert.Equal(["1", "2", "3"], study.Groups.Select(g => g.Code));
        Assert.Equal(11, study.Coefficients.Count);
        Assert.All(study.Coefficients, c => Assert.IsType<IIKernel.Inputs.TriangularMarginal>(c.Distribution));
        Assert.Equal("088", study.Table.Sectors[study.Coefficients[0].Sector].Code);
        var provinces = Assert.Single(study.RegionSets);
        Assert.Equal(31, provinces.Regions.Count);
        Assert.Equal("east", provinces.Areas[provinces.Regions[0].Area]);
        Assert.Equal([120.0, 5050.0, 24710.0], [provinces.Gdp[0, 0, 0], provinces.Gdp[0, 1, 0], provinces.Gdp[0, 2, 0]]);
        Assert.Equal(ReturnsToScale.Constant, study.Growth.Returns);
        Assert.Equal([636018, null], study.Growth.Capital.Skip(10).Take(2));
        Assert.Equal(39, study.Published.Count);
        Assert.Equal(new PublishedFigure("provinces", "440000", 2022, Component.Direct, 2035.67, "published", 0.01, RoundingStated: false),
            study.Published.Single(p => p is { Code: "440000", Component: Component.Direct }));
        Assert.Equal(new SamplingOptions(100_000, 20231201, 0.95), study.Sampling);
        Assert.Empty(study.Warnings);
    }

    [Fact]
    public void Every_file_is_listed_with_its_hash_in_reading_order()
    {
        var study = TestData.Demonstration;
        Assert.Equal("study-coefficients.json", study.Files[0].Path);
        var panel = TestData.FullDemonstration;
        Assert.Equal("study.json", panel.Files[0].Path);
        // Choices and overrides are asked for by name, and are no part of the study; the study with errors in its flows is another.
        Assert.Equal(EmbeddedStudyFiles.Demonstration.Names.Where(n => n is not ("choices.json" or "overrides.csv" or "study-flows.json")),
            study.Files.Concat(panel.Files).Select(f => f.Path).Distinct().Order(StringComparer.Ordinal));
        foreach (var file in study.Files)
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(EmbeddedStudyFiles.Demonstration.Read(file.Path)!)), file.Sha256);
    }

    [Fact]
    public void A_folder_and_the_path_of_its_definition_give_the_same_study()
    {
        using var editor = new StudyEditor();
        StudyEditor.AssertSame(TestData.Demonstration, editor.Read());
        File.Move(editor.Definition, editor.PathOf("other.json"));
        var study = StudyReader.ReadFolder(editor.PathOf("other.json"));
        StudyEditor.AssertSame(TestData.Demonstration, study);
        Assert.EndsWith("/other.json", study.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_are_converted_to_the_output_unit()
    {
        using var editor = new StudyEditor();
        var before = editor.Read();
        var after = editor.Replace("study.json", "2022],\n  \"unit\": \"亿元\"", "2022],\n  \"unit\": \"billion yuan\"").Read();
        Assert.Equal("billion yuan", after.Unit.Text);
        // sectors.csv is in 万元: 1e4 yuan.
        Assert.Equal(449006552e4 / 1e9, after.Table.TotalOutput[0], 1e-12 * 449006552e4 / 1e9);
        Assert.Equal(before.Table.IntermediateInput[3] / 10, after.Table.IntermediateInput[3], 1e-12 * before.Table.IntermediateInput[3]);
        Assert.Equal(before.Table.Flows[4, 2] / 10, after.Table.Flows[4, 2], 1e-12 * before.Table.Flows[4, 2]);
        Assert.Equal(6470.0, after.Categories.ValueAdded[0, 0], 1e-9);
        Assert.Equal(12.0, after.RegionSets[0].Gdp[0, 0, 0], 1e-12);
        Assert.Equal(1260.0, after.Published[0].Value, 1e-9);
        // The growth series has no unit: only its ratios enter.
        Assert.Equal(before.Growth.Output, after.Growth.Output);
    }

    [Fact]
    public void Optional_parts_may_be_left_out()
    {
        using var editor = new StudyEditor();
        var text = editor.Text("study.json");
        text = text[..text.IndexOf("  \"regions\"", StringComparison.Ordinal)] + "}\n";
        var study = editor.Write("study.json",
            text.Replace(", \"returns\": \"constant\", \"extrapolate\": { \"window\": 5 }", "", StringComparison.Ordinal)).Read();
        Assert.Empty(study.RegionSets);
        Assert.Empty(study.Published);
        Assert.Equal(new SamplingOptions(100_000, 20231201, 0.95), study.Sampling);
        Assert.Equal((ReturnsToScale.Constant, 5), (study.Growth.Returns, study.Growth.ExtrapolationWindow));
    }

    [Fact]
    public void Faults_of_several_files_are_reported_together()
    {
        using var editor = new StudyEditor();
        var faults = editor.SetCell("sectors.csv", "code=007", "total_output", "abc")
            .SetCell("sectors.csv", "code=009", "intermediate_input", "-1")
            .SetCell("growth.csv", "year=2010", "capital", "0")
            .SetCell("coefficients.csv", "sector=088", "point", "1.5")
            .Delete("groups.csv").Faults();
        Assert.Equal(["groups.csv", "sectors.csv", "sectors.csv", "coefficients.csv", "growth.csv"], faults.Select(f => f.File));
        StudyEditor.Holds(faults[1], "sectors.csv", "line 8, column total_output (sector 007)", "\"abc\"", "at least 0");
        StudyEditor.Holds(faults[2], "sectors.csv", "line 10, column intermediate_input (sector 009)", "\"-1\"", "at least 0");
    }

    [Fact]
    public void The_official_study_is_read()
    {
        var study = StudyReader.ReadFolder(TestData.OfficialStudy("china-2017"));
        Assert.Empty(study.Warnings);
        Assert.Equal(149, study.Table.Sectors.Count);
        // The publisher's sum of value added, printed to 0.1 亿元, and the spectral radius found for the table, printed to 1e-4.
        Assert.Equal(823215.7, Enumerable.Range(0, 149).Sum(study.Table.ValueAdded), 0.05);
        Assert.Equal(0.6381, HawkinsSimon.Examine(study.Table).SpectralRadius, 0.00005);
        var balances = StudyBalances.Of(study, PointModel.Estimate(study));
        Assert.DoesNotContain(balances, b => b.IsFailure);
        Assert.Equal(149, balances.Single(b => b.Name == "column-sums").Passed);
    }
}
