using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// The segments of a sample, which give its sums their shape: at most <see cref="Most"/>, each of as many adjacent blocks of
/// <see cref="SumBlock"/>, the last perhaps of fewer. Blocks are added up in order, and so are segments. The shape depends on the
/// number of draws alone, so the bits never depend on threads, chunks, register widths, devices or shares of the work.
/// </summary>
/// <param name="Draws">Number of draws of the sample, at least one.</param>
public readonly record struct SampleSegments(long Draws)
{
    /// <summary>Largest number of segments.</summary>
    public const int Most = 256;

    /// <summary>Number of blocks, the last one perhaps partial.</summary>
    public long Blocks => (Draws + SumBlock.Draws - 1) / SumBlock.Draws;

    /// <summary>Blocks of a segment.</summary>
    public long BlocksEach => (Blocks + Most - 1) / Most;

    /// <summary>Draws of a segment.</summary>
    public long DrawsEach => BlocksEach * SumBlock.Draws;

    /// <summary>Number of segments.</summary>
    public int Count => (int)((Blocks + BlocksEach - 1) / BlocksEach);

    /// <summary>The first draw of a segment; behind the last segment the number of draws.</summary>
    public long Start(int segment) => Math.Min(Draws, segment * DrawsEach);

    /// <summary>Number of segments that the first draws make, the last of them perhaps partial.</summary>
    public int Through(long draws) => (int)((draws + DrawsEach - 1) / DrawsEach);

    /// <summary>The sums of each segment of a sample in memory.</summary>
    /// <param name="sample">Draws values in draw order.</param>
    /// <param name="centre">A value near their mean.</param>
    public SegmentSums[] Sums(ReadOnlySpan<double> sample, double centre)
    {
        var segments = new SegmentSums[Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var values = sample[(int)Start(i)..(int)Start(i + 1)];
            for (; values.Length > 0; values = values[Math.Min(SumBlock.Draws, values.Length)..])
            {
                var (sum, squares) = SumBlock.Add(values[..Math.Min(SumBlock.Draws, values.Length)], centre);
                segments[i] = new(segments[i].Sum + sum, segments[i].SumOfSquares + squares);
            }
        }

        return segments;
    }
}

/// <summary>The sums of a segment of a sample.</summary>
/// <param name="Sum">Sum of the deviations from a centre.</param>
/// <param name="SumOfSquares">Sum of their squares.</param>
public readonly record struct SegmentSums(double Sum, double SumOfSquares);
