using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Sums of a fixed shape: blocks of <see cref="BlockDraws"/> adjacent draws, each summed by halving (element i
/// plus element i + half, again and again); at most <see cref="Segments"/> segments of adjacent blocks, added up
/// block by block; and the segments in order. The shape depends on the number of draws alone, so the bits never
/// depend on threads, chunks, register widths or devices.
/// </summary>
public static class BlockSums
{
    /// <summary>Draws per block.</summary>
    public const int BlockDraws = 64;

    /// <summary>Largest number of segments.</summary>
    public const int Segments = 256;

    /// <summary>Number of blocks, the last one perhaps partial, of a sample.</summary>
    public static long Blocks(long draws) => (draws + BlockDraws - 1) / BlockDraws;

    /// <summary>Blocks per segment of a sample.</summary>
    public static long BlocksPerSegment(long draws) => (Blocks(draws) + Segments - 1) / Segments;

    /// <summary>
    /// Sum and sum of squares of the deviations of one block from <paramref name="centre"/>. A partial block is
    /// filled up with the centre.
    /// </summary>
    /// <param name="first">The first of <see cref="BlockDraws"/> values.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double Sum, double SumOfSquares) Block<TLane>(ref double first, double centre)
        where TLane : unmanaged, ILane<TLane>
    {
        var lanes = BlockDraws / TLane.Count;
        var c = TLane.Broadcast(centre);
        Span<TLane> sums = stackalloc TLane[BlockDraws / 2];
        Span<TLane> squares = stackalloc TLane[BlockDraws / 2];
        ref var values = ref Unsafe.As<double, TLane>(ref first);
        ref var s = ref MemoryMarshal.GetReference(sums);
        ref var q = ref MemoryMarshal.GetReference(squares);
        var half = lanes / 2;
        for (var i = 0; i < half; i++)
        {
            var a = Unsafe.Add(ref values, i) - c;
            var b = Unsafe.Add(ref values, i + half) - c;
            Unsafe.Add(ref s, i) = a + b;
            Unsafe.Add(ref q, i) = a * a + b * b;
        }

        for (half /= 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                Unsafe.Add(ref s, i) = Unsafe.Add(ref s, i) + Unsafe.Add(ref s, i + half);
                Unsafe.Add(ref q, i) = Unsafe.Add(ref q, i) + Unsafe.Add(ref q, i + half);
            }
        }

        return (HalveLane(ref s), HalveLane(ref q));
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
        Span<double> block = stackalloc double[BlockDraws];
        double sum = 0, squares = 0, segmentSum = 0, segmentSquares = 0;
        for (long b = 0; b < Blocks(sample.Length); b++)
        {
            var part = sample[(int)(b * BlockDraws)..];
            part = part[..Math.Min(BlockDraws, part.Length)];
            block.Fill(centre);
            part.CopyTo(block);
            var (s, q) = Block<ScalarLane>(ref MemoryMarshal.GetReference(block), centre);
            segmentSum += s;
            segmentSquares += q;
            if ((b + 1) % perSegment != 0 && b + 1 != Blocks(sample.Length)) continue;
            sum += segmentSum;
            squares += segmentSquares;
            segmentSum = segmentSquares = 0;
        }

        return Moments(sample.Length, centre, sum, squares);
    }

    // The last halvings, within a lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double HalveLane<TLane>(ref TLane lane)
        where TLane : unmanaged, ILane<TLane>
    {
        ref var element = ref Unsafe.As<TLane, double>(ref lane);
        for (var half = TLane.Count / 2; half > 0; half /= 2)
            for (var i = 0; i < half; i++) Unsafe.Add(ref element, i) += Unsafe.Add(ref element, i + half);
        return element;
    }
}
