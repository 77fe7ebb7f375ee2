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
    /// <summary>Some draws gave no number for the figure.</summary>
    public const string Undefined = "undefined";

    /// <summary>Some draws gave an infinite number for the figure.</summary>
    public const string Infinite = "infinite";

    /// <summary>In some draws an extrapolated figure of the accounts fell below a tenth of its point value and was set to that.</summary>
    public const string Bounded = "extrapolation-bounded";

    /// <summary>The sample is too small for an interval or a standard error at the wanted level.</summary>
    public const string FewDraws = "few-draws";

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
        var statistics = program.Describe(sampling.Draws, sampling.Level, outputs, threads, progress, cancellation);
        var estimates = new UncertainEstimate[keys.Count];
        for (var i = 0; i < estimates.Length; i++) estimates[i] = new(Flag(keys[i], statistics[i], ranks), statistics[i]);

        var flagged = estimates
            .SelectMany(e => new (string Cause, Measure Measure, long Draws)[] { (Undefined, e.Key.Measure, e.Statistics.Undefined), (Infinite, e.Key.Measure, e.Statistics.Infinite) })
            .Where(f => f.Draws > 0)
            .GroupBy(f => $"{f.Cause}-{f.Measure.ToString().ToLowerInvariant()}")
            .ToDictionary(g => g.Key, g => g.Sum(f => f.Draws));

        // The mark is 0 or 1: its mean times N is a count.
        if (statistics[^1].Mean > 0) flagged.Add(Bounded, (long)Math.Round(statistics[^1].Mean * sampling.Draws));
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
            FlaggedDraws = flagged,
            Warnings = [.. StudyBalances.Warnings(study, point, balances), .. Notes(drawn, ranks, flagged), .. program.Program.Notes.Select(n => new Warning(n.Code, n.Message))],
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

    private static IEnumerable<Warning> Notes(UncertaintySources drawn, QuantileRanks ranks, Dictionary<string, long> flagged)
    {
        if (drawn == UncertaintySources.None)
            yield return new("no-uncertainty", "No input is uncertain: every interval has the width 0.");
        if (ranks.LowerError.Low < 1 || ranks.Lower < 1)
            yield return new(FewDraws, $"{Wording.Count(ranks.Draws, "draw")} {(ranks.Draws == 1 ? "is" : "are")} too few for a standard error of the interval's ends; its columns stay empty.");
        foreach (var (cause, count) in flagged) yield return new(cause, Cause(cause, count));
    }

    // Growth and shares divide by an amount; a multiplier of formula (8) is a power of what was drawn.
    private static string Cause(string cause, long count) => cause switch
    {
        Bounded => $"In {Wording.Count(count, "draw")} the drawn error took a figure that a line extrapolates (an account, or output, capital or labour) below a tenth of "
            + "the line's value, and it was set to that tenth: the line's own error is large beside its value.",
        $"{Undefined}-growth" => NotFinite(count, "growth rate", Undefined, "the totals of the year and of the year before are 0, or beyond the range of 64-bit numbers"),
        $"{Undefined}-share" => NotFinite(count, "share", Undefined, "the account that the share is taken of is 0 and so is the total, or both are beyond the range of 64-bit numbers"),
        $"{Infinite}-growth" => NotFinite(count, "growth rate", Infinite, "the total of the year before is 0, or that of the year is beyond the range of 64-bit numbers"),
        $"{Infinite}-share" => NotFinite(count, "share", Infinite, "the account that the share is taken of is 0, or a drawn total is beyond the range of 64-bit numbers"),
        _ => NotFinite(count, "amount", cause[..cause.IndexOf('-', StringComparison.Ordinal)],
            "a drawn growth multiplier is beyond the range of 64-bit numbers, which large standard errors of the elasticities allow"),
    };

    // Infinite draws count as the largest or smallest of their figure; draws that are no numbers leave it empty.
    private static string NotFinite(long count, string figure, string flag, string why) =>
        $"Over all draws {Wording.Count(count, figure)} {(count == 1 ? "is" : "are")} {(flag == Infinite ? "infinite" : "no number")}, where {why}; "
        + $"the figures concerned {(flag == Infinite ? "have no mean and no sd and " : "")}carry the flag {flag}.";
}
