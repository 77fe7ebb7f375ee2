using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;

namespace IIKernel.Uncertainty;

/// <summary>A study on a backend that agrees with the point estimate: what run, compare, calibrate and bench draw with.</summary>
public sealed class StudyProgram : IDisposable
{
    private readonly IBackend _backend;
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
        _backend = backend;
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

    /// <summary>Where it draws.</summary>
    public IBackend Backend => _backend;

    /// <summary>The plan on the backend.</summary>
    public IProgram Program { get; }

    /// <summary>Largest distance of the draw at the point inputs from the point estimate; see <see cref="PointCheck"/>.</summary>
    public double PointDistance { get; }

    /// <summary>Wall time of compiling its plan and evaluating its point; zero where the plan was given.</summary>
    public TimeSpan PreparationTime { get; init; }

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
        Describe([ranks], outputs, threads, progress, cancellation)[0];

    /// <summary>Draws and describes some outputs at several levels, from the same passes: one row a level.</summary>
    /// <param name="levels">The number of draws, of all levels the same, and the order statistics of each level's intervals.</param>
    /// <param name="outputs">Indices of <see cref="OutputMap"/>, each at most once.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public OutputStatistics[][] Describe(
        IReadOnlyList<QuantileRanks> levels, int[] outputs, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default) =>
        WithErrors(levels, (program, ranks) =>
            SampleStatistics.Collect(program, ranks, outputs, _pointDraw, threads, progress, cancellation));

    /// <summary>Draws and describes functions of two outputs each.</summary>
    /// <param name="ranks">The number of draws and the order statistics of the intervals; see <see cref="CoverageRanks"/>.</param>
    /// <param name="derived">The functions.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// Of each function, in the given order, what the draws say, and in how many the first output is the greater: a difference above 0, a
    /// ratio above 1.
    /// </returns>
    public (OutputStatistics Statistics, long Greater)[] Describe(
        QuantileRanks ranks, IReadOnlyList<DerivedOutput> derived, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var source = new DerivedSource(Program, derived);
        int[] outputs = [.. derived.Select((_, i) => source.First + i)];
        var point = source.Extend(_pointDraw);
        var work = new IndependentWork();
        var statistics = work.Do(() => WithErrors([ranks], (program, levels) => SampleStatistics.Collect(
            new DerivedSource(program, derived), levels, outputs, point, threads, progress, cancellation))[0]);
        var counts = work.Do(() => ThresholdCounts.Collect(
            source, ranks.Draws, [.. outputs.Select((o, i) => (o, derived[i].Equality))], progress, cancellation));
        work.End();
        return [.. statistics!.Zip(counts!, (s, c) => (s, c.Above(ranks.Draws)))];
    }

    /// <summary>The standard error of what all draws say, from what each replicate of a sequence says by itself.</summary>
    /// <param name="replicates">A value of each replicate, at least two.</param>
    /// <returns>Their standard deviation, divided by the root of their number; NaN where one is no number.</returns>
    public static double ReplicateError(ReadOnlySpan<double> replicates)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in replicates) mean += value / replicates.Length;
        foreach (var value in replicates) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (replicates.Length - 1.0) / replicates.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => Program.Dispose();

    // Points of a sequence are not independent, and neither the binomial law nor s/√N holds: their errors are those of the replicates,
    // each of which is a sample by itself that is described by itself.
    private OutputStatistics[][] WithErrors(
        IReadOnlyList<QuantileRanks> levels, Func<IProgram, IReadOnlyList<QuantileRanks>, OutputStatistics[][]> describe)
    {
        var plan = Program.Plan;
        var replicates = plan.Sequence.Replicates;
        if (replicates == 1) return describe(Program, levels);
        var work = new IndependentWork();
        var whole = work.Do(() => describe(Program, levels));
        var ranks = RanksOfReplicate(levels, replicates);
        var each = new OutputStatistics[replicates][][];
        for (var r = 0; r < replicates; r++)
        {
            using var program = _backend.Load(plan with { Sequence = plan.Sequence.Replicate(r) });
            each[r] = work.Do(() => describe(program, ranks))!;
        }

        work.End();
        return WithErrors(whole!, each);
    }

    /// <summary>The order statistics of one of some replicates at the levels of all draws.</summary>
    internal static QuantileRanks[] RanksOfReplicate(IReadOnlyList<QuantileRanks> levels, int replicates) =>
        [.. levels.Select(l => CoverageRanks.For(l.Draws / replicates, l.Span / (double)l.Draws))];

    /// <summary>What all draws say, with the errors that their replicates tell, each described by itself.</summary>
    internal static OutputStatistics[][] WithErrors(OutputStatistics[][] whole, OutputStatistics[][][] each) =>
        [.. whole.Select((row, l) => row.Select((s, o) => s with
        {
            MeanError = ReplicateError([.. each.Select(e => e[l][o].Mean)]),
            StandardDeviationError = ReplicateError([.. each.Select(e => e[l][o].StandardDeviation)]),
            LowerError = ReplicateError([.. each.Select(e => e[l][o].Lower)]),
            MedianError = ReplicateError([.. each.Select(e => e[l][o].Median)]),
            UpperError = ReplicateError([.. each.Select(e => e[l][o].Upper)]),
        }).ToArray())];
}
