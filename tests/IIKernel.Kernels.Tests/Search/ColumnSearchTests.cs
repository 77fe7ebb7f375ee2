using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

/// <summary>The search for order statistics in samples of every shape, against sorting them.</summary>
public class ColumnSearchTests
{
    private static readonly (string Name, Func<double, double> Quantile)[] Shapes =
    [
        ("uniform", u => u),
        ("exponential", u => -Math.Log(1 - u)),
        ("exponential, mirrored", Math.Log),
        ("Student's t, 2 degrees of freedom", u => (2 * u - 1) / Math.Sqrt(2 * u * (1 - u))),
        ("Cauchy", u => Math.Tan(Math.PI * (u - 0.5))),
        ("lognormal of sd 3", u => Math.Exp(3 * Math.Log(u / (1 - u)) * 0.55)),
        ("logistic about a large number", u => 1e9 + Math.Log(u / (1 - u))),
        ("two points", u => u < 0.3 ? -1 : 2),
        ("ten points", u => Math.Floor(10 * u)),
        ("zero but for few", u => u < 0.97 ? 0 : u),
        ("two far clusters", u => u < 0.5 ? u : 1e6 + u),
        ("a point within a continuum", u => u is > 0.4 and < 0.9 ? 0.4 : u),
        ("ends at a point", u => Math.Min(u, 0.96)),
        ("constant", _ => 7),
    ];

    [Theory]
    [InlineData(16_385, 1L << 22, 0)]
    [InlineData(16_385, 1L << 22, 1L << 22)]
    [InlineData(70_001, 1L << 22, 0)]
    [InlineData(70_001, 20L, 0)]
    [InlineData(70_001, 20L, 1L << 22)]
    [InlineData(300_000, 1L << 22, 0)]
    [InlineData(300_000, 1L << 22, 1L << 22)]
    [InlineData(1_100_000, 1L << 22, 0)]
    public void Quantiles_are_those_of_a_full_sort_whatever_the_shape(int draws, long keptTogether, long cachedTogether)
    {
        var program = new ColumnProgram(Shapes.Length, draws, seed: 11, Shape);
        var ranks = SortedSamples.Ranks(draws);
        var found = SampleStatistics.Collect(
            program, [ranks], program.Outputs, program.EvaluatePoint(), 2, keptTogether, cachedTogether)[0];
        for (var i = 0; i < found.Length; i++)
            SortedSamples.AssertSorted(SampleStatistics.Describe(program.Columns[i], 0, ranks), found[i], Shapes[i].Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_ascend_to_the_whole_sample(bool caches)
    {
        for (var draws = 16_385L; draws < SampleStatistics.MaximumDraws; draws = draws * 9 / 8 + 1)
        {
            var parts = SampleParts.Of(draws, caches);
            Assert.Equal(draws, parts[^1]);
            Assert.True(parts[0] >= 2 * SampleParts.PilotDraws, $"{draws} draws: a first part of {parts[0]}");
            Assert.Equal(parts.Distinct().Order(), parts);
            Assert.All(parts[..^1], part => Assert.True(!caches || part % (new SampleSegments(draws).DrawsEach) == 0));
        }
    }

    // A pilot that saw another distribution than the sample: every window misses at first.
    [Fact]
    public void Windows_that_miss_are_set_anew()
    {
        const int draws = 40_000;
        var program = new ColumnProgram(Shapes.Length, draws, seed: 12, Shape);
        foreach (var column in program.Columns)
            for (var d = 0; d < SampleParts.PilotDraws; d++) column[d] = 1e-3 * d;
        var ranks = SortedSamples.Ranks(draws);
        var found = SampleStatistics.Collect(program, ranks, program.Outputs, program.EvaluatePoint(), 1);
        for (var i = 0; i < found.Length; i++)
        {
            var sorted = program.Columns[i].Order().ToArray();
            Assert.Equal(
                (sorted[ranks.Lower - 1], sorted[ranks.Median - 1], sorted[ranks.Upper - 1]),
                (found[i].Lower, found[i].Median, found[i].Upper));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1L << 22)]
    public void What_is_no_number_is_found_wherever_it_lies_and_infinities_are_the_ends(long cachedTogether)
    {
        const int draws = 20_000;
        foreach (var at in new[] { 0, 1023, 5000, draws - 1 })
        {
            var program = new ColumnProgram(Shapes.Length, draws, seed: 13, Shape);
            program.Columns[0][at] = double.NaN;
            program.Columns[1][at] = double.NegativeInfinity;
            program.Columns[2][at] = double.PositiveInfinity;
            for (var d = at % 3; d < draws; d += 3) program.Columns[3][d] = d % 2 == 0 ? double.PositiveInfinity : double.NegativeInfinity;
            Array.Fill(program.Columns[4], double.PositiveInfinity);
            var ranks = SortedSamples.Ranks(draws);
            var found = SampleStatistics.Collect(
                program, [ranks], program.Outputs[..6], program.EvaluatePoint(), 1, 1L << 22, cachedTogether)[0];
            Assert.Equal([1L, 0, 0, 0, 0, 0], found.Select(f => f.Undefined));
            Assert.Equal([0L, 1, 1, program.Columns[3].Count(double.IsInfinity), draws, 0], found.Select(f => f.Infinite));
            for (var i = 1; i < found.Length; i++)
            {
                var expected = SampleStatistics.Describe(program.Columns[i], 0, ranks);
                Assert.Equal((expected.Lower, expected.Median, expected.Upper), (found[i].Lower, found[i].Median, found[i].Upper));
                Assert.Equal((expected.LowerError, expected.UpperError), (found[i].LowerError, found[i].UpperError));
                Assert.Equal(double.IsNaN(expected.Mean), double.IsNaN(found[i].Mean));
            }
        }
    }

    // The middle of a sample far from the point; the standard deviation would have no digit left.
    [Fact]
    public void A_sample_far_from_its_point_keeps_the_digits_of_its_standard_deviation()
    {
        const int draws = 30_000;
        var program = new ColumnProgram(1, draws, seed: 14, (_, u) => 1e12 + Math.Floor(100 * u));
        var found = SampleStatistics.Collect(program, SortedSamples.Ranks(draws), program.Outputs, program.EvaluatePoint(), 1)[0];
        var expected = SampleMoments.Of([.. program.Columns[0].Select(x => x - 1e12)], 50).StandardDeviation;
        Assert.Equal(expected, found.StandardDeviation, 1e-12 * expected);
    }

    public static TheoryData<int, double> Searches() =>
        new MatrixTheoryData<int, double>([1500, 5003, 20_000], [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]);

    [Theory]
    [MemberData(nameof(Searches))]
    public void Thousands_of_generated_figures_equal_their_full_sort(int draws, double level)
    {
        var first = (int)(1000 * level) * 200 + draws;
        var quantiles = Enumerable.Range(first, 95).Select(GeneratedShapes.Of).ToArray();
        var program = new ColumnProgram(quantiles.Length, draws, draws, (i, u) => quantiles[i](u));
        var ranks = SortedSamples.Ranks(draws, level);
        OutputStatistics[] expected = [.. program.Columns.Select(c => SampleStatistics.Describe(c, 0, ranks))];
        foreach (var (kept, cached) in new[] { (1L << 22, 0L), (1L << 22, 1L << 22), (5000, 0), (40, 0) })
        {
            var found = SampleStatistics.Collect(
                program, [ranks], program.Outputs, program.EvaluatePoint(), 1, kept, cached, sortedDraws: 0)[0];
            for (var i = 0; i < found.Length; i++)
            {
                // Where less than a sample may be kept, a search may have to end early.
                var isDiscrete = program.Columns[i].Take(SampleParts.PilotDraws).Distinct().Count() < SampleParts.PilotDraws;
                var what = $"shape {first + i}, {kept} kept, {cached} cached";
                if (kept >= 2 * draws) SortedSamples.AssertSorted(expected[i], found[i], what, isDiscrete);
                else SortedSamples.AssertSorted(
                    expected[i],
                    found[i] with { ShortestLower = expected[i].ShortestLower, ShortestUpper = expected[i].ShortestUpper }, what);
                Assert.True(!(found[i].ShortestUpper - found[i].ShortestLower > found[i].Upper - found[i].Lower), what);
            }
        }
    }

    // Of the largest excess that samples of up to 1,000,000 draws showed, 0.05 %, twice as much may be.
    [Theory]
    [InlineData(20_000, 0.5)]
    [InlineData(20_000, 0.8)]
    [InlineData(20_000, 0.95)]
    [InlineData(80_000, 0.9)]
    [InlineData(80_000, 0.99)]
    [InlineData(80_000, 0.999)]
    [InlineData(300_000, 0.8)]
    [InlineData(300_000, 0.995)]
    [InlineData(300_000, 0.999)]
    public void The_shortest_interval_of_a_smooth_figure_is_within_a_thousandth_at_any_level(int draws, double level)
    {
        Func<double, double>[] smooth =
        [
            u => u, u => -Math.Log(1 - 0.99999999 * u), u => Math.Log(u / (1.000001 - u)),
            u => Math.Exp(0.55 * Math.Log(u / (1.000001 - u))),
            u => (2 * u - 1) / Math.Sqrt(2 * u * (1.0000001 - u)), u => u < 0.5 ? Math.Sqrt(u / 2) : 1 - Math.Sqrt((1 - u) / 2), u => u * u,
        ];
        var program = new ColumnProgram(2 * smooth.Length, draws, (int)(1000 * level), (i, u) => smooth[i % smooth.Length](u));
        var ranks = SortedSamples.Ranks(draws, level);
        foreach (var cached in new[] { 0, 1L << 23 })
        {
            var found = SampleStatistics.Collect(program, [ranks], program.Outputs, program.EvaluatePoint(), 2, 1L << 23, cached)[0];
            for (var i = 0; i < found.Length; i++)
                SortedSamples.AssertSorted(SampleStatistics.Describe(program.Columns[i], 0, ranks), found[i], $"shape {i % smooth.Length}");
        }
    }

    // Levels near each other and far apart, whose windows overlap in many a shape.
    [Theory]
    [InlineData(5003, 1L << 22, 0)]
    [InlineData(20_000, 1L << 22, 0)]
    [InlineData(20_000, 1L << 22, 1L << 23)]
    [InlineData(70_001, 200L, 0)]
    [InlineData(300_000, 1L << 22, 1L << 24)]
    public void Several_levels_at_once_equal_a_full_sort_at_each(int draws, long keptTogether, long cachedTogether)
    {
        var shapes = draws > 100_000 ? Shapes.Length : 48;
        Func<double, double>[] quantiles =
            [.. Shapes.Select(s => s.Quantile), .. Enumerable.Range(draws, shapes - Shapes.Length).Select(GeneratedShapes.Of)];
        var program = new ColumnProgram(shapes, draws, draws, (i, u) => quantiles[i](u));
        foreach (var levels in new double[][] { [0.5, 0.8, 0.95], [0.95, 0.9], [0.99, 0.02, 0.3, 0.6, 0.5, 0.9, 0.999] })
        {
            QuantileRanks[] ranks = [.. levels.Select(level => SortedSamples.Ranks(draws, level))];
            var found = SampleStatistics.Collect(
                program, ranks, program.Outputs, program.EvaluatePoint(), 1, keptTogether, cachedTogether, sortedDraws: 0);
            for (var level = 0; level < levels.Length; level++)
            {
                for (var i = 0; i < shapes; i++)
                {
                    var expected = SampleStatistics.Describe(program.Columns[i], 0, ranks[level]);
                    var actual = found[level][i];

                    // Where less than a sample may be kept, a search may have to end early.
                    if (keptTogether < 2 * draws)
                        actual = actual with { ShortestLower = expected.ShortestLower, ShortestUpper = expected.ShortestUpper };
                    var isDiscrete = program.Columns[i].Take(SampleParts.PilotDraws).Distinct().Count() < SampleParts.PilotDraws;
                    SortedSamples.AssertSorted(expected, actual, $"shape {i} at {levels[level]} of {levels.Length}", isDiscrete);
                }
            }
        }

        Assert.Throws<ArgumentException>(() => SampleStatistics.Collect(
            program, [SortedSamples.Ranks(draws), SortedSamples.Ranks(draws - 1)], program.Outputs, program.EvaluatePoint(), 1));
    }

    private static double Shape(int i, double u) => Shapes[i].Quantile(u);
}
