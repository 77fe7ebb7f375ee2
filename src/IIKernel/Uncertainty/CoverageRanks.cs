using IIKernel.Kernels.Search;
using MathNet.Numerics;

namespace IIKernel.Uncertainty;

/// <summary>Which order statistics a coverage interval and its standard errors rest on.</summary>
public static class CoverageRanks
{
    private const double ErrorConfidence = 0.95;

    // Half the width, in standard errors, of a two-sided 95 % interval of a normal distribution.
    private const double ErrorQuantile = 1.959963984540054;

    /// <summary>
    /// The ranks for <paramref name="draws"/> draws at coverage probability <paramref name="level"/>.
    /// Interval: JCGM 101:2008, 7.7. Standard error of a quantile: the width of its distribution-free 95 %
    /// interval (binomial law of the number of draws below it) divided by that of a standard normal's.
    /// </summary>
    public static QuantileRanks For(long draws, double level)
    {
        var span = (long)Math.Floor(level * draws + 0.5);
        var lower = (draws - span + 1) / 2;
        return new(
            draws, span, lower, (draws + 1) / 2, lower + span,
            Confidence(draws, (1 - level) / 2), Confidence(draws, 0.5), Confidence(draws, (1 + level) / 2),
            2 * ErrorQuantile);
    }

    /// <summary>
    /// The ranks of the two order statistics between which the quantile of probability <paramref name="p"/>
    /// lies with probability about 95 %; 0 or N + 1 where the sample is too small for one.
    /// </summary>
    public static (long Low, long High) Confidence(long draws, double p)
    {
        const double outside = (1 - ErrorConfidence) / 2;
        return (BinomialQuantile(draws, p, outside), BinomialQuantile(draws, p, 1 - outside) + 1);
    }

    // Smallest k with P(B ≤ k) ≥ probability, B binomial (draws, p).
    private static long BinomialQuantile(long draws, double p, double probability)
    {
        long below = -1, above = draws;
        while (above - below > 1)
        {
            var k = below + (above - below) / 2;
#pragma warning disable RS0030 // Reaches no plan: which whole number is the first turns on no last bit.
            if (SpecialFunctions.BetaRegularized(draws - k, k + 1, 1 - p) >= probability) above = k;
#pragma warning restore RS0030
            else below = k;
        }

        return above;
    }
}
