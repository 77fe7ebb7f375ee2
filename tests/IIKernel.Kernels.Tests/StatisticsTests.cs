using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class StatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    public void Moments_equal_those_of_exact_arithmetic(int count)
    {
        // Whole numbers: every partial sum is exact, so the reference may be computed in integers.
        var random = new System.Random(count);
        var sample = Enumerable.Range(0, count).Select(_ => (double)random.Next(-1000, 1000)).ToArray();
        var (mean, sd) = BlockSums.Moments(sample, centre: 3);
        var sum = sample.Sum(x => (long)x);
        var squares = sample.Sum(x => (long)x * (long)x);
        Assert.Equal(sum / (double)count, mean, 1e-12 * 1000);
        if (count == 1) Assert.True(double.IsNaN(sd));
        else Assert.Equal(Math.Sqrt(((decimal.ToDouble((decimal)squares * count - (decimal)sum * sum)) / count) / (count - 1)), sd, 1e-12 * 1000);
    }

    // NIST StRD, NumAcc4: 1001 values 1e7 + 0.2, then 1e7 + 0.1 and 1e7 + 0.3 in turn; mean 1e7 + 0.2, sd 0.1.
    [Fact]
    public void Moments_keep_their_digits_on_the_hard_NIST_set()
    {
        var sample = Enumerable.Range(0, 1001).Select(i => i == 0 ? 10000000.2 : i % 2 == 1 ? 10000000.1 : 10000000.3).ToArray();
        var (mean, sd) = BlockSums.Moments(sample, centre: sample[0]);
        Assert.True(-Math.Log10(Math.Abs(mean - 10000000.2) / 10000000.2 + 1e-300) >= 14);
        Assert.True(-Math.Log10(Math.Abs(sd - 0.1) / 0.1) >= 8);
    }

    [Fact]
    public void A_constant_sample_has_its_own_value_as_mean_and_no_spread()
    {
        var (mean, sd) = BlockSums.Moments(Enumerable.Repeat(0.1, 3001).ToArray(), centre: 0.1);
        Assert.Equal(0.1, mean);
        Assert.Equal(0, sd);
    }

    [Fact]
    public void Order_statistics_are_those_of_the_sorted_sample_and_the_shortest_interval_is_the_shortest()
    {
        var random = new System.Random(5);
        var sample = Enumerable.Range(0, 999).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        var sorted = sample.Order().ToArray();
        var ranks = new QuantileRanks(999, 949, 25, 500, 974, (16, 36), (469, 531), (965, 985), 4);
        var s = SampleStatistics.Describe(sample, 1, ranks);
        Assert.Equal((sorted[24], sorted[499], sorted[973]), (s.Lower, s.Median, s.Upper));
        Assert.Equal((sorted[35] - sorted[15]) / 4, s.LowerError);
        Assert.Equal((sorted[530] - sorted[468]) / 4, s.MedianError);
        Assert.Equal((sorted[984] - sorted[964]) / 4, s.UpperError);
        var lengths = Enumerable.Range(0, 50).Select(r => sorted[r + 949] - sorted[r]).ToArray();
        Assert.Equal(lengths.Min(), s.ShortestUpper - s.ShortestLower);
        Assert.Contains(s.ShortestLower, sorted[..50]);
        Assert.True(s.ShortestUpper - s.ShortestLower < s.Upper - s.Lower);
    }

    [Fact]
    public void Ranks_that_a_sample_does_not_have_give_no_number()
    {
        var s = SampleStatistics.Describe([3.0], 3, new(1, 1, 0, 1, 1, (0, 2), (0, 2), (0, 2), 4));
        Assert.Equal(3, s.Mean);
        Assert.Equal(3, s.Median);
        Assert.True(double.IsNaN(s.Lower) && double.IsNaN(s.ShortestLower) && double.IsNaN(s.MedianError) && double.IsNaN(s.StandardDeviation));
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_and_nothing_else_is_said()
    {
        var s = SampleStatistics.Describe([1, double.NaN, 3, double.PositiveInfinity], 2, new(4, 3, 1, 2, 4, (1, 2), (1, 2), (1, 2), 4));
        Assert.Equal(2, s.Undefined);
        Assert.True(double.IsNaN(s.Mean) && double.IsNaN(s.Median) && double.IsNaN(s.Upper));
    }

    [Fact]
    public void Collected_statistics_are_those_of_the_evaluated_draws_for_any_thread_count()
    {
        var plan = ConformancePlan.Create();
        const int draws = 2017;
        int[] outputs = [plan.Outputs.Index(1, 0, 4), plan.Outputs.Sector(3, 2), plan.Outputs.Index(2, 9, 1), plan.Outputs.Index(0, 0, 2)];
        var ranks = new QuantileRanks(draws, 1916, 51, 1009, 1967, (37, 65), (964, 1053), (1952, 1981), 4);
        using var reference = new ReferenceBackend().Load(plan);
        var point = reference.EvaluatePoint();
        var centres = outputs.Select(o => point[o]).ToArray();
        var expected = new OutputStatistics[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            var column = new double[draws];
            for (var draw = 0; draw < draws; draw++)
            {
                var one = new double[1];
                reference.Evaluate(draw, 1, [outputs[i]], one);
                column[draw] = one[0];
            }

            expected[i] = SampleStatistics.Describe(column, centres[i], ranks);
        }

        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var program = new SimdBackend(threads).Load(plan);
            Assert.Equal(expected, SampleStatistics.Collect(program, ranks, outputs, centres, threads));
        }
    }

    [Fact]
    public void The_catalogue_knows_the_processors_backends_and_no_others()
    {
        var catalog = new BackendCatalog();
        Assert.Equal(["reference", "simd"], catalog.Names);
        Assert.Equal("simd", catalog.Create(BackendCatalog.Auto, 2)!.Info.Name);
        Assert.Equal(2, catalog.Create("simd", 2)!.Info.Threads);
        Assert.Equal(VectorLane.Count, catalog.Create("simd", 2)!.Info.LaneWidth);
        Assert.Null(catalog.Create("abacus", 1));
    }
}
