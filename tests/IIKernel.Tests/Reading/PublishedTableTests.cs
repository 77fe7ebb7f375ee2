using System.Globalization;
using System.Text.Json;
using IIKernel.Balances;
using IIKernel.Cli;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Tables;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>Tables as they are published, studies that are a table alone, and published figures of every scope and measure.</summary>
public sealed class PublishedTableTests
{
    [Fact]
    public void Negative_value_added_and_discrepancies_are_accepted_by_name()
    {
        using var editor = new StudyEditor();
        var output = TestData.Number(editor.Cell("sectors.csv", "code=005", "total_output"));
        var input = TestData.Number(editor.Cell("sectors.csv", "code=005", "intermediate_input"));

        // X below M, and M away from its column sum by two percent.
        editor.SetCell("sectors.csv", "code=005", "total_output", (0.9 * input).ToString("R", CultureInfo.InvariantCulture));
        Assert.Contains("negative-value-added", editor.Refuses("sectors.csv", "sector 005", "", "at most total_output").Remedy,
            StringComparison.Ordinal);
        editor.SetCell("sectors.csv", "code=005", "total_output", output.ToString("R", CultureInfo.InvariantCulture))
            .SetCell("sectors.csv", "code=005", "intermediate_input", (1.02 * input).ToString("R", CultureInfo.InvariantCulture));
        Assert.Contains("\"discrepancy\"", editor.Refuses("flows.csv", "column 005", "below intermediate_input", "within").Remedy,
            StringComparison.Ordinal);

        editor.SetCell("sectors.csv", "code=005", "total_output", input.ToString("R", CultureInfo.InvariantCulture));
        editor.Replace("study.json", "\"flows.csv\"", "\"flows.csv\", \"allow\": [\"negative-value-added\", \"discrepancy\"]");
        var study = editor.Read();
        Assert.True(study.Table is { AllowsNegativeValueAdded: true, AllowsDiscrepancy: true } && study.Table.ValueAdded(4) < 0);
        Assert.Contains(study.Warnings, w => w.Code == "negative-value-added" && w.Message.Contains("005", StringComparison.Ordinal));
        Assert.Contains(study.Warnings, w => w.Code == "discrepancy" && w.Message.Contains("1 of 149", StringComparison.Ordinal));
        var folder = editor.PathOf("receipt");
        Assert.Equal(ExitCodes.Done,
            CommandLineRunner.InProcess("run", editor.Folder, "--draws", "100", "--quiet", "--out", folder).ExitCode);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json")));
        Assert.Contains(receipt.RootElement.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "discrepancy");
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("check", editor.Folder, "--quiet").ExitCode);
        editor.Replace("study.json", "\"discrepancy\"", "\"discrepancies\"")
            .Refuses("study.json", "key table.allow[1]", "discrepancies", "\"discrepancy\"");
    }

    // Rates relative to a negative sum are those of its sectors: with one sector in the category, S_k itself. The figures follow the
    // accounts.
    [Fact]
    public void A_category_of_negative_value_added_is_computed_and_named()
    {
        using var editor = Smallest("ICT,Information technology,I,35,40", "REST,Everything else,O,940,360");
        var study = editor.Read();
        Assert.Equal(-5, study.Table.ValueAdded(0), 1e-12);
        var warning = Assert.Single(study.Warnings, w => w.Code == "negative-category");
        Assert.Contains("category I,", warning.Message, StringComparison.Ordinal);
        var point = PointModel.Estimate(study);
        Assert.Equal(0.3 * 60, point.Direct[0, 0], 1e-12);
        Assert.Equal(0.3 * 66, point.Direct[1, 0], 1e-12);
        foreach (var verb in new[] { "check", "linkages", "estimate" })
            Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess(verb, editor.Folder, "--quiet").ExitCode);
        var folder = editor.PathOf("receipt");
        Assert.Equal(ExitCodes.Done,
            CommandLineRunner.InProcess("run", editor.Folder, "--draws", "100", "--quiet", "--out", folder).ExitCode);
        Assert.Contains("negative-category", File.ReadAllText(Path.Combine(folder, "run.json")), StringComparison.Ordinal);
    }

    // Value added that cancels out leaves nothing to be relative to: the verbs of the table go on and say so, check fails, the others
    // refuse.
    [Fact]
    public void A_category_whose_value_added_cancels_out_has_no_rates()
    {
        using var editor = Smallest("ICT,Information technology,I,30,40", "REST,Everything else,O,960,360", "ADM,Administration,I,20,10");
        editor.Write("flows.csv", "code,ICT,REST,ADM\nICT,10,60,0\nREST,30,300,10\nADM,0,0,0\n");
        editor.Refuses("sectors.csv", "category I", "cancels out", "other than 0");
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("linkages", editor.Folder, "--quiet").ExitCode);
        Assert.Equal(ExitCodes.CheckFailed, CommandLineRunner.InProcess("check", editor.Folder, "--quiet").ExitCode);
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("run", editor.Folder, "--draws", "10", "--quiet").ExitCode);
        var study = StudyReader.ReadFolder(editor.Folder, tableOnly: true);
        Assert.Contains(study.Warnings, w => w.Code == "category-cancelled" && w.Message.Contains("category I", StringComparison.Ordinal));
        var balance = Assert.Single(StudyBalances.Of(study, PointModel.Estimate(study)), b => b.Name == "category-rates");
        Assert.True(balance.IsFailure);
        Assert.Equal("category I", balance.WorstItem);
    }

    // linkages, aggregate, split and check need the table alone; the others say what is missing.
    [Fact]
    public void A_table_alone_serves_the_verbs_of_the_table()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", "{ \"name\": \"Table\", \"unit\": \"亿元\", \"baseYear\": 2017, "
            + "\"table\": { \"sectors\": \"sectors.csv\", \"flows\": \"flows.csv\", \"unit\": \"万元\" } }");
        var study = StudyReader.ReadFolder(editor.Folder, tableOnly: true);
        Assert.Equal(["years", "categories", "groups", "coefficients", "growth"], study.Missing);
        Assert.Equal(TestData.Demonstration.Table.Flows, study.Table.Flows);
        Assert.Equal(LinkageAnalysis.Of(TestData.Demonstration.Table).OutputMultipliers, LinkageAnalysis.Of(study.Table).OutputMultipliers);
        foreach (var verb in new[] { "check", "linkages" })
            Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess(verb, editor.Folder, "--quiet").ExitCode);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("split", editor.Folder,
            "--sector", "005", "--parts", "005a=0.5,005b=0.5", "--quiet", "--out", editor.PathOf("out")).ExitCode);
        foreach (var verb in new[] { "run", "estimate", "compare" })
        {
            var (exitCode, error) = CommandLineRunner.InProcess(verb, editor.Folder, "--quiet");
            Assert.Equal(ExitCodes.BadInput, exitCode);
            Assert.Contains("found no key coefficients", error, StringComparison.Ordinal);
            Assert.Contains("linkages, aggregate and split need the table alone", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sectors_of_a_table_alone_need_no_category()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", "{ \"name\": \"Table\", \"unit\": \"元\", \"baseYear\": 2017, "
            + "\"table\": { \"sectors\": \"s.csv\", \"flows\": \"f.csv\", \"unit\": \"元\" } }");
        editor.Write("s.csv", "code,name,total_output,intermediate_input\na,A,10,4\nb,B,20,6\n").Write("f.csv", "code,a,b\na,1,2\nb,3,4\n");
        Assert.Equal(2, StudyReader.ReadFolder(editor.Folder, tableOnly: true).Table.Sectors.Count);
    }

    // The US table of 2017: two sectors with negative value added, columns that miss M by statistical discrepancy and non-comparable
    // imports.
    [Fact]
    public void The_table_of_the_United_States_is_usable()
    {
        var source = TestData.OfficialData("scale_us_2017_402");
        using var editor = new StudyEditor();
        var sectors = File.ReadAllText(Path.Combine(source, "sectors.csv"))
            .Replace("total_output_X", "total_output", StringComparison.Ordinal)
            .Replace("total_intermediate_input_M", "intermediate_input", StringComparison.Ordinal)
            .Replace("name_en", "name", StringComparison.Ordinal);
        editor.Write("us.csv", sectors).Write("us-flows.csv", File.ReadAllBytes(Path.Combine(source, "flows.csv")));
        editor.Write("study.json",
            "{ \"name\": \"US\", \"unit\": \"million USD\", \"baseYear\": 2017, \"table\": { \"sectors\": \"us.csv\", "
            + "\"flows\": \"us-flows.csv\", \"unit\": \"million USD\", \"allow\": [\"negative-value-added\", \"discrepancy\"] } }");
        var study = StudyReader.ReadFolder(editor.Folder, tableOnly: true);
        Assert.Equal(402, study.Table.Sectors.Count);
        Assert.Equal(2, Enumerable.Range(0, 402).Count(i => study.Table.ValueAdded(i) < 0));
        Assert.Equal(["discrepancy", "negative-flows", "negative-value-added"], study.Warnings.Select(w => w.Code).Order());
        Assert.Equal(0.494, HawkinsSimon.Examine(study.Table).SpectralRadius, 0.0005);
        Assert.All(LinkageAnalysis.Of(study.Table).OutputMultipliers, m => Assert.True(m >= 1 - 1e-9 && double.IsFinite(m)));
    }

    // The white paper prints areas, sectors, shares and growth; a figure equal to the study's own has no distance.
    [Fact]
    public void Published_figures_of_every_scope_and_measure_are_compared()
    {
        using var editor = new StudyEditor();
        var point = PointModel.Estimate(TestData.Demonstration);
        var entities = EntityList.Of(TestData.Demonstration);
        var area = Enumerable.Range(0, entities.Count).First(e => entities[e].Kind == EntityKind.Area);
        string[] rows =
        [
            FormattableString.Invariant($"area,{entities[area].Code},2022,total,{point.Total(5, area):R},published,"),
            FormattableString.Invariant($"sector,124,2017,direct,{point.SectorDirect[Sector("124")]:R},published,value"),
            FormattableString.Invariant($"nation,,2022,total,{point.GrowthPercent(5, 0):R},published,growth"),
            FormattableString.Invariant($"nation,,2022,total,{point.SharePercent(5, 0):R},published,share"),
            FormattableString.Invariant($"area,{entities[area].Code},2022,total,{point.SharePercent(5, area):R},published,share"),
        ];
        editor.Write("published.csv", "scope,code,year,component,value,kind,measure\n" + string.Join('\n', rows) + "\n");
        var study = editor.Read();
        Assert.Equal([Measure.Value, Measure.Value, Measure.Growth, Measure.Share, Measure.Share], study.Published.Select(f => f.Measure));
        var figures = IIKernel.Comparison.StudyComparison.Of(new(study), new(1000, 1, 0.95), new IIKernel.Kernels.ReferenceBackend(), 1);
        Assert.Equal(5, figures.Count);
        Assert.All(figures, f => Assert.Equal(0, f.DistancePercent, 1e-9));

        static int Sector(string code) => TestData.Demonstration.Table.Sectors.ToList().FindIndex(s => s.Code == code);
    }

    [Theory]
    [InlineData("nation,,2022,direct,1,published,share", "column component", "\"direct\"", "total, since the measure is share")]
    [InlineData("nation,,2022,total,1,published,ratio", "column measure", "\"ratio\"", "value, growth or share")]
    [InlineData("area,Atlantis,2022,total,1,published,", "column code", "\"Atlantis\"", "an area of the study")]
    [InlineData("sector,999,2022,total,1,published,", "column code", "\"999\"", "a code of sectors.csv")]
    public void Faults_of_published_figures_are_named(string row, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        editor.Write("published.csv", $"scope,code,year,component,value,kind,measure\n{row}\n")
            .Refuses("published.csv", place, found, expected);
    }

    // The smallest study of docs/study.md with a negative value added in its first category.
    private static StudyEditor Smallest(params string[] sectors)
    {
        var editor = new StudyEditor();
        Repository.DocumentedStudyTests.Write(editor.Folder);
        return editor.Write("sectors.csv", "code,name,category,total_output,intermediate_input\n" + string.Join('\n', sectors) + "\n")
            .Replace("study.json", "\"flows.csv\"", "\"flows.csv\", \"allow\": [\"negative-value-added\"]");
    }
}
