using System.Text.Json;
using IIKernel.Comparison;
using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Comparison;

public sealed class StudyComparisonTests
{
    private static readonly SamplingOptions Sampling = new(5000, 20231201, 0.95);
    private static readonly Study Study = TestData.Demonstration;

    [Fact]
    public void Every_published_figure_is_compared_with_the_run_of_the_same_draws()
    {
        var compared = StudyComparison.Of(new(Study), Sampling, new SimdBackend(2), 2);
        Assert.Equal(Study.Published.Count, compared.Count);
        var run = UncertaintyRun.Execute(Study, Sampling, new SimdBackend(2), 2).Estimates
            .Where(e => e.Key.Measure == Measure.Value).ToDictionary(e => (e.Key.Scope, e.Key.Code, e.Key.Year, e.Key.Component));
        foreach (var figure in compared)
        {
            var p = figure.Published;
            Assert.Equal(p.Year > 2022, figure.Verdict == Verdict.NotComputed);
            if (figure.Verdict == Verdict.NotComputed) continue;
            var (key, statistics) = run[(p.Scope, p.Code, p.Year, p.Component)];
            Assert.Equal(key.Point, figure.Point);
            Assert.Equal(statistics.Lower, figure.Statistics.Lower);
            Assert.Equal(statistics.Upper, figure.Statistics.Upper);
            Assert.Equal(statistics, figure.Statistics);
            Assert.Equal(100 * (key.Point - p.Value) / p.Value, figure.DistancePercent, 1e-9);
        }

        Assert.Equal(["nation", "category", "group", "provinces"], compared.Select(f => f.Published.Scope).Distinct());
        foreach (var scope in compared.Where(f => f.Verdict != Verdict.NotComputed).GroupBy(f => f.Published.Scope))
            Assert.Equal(scope.OrderByDescending(f => Math.Abs(f.DistancePercent)), scope);
    }

    [Fact]
    public void Percentile_and_verdict_follow_from_where_the_figure_lies()
    {
        var run = UncertaintyRun.Execute(Study, Sampling, new ReferenceBackend(), 1).Estimates
            .Single(e => e.Key is { Scope: "nation", Year: 2022, Component: Component.Total, Measure: Measure.Value });
        var (lower, median, upper, point) = (run.Statistics.Lower, run.Statistics.Median, run.Statistics.Upper, run.Key.Point);
        foreach (var (value, rounding, percentile, verdict) in new[]
        {
            (point + 4, 10, double.NaN, Verdict.Met), (point + 6, 10, double.NaN, Verdict.Inside), (median, 1e-6, 50.0, Verdict.Inside),
            (lower - 4, 10, 2.5, Verdict.Inside), (lower - 6, 10, 2.5, Verdict.Above), (upper + 6, 10, 97.5, Verdict.Below),
            (point * 10, 10, 100.0, Verdict.Below), (1, 10, 0.0, Verdict.Above),
        })
        {
            var study = Study with { Published = [new("nation", "", 2022, Component.Total, value, "published", rounding)] };
            var figure = Assert.Single(StudyComparison.Of(new(study), Sampling, new SimdBackend(1), 1));
            Assert.Equal(verdict, figure.Verdict);
            // Six neighbours of a rank among 5,000 draws.
            if (!double.IsNaN(percentile)) Assert.Equal(percentile, figure.Percentile, 0.15);
        }
    }

    [Fact]
    public void The_percentile_is_the_share_of_draws_below_counted_one_by_one()
    {
        var point = PointModel.Estimate(Study);
        var key = EstimateCatalog.Of(Study, point)
            .Single(k => k is { Scope: "nation", Year: 2022, Component: Component.Total, Measure: Measure.Value });
        using var program = new ReferenceBackend().Load(new CompiledStudy(Study).Plan(Sampling.Seed));
        var draws = new double[Sampling.Draws];
        program.Evaluate(0, draws.Length, [key.Output], draws);
        foreach (var value in new[] { draws[7], Math.BitIncrement(draws[7]), 1.01 * key.Point, 0.5 * key.Point })
        {
            var study = Study with { Published = [new("nation", "", 2022, Component.Total, value, "published", 1)] };
            var figure = Assert.Single(StudyComparison.Of(new(study), Sampling, new SimdBackend(1), 1));
            Assert.Equal(100 * (draws.Count(d => d < value) + 0.5 * draws.Count(d => d == value)) / draws.Length, figure.Percentile);
        }
    }

    [Fact]
    public void A_published_zero_has_no_distance_and_a_sample_too_small_for_an_interval_decides_nothing()
    {
        var study = Study with { Published = [new("nation", "", 2022, Component.Total, 0, "published", 1)] };
        var figure = Assert.Single(StudyComparison.Of(new(study), Sampling, new SimdBackend(1), 1));
        Assert.Equal((double.NaN, 0.0, Verdict.Above), (figure.DistancePercent, figure.Percentile, figure.Verdict));
        figure = Assert.Single(StudyComparison.Of(new(study), Sampling with { Draws = 3 }, new SimdBackend(1), 1));
        Assert.Equal((0.0, Verdict.Undecided), (figure.Percentile, figure.Verdict));

        using var editor = new StudyEditor();
        editor.Write("published.csv", "scope,code,year,component,value,kind\nnation,,2022,direct,0,published\n");
        foreach (var format in new[] { "--markdown", "--json", "--seed=1" })
        {
            var (exitCode, text, error) = CommandLineRunner.Process(["compare", editor.Folder, "--draws", "200", format]);
            Assert.True(exitCode == 0, error);
            Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Thirty_one_provinces_at_a_lone_round_figure_are_not_met_by_a_guess()
    {
        using var editor = new StudyEditor();
        var codes = Study.RegionSets[0].Regions.Select(r => r.Code).ToArray();
        editor.Write("published.csv",
            "scope,code,year,component,value,kind\n" + string.Concat(codes.Select(c => $"provinces,{c},2022,total,1000,published\n")));
        var figures = StudyComparison.Of(new(editor.Read()), Sampling, new SimdBackend(1), 1);
        Assert.Equal(31, figures.Count);
        Assert.All(figures, f => Assert.Equal(Math.Abs(f.Point - 1000) <= 0.5, f.Verdict == Verdict.Met));
        Assert.True(figures.Count(f => f.Verdict == Verdict.Met) <= 1);
        Assert.Contains(figures, f => f.Verdict == Verdict.Inside);
    }

    [Fact]
    public void Any_number_of_draws_can_be_begun_and_interrupted()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => StudyComparison.Of(new(Study), Sampling with { Draws = 3_000_000_000 }, new SimdBackend(1), 1, null, source.Token));
    }

    [Fact]
    public void Weights_of_a_sets_own_stand_beside_GDP_and_equal_the_point_model()
    {
        var study = WithAllocation();
        var compared = StudyComparison.Of(new(study), Sampling, new SimdBackend(1), 1);
        var direct = compared.Where(f => f.Published is { Scope: "provinces", Code: "110000", Component: Component.Direct }).ToArray();
        Assert.Equal(["gdp", "own"], direct.Select(f => f.Allocation).Order());
        var point = PointModel.Estimate(study);
        foreach (var figure in compared.Where(f => f.Allocation == "own"))
        {
            var key = EstimateCatalog.Of(study, point).Single(k => k.Measure == Measure.Value && (k.Scope, k.Code, k.Year, k.Component) ==
                (figure.Published.Scope, figure.Published.Code, figure.Published.Year, figure.Published.Component));
            Assert.Equal(key.Point, figure.Point, 1e-9 * key.Point);
            Assert.InRange(figure.Point, figure.Statistics.Lower, figure.Statistics.Upper);
        }

        // All direct value added of the first region alone.
        Assert.Equal(0, direct.Single(f => f.Allocation == "own").DistancePercent - 100 * (point.Direct[5, 0] / 1125.41 - 1), 1e-9);
        Assert.Equal(2 * StudyComparison.Of(new(Study), Sampling, new SimdBackend(1), 1)
            .Count(f => f.Published.Scope == "provinces" && f.Verdict != Verdict.NotComputed),
            compared.Count(f => f.Allocation.Length > 0));
    }

    [Fact]
    public void The_verb_prints_tables_Markdown_JSON_and_CSV()
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-compare-").FullName;
        try
        {
            var (exitCode, text, error) = CommandLineRunner.Process(["compare", "--draws", "2000", "--out", folder]);
            Assert.True(exitCode == 0, error);
            foreach (var part in new[] { "nation, 亿元, 95 % intervals", "32,000", "inside", "广东", "percentile" })
                Assert.Contains(part, text, StringComparison.Ordinal);
            var lines = File.ReadAllLines(Path.Combine(folder, "comparison.csv"));
            Assert.Equal(1 + Study.Published.Count, lines.Length);
            Assert.All(lines, line => Assert.Equal(19, StudyEditor.Split(line).Length));
            (_, text, _) = CommandLineRunner.Process(["compare", "--draws", "2000", "--markdown"]);
            Assert.All(text.TrimEnd().Split('\n'), line => Assert.Equal(11, line.Count(c => c == '|')));
            (_, text, _) = CommandLineRunner.Process(["compare", "--draws", "2000", "--json"]);
            using var json = JsonDocument.Parse(text);
            Assert.Equal(Study.Published.Count, json.RootElement.GetProperty("figures").GetArrayLength());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_study_without_published_figures_is_refused()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"published\": { \"file\": \"published.csv\", \"unit\": \"亿元\" },", "");
        var (exitCode, error) = CommandLineRunner.InProcess("compare", editor.Folder);
        Assert.Equal(2, exitCode);
        Assert.Contains("published", error, StringComparison.Ordinal);
    }

    // Categories in two groups of their own; all weight on the first region.
    private static Study WithAllocation()
    {
        var set = Study.RegionSets[0];
        var weights = new double[set.Regions.Count, 2, Study.Years.Count];
        for (var g = 0; g < 2; g++)
            for (var t = 0; t < Study.Years.Count; t++) weights[0, g, t] = 3 + g + t;
        var allocation = new IIKernel.Regions.RegionAllocation
        {
            Groups = ["x", "y"],
            CategoryGroup = [.. Study.Categories.Categories.Select((_, c) => c % 2)],
            Weights = weights,
        };
        return Study with { RegionSets = [set with { DirectAllocation = allocation }] };
    }
}
