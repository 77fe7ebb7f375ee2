using System.Numerics;
using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>What one thread has gathered of a pass. Blocks may come in any order, each segment's in ascending order.</summary>
internal sealed class StreamAccumulator<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    // Values wait here until there are enough of them to be binned at one go, while the bins are in cache.
    private const int Waiting = 512;
    private const int MostGaps = 2;

    private readonly AccumulationPass _pass;
    private readonly double[] _edges;
    private readonly int _intervals;
    private readonly double[][] _scales;
    private readonly double[][] _values;
    private readonly int[] _counts;
    private readonly StreamResult[] _results;

    public StreamAccumulator(AccumulationPass pass)
    {
        _pass = pass;
        var streams = pass.Streams.Length;
        _intervals = pass.CountsGaps ? MostGaps : pass.Intervals.Max(i => i.Length);
        _scales = [.. pass.Windows.Select(windows => windows.Select(w => w.Scale(pass.Bins)).ToArray())];
        _edges = new double[streams * _intervals * 2];
        Array.Fill(_edges, double.PositiveInfinity);
        _values = new double[streams][];
        _counts = new int[streams];
        _results = new StreamResult[streams];
        for (var s = 0; s < streams; s++)
        {
            var windows = pass.Windows[s];
            var intervals = pass.CountsGaps ? windows.Zip(windows.Skip(1), (a, b) => (a.High, b.Low)) : pass.Intervals[s];
            var at = s * _intervals * 2;
            foreach (var (low, high) in intervals)
            {
                _edges[at++] = low;
                _edges[at++] = high;
            }

            _values[s] = new double[Waiting];
            _results[s] = new()
            {
                Gaps = new long[MostGaps],
                Bins = new long[windows.Length * pass.Bins],
                Smallest = [.. windows.Select(_ => double.PositiveInfinity)],
                Largest = [.. windows.Select(_ => double.NegativeInfinity)],
            };
        }
    }

    /// <summary>Takes one block: <see cref="BlockSums.BlockDraws"/> values of each stream, one row a stream.</summary>
    /// <param name="block">The rows; beyond <paramref name="draws"/> their content is of no account.</param>
    /// <param name="draws">How many of the block's draws belong to the sample.</param>
    /// <param name="sums">Sums and sums of squares of the block's segment, two for each stream.</param>
    public void Add(double[] block, int draws, double[] sums)
    {
        var valid = draws == BlockSums.BlockDraws ? ulong.MaxValue : (1UL << draws) - 1;
        for (var s = 0; s < _values.Length; s++)
        {
            ref var row = ref block[s * BlockSums.BlockDraws];
            if (_pass.Centres is { } centres)
            {
                var (sum, squares) = BlockSums.Block(block.AsSpan(s * BlockSums.BlockDraws, draws), centres[s]);
                sums[2 * s] += sum;
                sums[2 * s + 1] += squares;
            }

            var bits = (_pass.CountsGaps ? OutsideGaps(ref row, s, valid) : InsideIntervals(ref row, s)) & valid;
            if (bits == 0) continue;
            var values = _values[s];
            var count = _counts[s];
            if (count + BlockSums.BlockDraws > values.Length)
            {
                values = MakeRoom(s);
                count = _counts[s];
            }

            do
            {
                values[count++] = Unsafe.Add(ref row, BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
            }
            while (bits != 0);
            _counts[s] = count;
        }
    }

    /// <summary>Adds up what all threads gathered; the sums are the caller's.</summary>
    public static StreamResult[] Merge(IReadOnlyList<StreamAccumulator<TLane>> parts, int threads)
    {
        var results = parts[0]._results;
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            foreach (var part in parts)
            {
                if (part._pass.Bins > 0) part.Flush(s);
                else part.Tidy(s);
            }

            var total = results[s];
            foreach (var part in parts.Skip(1))
            {
                var other = part._results[s];
                for (var i = 0; i < MostGaps; i++) total.Gaps[i] += other.Gaps[i];
                for (var i = 0; i < total.Bins.Length; i++) total.Bins[i] += other.Bins[i];
                for (var i = 0; i < total.Smallest.Length; i++)
                {
                    total.Smallest[i] = Math.Min(total.Smallest[i], other.Smallest[i]);
                    total.Largest[i] = Math.Max(total.Largest[i], other.Largest[i]);
                }

                total.Undefined += other.Undefined;
            }

            if (parts[0]._pass.Bins > 0) return;
            var kept = new double[parts.Sum(p => p._counts[s])];
            var at = 0;
            foreach (var part in parts)
            {
                part._values[s].AsSpan(0, part._counts[s]).CopyTo(kept.AsSpan(at));
                at += part._counts[s];
                part._values[s] = [];
            }

            kept.AsSpan().Sort();
            total.Kept = kept;
        });
        return results;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong OutsideGaps(ref double row, int s, ulong valid)
    {
        ref var edges = ref _edges[s * MostGaps * 2];
        var low0 = TLane.Broadcast(edges);
        var high0 = TLane.Broadcast(Unsafe.Add(ref edges, 1));
        var low1 = TLane.Broadcast(Unsafe.Add(ref edges, 2));
        var high1 = TLane.Broadcast(Unsafe.Add(ref edges, 3));
        ref var lanes = ref Unsafe.As<double, TLane>(ref row);
        ulong gap0 = 0, gap1 = 0;
        for (var i = 0; i < BlockSums.BlockDraws / TLane.Count; i++)
        {
            var x = Unsafe.Add(ref lanes, i);
            gap0 |= TLane.BetweenBits(low0, x, high0) << (i * TLane.Count);
            gap1 |= TLane.BetweenBits(low1, x, high1) << (i * TLane.Count);
        }

        var gaps = _results[s].Gaps;
        gaps[0] += BitOperations.PopCount(gap0 & valid);
        gaps[1] += BitOperations.PopCount(gap1 & valid);
        return ~(gap0 | gap1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong InsideIntervals(ref double row, int s)
    {
        ref var lanes = ref Unsafe.As<double, TLane>(ref row);
        var inside = 0UL;
        for (var w = 0; w < _pass.Intervals[s].Length; w++)
        {
            var low = TLane.Broadcast(_edges[(s * _intervals + w) * 2]);
            var high = TLane.Broadcast(_edges[(s * _intervals + w) * 2 + 1]);
            for (var i = 0; i < BlockSums.BlockDraws / TLane.Count; i++)
                inside |= TLane.BetweenBits(low, Unsafe.Add(ref lanes, i), high) << (i * TLane.Count);
        }

        return inside;
    }

    private double[] MakeRoom(int s)
    {
        if (_pass.Bins > 0) Flush(s);
        else Tidy(s);
        if (_counts[s] + BlockSums.BlockDraws > _values[s].Length) Array.Resize(ref _values[s], 2 * _values[s].Length);
        return _values[s];
    }

    private void Flush(int s)
    {
        var result = _results[s];
        var windows = _pass.Windows[s];
        var scales = _scales[s];
        var bins = _pass.Bins;
        foreach (var value in _values[s].AsSpan(0, _counts[s]))
        {
            if (!double.IsFinite(value))
            {
                result.Undefined++;
                continue;
            }

            // The last window that starts at or below the value, counted without a branch.
            var w = -1;
            foreach (ref readonly var window in windows.AsSpan()) w += value >= window.Low ? 1 : 0;
            if (w < 0 || value >= windows[w].High) continue;
            result.Bins[w * bins + windows[w].Bin(value, bins, scales[w])]++;
            if (value < result.Smallest[w]) result.Smallest[w] = value;
            if (value > result.Largest[w]) result.Largest[w] = value;
        }

        _counts[s] = 0;
    }

    // Drops what lies between the windows.
    private void Tidy(int s)
    {
        var values = _values[s];
        var count = 0;
        for (var i = 0; i < _counts[s]; i++)
            if (Holds(_pass.Windows[s], values[i])) values[count++] = values[i];
        _counts[s] = count;
    }

    private static bool Holds(Window[] windows, double value)
    {
        foreach (ref readonly var window in windows.AsSpan())
            if (window.Contains(value)) return true;
        return false;
    }
}
