using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>What computes draws: scalar code, SIMD code, a GPU.</summary>
public interface IBackend
{
    /// <summary>What it is and what it promises.</summary>
    BackendInfo Info { get; }

    /// <summary>Prepares a plan for evaluation. The plan must not change afterwards.</summary>
    IProgram Load(SamplePlan plan);
}

/// <summary>A plan that a backend has prepared.</summary>
public interface IProgram : IDisposable
{
    /// <summary>The plan.</summary>
    SamplePlan Plan { get; }

    /// <summary>
    /// Evaluates the draws first … first + count − 1 and writes the asked outputs to
    /// <paramref name="destination"/>: outputs.Length rows of count values, one row an output.
    /// A draw's values depend on its index alone, never on how a sample is split into calls.
    /// </summary>
    /// <param name="first">Index of the first draw, at least 0.</param>
    /// <param name="count">Number of draws, at least 1.</param>
    /// <param name="outputs">Indices of <see cref="OutputMap"/>, each at most once.</param>
    /// <param name="destination">At least outputs.Length · count values.</param>
    /// <param name="cancellation">Ends the evaluation early with an <see cref="OperationCanceledException"/>.</param>
    void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default);

    /// <summary>
    /// Draws the segments of a pass: counts, bins or keeps the values of its columns, and adds them up where it asks for
    /// sums. The result depends on the pass alone; results over other segments can be merged with it. Without a way of its own a program
    /// evaluates the draws and looks at each value.
    /// </summary>
    /// <param name="pass">What to gather.</param>
    /// <param name="progress">Takes the finished share of the pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the pass early with an <see cref="OperationCanceledException"/>.</param>
    PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        PlainPass.Run(this, pass, progress, cancellation);

    /// <summary>Evaluates every output (all of <see cref="OutputMap"/>) with every input at its point value.</summary>
    double[] EvaluatePoint();

    /// <summary>What is to be known about how it ran so far: a device that ran out of memory, or was lost.</summary>
    IReadOnlyList<ProgramNote> Notes => [];
}

/// <summary>What a backend is and what it promises.</summary>
/// <param name="Name">The name that the command line takes: reference, simd, …</param>
/// <param name="Device">The hardware, in words.</param>
/// <param name="LaneWidth">Draws per lane: 1, or the number of doubles in a SIMD register.</param>
/// <param name="Threads">Number of threads that it uses.</param>
/// <param name="Equality">How its results compare with those of the reference.</param>
public sealed record BackendInfo(string Name, string Device, int LaneWidth, int Threads, string Equality);
