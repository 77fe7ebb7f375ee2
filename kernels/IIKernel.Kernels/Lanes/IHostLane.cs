using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Lanes;

/// <summary>A lane of the processor: beyond formulas it adds up blocks of values in memory.</summary>
public interface IHostLane<TSelf> : ILane<TSelf>
    where TSelf : unmanaged, IHostLane<TSelf>
{
    /// <summary>
    /// Adds the deviations of whole blocks from <paramref name="centre"/>, and their squares, block after block in the shape
    /// of <see cref="BlockSums"/>.
    /// </summary>
    /// <param name="values">The values, <see cref="BlockSums.BlockDraws"/> a block.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    /// <param name="sum">Takes the sums of the blocks.</param>
    /// <param name="sumOfSquares">Takes those of the squares.</param>
    static abstract void AddBlocks(ReadOnlySpan<double> values, double centre, ref double sum, ref double sumOfSquares);
}
