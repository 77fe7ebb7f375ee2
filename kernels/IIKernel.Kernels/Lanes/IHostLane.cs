using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// A lane of the processor: beyond formulas it adds up blocks of values in memory. What it does to one matrix it does with as many
/// neighbouring elements at a time as it has draws.
/// </summary>
public unsafe interface IHostLane<TSelf> : ILane<TSelf>
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

    /// <summary>Uniform variates in (0, 1) of <see cref="ILane{TSelf}.Count"/> neighbouring keys.</summary>
    /// <param name="source">What gives the bits.</param>
    /// <param name="keys">The first of the keys.</param>
    static abstract TSelf UniformOfKeys<TSource>(TSource source, ref readonly ulong keys)
        where TSource : struct, IKeyedBitSource;

    /// <summary>The distance of two rows of a matrix of n columns in memory, for <see cref="Factorise"/>.</summary>
    static abstract int Stride(int n);

    /// <summary>
    /// Factorises a matrix without pivoting: the bits are those of <see cref="Elimination.Reference(LaneMemory, int, int, LaneMemory)"/>.
    /// </summary>
    /// <param name="matrix">
    /// n rows, <see cref="Stride"/> apart, and memory for n rounded up to <see cref="Elimination.Rows"/>; all must be finite. Takes U on
    /// and above the diagonal, −L below it.
    /// </param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Takes 1/U_kk; n.</param>
    static abstract void Factorise(double* matrix, int n, double* reciprocals);
}
