using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Tests.Search;

/// <summary>A program that can evaluate and nothing else.</summary>
internal class EvaluatingProgram(IProgram inner) : IProgram
{
    public SamplePlan Plan => inner.Plan;

    protected IProgram Inner => inner;

    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination,
        CancellationToken cancellation = default) =>
        inner.Evaluate(first, count, outputs, destination, cancellation);

    public double[] EvaluatePoint() => inner.EvaluatePoint();

    public void Dispose() => inner.Dispose();
}

/// <summary>
/// A program that shares every pass out at random borders of segments, as among machines, and merges what comes back in any order.
/// </summary>
internal sealed class SharedProgram(IProgram inner, int seed) : EvaluatingProgram(inner), IDrawSource
{
    private readonly System.Random _random = new(seed);

    /// <summary>Largest number of shares of a pass so far.</summary>
    public int Most { get; private set; }

    PassResult IDrawSource.Accumulate(AccumulationPass pass, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (first, end) = (pass.Range.First, pass.Range.End);
        int[] borders = [.. Enumerable.Range(0, 5).Select(_ => _random.Next(first, end)).Append(first).Append(end).Distinct().Order()];
        Most = Math.Max(Most, borders.Length - 1);

        // What the passes before cached lies on whichever machine: it is drawn again.
        return PassResult.Merge([.. borders.Zip(borders.Skip(1))
            .Select(p => Inner.Accumulate(pass with { Earlier = null, Range = new(p.First, p.Second - p.First) }, null, cancellation))
            .OrderBy(_ => _random.Next())]);
    }
}
