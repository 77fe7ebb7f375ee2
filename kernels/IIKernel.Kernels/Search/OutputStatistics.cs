namespace IIKernel.Kernels.Search;

/// <summary>
/// Which order statistics describe a sample of N draws at one coverage level. Ranks count from 1 (the
/// smallest draw) to N; a rank outside that range stands for "cannot be had from so few draws".
/// </summary>
/// <param name="Draws">N.</param>
/// <param name="Span">q: a coverage interval reaches from rank r to rank r + q.</param>
/// <param name="Lower">Rank of the lower end of the equal-tailed interval.</param>
/// <param name="Median">Rank of the median.</param>
/// <param name="Upper">Rank of the upper end of the equal-tailed interval.</param>
/// <param name="LowerError">Ranks whose distance gives the standard error of the lower end.</param>
/// <param name="MedianError">Ranks whose distance gives the standard error of the median.</param>
/// <param name="UpperError">Ranks whose distance gives the standard error of the upper end.</param>
/// <param name="ErrorWidth">Distance of the error ranks' values in standard errors.</param>
public sealed record QuantileRanks(
    long Draws, long Span, long Lower, long Median, long Upper,
    (long Low, long High) LowerError, (long Low, long High) MedianError, (long Low, long High) UpperError,
    double ErrorWidth)
{
    /// <summary>Whether the sample has two order statistics q ranks apart.</summary>
    public bool HasInterval => Span >= 1 && Span < Draws;
}

/// <summary>What a sample says about one output. NaN stands for "undefined" throughout.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Standard deviation, divisor N − 1.</param>
/// <param name="Lower">Lower end of the equal-tailed coverage interval; both ends are NaN where the sample is too small for one.</param>
/// <param name="Median">Median: the order statistic of rank ⌈N/2⌉.</param>
/// <param name="Upper">Upper end of the equal-tailed coverage interval.</param>
/// <param name="ShortestLower">Lower end of the shortest coverage interval.</param>
/// <param name="ShortestUpper">Upper end of the shortest coverage interval.</param>
/// <param name="MeanError">Monte Carlo standard error of <paramref name="Mean"/>.</param>
/// <param name="StandardDeviationError">
/// Monte Carlo standard error of <paramref name="StandardDeviation"/>; NaN for fewer than four draws.
/// </param>
/// <param name="LowerError">Monte Carlo standard error of <paramref name="Lower"/>.</param>
/// <param name="MedianError">Monte Carlo standard error of <paramref name="Median"/>.</param>
/// <param name="UpperError">Monte Carlo standard error of <paramref name="Upper"/>.</param>
/// <param name="Undefined">Draws in which the output is no number; where there are any, all else is NaN.</param>
/// <param name="Infinite">
/// Draws in which the output is infinite: order statistics count them at their end, and there is neither mean nor standard deviation.
/// </param>
public readonly record struct OutputStatistics(
    double Mean, double StandardDeviation, double Lower, double Median, double Upper,
    double ShortestLower, double ShortestUpper,
    double MeanError, double StandardDeviationError, double LowerError, double MedianError, double UpperError,
    long Undefined, long Infinite = 0)
{
    /// <summary>Nothing but the number of draws in which the output is no number.</summary>
    public static OutputStatistics UndefinedIn(long draws)
    {
        const double none = double.NaN;
        return new(none, none, none, none, none, none, none, none, none, none, none, none, draws);
    }

    /// <summary>The description of an output whose order statistics are known.</summary>
    /// <param name="ranks">The wanted ranks.</param>
    /// <param name="moments">Mean and standard deviation.</param>
    /// <param name="shortest">The ends of the shortest interval; NaN where there is none.</param>
    /// <param name="orderStatistic">The value of a rank, asked for ranks of the sample only.</param>
    public static OutputStatistics Of(
        QuantileRanks ranks, SampleMoments moments, (double Low, double High) shortest, Func<long, double> orderStatistic)
    {
        // +0 is added so that there is one zero, however values are sorted.
        double At(long rank) => rank < 1 || rank > ranks.Draws ? double.NaN : orderStatistic(rank) + 0.0;
        double End(long rank) => ranks.HasInterval ? At(rank) : double.NaN;
        double Error((long Low, long High) pair) => Finite((At(pair.High) - At(pair.Low)) / ranks.ErrorWidth);
        return new(
            Finite(moments.Mean), Finite(moments.StandardDeviation), End(ranks.Lower), At(ranks.Median), End(ranks.Upper),
            shortest.Low + 0.0, shortest.High + 0.0, Finite(moments.MeanError), Finite(moments.StandardDeviationError),
            Error(ranks.LowerError), Error(ranks.MedianError), Error(ranks.UpperError), 0);
    }

    /// <summary>An output that has one value in every draw.</summary>
    public static OutputStatistics Constant(double value, QuantileRanks ranks) =>
        double.IsNaN(value) ? UndefinedIn(ranks.Draws)
        : Of(ranks, SampleMoments.Constant(value, ranks.Draws), ranks.HasInterval ? (value, value) : (double.NaN, double.NaN), _ => value)
            with
        { Infinite = double.IsInfinity(value) ? ranks.Draws : 0 };

    /// <summary>The statistics of the output that <paramref name="multiple"/>, a fixed multiple, makes of this one.</summary>
    public OutputStatistics Map(Func<double, double> multiple) => new(
        multiple(Mean), multiple(StandardDeviation), multiple(Lower), multiple(Median), multiple(Upper),
        multiple(ShortestLower), multiple(ShortestUpper), multiple(MeanError), multiple(StandardDeviationError),
        multiple(LowerError), multiple(MedianError), multiple(UpperError), Undefined, Infinite);

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
