namespace IIKernel.Kernels.Lanes;

/// <summary>A lane of the processor: beyond formulas it adds up blocks of values in memory.</summary>
public interface IHostLane<TSelf> : ILane<TSelf>
    where TSelf : unmanaged, IHostLane<TSelf>
{
    /// <summary>
    /// Adds the deviations of whole blocks from <paramref name="centre"/>, and their squares, block after block in the shape
    /// of <see cref="SumBlock"/>.
    /// </summary>
    /// <param name="values">The values, <see cref="SumBlock.Draws"/> a block.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    /// <param name="sum">Takes the sums of the blocks.</param>
    /// <param name="sumOfSquares">Takes those of the squares.</param>
    static abstract void AddBlocks(ReadOnlySpan<double> values, double centre, ref double sum, ref double sumOfSquares);

    /// <summary>Which values of some blocks have keys in each of <see cref="CoarseInterval.Together"/> intervals.</summary>
    /// <param name="values">The values, <see cref="SumBlock.Draws"/> a block.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="scale">What gives the keys.</param>
    /// <param name="intervals">The first of the intervals.</param>
    /// <param name="bits">
    /// Takes a bit for each value of a block, the first one's lowest: <see cref="CoarseInterval.Together"/> words a block, in the order of
    /// the intervals.
    /// </param>
    static abstract void Within(ref double values, int blocks, CoarseScale scale, ref CoarseInterval intervals, ref ulong bits);
}
