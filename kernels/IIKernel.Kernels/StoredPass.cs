using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>A pass over draws that were kept, on the registers that others are drawn on.</summary>
internal static class StoredPass
{
    // Values of a column that are looked at together stay in the first cache.
    private const int BlockDraws = 4 * SumBlock.Draws;

    /// <summary>See <see cref="IDrawSource.Accumulate"/>.</summary>
    /// <param name="columns">The values of the pass's columns in draw order.</param>
    /// <param name="pass">What to gather.</param>
    /// <param name="progress">Takes the finished share of the pass; may be null.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static PassResult Run<TLane>(
        double[][] columns, AccumulationPass pass, IProgress<double>? progress, CancellationToken cancellation)
        where TLane : unmanaged, IHostLane<TLane>
    {
        var (shape, rest) = (pass.Segments, pass.Rest);
        var accumulator = new ColumnAccumulator<TLane>(pass, 0, 1);
        var sums = new SegmentSums[rest.Count][];
        var memory = new LaneMemory(BlockDraws);
        for (var segment = 0; segment < rest.Count; segment++)
        {
            var end = shape.Start(rest.First + segment + 1);
            for (var first = shape.Start(rest.First + segment); first < end; first += BlockDraws)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockDraws, end - first);
                for (var c = 0; c < columns.Length; c++)
                {
                    columns[c].AsSpan((int)first, count).CopyTo(memory.Values);
                    accumulator.Take(c, memory.Values[..count]);
                }
            }

            sums[segment] = accumulator.EndSegment();
            progress?.Report((segment + 1) / (double)rest.Count);
        }

        GC.KeepAlive(memory);
        return ColumnAccumulator<TLane>.Merge([accumulator], sums, 1);
    }
}
