using IIKernel.Kernels.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class SampleMomentsTests
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
        var (mean, sd) = SampleMoments.Of(sample, centre: 3);
        var sum = sample.Sum(x => (long)x);
        var squares = sample.Sum(x => (long)x * (long)x);
        Assert.Equal(sum / (double)count, mean, 1e-12 * 1000);
        if (count == 1) Assert.True(double.IsNaN(sd));
        else
            Assert.Equal(Math.Sqrt(decimal.ToDouble((decimal)squares * count - (decimal)sum * sum) / count / (count - 1)),
                sd, 1e-12 * 1000);
    }

    // NIST StRD, NumAcc4: 1001 values 1e7 + 0.2, then 1e7 + 0.1 and 1e7 + 0.3 in turn; mean 1e7 + 0.2, sd 0.1.
    [Fact]
    public void Moments_keep_their_digits_on_the_hard_NIST_set()
    {
        var sample = Enumerable.Range(0, 1001).Select(i => i == 0 ? 10000000.2 : i % 2 == 1 ? 10000000.1 : 10000000.3).ToArray();
        var (mean, sd) = SampleMoments.Of(sample, centre: sample[0]);
        Assert.True(-Math.Log10(Math.Abs(mean - 10000000.2) / 10000000.2 + 1e-300) >= 14);
        Assert.True(-Math.Log10(Math.Abs(sd - 0.1) / 0.1) >= 8);
    }

    [Fact]
    public void A_constant_sample_has_its_own_value_as_mean_and_no_spread()
    {
        var (mean, sd) = SampleMoments.Of(Enumerable.Repeat(0.1, 3001).ToArray(), centre: 0.1);
        Assert.Equal(0.1, mean);
        Assert.Equal(0, sd);
    }

    // Whole numbers plus a multiple of 1/8, exact in a double: their deviations from their mean are too.
    [Theory]
    [InlineData(1009)]
    [InlineData(40_000)]
    public void A_sample_far_from_its_point_keeps_the_digits_of_its_standard_deviation(int draws)
    {
        var random = new System.Random(draws);
        var near = Enumerable.Range(0, draws).Select(_ => random.Next(-40, 40) / 8.0).ToArray();
        var far = near.Select(x => x + 1e12).ToArray();
        var expected = SampleMoments.Of(near, 0).StandardDeviation;
        foreach (var point in new[] { 0, -1e15, double.NaN, double.PositiveInfinity })
            Assert.Equal(expected, SampleStatistics.Describe(far, point, SortedSamples.Ranks(draws)).StandardDeviation, 1e-12 * expected);
    }

    // The standard error of s is √((μ₄ − σ⁴)/N)/(2σ), with μ₄ = 3 for a normal distribution of σ = 1, 1/80 for a uniform one, and 0.0657
    // for one draw in ten that is 1 and not 0. Over many samples mean and s scatter as their errors say.
    [Theory]
    [InlineData(1000, 60)]
    [InlineData(20_000, 40)]
    public void Standard_errors_of_mean_and_standard_deviation_are_those_of_theory(int draws, int samples)
    {
        var random = new System.Random(draws);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        foreach (var (draw, sd, fourth) in new (Func<double>, double, double)[]
        {
            (() => 5 + Normal(), 1, 3), (random.NextDouble, Math.Sqrt(1 / 12.0), 1 / 80.0),
            (() => random.NextDouble() < 0.1 ? 1 : 0, 0.3, 0.0657),
        })
        {
            var found = Enumerable.Range(0, samples).Select(_ => SampleStatistics.Describe(
                [.. Enumerable.Range(0, draws).Select(_ => draw())], 0, SortedSamples.Ranks(draws))).ToArray();
            var theory = Math.Sqrt((fourth - Math.Pow(sd, 4)) / draws) / (2 * sd);

            Assert.Equal(theory, found.Average(f => f.StandardDeviationError), 0.04 * theory);
            Assert.Equal(sd / Math.Sqrt(draws), found.Average(f => f.MeanError), 0.02 * sd / Math.Sqrt(draws));
            Assert.InRange(Spread(found.Select(f => f.StandardDeviation)) / theory, 0.6, 1.5);
            Assert.InRange(Spread(found.Select(f => f.Mean)) * Math.Sqrt(draws) / sd, 0.6, 1.5);
        }

        static double Spread(IEnumerable<double> values) => SampleMoments.Of([.. values], values.First()).StandardDeviation;
    }

    [Fact]
    public void Standard_errors_of_small_samples_are_those_of_their_draws()
    {
        // Deviations ±1 and ±3 from 10: s² = 20/3, squared deviations 1 and 9 lie 4 from their mean, their variance is 4·16/3.
        var s = SampleStatistics.Describe([9, 11, 7, 13], 10, new(4, 2, 1, 2, 3, (1, 2), (1, 2), (1, 2), 4));
        Assert.Equal(Math.Sqrt(20 / 3.0) / 2, s.MeanError, 1e-15);
        Assert.Equal(Math.Sqrt(64 / 3.0 / 4) / (2 * Math.Sqrt(20 / 3.0)), s.StandardDeviationError, 1e-15);
        var three = SampleStatistics.Describe([9, 11, 7], 10, new(3, 1, 1, 2, 2, (1, 2), (1, 2), (1, 2), 4));
        Assert.True(double.IsNaN(three.StandardDeviationError));
        var constant = OutputStatistics.Constant(7, SortedSamples.Ranks(100));
        Assert.Equal((0.0, 0.0), (constant.MeanError, constant.StandardDeviationError));
    }
}
