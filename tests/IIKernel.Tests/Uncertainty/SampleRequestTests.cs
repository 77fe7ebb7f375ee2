using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class SampleRequestTests
{
    private static readonly SamplingOptions Sampling = new(3000, 7, 0.9);
    private static readonly CompiledStudy Compiled = new(TestData.FullDemonstration);
    private static readonly FigureIndex Index = new(Compiled.Keys);

    [Fact]
    public void Differences_and_ratios_are_those_of_every_draw_and_of_the_point()
    {
        DerivedFigure[] derived =
        [
            .. DerivedFigure.Parse(DerivedKind.Difference, "nation.total.2022-nation.total.2021", Index),
            .. DerivedFigure.Parse(DerivedKind.Ratio, "provinces:440000.total/provinces:320000.total", Index),
            .. DerivedFigure.Parse(DerivedKind.Difference, "nation.growth-category:C.growth", Index),
        ];
        Assert.Equal(1 + 7 + 6, derived.Length);
        Assert.Equal("nation.total.2022-nation.total.2021", derived[0].Name);
        Assert.Equal(("亿元", "1", "%"), (derived[0].Unit, derived[1].Unit, derived[^1].Unit));
        using var program = Compiled.Load(new SimdBackend(2), Sampling.Seed);
        var reply = new SampleRequest { Derived = derived }.Answer(program, Sampling, 2);
        var ranks = CoverageRanks.For(Sampling.Draws, Sampling.Level);
        for (var i = 0; i < derived.Length; i++)
        {
            var (first, second) = (Draws(program.Program, derived[i].First.Output), Draws(program.Program, derived[i].Second.Output));
            double[] values = [.. first.Zip(second, (a, b) => derived[i].Kind == DerivedKind.Ratio ? a / b : a - b)];
            var (expected, found) = (SampleStatistics.Describe(values, derived[i].Point, ranks), reply.Derived[i].Statistics);
            Assert.Equal((expected.Lower, expected.Median, expected.Upper), (found.Lower, found.Median, found.Upper));
            Assert.Equal((expected.ShortestLower, expected.ShortestUpper), (found.ShortestLower, found.ShortestUpper));
            Assert.Equal(expected.Mean, found.Mean, 1e-12 * Math.Abs(expected.Mean));
            Assert.Equal(expected.StandardDeviation, found.StandardDeviation, 1e-12 * Math.Abs(expected.Mean));
            Assert.Equal(first.Zip(second).LongCount(p => p.First > p.Second), reply.Derived[i].Greater);
        }

        var (a, b) = (Compiled.Point.Total(5, 0), Compiled.Point.Total(4, 0));
        Assert.Equal(a - b, derived[0].Point, 1e-9 * a);
        Assert.Contains(EstimateCatalog.Extrapolated, reply.Derived[0].Flags);

        // What two figures of one draw share cancels: the difference is far surer than either.
        Assert.True(reply.Derived[0].Statistics.StandardDeviation < 0.5 * Deviation(Draws(program.Program, derived[0].First.Output)));
    }

    [Fact]
    public void Too_few_draws_for_an_interval_are_flagged_on_a_difference_too()
    {
        using var program = Compiled.Load(new SimdBackend(1), 1);
        var request = new SampleRequest
        {
            Derived = DerivedFigure.Parse(DerivedKind.Difference, "nation.total.2022-nation.total.2021", Index),
        };
        Assert.Contains("few-draws", request.Answer(program, new(20, 1, 0.95), 1).Derived[0].Flags);
    }

    [Fact]
    public void Ranks_classes_and_counts_are_those_of_every_draw()
    {
        var groups = JointEstimates.Totals(Compiled, 2022);
        Assert.Equal(["category", "provinces", "cities"], groups.Select(g => g[0].Scope));
        Assert.Equal(7 * 3, JointEstimates.Totals(Compiled, null).Count);
        double[] thresholds = [500, 1000];
        using var program = Compiled.Load(new SimdBackend(2), Sampling.Seed);
        var request = new SampleRequest { Groups = groups, Ranks = true, Thresholds = thresholds };
        foreach (var figures in request.Answer(program, Sampling, 2).Joint)
        {
            var values = figures.Keys.Select(k => Draws(program.Program, k.Output)).ToArray();
            var draws = Enumerable.Range(0, (int)Sampling.Draws).ToArray();
            for (var e = 0; e < values.Length; e++)
            {
                var ranks = draws.CountBy(d => 1 + values.Count(v => v[d] > values[e][d])).ToDictionary();
                for (var rank = 1; rank <= values.Length; rank++)
                    Assert.Equal(ranks.GetValueOrDefault(rank), figures.Ranks!.Held(e, rank));
                for (var t = 0; t < thresholds.Length; t++)
                    Assert.Equal(values[e].LongCount(v => v > thresholds[t]), figures.Exceedance!.Above(e, t));
            }

            for (var t = 0; t < thresholds.Length; t++)
            {
                var counts = draws.CountBy(d => values.Count(v => v[d] > thresholds[t])).ToDictionary();
                for (var k = 0; k <= values.Length; k++) Assert.Equal(counts.GetValueOrDefault(k), figures.Exceedance!.Held(t, k));
            }
        }
    }

    [Fact]
    public void Nothing_that_was_not_asked_is_answered()
    {
        using var program = Compiled.Load(new SimdBackend(1), 1);
        var reply = new SampleRequest { Groups = JointEstimates.Totals(Compiled, null) }.Answer(program, Sampling, 1);
        Assert.Empty(reply.Densities);
        Assert.Empty(reply.Derived);
        Assert.Empty(reply.Joint);
    }

    [Fact]
    public void Levels_of_one_run_are_those_of_runs_at_each_level()
    {
        double[] levels = [0.5, 0.9, 0.99];
        using var program = Compiled.Load(new SimdBackend(2), Sampling.Seed);
        var run = UncertaintyRun.Execute(Compiled, program, Sampling, levels, new SimdBackend(2), 2);
        Assert.Equal(levels, run.Levels.Select(l => l.Level));
        Assert.Equal(run.Estimates, run.Levels[1].Estimates);
        foreach (var level in run.Levels)
        {
            var alone = UncertaintyRun.Execute(Compiled.Study, Sampling with { Level = level.Level }, new SimdBackend(2), 2);
            Assert.Equal(alone.Estimates.Select(e => e.Statistics), level.Estimates.Select(e => e.Statistics));
        }

        var plain = UncertaintyRun.Execute(Compiled.Study, Sampling, new SimdBackend(2), 2);
        Assert.Empty(plain.Levels);
        Assert.Equal(plain.Estimates.Select(e => e.Statistics), run.Estimates.Select(e => e.Statistics));
    }

    [Theory]
    [InlineData("nation.total.2022", "no -")]
    [InlineData("nation.total.2022-nation.total.1999", "1999")]
    [InlineData("nation.total.2022-nation.totl.2021", "Did you mean total?")]
    [InlineData("nation.totl.2022-nation.total.2021", "nation.totl.2022:")]
    [InlineData("nation.total-nation.total.2021", "a year on one side only")]
    [InlineData("provinces.total-nation.total", "several entities")]
    [InlineData("nation.total-nation.growth", "in 亿元 and in %")]
    [InlineData("sector:001.direct-nation.growth", "no year that both")]
    public void A_difference_that_cannot_be_had_is_refused(string text, string found) =>
        Assert.Contains(found, Assert.Throws<FigurePatternException>(
            () => DerivedFigure.Parse(DerivedKind.Difference, text, Index)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sign_within_a_code_is_told_from_that_between_two_figures()
    {
        EstimateKey Key(string code) => new(EntityKind.Region, "set-a", code, "", 2020, Component.Total, Measure.Value, "yuan", 1, 0, []);
        var index = new FigureIndex([Key("1-2"), Key("3-4")]);
        var derived = Assert.Single(DerivedFigure.Parse(DerivedKind.Difference, "set-a:1-2.total.2020-set-a:3-4.total.2020", index));
        Assert.Equal(("1-2", "3-4"), (derived.First.Code, derived.Second.Code));
    }

    private static double[] Draws(IProgram program, int output)
    {
        var values = new double[Sampling.Draws];
        program.Evaluate(0, values.Length, [output], values);
        return values;
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / values.Length);
}
