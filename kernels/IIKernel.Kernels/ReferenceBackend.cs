using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>The definition of every result: one draw at a time, on one thread.</summary>
public sealed class ReferenceBackend : IBackend
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "reference";

    /// <inheritdoc/>
    public BackendInfo Info { get; } = new(Name, "scalar code on one thread", ScalarLane.Count, 1, "the reference itself");

    /// <inheritdoc/>
    public IProgram Load(SamplePlan plan) => HostProgram.Load<ScalarLane>(plan, threads: 1);
}
