using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class DrawSourceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(20_001)]
    public void Differences_and_ratios_are_described_as_a_full_sort_does(int draws)
    {
        using var program = new SimdBackend(2).Load(ConformancePlan.Create());
        var map = program.Plan.Outputs;
        var (a, b) = (map.Index(1, 0, OutputMap.Total), map.Index(0, 0, OutputMap.Direct));
        var mark = map.Bounded;
        DerivedOutput[] derived =
        [
            new(DerivedKind.Difference, a, b), new(DerivedKind.Ratio, a, b), new(DerivedKind.Ratio, b, b),
            new(DerivedKind.Difference, b, a), new(DerivedKind.Ratio, mark, mark),
        ];
        var source = new DerivedSource(program, derived);
        Assert.Equal(map.Count, source.First);
        var values = new double[3 * draws];
        program.Evaluate(0, draws, [a, b, mark], values);
        var (first, second) = (values[..draws], values[draws..(2 * draws)]);
        double[][] rows =
        [
            [.. first.Zip(second, (x, y) => x - y)], [.. first.Zip(second, (x, y) => x / y)], [.. first.Select(_ => 1.0)],
            [.. first.Zip(second, (x, y) => y - x)], [.. values[(2 * draws)..].Select(x => x / x)],
        ];
        int[] outputs = [.. derived.Select((_, i) => source.First + i)];
        var point = source.Extend(program.EvaluatePoint());
        Assert.Equal(point[a] - point[b], point[source.First]);
        var ranks = SortedSamples.Ranks(draws);
        var found = SampleStatistics.Collect(source, ranks, [.. outputs, a], point, 2);
        for (var i = 0; i < rows.Length; i++)
            SortedSamples.AssertSorted(SampleStatistics.Describe(rows[i], point[outputs[i]], ranks), found[i], $"derived {i}");
        Assert.Equal(1, found[2].Mean);
        Assert.Equal(draws == 1 ? double.NaN : 0, found[2].StandardDeviation);
        Assert.Equal(rows[4].LongCount(double.IsNaN), found[4].Undefined);

        // An output of the plan is that of the plan.
        Assert.Equal(SampleStatistics.Collect(program, ranks, [a], point, 2)[0].Upper, found[^1].Upper);
    }

    [Fact]
    public void Draws_of_a_difference_do_not_depend_on_how_they_are_split()
    {
        using var program = new SimdBackend(1).Load(ConformancePlan.Create());
        var map = program.Plan.Outputs;
        int[] of = [map.Index(1, 0, OutputMap.Total), map.Index(1, 1, OutputMap.Direct)];
        var source = new DerivedSource(program, [new(DerivedKind.Difference, of[0], of[1])]);
        int[] outputs = [of[1], source.First];
        var (whole, part) = (new double[200], new double[74]);
        source.Evaluate(0, 100, outputs, whole);
        source.Evaluate(63, 37, outputs, part);
        Assert.Equal(whole[63..100], part[..37]);
        Assert.Equal(whole[163..200], part[37..]);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(777, 1)]
    [InlineData(16_384, 2)]
    [InlineData(40_000, 3)]
    public void Kept_draws_give_the_statistics_counts_and_densities_of_those_that_were_drawn(int draws, int seed)
    {
        var plan = ConformancePlan.Create();
        using var program = new SimdBackend(2).Load(plan);
        var map = plan.Outputs;
        var random = new System.Random(seed);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan).Where(o => plan.Aliases[o].Column == o)
            .OrderBy(_ => random.Next()).Take(9)];
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        var kept = outputs.Select((o, i) => (o, values[(i * draws)..((i + 1) * draws)])).ToDictionary(p => p.o, p => p.Item2);
        var stored = new StoredSource(map.Count, kept);
        var point = program.EvaluatePoint();
        var question = new SampleQuestion([SortedSamples.Ranks(draws), SortedSamples.Ranks(draws, 0.5)], outputs)
        {
            Thresholds = [.. outputs.Select(o => (o, kept[o][draws / 2])).Where(t => double.IsFinite(t.Item2))],
            DensityBins = 20,
        };
        var (drawn, again) = (question.Answer(program, point, 2), question.Answer(stored, point, 1));
        Assert.Equal(drawn.Thresholds, again.Thresholds);
        for (var i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(drawn.Densities[i].Edges, again.Densities[i].Edges);
            Assert.Equal(drawn.Densities[i].Counts, again.Densities[i].Counts);
            for (var level = 0; level < 2; level++)
            {
                var (expected, found) = (drawn.Statistics[level][i], again.Statistics[level][i]);

                // In larger samples the bins on which the shortest interval is searched depend on how many outputs there are.
                if (draws > 16_384)
                {
                    var sorted = SampleStatistics.Describe(kept[outputs[i]], point[outputs[i]], question.Levels[level]);
                    SortedSamples.AssertSorted(sorted, found, $"output {outputs[i]}");
                    found = found with { ShortestLower = expected.ShortestLower, ShortestUpper = expected.ShortestUpper };
                }

                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public void What_was_not_kept_is_refused()
    {
        var stored = new StoredSource(5, new Dictionary<int, double[]> { [3] = [1, 2, 3], [1] = [4, 5, 6] });
        Assert.Equal((3, true, false, false), (stored.Draws, stored.Holds(1), stored.Holds(2), stored.Holds(7)));
        Assert.Contains("output 2", Assert.Throws<ArgumentException>(() => stored.Evaluate(0, 1, [1, 2], new double[2])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => stored.Evaluate(2, 2, [1], new double[2]));
        Assert.Throws<ArgumentException>(() => new StoredSource(5, new Dictionary<int, double[]> { [3] = [1, 2], [1] = [4] }));
    }
}
