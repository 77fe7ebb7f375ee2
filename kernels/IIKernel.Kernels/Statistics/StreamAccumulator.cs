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

    // All that taking a value needs stands side by side, one record of 64-bit words a stream: running sums, centre,
    // address of the free room and of its end, number of values in the first gap, edges.
    private const int Centre = 2 * BlockSums.Remainders;
    private const int Free = Centre + 1;
    private const int Limit = Centre + 2;
    private const int FirstGap = Centre + 3;
    private const int Edges = Centre + 4;

    private readonly AccumulationPass _pass;
    private readonly int _intervals;
    private readonly int _stride;
    private readonly double[] _records;
    private readonly double[] _totals;
    private readonly double[][] _values;
    private readonly long[] _flushed;
    private readonly BinCounter<TLane>[] _bins;
    private long _draws;

    public StreamAccumulator(AccumulationPass pass)
    {
        _pass = pass;
        var streams = pass.Streams.Length;
        _intervals = pass.CountsGaps ? MostGaps : pass.Intervals.Max(i => i.Length);
        _stride = (Edges + 2 * _intervals + 7) / 8 * 8;
        _records = GC.AllocateArray<double>(streams * _stride, pinned: true);
        _totals = new double[2 * streams];
        _values = new double[streams][];
        _flushed = new long[streams];
        _bins = pass.Bins > 0 ? new BinCounter<TLane>[streams] : [];
        for (var s = 0; s < streams; s++)
        {
            var windows = pass.Windows[s];
            var record = _records.AsSpan(s * _stride, _stride);
            if (pass.Centres is { } centres) record[Centre] = centres[s];
            var edges = record[Edges..];
            edges.Fill(double.PositiveInfinity);
            var intervals = pass.CountsGaps ? windows.Zip(windows.Skip(1), (a, b) => (a.High, b.Low)) : pass.Intervals[s];
            var at = 0;
            foreach (var (low, high) in intervals)
            {
                edges[at++] = low;
                edges[at++] = high;
            }

            Place(s, GC.AllocateUninitializedArray<double>(Waiting + Slack, pinned: true), 0);
            if (pass.Bins > 0) _bins[s] = new(windows, pass.Bins);
        }
    }

    /// <summary>Takes the values of adjacent draws of one stream.</summary>
    /// <param name="stream">Position of the stream in the pass.</param>
    /// <param name="position">Position of the first draw in its block.</param>
    /// <param name="value">The values.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void Take<T>(int stream, int position, in T value)
        where T : unmanaged, IHostLane<T>
    {
        var x = value;
        ref var record = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_records), stream * _stride);
        if (_pass.Centres is not null)
        {
            T.AddDeviations(
                x, Unsafe.Add(ref record, Centre), position,
                ref record, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_totals), 2 * stream));
        }

        ref var free = ref Unsafe.As<double, nint>(ref Unsafe.Add(ref record, Free));
        ref var edges = ref Unsafe.Add(ref record, Edges);
        ref var room = ref Unsafe.AsRef<double>((void*)free);
        var kept = _pass.CountsGaps
            ? T.KeepOutside(x, ref edges, ref room, ref Unsafe.As<double, long>(ref Unsafe.Add(ref record, FirstGap)))
            : T.KeepInside(x, ref edges, _intervals, ref room);
        free += kept * sizeof(double);
        if (free > Unsafe.As<double, nint>(ref Unsafe.Add(ref record, Limit))) MakeRoom(stream);
    }

    /// <summary>Ends a segment: hands out its sums and sums of squares, two for each stream, and starts the next.</summary>
    /// <param name="draws">Number of draws of the segment.</param>
    public double[] EndSegment(long draws)
    {
        _draws += draws;
        if (_pass.Centres is null) return [];
        if (draws % BlockSums.BlockDraws != 0)
        {
            for (var s = 0; s < _values.Length; s++) BlockSums.Finish(ref _records[s * _stride], ref _totals[2 * s]);
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
                    result.Gaps[0] += part.InFirstGap(s);
                    result.Gaps[1] += part._draws - part.InFirstGap(s) - part._flushed[s] - part.Count(s);
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
            var kept = new double[parts.Sum(p => p.Count(s))];
            var at = 0;
            foreach (var part in parts)
            {
                part._values[s].AsSpan(0, part.Count(s)).CopyTo(kept.AsSpan(at));
                at += part.Count(s);
                part._values[s] = [];
            }

            kept.AsSpan().Sort();
            result.Kept = kept;
        });
        return results;
    }

    private void MakeRoom(int s)
    {
        if (_pass.Bins > 0) Flush(s);
        else Tidy(s);
        var values = _values[s];
        var count = Count(s);
        if (count + Slack <= values.Length / 2) return;
        var larger = GC.AllocateUninitializedArray<double>(2 * values.Length, pinned: true);
        values.AsSpan(0, count).CopyTo(larger);
        Place(s, larger, count);
    }

    // Makes an array, which does not move, the room of a stream.
    private unsafe void Place(int s, double[] values, int count)
    {
        _values[s] = values;
        var first = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values));
        Word(s, Free) = first + count * sizeof(double);
        Word(s, Limit) = first + (values.Length - Slack) * sizeof(double);
    }

    private void SetCount(int s, int count) => Word(s, Free) += (count - Count(s)) * sizeof(double);

    private int Count(int s) => _values[s].Length - Slack - (int)((Word(s, Limit) - Word(s, Free)) / sizeof(double));

    private long InFirstGap(int s) => Word(s, FirstGap);

    private ref nint Word(int s, int at) => ref Unsafe.As<double, nint>(ref _records[s * _stride + at]);

    private void Flush(int s)
    {
        var count = Count(s);
        _bins[s].Add(_values[s], count);
        _flushed[s] += count;
        SetCount(s, 0);
    }

    // Drops what lies between the windows.
    private void Tidy(int s)
    {
        var values = _values[s];
        var count = 0;
        foreach (var value in values.AsSpan(0, Count(s)))
            if (Holds(_pass.Windows[s], value)) values[count++] = value;
        SetCount(s, count);
    }

    private static bool Holds(Window[] windows, double value)
    {
        foreach (ref readonly var window in windows.AsSpan())
            if (window.Contains(value)) return true;
        return false;
    }
}
