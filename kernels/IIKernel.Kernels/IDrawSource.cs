using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>
/// Outputs draw by draw: a plan on a backend, functions of its outputs, draws that were kept. It is all that a description of a sample asks
/// for.
/// </summary>
public interface IDrawSource
{
    /// <summary>What is known of the outputs before any is drawn.</summary>
    OutputLayout Layout { get; }

    /// <summary>Who does work on the draws that can be divided; null where it is simply done.</summary>
    IWorkLedger? Ledger => null;

    /// <summary>
    /// Evaluates the draws first … first + count − 1 and writes the asked outputs to
    /// <paramref name="destination"/>: outputs.Length rows of count values, one row an output.
    /// A draw's values depend on its index alone, never on how a sample is split into calls.
    /// </summary>
    /// <param name="first">Index of the first draw, at least 0.</param>
    /// <param name="count">Number of draws, at least 1.</param>
    /// <param name="outputs">Indices of outputs, those of <see cref="OutputMap"/> for a plan, each at most once.</param>
    /// <param name="destination">At least outputs.Length · count values.</param>
    /// <param name="cancellation">Ends the evaluation early with an <see cref="OperationCanceledException"/>.</param>
    void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default);

    /// <summary>
    /// Draws the segments of a pass: counts, bins or keeps the values of its columns, and adds them up where it asks for
    /// sums. The result depends on the pass alone; results over other segments can be merged with it. Without a way of its own a source
    /// evaluates the draws and looks at each value.
    /// </summary>
    /// <param name="pass">What to gather.</param>
    /// <param name="progress">Takes the finished share of the pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the pass early with an <see cref="OperationCanceledException"/>.</param>
    PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        PlainPass.Run(this, pass, progress, cancellation);
}
