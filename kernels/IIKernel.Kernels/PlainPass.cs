using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>A pass by evaluation alone: what can evaluate can accumulate.</summary>
internal static class PlainPass
{
    // Values that are evaluated together.
    private const int Together = 1 << 18;

    /// <summary>See <see cref="IDrawSource.Accumulate"/>.</summary>
    public static PassResult Run(IDrawSource source, AccumulationPass pass, IProgress<double>? progress, CancellationToken cancellation)
    {
        var accumulator = new PlainAccumulator(pass);
        var (first, end) = (pass.Segments.Start(pass.Range.First), pass.Segments.Start(pass.Range.End));
        var batch = (int)Math.Min(Math.Max(Together / pass.Columns.Length / SumBlock.Draws, 1) * SumBlock.Draws, end - first);
        var values = new double[pass.Columns.Length * batch];
        for (var from = first; from < end; from += batch)
        {
            var count = (int)Math.Min(batch, end - from);
            source.Evaluate(from, count, pass.Columns, values, cancellation);
            for (var c = 0; c < pass.Columns.Length; c++) accumulator.Take(c, from, values.AsSpan(c * count, count));
            progress?.Report((from + count - first) / (double)(end - first));
        }

        return accumulator.Result();
    }
}
