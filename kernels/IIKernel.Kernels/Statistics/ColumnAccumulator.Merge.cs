using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Statistics;

/// <content>What all threads gathered, added up.</content>
internal sealed partial class ColumnAccumulator<TLane>
{
    /// <summary>Adds up what all threads gathered.</summary>
    /// <param name="parts">One a thread.</param>
    /// <param name="sums">The sums of the segments that were drawn, ascending; of each those of all columns.</param>
    /// <param name="threads">Number of threads.</param>
    public static PassResult Merge(IReadOnlyList<ColumnAccumulator<TLane>> parts, SegmentSums[][] sums, int threads)
    {
        var pass = parts[0]._pass;
        var results = new ColumnResult[pass.Columns.Length];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            var result = results[s] = new(pass.Windows[s].Length, pass.Bins);
            if (pass.Centres is not null)
                result.Segments = [.. pass.Earlier?.Columns[s].Segments ?? [], .. sums.Select(segment => segment[s])];
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
            result.Kept = ColumnResult.Ascending(kept);
        });
        return new(pass, results);
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
        var (windows, gaps) = (pass.Windows[s], result.Gaps);
        if (pass.Earlier is { } earlier)
        {
            // A gap between its windows is part of one between these, which they hold.
            var (before, found) = (earlier.Pass.Windows[s], earlier.Columns[s]);
            for (var gap = 0; gap < before.Length; gap++) gaps[windows.Count(w => w.High <= before[gap].Low)] += found.Gaps[gap];
            gaps[^1] += found.Gaps[^1];
            result.Infinite = found.Infinite;
        }

        foreach (var part in parts)
        {
            ref readonly var state = ref part._states[s];
            gaps[0] += state.Below;
            gaps[^1] += state.Above;
            if (windows.Length > 1) gaps[1] += state.InFirstGap;
            for (var i = 0; i < state.More.Length; i++) gaps[i + 3] += state.More[i];
            result.Infinite += state.Infinite;
        }

        // What is in no other gap and in no window is in the second gap between them.
        if (windows.Length < 3) return;
        gaps[2] = 0;
        var (shape, range) = (pass.Segments, pass.Range);
        gaps[2] = shape.Start(range.End) - shape.Start(range.First) - result.Undefined - result.Bins.Sum() - gaps.Sum();
    }
}
