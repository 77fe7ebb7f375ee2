using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>How probable claims are: the share of the draws in which each holds, and in which several hold together.</summary>
public static class ClaimEvaluation
{
    /// <summary>Draws a study and looks at every claim in every draw.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="claims">Claims on its figures, at least one.</param>
    /// <param name="sampling">Draws and seed.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for the claims.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A claim names a figure that the study does not yield.</exception>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate.</exception>
    public static ClaimSummary Of(CompiledStudy compiled, IReadOnlyList<Claim> claims, SamplingOptions sampling, IBackend backend,
        int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(sampling);
        if (sampling.Replicates > 1) return OfReplicates(compiled, claims, sampling, backend, threads, progress, cancellation);
        using var program = compiled.Load(backend, sampling);
        return Of(compiled, claims, program.Program, sampling.Draws, threads, progress, cancellation);
    }

    // The draws of a sequence, replicate by replicate: the same draws, and as many shares of each claim as there are replicates.
    private static ClaimSummary OfReplicates(CompiledStudy compiled, IReadOnlyList<Claim> claims, SamplingOptions sampling,
        IBackend backend, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var plan = compiled.Plan(sampling);
        var each = new ClaimSummary[sampling.Replicates];
        for (var r = 0; r < each.Length; r++)
        {
            using var program = new StudyProgram(compiled, backend, plan with { Sequence = plan.Sequence.Replicate(r) });
            each[r] = Of(compiled, claims, program.Program, sampling.Draws / each.Length, threads, null, cancellation);
            progress?.Report((r + 1.0) / each.Length);
        }

        return Together(each);
    }

    // What all replicates say, with the errors that each of them by itself tells.
    private static ClaimSummary Together(ClaimSummary[] each) =>
        each.Length == 1 ? each[0] : new(
            [.. each[0].Claims.Select((claim, c) => claim with
            {
                Share = DrawShare.Of([.. each.Select(e => e.Claims[c].Share)]),
                Undefined = each.Sum(e => e.Claims[c].Undefined),
            })],
            [.. each[0].Joint.Select((joint, j) => joint with { Share = DrawShare.Of([.. each.Select(e => e.Joint[j].Share)]) })]);

    /// <summary>Looks at every claim in draws that were kept.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="claims">Claims on its figures, at least one.</param>
    /// <param name="kept">Draws of every figure that the claims read; errors are those of the replicates that they belong to.</param>
    /// <param name="threads">Threads for the claims.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A claim names a figure that the study does not yield, or that was not kept.</exception>
    public static ClaimSummary Of(CompiledStudy compiled, IReadOnlyList<Claim> claims, DrawsFile kept, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return Together([.. Enumerable.Range(0, kept.Replicates).Select(r =>
        {
            var source = KeptDraws.Source(compiled, kept.Replicates == 1 ? kept : kept.Replicate(r))
                ?? throw new ArgumentException("No figure of the study was kept.", nameof(kept));
            return Of(compiled, claims, source, source.Draws, threads, progress, cancellation);
        })]);
    }

    /// <summary>The figures that claims read, each once.</summary>
    /// <exception cref="ArgumentException">A claim names a figure that the study does not yield.</exception>
    public static IReadOnlyList<EstimateKey> Figures(CompiledStudy compiled, IReadOnlyList<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return Compile(compiled, claims).Keys;
    }

    /// <summary>Looks at every claim in the draws 0 … draws − 1 of a source.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="claims">Claims on its figures, at least one.</param>
    /// <param name="source">Draws of the study's outputs.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="threads">Threads for the claims.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A claim names a figure that the study does not yield.</exception>
    public static ClaimSummary Of(CompiledStudy compiled, IReadOnlyList<Claim> claims, IDrawSource source, long draws, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var groups = Groups(claims);
        var (nodes, keys) = Compile(compiled, claims);
        var point = new ClaimVerdict[claims.Count];
        ClaimPlace.Judge(nodes, [.. keys.Select(k => k.Point)], point);
        var counts = Count(compiled, claims, source, draws, threads, cancellation, [.. groups.Select(g => g.Claims)], progress);
        return new(
            [.. claims.Select((claim, c) => new ClaimResult(claim, point[c], new(counts.Holds[c], draws), counts.Undefined[c]))],
            [.. groups.Select((g, i) => new JointClaims(
                g.Label, g.Claims.Length, g.Claims.All(c => point[c] == ClaimVerdict.Holds), new(counts.Joint[i], draws)))]);
    }

    /// <summary>Counts the draws 0 … draws − 1 in which claims hold, are undefined, or hold together.</summary>
    internal static ClaimCounts Count(CompiledStudy compiled, IReadOnlyList<Claim> claims, IDrawSource source, long draws, int threads,
        CancellationToken cancellation, int[][]? groups = null, IProgress<double>? progress = null) => SampleScan.Gather(
        source, 0, draws, [.. Compile(compiled, claims).Keys.Select(k => k.Output)],
        () => new ClaimCounts(Compile(compiled, claims).Nodes, groups ?? []), new ClaimQuestion(claims, groups ?? []), threads, progress,
        cancellation);

    // What is counted.
    private sealed record ClaimQuestion(IReadOnlyList<Claim> Claims, int[][] Groups);

    // The same rows every time: they follow the order of the claims.
    internal static ((ConditionNode Node, int[] Rows)[] Nodes, IReadOnlyList<EstimateKey> Keys) Compile(
        CompiledStudy compiled, IReadOnlyList<Claim> claims)
    {
        var compiler = new ClaimCompiler(compiled);
        return ([.. claims.Select(compiler.Compile)], compiler.Keys);
    }

    private static (string Label, int[] Claims)[] Groups(IReadOnlyList<Claim> claims) =>
    [
        .. Enumerable.Range(0, claims.Count).Where(c => claims[c].Group.Length > 0).GroupBy(c => claims[c].Group)
            .Select(g => (g.Key, g.ToArray())),
        ("", [.. Enumerable.Range(0, claims.Count)]),
    ];
}
