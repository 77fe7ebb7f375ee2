using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// What one thread has gathered of a pass. It takes values straight from the registers that they were computed in.
/// Blocks may come in any order, each segment's in ascending order.
/// </summary>
/// <typeparam name="TLane">What it bins with; values may come in any lane.</typeparam>
internal sealed class StreamAccumulator<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    // Values wait here until there are enough of them to be binned at one go, while the bins are in cache.
    private const int Waiting = 512;

    // Room behind what waits for one lane and for what the copying of a lane overwrites.
    private static readonly int Slack = 2 * TLane.Count;

    private const int MostGaps = 2;
    private const int Running = 2 * BlockSums.Remainders;

    private readonly AccumulationPass _pass;
    private readonly double[] _running;
    private readonly double[] _totals;
    private readonly double[] _edges;
    private readonly int _edgesPerStream;
    private readonly double[][] _values;
    private readonly int[] _counts;
    private readonly long[] _flushed;
    private readonly long[] _inFirstGap;
    private readonly BinCounter<TLane>[] _bins;
    private long _draws;

    public StreamAccumulator(AccumulationPass pass)
    {
        _pass = pass;
        var streams = pass.Streams.Length;
        _edgesPerStream = 2 * (pass.CountsGaps ? MostGaps : pass.Intervals.Max(i => i.Length));
        _edges = new double[streams * _edgesPerStream];
        Array.Fill(_edges, double.PositiveInfinity);
        _running = new double[streams * Running];
        _totals = new double[2 * streams];
        _values = new double[streams][];
        _counts = new int[streams];
        _flushed = new long[streams];
        _inFirstGap = new long[streams];
        _bins = pass.Bins > 0 ? new BinCounter<TLane>[streams] : [];
        for (var s = 0; s < streams; s++)
        {
            var windows = pass.Windows[s];
            var intervals = pass.CountsGaps ? windows.Zip(windows.Skip(1), (a, b) => (a.High, b.Low)) : pass.Intervals[s];
            var at = s * _edgesPerStream;
            foreach (var (low, high) in intervals)
            {
                _edges[at++] = low;
                _edges[at++] = high;
            }

            _values[s] = new double[Waiting + Slack];
            if (pass.Bins > 0) _bins[s] = new(windows, pass.Bins);
        }
    }

    /// <summary>Takes the values of adjacent draws of one stream.</summary>
    /// <param name="stream">Position of the stream in the pass.</param>
    /// <param name="position">Position of the first draw in its block.</param>
    /// <param name="value">The values.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Take<T>(int stream, int position, in T value)
        where T : unmanaged, IHostLane<T>
    {
        var x = value;
        if (_pass.Centres is { } centres)
        {
            T.AddDeviations(
                x, At(centres, stream), position,
                ref At(_running, stream * Running), ref At(_totals, 2 * stream));
        }

        ref var count = ref At(_counts, stream);
        var values = At(_values, stream);
        ref var free = ref At(values, count);
        ref var edges = ref At(_edges, stream * _edgesPerStream);
        count += _pass.CountsGaps
            ? T.KeepOutside(x, ref edges, ref free, ref At(_inFirstGap, stream))
            : T.KeepInside(x, ref edges, _edgesPerStream / 2, ref free);
        if (count > values.Length - Slack) MakeRoom(stream);
    }

    /// <summary>Ends a segment: hands out its sums and sums of squares, two for each stream, and starts the next.</summary>
    /// <param name="draws">Number of draws of the segment.</param>
    public double[] EndSegment(long draws)
    {
        _draws += draws;
        if (_pass.Centres is null) return [];
        if (draws % BlockSums.BlockDraws != 0)
        {
            for (var s = 0; s < _values.Length; s++) BlockSums.Finish(ref _running[s * Running], ref _totals[2 * s]);
        }

        double[] sums = [.. _totals];
        Array.Clear(_totals);
        return sums;
    }

    /// <summary>Adds up what all threads gathered; the sums are the caller's.</summary>
    public static StreamResult[] Merge(IReadOnlyList<StreamAccumulator<TLane>> parts, int threads)
    {
        var pass = parts[0]._pass;
        var results = new StreamResult[pass.Streams.Length];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            var windows = pass.Windows[s].Length;
            var result = results[s] = new()
            {
                Gaps = new long[MostGaps],
                Bins = new long[windows * pass.Bins],
                Smallest = new double[windows],
                Largest = new double[windows],
            };
            Array.Fill(result.Smallest, double.PositiveInfinity);
            Array.Fill(result.Largest, double.NegativeInfinity);
            foreach (var part in parts)
            {
                if (pass.CountsGaps)
                {
                    // What is neither in the first gap nor was kept is in the second.
                    result.Gaps[0] += part._inFirstGap[s];
                    result.Gaps[1] += part._draws - part._inFirstGap[s] - part._flushed[s] - part._counts[s];
                }

                if (pass.Bins == 0)
                {
                    part.Tidy(s);
                    continue;
                }

                part.Flush(s);
                part._bins[s].AddTo(result);
            }

            if (pass.Bins > 0) return;
            var kept = new double[parts.Sum(p => p._counts[s])];
            var at = 0;
            foreach (var part in parts)
            {
                part._values[s].AsSpan(0, part._counts[s]).CopyTo(kept.AsSpan(at));
                at += part._counts[s];
                part._values[s] = [];
            }

            kept.AsSpan().Sort();
            result.Kept = kept;
        });
        return results;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(T[] array, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index);

    private void MakeRoom(int s)
    {
        if (_pass.Bins > 0) Flush(s);
        else Tidy(s);
        if (_counts[s] + Slack > _values[s].Length / 2) Array.Resize(ref _values[s], 2 * _values[s].Length);
    }

    private void Flush(int s)
    {
        _bins[s].Add(_values[s], _counts[s]);
        _flushed[s] += _counts[s];
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
