using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IIKernel.Kernels.Statistics;

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
    /// Mean and standard deviation (divisor N − 1; NaN for N = 1) from the sums over all draws of the deviations
    /// from <paramref name="centre"/> and of their squares.
    /// </summary>
    public static (double Mean, double StandardDeviation) Moments(long draws, double centre, double sum, double sumOfSquares)
    {
        var n = (double)draws;
        var variance = Math.Max(0.0, sumOfSquares - sum * sum / n) / (n - 1);
        return (centre + sum / n, Math.Sqrt(variance));
    }

    /// <summary>The moments of a sample in memory, in draw order.</summary>
    public static (double Mean, double StandardDeviation) Moments(ReadOnlySpan<double> sample, double centre)
    {
        var perSegment = BlocksPerSegment(sample.Length);
        double sum = 0, squares = 0, segmentSum = 0, segmentSquares = 0;
        for (long b = 0; b < Blocks(sample.Length); b++)
        {
            var part = sample[(int)(b * BlockDraws)..];
            var (s, q) = Block(part[..Math.Min(BlockDraws, part.Length)], centre);
            segmentSum += s;
            segmentSquares += q;
            if ((b + 1) % perSegment != 0 && b + 1 != Blocks(sample.Length)) continue;
            sum += segmentSum;
            squares += segmentSquares;
            segmentSum = segmentSquares = 0;
        }

        return Moments(sample.Length, centre, sum, squares);
    }
}
