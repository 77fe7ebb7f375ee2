using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>The input that, moved alone from its point, is the first to turn a claim's verdict.</summary>
/// <param name="Input">The input; of an error that several variates make up, one of these.</param>
/// <param name="Value">The value at which the verdict turns.</param>
/// <param name="Move">
/// How far that lies from its point along its distribution, in normal scores: Φ^−1 of one probability less Φ^−1 of the other.
/// </param>
public sealed record TurningInput(UncertainInput Input, double Value, double Move);

/// <summary>How far a claim's verdict at the point is from turning.</summary>
/// <param name="Scale">
/// The least scale of all spreads at which the point's verdict holds in no more than half of the draws; +∞ where it still holds in more at
/// <see cref="ClaimMargins.MostScale"/>, and <see cref="ClaimMargins.LeastScale"/> where it does not even there. NaN where the claim is
/// undefined at the point.
/// </param>
/// <param name="Nearest">
/// The input nearest to turning it alone; null where none does between its quantiles of the normal scores
/// ±<see cref="ClaimMargins.MostScore"/>.
/// </param>
public sealed record ClaimMargin(double Scale, TurningInput? Nearest);

/// <summary>Margins of claims: by how much all inputs together, or one alone, would have to vary to turn a verdict.</summary>
public static class ClaimMargins
{
    /// <summary>The least scale that is tried.</summary>
    public const double LeastScale = 1.0 / 32;

    /// <summary>The greatest scale that is tried.</summary>
    public const double MostScale = 8;

    /// <summary>Inputs are moved between their quantiles of less and plus this normal score.</summary>
    public const double MostScore = 4;

    /// <summary>Draws at each scale, of the same variates.</summary>
    public const int Draws = 4096;

    // Scales of a bracket: powers of 2; each is halved so many times.
    private const int Halvings = 5;

    // Φ(z) for z = −4, −3.5, …, 4 (Abramowitz and Stegun 1964, table 26.1): where an input is moved to.
    private static readonly double[] Probabilities =
    [
        0.00003167124, 0.00023262908, 0.00134989803, 0.00620966533, 0.02275013195, 0.06680720127, 0.15865525393, 0.30853753873, 0.5,
        0.69146246127, 0.84134474607, 0.93319279873, 0.97724986805, 0.99379033467, 0.99865010197, 0.99976737092, 0.99996832876,
    ];

    /// <summary>Finds the margin of each claim.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="claims">Claims on its figures.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="progress">Takes the finished share of the work, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One margin a claim, in the given order.</returns>
    public static IReadOnlyList<ClaimMargin> Of(CompiledStudy compiled, IReadOnlyList<Claim> claims, ulong seed, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(claims);
        var plan = compiled.Plan(seed);
        UncertainInput[] inputs = [.. compiled.Inputs().Where(i => i.IsSpread)];
        var point = new ClaimPlace(compiled, claims, plan).At(plan.Marginals.Points).ToArray();
        var scales = Scales(compiled, claims, point, plan, inputs, threads, cancellation);
        var nearest = Nearest(compiled, claims, point, plan, inputs, threads, progress, cancellation);
        return [.. claims.Select((_, c) => new ClaimMargin(scales[c], nearest[c]))];
    }

    // All claims share the draws of a scale: brackets are the same powers of 2, and so are their halves.
    private static double[] Scales(CompiledStudy compiled, IReadOnlyList<Claim> claims, ClaimVerdict[] point, SamplePlan plan,
        UncertainInput[] inputs, int threads, CancellationToken cancellation)
    {
        var scales = point.Select(p => p == ClaimVerdict.Undefined ? double.NaN : double.PositiveInfinity).ToArray();
        var low = new double[claims.Count];
        int[] open = [.. Enumerable.Range(0, claims.Count).Where(c => point[c] != ClaimVerdict.Undefined)];
        for (var scale = LeastScale; scale <= MostScale && open.Length > 0; scale *= 2)
        {
            var turned = Turned(scale, open);
            foreach (var c in turned) (low[c], scales[c]) = (scale / 2, scale);
            open = [.. open.Except(turned)];
        }

        for (var i = 0; i < Halvings; i++)
        {
            var halved = Enumerable.Range(0, claims.Count).Where(c => double.IsFinite(scales[c]) && scales[c] > LeastScale)
                .GroupBy(c => (low[c] + scales[c]) / 2).ToArray();
            foreach (var group in halved)
            {
                var turned = Turned(group.Key, [.. group]);
                foreach (var c in group)
                {
                    if (turned.Contains(c)) scales[c] = group.Key;
                    else low[c] = group.Key;
                }
            }
        }

        return scales;

        int[] Turned(double scale, int[] some)
        {
            using var program = BackendCatalog.Processor(threads).Load(plan.WithSpread(inputs.Select(i => i.Index), scale));
            var found = ClaimEvaluation.Count(compiled, [.. some.Select(c => claims[c])], program, Draws, threads, cancellation);
            return [.. some.Where((c, i) => 2 * (point[c] == ClaimVerdict.Holds ? found.Holds[i]
                : Draws - found.Holds[i] - found.Undefined[i]) <= Draws)];
        }
    }

    private static TurningInput?[] Nearest(CompiledStudy compiled, IReadOnlyList<Claim> claims, ClaimVerdict[] point, SamplePlan plan,
        UncertainInput[] inputs, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var found = new TurningInput?[inputs.Length][];
        var (next, done) = (-1, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(threads, inputs.Length), options, _ =>
        {
            var place = new ClaimPlace(compiled, claims, plan);
            var values = plan.Marginals.Points.ToArray();
            for (var i = Interlocked.Increment(ref next); i < inputs.Length; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                found[i] = new InputPath(place, values, plan.Marginals, inputs[i], point).Turning(Probabilities);
                values[inputs[i].Index] = plan.Marginals.Points[inputs[i].Index];
                progress?.Report(Interlocked.Increment(ref done) / (double)inputs.Length);
            }
        });
        return [.. claims.Select((_, c) => found.Select(f => f[c]).Where(t => t is not null).MinBy(t => t!.Move))];
    }
}
