using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Statistics;

/// <content>What all threads gathered, added up.</content>
internal sealed partial class ColumnAccumulator<TLane>
{
    /// <summary>Adds up what all threads gathered; the sums are the caller's.</summary>
    public static ColumnResult[] Merge(IReadOnlyList<ColumnAccumulator<TLane>> parts, int threads)
    {
        var pass = parts[0]._pass;
        var results = new ColumnResult[pass.Columns.Length];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            var windows = pass.Windows[s].Length;
            var result = results[s] = new()
            {
                Gaps = new long[windows + 1],
                Bins = new long[windows * pass.Bins],
                Smallest = new double[windows],
                Largest = new double[windows],
            };
            Array.Fill(result.Smallest, double.PositiveInfinity);
            Array.Fill(result.Largest, double.NegativeInfinity);
            foreach (var part in parts)
            {
                if (part._bins.Length > 0) part._bins[s].AddTo(result);
                else if (part._positions.Length > 0) part._positions[s].AddTo(result);
                else if (!part._caches) part.Compact(s);
                part.Flush(s);
            }

            if (pass.Caches) Count(parts, s, result);
            if (pass.CountsGaps) CountGaps(parts, s, result);
            if (pass.Bins > 0) return;
            var kept = new double[parts.Sum(p => p._full[s].Sum(page => page.Count))];
            var at = 0;
            foreach (var page in parts.SelectMany(p => p._full[s]))
            {
                page.AsSpan().CopyTo(kept.AsSpan(at));
                at += page.Count;
            }

            foreach (var part in parts) part._full[s] = [];
            kept.AsSpan().Sort();
            result.Kept = kept;
        });
        return results;
    }

    // Bins what the threads cache of a column. Few columns have windows that end between two keys, or values that are too far away to
    // have one: what lies in gaps yet is dropped there, and counted.
    private static void Count(IReadOnlyList<ColumnAccumulator<TLane>> parts, int s, ColumnResult result)
    {
        var scale = parts[0]._states[s].Scale;
        var exact = parts[0]._pass.Windows[s].All(w => scale.IsEdge(w.Low) && scale.IsEdge(w.High));
        var bins = Binned(parts, s, !exact, result);
        if (!bins.IsInWindows) bins = Binned(parts, s, true, result);
        bins.AddTo(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe BinCounter<TLane> Binned(IReadOnlyList<ColumnAccumulator<TLane>> parts, int s, bool filtered, ColumnResult result)
    {
        var cached = new List<ArraySegment<double>>();
        var bins = new BinCounter<TLane>(parts[0]._pass, s);
        foreach (var part in parts)
        {
            foreach (var values in part._full[s])
            {
                ref var first = ref values.Array![values.Offset];
                var count = filtered ? part.Filter(s, (double*)Unsafe.AsPointer(ref first), values.Count) : values.Count;
                bins.AddMany(ref first, count);
                cached.Add(values[..count]);
            }
        }

        result.Cached = cached;
        return bins;
    }

    // Counts of the gaps below, between and above the windows. The values in the windows are counted already.
    private static void CountGaps(IReadOnlyList<ColumnAccumulator<TLane>> parts, int s, ColumnResult result)
    {
        var pass = parts[0]._pass;
        var gaps = result.Gaps;
        var inner = gaps.Length - 2;
        if (pass.Earlier is { } earlier)
        {
            earlier.Results[s].Gaps.CopyTo(gaps, 0);
            result.Infinite = earlier.Results[s].Infinite;
        }

        foreach (var part in parts)
        {
            ref readonly var state = ref part._states[s];
            gaps[0] += state.Below;
            gaps[^1] += state.Above;
            if (inner > 0) gaps[1] += state.InFirstGap;
            result.Infinite += state.Infinite;
        }

        // What is in no other gap and in no window is in the second gap between them.
        if (inner > 1) gaps[2] = pass.Draws - result.Bins.Sum() - gaps[0] - gaps[1] - gaps[3];
    }
}
