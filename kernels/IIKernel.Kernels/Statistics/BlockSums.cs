using System.Numerics;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Sums of a fixed shape: blocks of <see cref="BlockDraws"/> adjacent draws, each summed by halving
/// (element i plus element i + half, again and again), the blocks then added in index order. The shape
/// depends on the number of draws alone, so the bits never depend on threads, chunks or devices.
/// </summary>
public static class BlockSums
{
    /// <summary>Draws per block.</summary>
    public const int BlockDraws = 1024;

    /// <summary>
    /// Mean and standard deviation (divisor N − 1; NaN for N = 1) of a sample. Deviations are taken from
    /// <paramref name="centre"/>, a value near the sample's mean, so that no digits cancel.
    /// </summary>
    public static (double Mean, double StandardDeviation) Moments(ReadOnlySpan<double> sample, double centre)
    {
        Span<double> deviations = stackalloc double[BlockDraws];
        Span<double> squares = stackalloc double[BlockDraws];
        double sum = 0, sumOfSquares = 0;
        for (var start = 0; start < sample.Length; start += BlockDraws)
        {
            var block = sample.Slice(start, Math.Min(BlockDraws, sample.Length - start));
            for (var i = 0; i < block.Length; i++)
            {
                var deviation = block[i] - centre;
                deviations[i] = deviation;
                squares[i] = deviation * deviation;
            }

            deviations[block.Length..].Clear();
            squares[block.Length..].Clear();
            sum += Halve(deviations);
            sumOfSquares += Halve(squares);
        }

        var n = (double)sample.Length;
        var variance = Math.Max(0.0, sumOfSquares - sum * sum / n) / (n - 1);
        return (centre + sum / n, Math.Sqrt(variance));
    }

    // Sums a block in place; its length is a power of two. Whole registers give the same bits as single elements.
    private static double Halve(Span<double> values)
    {
        for (var half = values.Length / 2; half > 0; half /= 2)
        {
            var i = 0;
            for (; i + Vector<double>.Count <= half; i += Vector<double>.Count)
            {
                var sum = new Vector<double>(values[i..]) + new Vector<double>(values[(half + i)..]);
                sum.CopyTo(values[i..]);
            }

            for (; i < half; i++) values[i] += values[half + i];
        }

        return values[0];
    }
}
