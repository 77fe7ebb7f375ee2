using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

/// <summary>Ranks and counts are those of every draw by itself, whoever shares the work.</summary>
public class JointOutputsTests
{
    private const int Draws = 3000;

    // Values on a coarse grid, so that many are equal, and some that are no number.
    private static readonly ColumnProgram Program = new(11, Draws, 5, static (i, u) => Math.Round(6 * u + i / 4.0));

    static JointOutputsTests()
    {
        var random = new System.Random(9);
        foreach (var column in Program.Columns.Skip(3).Take(4))
            for (var i = 0; i < 50; i++) column[random.Next(Draws)] = i % 3 == 0 ? double.PositiveInfinity : double.NaN;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_rank_is_one_more_than_the_number_of_greater_values(int threads)
    {
        var ranks = RankDistribution.Collect(Program, Draws, Program.Outputs, threads);
        Assert.Equal(Draws, ranks.Draws);
        for (var e = 0; e < ranks.Entities; e++)
        {
            int[] held = [.. Enumerable.Range(0, Draws).Where(d => !double.IsNaN(Program.Columns[e][d]))
                .Select(d => 1 + Program.Columns.Count(c => c[d] > Program.Columns[e][d])).Order()];
            Assert.Equal(Enumerable.Range(1, ranks.Entities).Select(r => held.LongCount(h => h == r)),
                Enumerable.Range(1, ranks.Entities).Select(r => ranks.Held(e, r)));
            Assert.Equal(Draws - held.Length, ranks.Undefined(e));
            Assert.Equal(held[(held.Length + 1) / 2 - 1], ranks.Quantile(e, 0.5));
            Assert.Equal(held[^1], ranks.Quantile(e, 1));
        }
    }

    [Fact]
    public void What_is_nowhere_a_number_has_no_rank()
    {
        var program = new ColumnProgram(2, 40, 1, static (_, u) => u);
        Array.Fill(program.Columns[0], double.NaN);
        var ranks = RankDistribution.Collect(program, 40, program.Outputs, 1);
        Assert.Equal(40, ranks.Undefined(0));
        Assert.Equal(0, ranks.Quantile(0, 0.5));
        Assert.Equal(40, ranks.Held(1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Counts_above_a_threshold_are_those_of_every_draw(int threads)
    {
        double[] thresholds = [-1, 3, 3.5, 5, double.PositiveInfinity];
        var counts = ExceedanceDistribution.Collect(Program, Draws, Program.Outputs, thresholds, threads);
        for (var t = 0; t < thresholds.Length; t++)
        {
            int[] above = [.. Enumerable.Range(0, Draws).Select(d => Program.Columns.Count(c => c[d] > thresholds[t]))];
            for (var k = 0; k <= counts.Entities; k++) Assert.Equal(above.LongCount(a => a == k), counts.Held(t, k));
            for (var e = 0; e < counts.Entities; e++)
                Assert.Equal(Program.Columns[e].LongCount(x => x > thresholds[t]), counts.Above(e, t));
        }

        for (var e = 0; e < counts.Entities; e++) Assert.Equal(Program.Columns[e].LongCount(double.IsNaN), counts.Undefined(e));
    }

    [Fact]
    public void Shares_of_a_sample_and_other_backends_count_the_same()
    {
        var plan = ConformancePlan.Create(variant: ConformanceVariant.Everything);
        const int first = 1 + ConformancePlan.Categories + ConformancePlan.Groups;
        int[] outputs = [.. Enumerable.Range(first, ConformancePlan.Rows).Select(e => plan.Outputs.Index(1, e, OutputMap.Total))];
        int[] rows = [.. Enumerable.Range(0, outputs.Length)];
        using var reference = new ReferenceBackend().Load(plan);
        using var simd = new SimdBackend(2).Load(plan);
        var whole = RankDistribution.Collect(reference, Draws, outputs, 1);
        var parts = new RankDistribution(rows);
        foreach (var (from, count) in new[] { (1700L, 1300L), (0L, 1L), (1L, 1699L) })
            parts.Add(SampleScan.Gather(simd, from, count, outputs, () => new RankDistribution(rows), rows, 3));
        Assert.Equal(Held(whole), Held(parts));
        Assert.True(Held(whole).Count(h => h is > 0 and < Draws) > outputs.Length);

        IEnumerable<long> Held(RankDistribution d) => rows.SelectMany(e => rows.Select(r => d.Held(e, r + 1)).Append(d.Undefined(e)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_comparison_counts_draw_by_draw_at_any_length(int length)
    {
        double[] known = [1, 2, double.NaN, -0.0, 0.0, double.PositiveInfinity, double.NegativeInfinity];
        var random = new System.Random(length);
        double[] x = [.. Enumerable.Range(0, length).Select(_ => known[random.Next(known.Length)])];
        double[] y = [.. Enumerable.Range(0, length).Select(_ => known[random.Next(known.Length)])];
        var counts = Enumerable.Repeat(3L, length).ToArray();
        DrawComparison.AddGreater(x, y, counts);
        Assert.Equal(x.Zip(y, (a, b) => a > b ? 4L : 3L), counts);
        Assert.Equal(x.Count(a => a > 0), DrawComparison.AddGreater(x, 0, counts));
        Assert.Equal(x.Zip(y, (a, b) => 3L + (a > b ? 1 : 0) + (a > 0 ? 1 : 0)), counts);
        if (length > 0) Assert.Throws<ArgumentException>(() => DrawComparison.AddGreater(x, y[1..], counts));
    }
}
