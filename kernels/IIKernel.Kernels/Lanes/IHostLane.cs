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

    /// <summary>Prepares a test whether values lie in low ≤ value &lt; high, for many of them.</summary>
    /// <param name="low">Lower end; not NaN.</param>
    /// <param name="high">Upper end; not below the lower.</param>
    /// <param name="start">What the test takes.</param>
    /// <param name="extent">Likewise.</param>
    static abstract void Interval(double low, double high, out double start, out double extent);

    /// <summary>Which values of a block lie in any of some intervals, a bit for each, the first one's lowest; NaN lies in none.</summary>
    /// <param name="block">The first of <see cref="BlockSums.BlockDraws"/> values.</param>
    /// <param name="intervals">Start and extent of each, as <see cref="Interval"/> gives them.</param>
    static abstract ulong Within(ref double block, ReadOnlySpan<double> intervals);

    /// <summary>Copies those of some values, in their order, that lie in neither of two intervals; NaN lies in none.</summary>
    /// <param name="values">The first of them; behind the last a register of anything may be read.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="intervals">Start and extent of both.</param>
    /// <param name="to">Where to, with room for all and a register more. It may be where the values are.</param>
    /// <param name="inFirst">Takes how many lie in the first interval.</param>
    /// <returns>How many were copied.</returns>
    static abstract int CopyOutside(ref double values, int count, ReadOnlySpan<double> intervals, ref double to, ref long inFirst);
}
