namespace IIKernel.Kernels.Statistics;

/// <summary>What takes the values that a processor draws, stream by stream.</summary>
internal abstract class BlockReceiver
{
    /// <summary>Takes the values of adjacent draws of one stream, from the first of a block on.</summary>
    /// <param name="stream">Position among the asked outputs.</param>
    /// <param name="values">The values; if they end within a block, so does the sample.</param>
    public abstract void Take(int stream, Span<double> values);
}
