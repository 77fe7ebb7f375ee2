using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;

namespace IIKernel.Uncertainty;

/// <summary>A study on a backend that agrees with the point estimate: what run, compare, calibrate and bench draw with.</summary>
public sealed class StudyProgram : IDisposable
{
    private readonly double[] _pointDraw;

    /// <summary>Loads a plan and holds its draw at the point inputs against the point estimate.</summary>
    /// <param name="study">The study.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="plan">A plan of <paramref name="study"/>.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate: its results would be wrong.</exception>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public StudyProgram(CompiledStudy study, IBackend backend, SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(backend);
        Program = backend.Load(plan);
        try
        {
            _pointDraw = Program.EvaluatePoint();
            PointDistance = PointCheck.Require(backend.Info, study.Keys, _pointDraw);
        }
        catch
        {
            Program.Dispose();
            throw;
        }
    }

    /// <summary>The plan on the backend.</summary>
    public IProgram Program { get; }

    /// <summary>Largest distance of the draw at the point inputs from the point estimate; see <see cref="PointCheck"/>.</summary>
    public double PointDistance { get; }

    /// <summary>Draws and describes some outputs.</summary>
    /// <param name="ranks">The number of draws and the order statistics of the intervals; see <see cref="CoverageRanks"/>.</param>
    /// <param name="outputs">Indices of <see cref="OutputMap"/>, each at most once.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What the draws say of each output, in the order of <paramref name="outputs"/>.</returns>
    public OutputStatistics[] Describe(
        QuantileRanks ranks, int[] outputs, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default) =>
        SampleStatistics.Collect(Program, ranks, outputs, _pointDraw, threads, progress, cancellation);

    /// <inheritdoc/>
    public void Dispose() => Program.Dispose();
}
