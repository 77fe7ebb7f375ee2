using IIKernel.Kernels.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

/// <summary>What is compared with a full sort.</summary>
internal static class SortedSamples
{
    // Ranks at a level with errors of about four standard deviations; out of range in tiny samples.
    internal static QuantileRanks Ranks(int draws, double level = 0.9)
    {
        var span = (long)Math.Floor(level * draws + 0.5);
        var lower = (draws - span + 1) / 2;
        (long, long) About(long rank, double p)
        {
            var margin = 2 * Math.Sqrt(draws * p * (1 - p));
            return ((long)Math.Floor(rank - margin), (long)Math.Ceiling(rank + margin));
        }

        return new(
            draws, span, lower, (draws + 1) / 2, lower + span,
            About(lower, (1 - level) / 2), About((draws + 1) / 2, 0.5), About(lower + span, (1 + level) / 2), 4);
    }

    // Quantiles to the bit; errors and moments, which a multiple scales, to rounding; the shortest interval to the bit where
    // all are looked at, else its length to 0.1 %.
    internal static void AssertSorted(OutputStatistics expected, OutputStatistics actual, string what, bool isExact = false)
    {
        var isSame = (expected.Lower, expected.Median, expected.Upper).Equals((actual.Lower, actual.Median, actual.Upper));
        Assert.True(isSame, $"{what}: {expected} {actual}");
        Close(expected.LowerError, actual.LowerError, expected.Upper - expected.Lower);
        Close(expected.MedianError, actual.MedianError, expected.Upper - expected.Lower);
        Close(expected.UpperError, actual.UpperError, expected.Upper - expected.Lower);
        Close(expected.Mean, actual.Mean, 1 + Math.Abs(expected.Mean));
        Close(expected.StandardDeviation, actual.StandardDeviation, 1 + Math.Abs(expected.Mean));
        Close(expected.MeanError, actual.MeanError, 1 + Math.Abs(expected.Mean));
        Assert.Equal(double.IsNaN(expected.ShortestLower), double.IsNaN(actual.ShortestLower));
        if (double.IsNaN(expected.ShortestLower)) return;
        isSame = (expected.ShortestLower, expected.ShortestUpper) == (actual.ShortestLower, actual.ShortestUpper);
        Assert.True(isSame || !isExact, $"{what}: {expected} {actual}");
        if (double.IsInfinity(expected.ShortestUpper - expected.ShortestLower)) return;
        var (exact, found) = (expected.ShortestUpper - expected.ShortestLower, actual.ShortestUpper - actual.ShortestLower);
        Assert.True(!(found > actual.Upper - actual.Lower), $"{what}: longer than the equal-tailed interval");
        var rounding = 1e-15 * Math.Abs(expected.Median);
        Assert.True(found >= exact - rounding && found <= exact * 1.001 + rounding, $"{what}: length {found:R}, shortest {exact:R}");
    }

    internal static void Close(double expected, double actual, double scale)
    {
        if (double.IsNaN(expected) || double.IsNaN(scale)) Assert.Equal(double.IsNaN(expected), double.IsNaN(actual));
        else Assert.True(expected == actual || Math.Abs(expected - actual) <= 1e-12 * Math.Abs(scale), $"{actual:R}, not {expected:R}");
    }
}
