using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>What computes draws: scalar code, SIMD code, a GPU.</summary>
public interface IBackend
{
    /// <summary>What it is and what it promises.</summary>
    BackendInfo Info { get; }

    /// <summary>Prepares a plan for evaluation. The plan must not change afterwards.</summary>
    IProgram Load(SamplePlan plan);

    /// <summary>What is to be known about how its programs ran so far, each kind once: see <see cref="IProgram.Notes"/>.</summary>
    IReadOnlyList<ProgramNote> Notes => [];
}

/// <summary>A plan that a backend has prepared.</summary>
public interface IProgram : IDrawSource, IDisposable
{
    /// <summary>The plan.</summary>
    SamplePlan Plan { get; }

    /// <inheritdoc/>
    OutputLayout IDrawSource.Layout => OutputLayout.Of(Plan);

    /// <summary>Evaluates every output (all of <see cref="OutputMap"/>) with every input at its point value.</summary>
    double[] EvaluatePoint();

    /// <summary>What is to be known about how it ran so far: a device that ran out of memory, was lost or wrong.</summary>
    IReadOnlyList<ProgramNote> Notes => [];
}

/// <summary>What a backend is and what it promises.</summary>
/// <param name="Name">The name that the command line takes: reference, simd, …</param>
/// <param name="Device">The hardware, in words.</param>
/// <param name="LaneWidth">Draws per lane: 1, or the number of doubles in a SIMD register.</param>
/// <param name="Threads">Number of threads that it uses.</param>
/// <param name="Equality">How its results compare with those of the reference.</param>
public sealed record BackendInfo(string Name, string Device, int LaneWidth, int Threads, string Equality);
