using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class CoverageRanksTests
{
    [Fact]
    public void Distribution_free_ranks_are_exact()
    {
        var rows = TestData.KnownAnswers("order_statistic_ranks.csv").ToArray();
        Assert.Equal(12, rows.Length);
        foreach (var row in rows)
        {
            Assert.Equal(
                ((long)TestData.Number(row[2]), (long)TestData.Number(row[3])),
                CoverageRanks.Confidence((long)TestData.Number(row[0]), TestData.Number(row[1])));
        }
    }

    [Theory]
    [InlineData(100_000, 0.95, 95_000, 2_500, 97_500, 50_000)]
    [InlineData(1_000_000, 0.99, 990_000, 5_000, 995_000, 500_000)]
    [InlineData(1_001, 0.95, 951, 25, 976, 501)]
    [InlineData(20, 0.95, 19, 1, 20, 10)]
    [InlineData(3, 0.5, 2, 1, 3, 2)]
    [InlineData(1, 0.95, 1, 0, 1, 1)]
    public void Interval_ranks_follow_the_supplement_to_the_GUM(long draws, double level, long span, long lower, long upper, long median)
    {
        var ranks = CoverageRanks.For(draws, level);
        Assert.Equal((span, lower, upper, median), (ranks.Span, ranks.Lower, ranks.Upper, ranks.Median));
    }

    [Fact]
    public void A_sample_too_small_for_an_error_has_ranks_outside_it()
    {
        // With 40 draws the 2.5 % quantile may lie below the smallest draw.
        Assert.Equal(0, CoverageRanks.Confidence(40, 0.025).Low);
        Assert.Equal(41, CoverageRanks.Confidence(40, 0.975).High);
    }
}
