using System.Diagnostics;
using IIKernel.Balances;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>One figure with its uncertainty.</summary>
/// <param name="Key">Which figure.</param>
/// <param name="Statistics">What the draws say about it.</param>
public sealed record UncertainEstimate(EstimateKey Key, OutputStatistics Statistics);

/// <summary>All figures at one coverage probability.</summary>
/// <param name="Level">The coverage probability.</param>
/// <param name="Estimates">Every figure, in the order of <see cref="EstimateCatalog"/>.</param>
public sealed record LevelEstimates(double Level, IReadOnlyList<UncertainEstimate> Estimates);

/// <summary>How tables were solved whose factors are in single precision: see <see cref="FlowPrecision.Mixed"/>.</summary>
/// <param name="Precision">What they were factorised in.</param>
/// <param name="MostResidual">The bound on residuals over ‖I − A‖ ‖x‖ that held in every draw but those of the last argument.</param>
/// <param name="MostCorrections">Corrections after which a draw was solved in double precision.</param>
/// <param name="InDouble">Number of draws that were.</param>
public sealed record TableRefinement(TablePrecision Precision, double MostResidual, int MostCorrections, long InDouble);

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
    /// The figures at each further level that was asked for, in that order: what depends on the level is of interest, and all else is as in
    /// <see cref="Estimates"/>.
    /// </summary>
    public required IReadOnlyList<LevelEstimates> Levels { get; init; }

    /// <summary>
    /// Largest distance of the backend's draw at the point inputs from the point estimate; see <see cref="PointCheck"/>.
    /// </summary>
    public required double PointDistance { get; init; }

    /// <summary>The sources of uncertainty that were drawn.</summary>
    public required UncertaintySources Sources { get; init; }

    /// <summary>The nation's amounts with each source alone, then with all that were drawn; see <see cref="SourceTable"/>.</summary>
    public required IReadOnlyList<SourceEstimate> SourceTable { get; init; }

    /// <summary>What of the means' distance from the points the table brings; empty where it was not drawn, or not asked for.</summary>
    public IReadOnlyList<BiasEntry> Bias { get; init; } = [];

    /// <summary>
    /// What happened in some draws, by cause: figures that were not a finite number, draws in which an extrapolated
    /// figure of the accounts had to be bounded.
    /// </summary>
    public required IReadOnlyDictionary<string, long> FlaggedDraws { get; init; }

    /// <summary>The balances of the study.</summary>
    public required IReadOnlyList<BalanceResult> Balances { get; init; }

    /// <summary>Warnings of reading, growth accounting, balances and sampling together.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>How drawn tables were solved; null where it was in double precision throughout, or none was drawn.</summary>
    public TableRefinement? Refinement { get; init; }

    /// <summary>How the number of draws was found; null where it was given.</summary>
    public PrecisionRule? Precision { get; init; }

    /// <summary>The precision that the figures of <see cref="Precision"/> have.</summary>
    public IReadOnlyList<FigurePrecision> Reached => Precision is null ? []
        : [.. Precision.Pilot.Select(p => FigurePrecision.Of(p.Key, Estimates.Single(e => e.Key.Output == p.Key.Output).Statistics))];

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

    // In some draws an extrapolated figure of the accounts fell below a tenth of its point value and was set to that; and those of
    // TableMark.
    private static readonly string[] Marks =
    [
        "extrapolation-bounded", "table-deficit", "table-unsolved", "table-growth", "table-unbalanced", "table-negative", "table-turned",
        "table-unrefined",
    ];

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
        var compiled = new CompiledStudy(study, cancellation);
        using var program = compiled.Load(backend, sampling, sources);
        return Execute(compiled, program, sampling, [], backend, threads, sources, progress, cancellation, alone);
    }

    /// <summary>Runs a study that was compiled and loaded, and describes it at further levels too, from the same passes.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="program">Its plan with <paramref name="sources"/> on <paramref name="backend"/>.</param>
    /// <param name="sampling">Draws, seed, level.</param>
    /// <param name="levels">Further coverage probabilities, each once; the level of <paramref name="sampling"/> may be one of them.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="sources">The sources of uncertainty that are drawn.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="alone">Takes the finished share of the draws of each source alone in turn, from 0 to 1; may be null.</param>
    public static UncertaintySummary Execute(
        CompiledStudy compiled, StudyProgram program, SamplingOptions sampling, IReadOnlyList<double> levels, IBackend backend, int threads,
        UncertaintySources sources = UncertaintySources.All, IProgress<double>? progress = null, CancellationToken cancellation = default,
        IProgress<double>? alone = null)
    {
        var clock = Stopwatch.StartNew();
        var (study, point, keys) = (compiled.Study, compiled.Point, compiled.Keys);
        var balances = StudyBalances.Of(study, point);
        var map = program.Program.Plan.Outputs;
        int[] outputs = [.. keys.Select(k => k.Output), map.Bounded, .. Enumerable.Range(0, TableMark.Count).Select(map.Mark)];
        double[] all = [sampling.Level, .. levels.Where(l => l != sampling.Level)];
        QuantileRanks[] ranksOf = [.. all.Select(level => CoverageRanks.For(sampling.Draws, level))];
        var single = compiled.SinglePlans(sampling with { Draws = SourceTable.DrawsEach(sampling) }, sources);
        var work = new IndependentWork();
        var described = work.Do(() => program.Describe(ranksOf, outputs, threads, progress, cancellation));
        var table = work.Do(() => SourceTable.Alone(compiled, single, sampling, backend, threads, alone, cancellation));
        work.End();
        var statisticsOf = described!;
        var (ranks, statistics) = (ranksOf[0], statisticsOf[0]);
        var estimatesOf = all.Select((_, l) => Estimates(keys, statisticsOf[l], ranksOf[l])).ToArray();
        var estimates = estimatesOf[0];

        // A mark is 0 or 1: its mean times N is a count.
        long[] marks = [.. statistics.Skip(keys.Count).Select(s => (long)Math.Round(s.Mean * sampling.Draws))];
        var unsolved = marks[1 + TableMark.NoSolution] + marks[1 + TableMark.Growth];

        // Draws whose table has no figures are said with their cause.
        var without = unsolved + marks[1 + TableMark.Unbalanced];
        var flagged = estimates
            .SelectMany(
                e => new (DrawFlag Flag, long Draws)[]
                {
                    (DrawFlag.Undefined, e.Statistics.Undefined - without), (DrawFlag.Infinite, e.Statistics.Infinite),
                },
                (e, f) => (f.Flag, e.Key.Measure, f.Draws))
            .Where(f => f.Draws > 0)
            .GroupBy(f => (f.Flag, f.Measure))
            .Select(g => new FlaggedFiguresWarning(g.Key.Flag, g.Key.Measure, g.Sum(f => f.Draws))).ToArray();

        var again = unsolved == 0 ? null : FlaggedTables.Of(program.Program, sampling.Draws, unsolved, cancellation);
        Warning[] marked = [.. Marked(marks), .. again is null ? (Warning[])[] : [again]];
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
            SourceTable = [.. table!, .. SourceTable.Together(drawn, sampling, estimates)],
            Balances = balances,
            Refinement = RefinementOf(program.Program.Plan.Flows, marks[1 + TableMark.Unrefined]),
            FlaggedDraws = Counts(flagged, marks),
            Warnings =
            [
                .. StudyBalances.Warnings(study, point, balances), .. Notes(drawn, ranks), .. flagged,
                .. marked, .. DeviceWarnings.Of(backend),
            ],
            Levels = [.. levels.Select(level => new LevelEstimates(level, estimatesOf[Array.IndexOf(all, level)]))],
            PreparationTime = compiled.PreparationTime + program.PreparationTime,
            SamplingTime = clock.Elapsed,
        };
    }

    /// <summary>What a figure's own flags and its draws together say that the user must know.</summary>
    /// <param name="own">The flags that the figure has without a draw.</param>
    /// <param name="statistics">What the draws say.</param>
    /// <param name="ranks">The order statistics that were asked for.</param>
    internal static IReadOnlyList<string> Flags(IReadOnlyList<string> own, OutputStatistics statistics, QuantileRanks ranks)
    {
        var flags = new List<string>(own);
        if (statistics.Undefined > 0) flags.Add($"{Undefined}:{statistics.Undefined}");
        else if (ranks.LowerError.Low < 1 || ranks.UpperError.High > ranks.Draws || !ranks.HasInterval) flags.Add(FewDraws);
        if (statistics.Infinite > 0) flags.Add($"{Infinite}:{statistics.Infinite}");
        return flags.Count == own.Count ? own : flags;
    }

    private static UncertainEstimate[] Estimates(IReadOnlyList<EstimateKey> keys, OutputStatistics[] statistics, QuantileRanks ranks)
    {
        var estimates = new UncertainEstimate[keys.Count];
        for (var i = 0; i < estimates.Length; i++)
        {
            var flags = Flags(keys[i].Flags, statistics[i], ranks);
            estimates[i] = new(flags == keys[i].Flags ? keys[i] : keys[i] with { Flags = flags }, statistics[i]);
        }

        return estimates;
    }

    private static Dictionary<string, long> Counts(FlaggedFiguresWarning[] flagged, long[] marks)
    {
        var counts = flagged.ToDictionary(f => f.Code, f => f.Figures);
        for (var i = 0; i < marks.Length; i++)
            if (marks[i] > 0) counts.Add(Marks[i], marks[i]);
        return counts;
    }

    private static TableRefinement? RefinementOf(FlowPlan flows, long inDouble) => flows.Precision != FlowPrecision.Mixed ? null
        : new(TablePrecision.Mixed, FlowPrecision.MostResidual(flows.Count), FlowPrecision.MostCorrections, inDouble);

    // In the order of Marks.
    private static IEnumerable<Warning> Marked(long[] marks)
    {
        if (marks[0] > 0) yield return new ExtrapolationBoundedWarning(marks[0]);
        if (marks[1 + TableMark.Deficit] > 0) yield return new TableDeficitWarning(marks[1 + TableMark.Deficit]);
        if (marks[1 + TableMark.NoSolution] > 0) yield return new TableUnsolvedWarning(marks[1 + TableMark.NoSolution]);
        if (marks[1 + TableMark.Growth] > 0) yield return new TableGrowthWarning(marks[1 + TableMark.Growth]);
        if (marks[1 + TableMark.Unbalanced] > 0) yield return new TableUnbalancedWarning(marks[1 + TableMark.Unbalanced]);
        if (marks[1 + TableMark.Negative] > 0) yield return new TableNegativeWarning(marks[1 + TableMark.Negative]);
        if (marks[1 + TableMark.Turned] > 0) yield return new TableTurnedWarning(marks[1 + TableMark.Turned]);
        if (marks[1 + TableMark.Unrefined] > 0) yield return new TableUnrefinedWarning(marks[1 + TableMark.Unrefined]);
    }

    private static IEnumerable<Warning> Notes(UncertaintySources drawn, QuantileRanks ranks)
    {
        if (drawn == UncertaintySources.None) yield return new NoUncertaintyWarning();
        if (ranks.LowerError.Low < 1 || ranks.Lower < 1) yield return new FewDrawsWarning(ranks.Draws);
    }
}
