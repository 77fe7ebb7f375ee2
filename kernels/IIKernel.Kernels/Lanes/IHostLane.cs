using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Lanes;

/// <summary>A lane of the processor: beyond formulas it adds up blocks of values in memory.</summary>
public interface IHostLane<TSelf> : ILane<TSelf>
    where TSelf : unmanaged, IHostLane<TSelf>
{
    /// <summary>
    /// Sum and sum of squares of the deviations of one whole block from <paramref name="centre"/>, in the shape of
    /// <see cref="BlockSums"/>.
    /// </summary>
    /// <param name="values"><see cref="BlockSums.BlockDraws"/> values.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    static abstract (double Sum, double SumOfSquares) BlockSum(ref double values, double centre);
}
