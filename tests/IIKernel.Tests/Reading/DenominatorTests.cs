using IIKernel.Balances;
using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>Sets of regions that are a part of the nation.</summary>
public sealed class DenominatorTests
{
    private const string Set = "{ \"name\": \"provinces\", \"file\": \"provinces.csv\", \"gdp\": \"province-gdp.csv\", \"unit\": \"亿元\" }";
    private static readonly string[] Some = ["440000", "320000", "110000"];

    [Fact]
    public void A_part_that_says_nothing_is_refused_with_both_remedies()
    {
        using var editor = WithPart("");
        var fault = editor.Refuses("study.json", "key regions[1]", "the set cities, whose regions hold", "covers the nation within 5 %");
        Assert.Contains("\"denominators\": \"nation\"", fault.Remedy, StringComparison.Ordinal);
        Assert.Contains("\"denominators\": \"set\"", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(IIKernel.Cli.ExitCodes.BadInput, CommandLineRunner.InProcess("check", editor.Folder, "--quiet").ExitCode);
    }

    // More than the whole is no part: a region counted twice, or accounts of one category lost.
    [Fact]
    public void Regions_above_the_nation_are_not_told_to_be_a_part()
    {
        using var editor = new StudyEditor();
        var gdp = editor.Lines("province-gdp.csv").Select(line => line.Split(',')).ToArray();
        var column = Array.IndexOf(gdp[0], "gdp");
        foreach (var row in gdp.Skip(1).Where(row => row[column].Length > 0))
            row[column] = (1.5 * TestData.Number(row[column])).ToString(System.Globalization.CultureInfo.InvariantCulture);
        editor.Write("province-gdp.csv", string.Join('\n', gdp.Select(row => string.Join(',', row))) + "\n");
        var fault = editor.Refuses("study.json", "key regions[0]", "the set provinces, whose regions hold 1",
            "covers the nation within 5 %");
        Assert.Contains("counted twice", fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("\"nation\"", fault.Remedy, StringComparison.Ordinal);
    }

    // Formula (10) with the nation below: each region has the figure that it has in the whole set, to the bit, at the point and in
    // every draw; together they are less than the nation.
    [Theory]
    [InlineData("\"nation\": { \"set\": \"provinces\" }")]
    [InlineData("\"nation\": { \"file\": \"national.csv\", \"unit\": \"万元\" }")]
    public void A_part_has_the_figures_that_its_regions_have_in_the_whole(string nation)
    {
        using var editor = WithPart(", \"denominators\": \"nation\", " + nation);
        WriteNational(editor);
        var study = editor.Read();
        Assert.Equal(nation.Contains("file", StringComparison.Ordinal) ? -1 : 0, study.RegionSets[1].Whole);
        var point = PointModel.Estimate(study);
        var keys = EstimateCatalog.Of(study, point);
        using var program = new ReferenceBackend().Load(new CompiledStudy(study).Plan(3));
        const int draws = 50;
        foreach (var key in keys.Where(k => k.Scope == "cities"))
        {
            var whole = keys.Single(k => (k.Scope, k.Code, k.Year, k.Component, k.Measure) == ("provinces",
                key.Code, key.Year, key.Component, key.Measure));
            var tolerance = nation.Contains("file", StringComparison.Ordinal) ? 1e-12 * Math.Abs(whole.Point) : 0;
            Assert.Equal(whole.Point, key.Point, tolerance);
            var values = new double[2 * draws];
            program.Evaluate(0, draws, [key.Output, whole.Output], values);
            for (var d = 0; d < draws; d++) Assert.Equal(values[draws + d], values[d], tolerance);
        }

        var entities = EntityList.Of(study);
        var sum = Enumerable.Range(0, entities.Count).Where(e => entities[e].Scope == "cities").Sum(e => point.Total(0, e));
        Assert.InRange(sum / point.Total(0, 0), 0.1, 0.5);
        Assert.DoesNotContain(StudyBalances.Of(study, point), b => b.Failed > 0);
    }

    [Fact]
    public void A_set_that_says_so_is_given_all_of_the_nation_and_a_warning_where_it_holds_a_quarter()
    {
        using var editor = WithPart(", \"denominators\": \"set\"");
        var study = editor.Read();
        var warning = Assert.Single(StudyBalances.Of(study, PointModel.Estimate(study)), b => b.Warning is not null);
        Assert.Equal("magnitude-regions", warning.Name);
        Assert.Contains("given all of the nation's figures. "
            + "Where they are a part of the nation, write \"denominators\": \"nation\" (study.json, key regions[1]).",
            warning.Warning!.Message, StringComparison.Ordinal);
        Assert.Equal(1, CommandLineRunner.InProcess("check", editor.Folder, "--quiet").ExitCode);
        var (point, entities) = (PointModel.Estimate(study), EntityList.Of(study));
        Assert.Equal(point.Total(0, 0), Enumerable.Range(0, entities.Count).Where(e => entities[e].Scope == "cities")
            .Sum(e => point.Total(0, e)), 1e-9 * point.Total(0, 0));
    }

    // Revisions of the whole reach the part through its denominators; where the nation is fixed they do not, and the part keeps its own.
    // Relative variances of ratios of independent errors, to first order: σ²(1 + Σ g_i²/(Σ g_i)²) of a region that is no part of the
    // sum's own errors; σ² where the denominator is fixed.
    [Theory]
    [InlineData("none")]
    [InlineData("group")]
    public void Errors_of_the_whole_reach_the_part(string fixedTotal)
    {
        const double sd = 0.05;
        using var editor = WithPart(", \"denominators\": \"nation\", \"nation\": { \"set\": \"provinces\" }");
        editor.Replace("study.json", "\"sampling\":",
            $"\"uncertainty\": {{ \"revisions\": {{ \"gdp\": {{ \"sd\": {sd}, \"fixed\": \"{fixedTotal}\" }} }} }},\n  \"sampling\":");
        var study = editor.Read();

        // The direct part with certain coefficients: nothing else varies.
        study = study with { Coefficients = [.. study.Coefficients.Select(k => k with { Distribution = null })], Correlation = null };
        var point = PointModel.Estimate(study);
        var key = EstimateCatalog.Of(study, point)
            .Single(k => k is { Scope: "cities", Code: "440000", Year: 2018, Component: Component.Direct, Measure: Measure.Value });
        using var program = new ReferenceBackend().Load(new CompiledStudy(study).Plan(5));
        const int draws = 4000;
        var values = new double[draws];
        program.Evaluate(0, draws, [key.Output], values);
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (draws - 1);

        // Var Σ_j Z_j ω_j = Σ_j (Z_j ω_j)² (σ² + [not fixed] σ² Σ_i g_ij² / (Σ_i g_ij)²).
        var (set, whole, t) = (study.RegionSets[1], study.RegionSets[0], 1);
        var entities = EntityList.Of(study);
        var expected = 0.0;
        for (var j = 0; j < 3; j++)
        {
            var group = Enumerable.Range(0, entities.Count).Single(e => entities[e].Kind == EntityKind.Group && entities[e].Index == j);
            var total = set.Denominator(j, t);
            var part = point.Direct[t, group] * set.Gdp[Array.IndexOf(Some, "440000"), j, t] / total;
            var herfindahl = Enumerable.Range(0, whole.Regions.Count).Sum(i => Math.Pow(whole.Gdp[i, j, t] / total, 2));
            expected += part * part * sd * sd * (1 + (fixedTotal == "none" ? herfindahl : 0));
        }

        // The relative error of a sample variance is √(2/N), four of them.
        Assert.Equal(expected, variance, 4 * Math.Sqrt(2.0 / draws) * expected + 2 * sd * sd * expected);
    }

    [Fact]
    public void Weights_of_a_part_need_those_of_the_nation()
    {
        using var editor = WithPart(", \"denominators\": \"nation\", \"nation\": { \"set\": \"provinces\" }, "
            + "\"allocation\": { \"direct\": { \"categories\": \"grouping.csv\", \"weights\": \"weights.csv\" } }");
        editor.Write("grouping.csv",
            "category,group\n" + string.Concat(editor.Lines("categories.csv").Skip(1).Select(l => l.Split(',')[0] + ",all\n")));
        editor.Write("weights.csv", "region,year,group,weight\n"
            + string.Concat(Some.SelectMany((r, i) => Enumerable.Range(2017, 6).Select(y => $"{r},{y},all,{i + 1}\n"))));
        editor.Refuses("study.json", "key regions[1].allocation.direct", "without the nation's", "group,year,weight");
        editor.Replace("study.json", "\"weights\": \"weights.csv\"", "\"weights\": \"weights.csv\", \"nation\": \"national-weights.csv\"");
        editor.Write("national-weights.csv", "group,year,weight\n" + string.Concat(Enumerable.Range(2017, 6).Select(y => $"all,{y},12\n")));
        var study = editor.Read();
        var (point, entities) = (PointModel.Estimate(study), EntityList.Of(study));
        for (var i = 0; i < Some.Length; i++)
        {
            var e = Enumerable.Range(0, entities.Count).Single(e => entities[e].Scope == "cities" && entities[e].Code == Some[i]);
            Assert.Equal((i + 1) / 12.0, point.Direct[0, e] / point.Direct[0, 0], 1e-12);
        }
    }

    [Theory]
    [InlineData(", \"denominators\": \"nation\"", "key regions[1].denominators", "without the key nation")]
    [InlineData(", \"nation\": { \"set\": \"provinces\" }", "key regions[1].nation", "without \"denominators\"")]
    [InlineData(", \"denominators\": \"nation\", \"nation\": { }", "key regions[1].nation", "neither set nor file")]
    [InlineData(", \"denominators\": \"nation\", \"nation\": { \"file\": \"national.csv\" }",
        "key regions[1].nation", "a file without unit")]
    [InlineData(", \"denominators\": \"nation\", \"nation\": { \"set\": \"provinces\", \"unit\": \"亿元\" }",
        "key regions[1].nation", "a unit without file")]
    [InlineData(", \"denominators\": \"nation\", \"nation\": { \"set\": \"cities\" }", "key regions[1].nation.set", "\"cities\"")]
    [InlineData(", \"denominators\": \"country\"", "key regions[1].denominators", "\"country\"")]
    public void Faults_of_the_keys_are_named(string keys, string place, string found)
    {
        using var editor = WithPart(keys);
        var faults = editor.Faults();
        StudyEditor.Holds(faults[0], "study.json", place, found, "");
    }

    [Theory]
    [InlineData("10 thousand yuan", true)]
    [InlineData("亿元", false)]
    public void A_part_in_a_wrong_unit_is_warned_of(string unit, bool warned)
    {
        using var editor = WithPart($", \"denominators\": \"nation\", \"nation\": {{ \"set\": \"provinces\" }}", unit);
        var study = editor.Read();
        var warnings = StudyBalances.Of(study, PointModel.Estimate(study)).Select(b => b.Warning)
            .OfType<Warning>().Where(w => w.Code == "magnitude-regions");
        Assert.Equal(warned,
            warnings.Any(w => w.Message.Contains("100 million yuan in the place of 10 thousand yuan", StringComparison.Ordinal)));
    }

    // Three provinces as a second set, in the order of Some.
    private static StudyEditor WithPart(string keys, string unit = "亿元")
    {
        var editor = new StudyEditor();
        var (provinces, gdp) = (editor.Lines("provinces.csv"), editor.Lines("province-gdp.csv"));
        editor.Write("cities.csv", string.Join('\n',
            Some.Select(code => provinces.Single(l => l.StartsWith(code, StringComparison.Ordinal))).Prepend(provinces[0])) + "\n");
        editor.Write("city-gdp.csv", string.Join('\n', gdp.Where((l, i) => i == 0 || Some.Contains(l.Split(',')[0]))) + "\n");
        return editor.Replace("study.json", Set,
            $"{Set},\n    {{ \"name\": \"cities\", \"file\": \"cities.csv\", \"gdp\": \"city-gdp.csv\", \"unit\": \"{unit}\"{keys} }}");
    }

    private static void WriteNational(StudyEditor editor)
    {
        var set = TestData.Demonstration.RegionSets[0];
        var rows = Enumerable.Range(0, 3).SelectMany(j => Enumerable.Range(0, 6)
            .Select(t => FormattableString.Invariant($"{j + 1},{2017 + t},{1e4 * Sum(set, j, t):R}\n")));
        editor.Write("national.csv", "group,year,gdp\n" + string.Concat(rows));
    }

    private static double Sum(RegionSet set, int j, int t) => Enumerable.Range(0, set.Regions.Count).Sum(i => set.Gdp[i, j, t]);
}
