using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>The processor's SIMD registers and cores: one lane of draws in a register, tiles of lanes over threads.</summary>
/// <param name="threads">Number of threads, at least 1.</param>
public sealed class SimdBackend(int threads) : IBackend
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "simd";

    /// <inheritdoc/>
    public BackendInfo Info { get; } = new(
        Name, $"{VectorLane.Count * 64}-bit vectors on {threads} thread{(threads == 1 ? "" : "s")}",
        VectorLane.Count, threads, "bitwise equal to the reference at every vector width, thread count and split");

    /// <inheritdoc/>
    public IProgram Load(SamplePlan plan) => new HostProgram<VectorLane>(plan, threads);
}
