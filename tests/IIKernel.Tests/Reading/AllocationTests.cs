using IIKernel.Model;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class AllocationTests : IDisposable
{
    private readonly StudyEditor _editor = new();

    public AllocationTests()
    {
        var categories = _editor.Lines("categories.csv").Skip(1).Select(line => line.Split(',')[0]).ToArray();
        var regions = _editor.Lines("provinces.csv").Skip(1).Select(line => line.Split(',')[0]).ToArray();
        _editor.Write("direct-groups.csv",
            "category,group\n" + string.Concat(categories.Select(c => $"{c},{(c == "C" ? "make" : c == "I" ? "inform" : "other")}\n")));
        _editor.Write("direct-weights.csv", "region,year,group,weight\n" + string.Concat(
            from r in regions
            from y in Enumerable.Range(2017, 6)
            from g in new[] { "make", "inform", "other" }
            let code = int.Parse(r[..2], System.Globalization.CultureInfo.InvariantCulture)
            select $"{r},{y},{g},{(r == "110000" ? 3 : 1) + (g == "make" ? code : 0)}\n"));
        _editor.Replace("study.json", "\"gdp\": \"province-gdp.csv\", \"unit\": \"亿元\" }",
            "\"gdp\": \"province-gdp.csv\", \"unit\": \"亿元\",\n \"allocation\": { \"direct\": { \"categories\": \"direct-groups.csv\", "
            + "\"weights\": \"direct-weights.csv\" } } }");
    }

    public void Dispose() => _editor.Dispose();

    [Fact]
    public void The_direct_part_follows_its_own_weights_and_still_adds_up_to_the_nation()
    {
        var study = _editor.Read();
        Assert.Contains(study.Files, f => f.Path == "direct-weights.csv");
        var point = PointModel.Estimate(study);
        var plain = PointModel.Estimate(TestData.Demonstration);
        var entities = EntityList.Of(study);
        int Index(string scope, string code) => Enumerable.Range(0, entities.Count)
            .Single(e => entities[e].Scope == scope && entities[e].Code == code);
        var (beijing, c, i) = (Index("provinces", "110000"), Index("category", "C"), Index("category", "I"));
        var codes = study.RegionSets[0].Regions.Select(r => int.Parse(r.Code[..2], System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        var expected = point.Direct[5, c] * (3 + 11) / (2.0 + codes.Sum(x => 1 + x)) + point.Direct[5, i] * 3 / (2.0 + codes.Length);
        Assert.Equal(expected, point.Direct[5, beijing], 1e-10 * expected);
        Assert.Equal(plain.Indirect[5, beijing], point.Indirect[5, beijing], 1e-12);
        Assert.Equal(point.Direct[5, 0],
            Enumerable.Range(0, entities.Count).Where(e => entities[e].Kind == EntityKind.Region).Sum(e => point.Direct[5, e]), 1e-8);
        Assert.Equal(point.Direct[5, 0],
            Enumerable.Range(0, entities.Count).Where(e => entities[e].Kind == EntityKind.Area).Sum(e => point.Direct[5, e]), 1e-8);
    }

    [Fact]
    public void A_run_draws_by_the_weights()
    {
        var folder = Path.Combine(_editor.Folder, "out");
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--quiet", "--draws", "500",
            "--only", "coefficients", "--out", folder, _editor.Folder);
        Assert.True(exitCode == 0, error);
        var study = _editor.Read();
        var expected = EstimateCatalog.Of(study, PointModel.Estimate(study))
            .Single(k => k is { Scope: "provinces", Code: "110000", Year: 2022, Component: Component.Direct });
        var lines = File.ReadAllLines(Path.Combine(folder, "estimates.csv"));
        var header = StudyEditor.Split(lines[0].TrimStart('\uFEFF'));
        var row = StudyEditor.Split(lines.Single(l => l.StartsWith("provinces,110000,", StringComparison.Ordinal)
            && l.Contains(",2022,direct,", StringComparison.Ordinal)));
        double Cell(string column) => TestData.Number(row[Array.IndexOf(header, column)]);
        Assert.Equal(expected.Point, Cell("point"), 1e-10 * expected.Point);
        Assert.True(Cell("lower") < expected.Point && expected.Point < Cell("upper"));
        Assert.Contains("direct-weights.csv", File.ReadAllText(Path.Combine(folder, "run.json")), StringComparison.Ordinal);
        Assert.Equal(0, CommandLineRunner.InProcess("estimate", "--quiet", _editor.Folder).ExitCode);
        Assert.Equal(0, CommandLineRunner.InProcess("compare", "--quiet", "--draws", "100", _editor.Folder).ExitCode);
    }

    [Fact]
    public void A_category_without_a_group_is_a_fault() =>
        Refuses(_editor.RemoveRow("direct-groups.csv", "category=Q"), "direct-groups.csv", "", "no row for category Q", "every category");

    [Fact]
    public void An_unknown_category_is_a_fault() =>
        Refuses(_editor.AddRow("direct-groups.csv", "Z,other"), "direct-groups.csv", "column category", "\"Z\"", "categories.csv");

    [Fact]
    public void A_missing_weight_is_a_fault() =>
        Refuses(_editor.RemoveRow("direct-weights.csv", "region=120000,year=2019,group=make"),
            "direct-weights.csv", "", "no row for region 120000 group make year 2019", "a row for every");

    [Fact]
    public void A_group_without_weight_anywhere_is_a_fault() =>
        Refuses(_editor.MapRows("direct-weights.csv",
            rows => rows.Select(r => r.Contains(",2020,inform,", StringComparison.Ordinal) ? r[..(r.LastIndexOf(',') + 1)] + "0" : r)),
            "direct-weights.csv", "group inform, year 2020", "a weight of 0 in every region", "a positive sum");

    [Fact]
    public void An_empty_allocation_is_a_fault() =>
        Refuses(_editor.Replace("study.json",
            "{ \"direct\": { \"categories\": \"direct-groups.csv\", \"weights\": \"direct-weights.csv\" } }", "{ }"),
            "study.json", "regions[0].allocation", "neither direct nor indirect", "at least one");

    private static void Refuses(StudyEditor editor, string file, string place, string found, string expected) =>
        editor.Refuses(file, place, found, expected);
}
