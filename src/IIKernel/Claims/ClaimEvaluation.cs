using IIKernel.Kernels;
using IIKernel.Kernels.Search;
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
        using var program = compiled.Load(backend, sampling.Seed);
        return Of(compiled, claims, program.Program, sampling.Draws, threads, progress, cancellation);
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
        () => new ClaimCounts(Compile(compiled, claims).Nodes, groups ?? []), threads, progress, cancellation);

    // The same rows every time: they follow the order of the claims.
    private static ((ConditionNode Node, int[] Rows)[] Nodes, IReadOnlyList<EstimateKey> Keys) Compile(
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
