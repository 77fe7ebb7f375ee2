using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>What the sums of a sample say. NaN stands for "undefined".</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Standard deviation, divisor N − 1; NaN for N = 1.</param>
/// <param name="MeanError">Monte Carlo standard error of the mean.</param>
/// <param name="StandardDeviationError">Monte Carlo standard error of the standard deviation; NaN for fewer than four draws.</param>
public readonly record struct SampleMoments(
    double Mean, double StandardDeviation, double MeanError = double.NaN, double StandardDeviationError = double.NaN)
{
    // Samples of no more draws have few segments, or are so small that their draws can be looked at one by one.
    private const int SmallDraws = SampleSegments.Most * SumBlock.Draws;

    // With fewer draws there is no telling how far a standard deviation is off.
    private const int FewDraws = 4;

    // How far, in standard deviations, a centre may lie from the mean: some eight binary digits of a standard deviation's fifty-two are
    // lost.
    private const double Far = 16;

    /// <summary>Mean and standard deviation alone.</summary>
    public void Deconstruct(out double mean, out double standardDeviation) => (mean, standardDeviation) = (Mean, StandardDeviation);

    /// <summary>
    /// A centre for the sums of a sample: the point value, or where that lies so far from the sample's first draws that the squares of
    /// their deviations would hide their spread, the mean of these draws.
    /// </summary>
    /// <param name="sample">The first draws.</param>
    /// <param name="point">The value at the point inputs; any number or none.</param>
    public static double Centre(ReadOnlySpan<double> sample, double point)
    {
        var about = double.IsFinite(point) ? point : 0;
        var moments = About(sample, about);
        return moments.IsFarFrom(about) ? moments.Mean : about;
    }

    /// <summary>
    /// The moments of a sample. The standard error of its variance s² is that of a mean of squared deviations, which the sums of the
    /// segments tell by batch means: with 129 to 256 segments, as samples of more than 16,384 draws have, to some 5 % of itself. That of s
    /// is 1/(2s) of it.
    /// </summary>
    /// <param name="draws">N.</param>
    /// <param name="centre">What its deviations were taken from.</param>
    /// <param name="segments">Its sums, segment by segment.</param>
    public static SampleMoments Of(long draws, double centre, ReadOnlySpan<SegmentSums> segments)
    {
        double n = draws, sum = 0, squares = 0;
        foreach (var segment in segments)
        {
            sum += segment.Sum;
            squares += segment.SumOfSquares;
        }

        var variance = Math.Max(0.0, squares - sum * sum / n) / (n - 1);
        var sd = Math.Sqrt(variance);

        // Of each segment the sum of what its squared deviations from the mean exceed their own mean by; together these make 0.
        var (mean, excess) = (sum / n, 0.0);
        var shape = new SampleSegments(draws);
        for (var i = 0; i < segments.Length; i++)
        {
            var count = shape.Start(i + 1) - shape.Start(i);
            var own = segments[i].SumOfSquares - 2 * mean * segments[i].Sum + count * (2 * mean * mean - squares / n);
            excess += own * own / count;
        }

        return new(centre + mean, sd, sd / Math.Sqrt(n), Error(sd, excess / (segments.Length - 1), draws));
    }

    /// <summary>
    /// The moments of a sample in memory, in draw order. In samples of no more than 16,384 draws the standard error of the standard
    /// deviation comes from the fourth powers of the draws' deviations, else as for any sample.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="centre">A value that may lie near its mean.</param>
    public static SampleMoments Of(ReadOnlySpan<double> sample, double centre)
    {
        var about = double.IsFinite(centre) ? centre : 0;
        var moments = About(sample, about);
        if (moments.IsFarFrom(about)) moments = About(sample, moments.Mean);
        if (sample.Length > SmallDraws) return moments;
        var variance = moments.StandardDeviation * moments.StandardDeviation * (sample.Length - 1) / sample.Length;
        var excess = 0.0;
        foreach (var value in sample)
        {
            var own = (value - moments.Mean) * (value - moments.Mean) - variance;
            excess += own * own;
        }

        return moments with { StandardDeviationError = Error(moments.StandardDeviation, excess / (sample.Length - 1), sample.Length) };
    }

    /// <summary>The moments of a sample of one value.</summary>
    public static SampleMoments Constant(double value, long draws) =>
        draws == 1 ? new(value, double.NaN) : new(value, 0, 0, Error(0, 0, draws));

    private static SampleMoments About(ReadOnlySpan<double> sample, double centre) =>
        Of(sample.Length, centre, new SampleSegments(sample.Length).Sums(sample, centre));

    private bool IsFarFrom(double centre) => double.IsFinite(Mean) && !(Math.Abs(Mean - centre) <= Far * StandardDeviation);

    // The standard error of a standard deviation from the variance of a draw's squared deviation.
    private static double Error(double sd, double variance, long draws) =>
        draws < FewDraws ? double.NaN : sd == 0 ? 0 : Math.Sqrt(variance / draws) / (2 * sd);
}
