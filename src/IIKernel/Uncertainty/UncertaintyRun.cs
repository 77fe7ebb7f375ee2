using System.Diagnostics;
using IIKernel.Balances;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>One figure with its uncertainty.</summary>
/// <param name="Key">Which figure.</param>
/// <param name="Statistics">What the draws say about it.</param>
public sealed record UncertainEstimate(EstimateKey Key, OutputStatistics Statistics);

/// <summary>Everything that one run found.</summary>
public sealed record UncertaintySummary
{
    /// <summary>The study.</summary>
    public required Study Study { get; init; }

    /// <summary>Draws, seed and level that were used.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>The backend that drew.</summary>
    public required BackendInfo Backend { get; init; }

    /// <summary>The point estimate.</summary>
    public required PointEstimate Point { get; init; }

    /// <summary>Every figure, in the order of <see cref="EstimateCatalog"/>.</summary>
    public required IReadOnlyList<UncertainEstimate> Estimates { get; init; }

    /// <summary>
    /// Largest distance of the backend's draw at the point inputs from the point estimate; see <see cref="PointCheck"/>.
    /// </summary>
    public required double PointDistance { get; init; }

    /// <summary>The sources of uncertainty that were drawn.</summary>
    public required UncertaintySources Sources { get; init; }

    /// <summary>The nation's amounts with each source alone, then with all that were drawn; see <see cref="SourceTable"/>.</summary>
    public required IReadOnlyList<SourceEstimate> SourceTable { get; init; }

    /// <summary>
    /// What happened in some draws, by cause: figures that were not a finite number, draws in which an extrapolated
    /// figure of the accounts had to be bounded.
    /// </summary>
    public required IReadOnlyDictionary<string, long> FlaggedDraws { get; init; }

    /// <summary>The balances of the study.</summary>
    public required IReadOnlyList<BalanceResult> Balances { get; init; }

    /// <summary>Warnings of reading, growth accounting, balances and sampling together.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Wall time of compiling the plan and evaluating its point.</summary>
    public required TimeSpan PreparationTime { get; init; }

    /// <summary>Wall time of drawing and of the statistics.</summary>
    public required TimeSpan SamplingTime { get; init; }
}

/// <summary>Draws a study on a backend and describes every figure.</summary>
public static class UncertaintyRun
{
    // Some draws gave no number for the figure.
    private const string Undefined = "undefined";

    // Some draws gave an infinite number for the figure.
    private const string Infinite = "infinite";

    // In some draws an extrapolated figure of the accounts fell below a tenth of its point value and was set to that.
    private const string Bounded = "extrapolation-bounded";

    // The sample is too small for an interval or a standard error at the wanted level.
    private const string FewDraws = "few-draws";

    /// <summary>Runs <paramref name="study"/>.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sampling">Draws, seed, level.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="sources">The sources of uncertainty to draw, of those that the study names.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="alone">Takes the finished share of the draws of each source alone in turn, from 0 to 1; may be null.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate: its results would be wrong.</exception>
    public static UncertaintySummary Execute(
        Study study, SamplingOptions sampling, IBackend backend, int threads, UncertaintySources sources = UncertaintySources.All,
        IProgress<double>? progress = null, CancellationToken cancellation = default, IProgress<double>? alone = null)
    {
        var clock = Stopwatch.StartNew();
        var compiled = new CompiledStudy(study, cancellation);
        var (point, keys) = (compiled.Point, compiled.Keys);
        var balances = StudyBalances.Of(study, point);
        using var program = compiled.Load(backend, sampling.Seed, sources);
        var preparation = clock.Elapsed;
        int[] outputs = [.. keys.Select(k => k.Output), program.Program.Plan.Outputs.Bounded];
        var ranks = CoverageRanks.For(sampling.Draws, sampling.Level);
        var statistics = program.Describe(ranks, outputs, threads, progress, cancellation);
        var estimates = new UncertainEstimate[keys.Count];
        for (var i = 0; i < estimates.Length; i++) estimates[i] = new(Flag(keys[i], statistics[i], ranks), statistics[i]);

        var flagged = estimates
            .SelectMany(
                e => new (DrawFlag Flag, long Draws)[]
                {
                    (DrawFlag.Undefined, e.Statistics.Undefined), (DrawFlag.Infinite, e.Statistics.Infinite),
                },
                (e, f) => (f.Flag, e.Key.Measure, f.Draws))
            .Where(f => f.Draws > 0)
            .GroupBy(f => (f.Flag, f.Measure))
            .Select(g => new FlaggedFiguresWarning(g.Key.Flag, g.Key.Measure, g.Sum(f => f.Draws))).ToArray();

        // The mark is 0 or 1: its mean times N is a count.
        var bounded = (long)Math.Round(statistics[^1].Mean * sampling.Draws);
        var single = compiled.SinglePlans(sampling.Seed, sources);
        var table = SourceTable.Of(compiled, single, sampling, backend, threads, estimates, alone, cancellation);
        var drawn = UncertaintySource.Together(single.Keys);
        return new()
        {
            Study = study,
            Sampling = sampling,
            Backend = backend.Info,
            Point = point,
            Estimates = estimates,
            PointDistance = program.PointDistance,
            Sources = drawn,
            SourceTable = table,
            Balances = balances,
            FlaggedDraws = Counts(flagged, bounded),
            Warnings =
            [
                .. StudyBalances.Warnings(study, point, balances), .. Notes(drawn, ranks), .. flagged,
                .. bounded > 0 ? [new ExtrapolationBoundedWarning(bounded)] : (IReadOnlyList<Warning>)[],
                .. program.Program.Notes.Select(Note),
            ],
            PreparationTime = preparation,
            SamplingTime = clock.Elapsed - preparation,
        };
    }

    private static EstimateKey Flag(EstimateKey key, OutputStatistics statistics, QuantileRanks ranks)
    {
        var flags = new List<string>(key.Flags);
        if (statistics.Undefined > 0) flags.Add($"{Undefined}:{statistics.Undefined}");
        else if (ranks.LowerError.Low < 1 || ranks.UpperError.High > ranks.Draws || !ranks.HasInterval) flags.Add(FewDraws);
        if (statistics.Infinite > 0) flags.Add($"{Infinite}:{statistics.Infinite}");
        return flags.Count == key.Flags.Count ? key : key with { Flags = flags };
    }

    private static Dictionary<string, long> Counts(FlaggedFiguresWarning[] flagged, long bounded)
    {
        var counts = flagged.ToDictionary(f => f.Code, f => f.Figures);
        if (bounded > 0) counts.Add(Bounded, bounded);
        return counts;
    }

    private static IEnumerable<Warning> Notes(UncertaintySources drawn, QuantileRanks ranks)
    {
        if (drawn == UncertaintySources.None) yield return new NoUncertaintyWarning();
        if (ranks.LowerError.Low < 1 || ranks.Lower < 1) yield return new FewDrawsWarning(ranks.Draws);
    }

    private static Warning Note(ProgramNote note) =>
        note.Code == ProgramNote.DeviceLost ? new DeviceLostWarning(note.Device, note.Cause) : new DeviceMemoryWarning(note.Device);
}
