namespace IIKernel.Kernels.Statistics;

/// <summary>What takes the values that a processor draws, column by column.</summary>
internal abstract class BlockReceiver
{
    /// <summary>Takes the values of adjacent draws of one column, from the first of a block on.</summary>
    /// <param name="column">Position among the asked outputs.</param>
    /// <param name="values">The values; if they end within a block, so does the sample.</param>
    public abstract void Take(int column, Span<double> values);
}
