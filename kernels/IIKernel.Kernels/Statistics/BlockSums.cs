using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IIKernel.Kernels.Statistics;

/// <summary>The sums of a segment of a sample.</summary>
/// <param name="Sum">Sum of the deviations from a centre.</param>
/// <param name="SumOfSquares">Sum of their squares.</param>
public readonly record struct SegmentSums(double Sum, double SumOfSquares);

/// <summary>What the sums of a sample say. NaN stands for "undefined".</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Standard deviation, divisor N − 1; NaN for N = 1.</param>
/// <param name="MeanError">Monte Carlo standard error of the mean.</param>
/// <param name="StandardDeviationError">Monte Carlo standard error of the standard deviation; NaN for fewer than four draws.</param>
public readonly record struct SampleMoments(double Mean, double StandardDeviation, double MeanError = double.NaN, double StandardDeviationError = double.NaN)
{
    /// <summary>Mean and standard deviation alone.</summary>
    public void Deconstruct(out double mean, out double standardDeviation) => (mean, standardDeviation) = (Mean, StandardDeviation);
}

/// <summary>
/// Sums of a fixed shape: blocks of <see cref="BlockDraws"/> adjacent draws, at most <see cref="Segments"/> segments
/// of adjacent blocks, added up block by block, and the segments in order. Within a block there are
/// <see cref="Remainders"/> running sums: that of remainder i adds the draws whose index leaves the remainder i, in ascending
/// order; in the end they are halved (i plus i + 4, then i + 2, then i + 1). Squares are added by fused multiply–adds.
/// The shape depends on the number of draws alone, so the bits never depend on threads, chunks, register widths or
/// devices.
/// </summary>
public static class BlockSums
{
    /// <summary>Draws per block.</summary>
    public const int BlockDraws = 64;

    /// <summary>Running sums per block.</summary>
    public const int Remainders = 8;

    /// <summary>Largest number of segments.</summary>
    public const int Segments = 256;

    // Samples of no more draws have few segments, or are so small that their draws can be looked at one by one.
    private const int SmallDraws = Segments * BlockDraws;

    // With fewer draws there is no telling how far a standard deviation is off.
    private const int FewDraws = 4;

    // How far, in standard deviations, a centre may lie from the mean: some eight binary digits of a standard deviation's fifty-two are lost.
    private const double Far = 16;

    /// <summary>Number of blocks, the last one perhaps partial, of a sample.</summary>
    public static long Blocks(long draws) => (draws + BlockDraws - 1) / BlockDraws;

    /// <summary>Blocks per segment of a sample.</summary>
    public static long BlocksPerSegment(long draws) => (Blocks(draws) + Segments - 1) / Segments;

    /// <summary>
    /// Sum and sum of squares of the deviations of one block from <paramref name="centre"/>. What a partial block
    /// lacks counts as 0.
    /// </summary>
    /// <param name="block">Up to <see cref="BlockDraws"/> values.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    public static (double Sum, double SumOfSquares) Block(ReadOnlySpan<double> block, double centre)
    {
        Span<double> sums = stackalloc double[Remainders];
        Span<double> squares = stackalloc double[Remainders];
        sums.Clear();
        squares.Clear();
        for (var i = 0; i < block.Length; i++)
        {
            var deviation = block[i] - centre;
            sums[i % Remainders] += deviation;
            squares[i % Remainders] = Math.FusedMultiplyAdd(deviation, deviation, squares[i % Remainders]);
        }

        return (Halve(ref sums[0]), Halve(ref squares[0]));
    }

    /// <summary>The sum of the running sums of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Halve(ref double sums)
    {
        var quarter = Vector256.LoadUnsafe(ref sums) + Vector256.LoadUnsafe(ref sums, Remainders / 2);
        var pair = quarter.GetLower() + quarter.GetUpper();
        return pair[0] + pair[1];
    }

    /// <summary>
    /// A centre for the sums of a sample: the point value, or where that lies so far from the sample's first draws that the squares of
    /// their deviations would hide their spread, the mean of these draws.
    /// </summary>
    /// <param name="sample">The first draws.</param>
    /// <param name="point">The value at the point inputs; any number or none.</param>
    public static double Centre(ReadOnlySpan<double> sample, double point)
    {
        var about = double.IsFinite(point) ? point : 0;
        var (mean, sd) = Moments(sample.Length, about, Sums(sample, about));
        return double.IsFinite(mean) && !(Math.Abs(mean - about) <= Far * sd) ? mean : about;
    }

    /// <summary>
    /// The moments of a sample. The standard error of its variance s² is that of a mean of squared deviations, which the sums of the segments
    /// tell by batch means: with 129 to 256 segments, as samples of more than 16,384 draws have, to some 5 % of itself. That of s is
    /// 1/(2s) of it.
    /// </summary>
    /// <param name="draws">N.</param>
    /// <param name="centre">What its deviations were taken from.</param>
    /// <param name="segments">Its sums, segment by segment.</param>
    public static SampleMoments Moments(long draws, double centre, ReadOnlySpan<SegmentSums> segments)
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
        var perSegment = BlocksPerSegment(draws) * BlockDraws;
        for (var i = 0; i < segments.Length; i++)
        {
            var count = Math.Min(perSegment, draws - i * perSegment);
            var own = segments[i].SumOfSquares - 2 * mean * segments[i].Sum + count * (2 * mean * mean - squares / n);
            excess += own * own / count;
        }

        return new(centre + mean, sd, sd / Math.Sqrt(n), Error(sd, excess / (segments.Length - 1), draws));
    }

    /// <summary>
    /// The moments of a sample in memory, in draw order. In samples of no more than 16,384 draws the standard error of the standard deviation
    /// comes from the fourth powers of the draws' deviations, else as for any sample.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="centre">A value that may lie near its mean.</param>
    public static SampleMoments Moments(ReadOnlySpan<double> sample, double centre)
    {
        centre = Centre(sample, centre);
        var moments = Moments(sample.Length, centre, Sums(sample, centre));
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

    // The standard error of a standard deviation from the variance of a draw's squared deviation.
    private static double Error(double sd, double variance, long draws) =>
        draws < FewDraws ? double.NaN : sd == 0 ? 0 : Math.Sqrt(variance / draws) / (2 * sd);

    private static SegmentSums[] Sums(ReadOnlySpan<double> sample, double centre)
    {
        var (blocks, perSegment) = (Blocks(sample.Length), BlocksPerSegment(sample.Length));
        var segments = new SegmentSums[(blocks + perSegment - 1) / perSegment];
        for (long b = 0; b < blocks; b++)
        {
            var part = sample[(int)(b * BlockDraws)..];
            var (sum, squares) = Block(part[..Math.Min(BlockDraws, part.Length)], centre);
            ref var segment = ref segments[b / perSegment];
            segment = new(segment.Sum + sum, segment.SumOfSquares + squares);
        }

        return segments;
    }
}
