using System.Numerics;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>The processor's SIMD registers and cores: four registers of draws at a time, stretches of draws over threads.</summary>
public sealed class SimdBackend : IBackend
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "simd";

    private readonly bool _widest;

    /// <summary>The backend on the widest registers of this processor.</summary>
    /// <param name="threads">Number of threads, at least 1.</param>
    public SimdBackend(int threads)
        : this(threads, Vector512Operations.IsSupported)
    {
    }

    // Without the widest registers it takes those of Vector<T>, which a test can set.
    internal SimdBackend(int threads, bool widest)
    {
        _widest = widest;
        var width = widest ? Vector512<double>.Count : Vector<double>.Count;
        Info = new(
            Name, $"{width * 64}-bit vectors on {threads} thread{(threads == 1 ? "" : "s")}",
            width, threads, "bitwise equal to the reference at every vector width, thread count and split");
    }

    /// <inheritdoc/>
    public BackendInfo Info { get; }

    /// <summary>
    /// Compiles what every draw needs, on another thread: who calls it before a study is read need not wait for it afterwards. Nothing
    /// depends on it but time.
    /// </summary>
    public static Task Compile() => Task.Run(() => WarmUp.Compile(Vector512Operations.IsSupported
        ? HostProgram.Arguments<QuadLane<Vector512<double>, Vector512Operations>>()
        : HostProgram.Arguments<QuadLane<Vector<double>, VectorOperations>>()));

    /// <inheritdoc/>
    public IProgram Load(SamplePlan plan) => _widest
        ? HostProgram.Load<QuadLane<Vector512<double>, Vector512Operations>>(plan, Info.Threads)
        : HostProgram.Load<QuadLane<Vector<double>, VectorOperations>>(plan, Info.Threads);

    /// <summary>A pass over draws that were kept; see <see cref="StoredPass"/>.</summary>
    internal static PassResult Gather(
        double[][] columns, AccumulationPass pass, IProgress<double>? progress, CancellationToken cancellation) =>
        Vector512Operations.IsSupported
            ? StoredPass.Run<QuadLane<Vector512<double>, Vector512Operations>>(columns, pass, progress, cancellation)
            : StoredPass.Run<QuadLane<Vector<double>, VectorOperations>>(columns, pass, progress, cancellation);
}
