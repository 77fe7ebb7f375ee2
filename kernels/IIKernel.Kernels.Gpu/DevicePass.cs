using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;
using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// An <see cref="AccumulationPass"/> in device memory. Whole numbers are counted with atomic operations, which give the
/// same in any order; sums of floating point have the fixed shape of <see cref="SampleSegments"/>.
/// </summary>
internal sealed class DevicePass
{
    // Two of the gaps between windows are counted apart.
    private const int GapEdges = 4;
    private static readonly Window Nowhere = new(double.PositiveInfinity, double.PositiveInfinity, 0, 0);

    private readonly AccumulationPass _pass;

    /// <summary>Places <paramref name="pass"/> in memory with room for so many kept values.</summary>
    public DevicePass(DeviceMemoryList memory, AccumulationPass pass, long keptCapacity)
    {
        _pass = pass;
        var columns = pass.Columns.Length;
        (double Low, double High)[][] intervals = [.. Enumerable.Range(0, columns).Select(pass.Compared)];
        var edges = pass.CountsGaps ? GapEdges : Math.Max(GapEdges, 2 * intervals.Max(i => i.Length));
        var most = pass.Windows.Max(w => w.Length);
        var edgeTable = new double[columns * edges];
        Array.Fill(edgeTable, double.PositiveInfinity);
        var windowTable = new Window[columns * most];
        Array.Fill(windowTable, Nowhere);
        var scales = new double[columns * most];
        var shifts = new int[columns * most];
        for (var s = 0; s < columns; s++)
        {
            for (var i = 0; i < Math.Min(intervals[s].Length, edges / 2); i++)
                (edgeTable[s * edges + 2 * i], edgeTable[s * edges + 2 * i + 1]) = intervals[s][i];
            for (var w = 0; w < pass.Windows[s].Length; w++)
            {
                windowTable[s * most + w] = pass.Windows[s][w];
                if (pass.Bins == 0) continue;
                if (pass.CountsGaps) scales[s * most + w] = pass.Windows[s][w].Scale(pass.Bins);
                else shifts[s * most + w] = pass.Windows[s][w].Shift(pass.Bins);
            }
        }

        var smallest = new long[columns * most];
        Array.Fill(smallest, long.MaxValue);
        var largest = new long[columns * most];
        Array.Fill(largest, long.MinValue);
        View = new()
        {
            Draws = pass.Draws,
            BlocksPerSegment = pass.Segments.BlocksEach,
            FirstSegment = pass.Range.First,
            KeptCapacity = keptCapacity,
            Columns = columns,
            Bins = pass.Bins,
            CountsGaps = pass.CountsGaps ? 1 : 0,
            Sums = HasSums ? 1 : 0,
            EdgesPerColumn = edges,
            WindowsPerColumn = most,
            Centres = memory.Upload(pass.Centres ?? new double[columns]),
            Edges = memory.Upload(edgeTable),
            Scales = memory.Upload(scales),
            Shifts = memory.Upload(shifts),
            Windows = memory.Upload(windowTable),
            SegmentSums = memory.Zeros<double>(HasSums ? 2L * columns * pass.Range.Count : 0),
            Gaps = memory.Zeros<long>((long)(most + 1) * columns),
            BinCounts = memory.Zeros<long>((long)columns * most * pass.Bins),
            Smallest = memory.Upload(smallest),
            Largest = memory.Upload(largest),
            Undefined = memory.Zeros<long>(columns),
            Infinite = memory.Zeros<long>(columns),
            KeptCount = memory.Zeros<long>(1),
            KeptColumns = memory.Allocate<int>(keptCapacity),
            KeptKeys = memory.Allocate<long>(keptCapacity),
            KeptSum = memory.Zeros<long>(1),
        };
    }

    /// <summary>What the kernels take.</summary>
    public PassView View { get; }

    /// <summary>Whether the pass wants sums.</summary>
    public bool HasSums => _pass.Centres is not null;

    /// <summary>How many values the finished pass found to keep; more than its capacity means that some are lost.</summary>
    public long KeptCount => Download(View.KeptCount)[0];

    /// <summary>What the finished pass gathered.</summary>
    /// <param name="sort">What sorts the kept values on the device; null where the host does.</param>
    /// <exception cref="DisagreementException">They are not sorted, or others.</exception>
    public ColumnResult[] Results(DeviceSort? sort)
    {
        var columns = _pass.Columns.Length;
        var most = View.WindowsPerColumn;
        var gaps = Download(View.Gaps);
        var bins = _pass.Bins > 0 ? Download(View.BinCounts) : [];
        var smallest = Download(View.Smallest);
        var largest = Download(View.Largest);
        var undefined = Download(View.Undefined);
        var infinite = Download(View.Infinite);
        var sums = HasSums ? Download(View.SegmentSums) : [];
        var kept = Kept(sort);
        var results = new ColumnResult[columns];
        for (var s = 0; s < columns; s++)
        {
            var first = s * most;
            var windows = _pass.Windows[s].Length;
            var end = first + windows;
            results[s] = new(windows, _pass.Bins)
            {
                Gaps = gaps.AsSpan((most + 1) * s, windows + 1).ToArray(),
                Bins = _pass.Bins > 0 ? bins.AsSpan(first * _pass.Bins, windows * _pass.Bins).ToArray() : [],
                Smallest = [.. smallest[first..end].Select(o => o == long.MaxValue ? double.PositiveInfinity : NumberOrder.At(o))],
                Largest = [.. largest[first..end].Select(o => o == long.MinValue ? double.NegativeInfinity : NumberOrder.At(o))],
                Undefined = undefined[s],
                Infinite = infinite[s],
                Segments = new SegmentSums[sums.Length / (2 * columns)],
                Kept = kept[s],
            };
            for (var (i, at) = (0, 2 * s); at < sums.Length; i++, at += 2 * columns) results[s].Segments[i] = new(sums[at], sums[at + 1]);
        }

        return results;
    }

    private double[][] Kept(DeviceSort? sort)
    {
        var kept = new double[_pass.Columns.Length][];
        Array.Fill(kept, []);
        var count = checked((int)KeptCount);
        if (count == 0) return kept;
        sort?.Sort(View.KeptColumns.SubView(0, count), View.KeptKeys.SubView(0, count));
        var columns = Download(View.KeptColumns.SubView(0, count));
        var keys = Download(View.KeptKeys.SubView(0, count));
        if (sort is null) Array.Sort(columns, keys);
        var sum = 0L;
        for (var from = 0; from < count;)
        {
            var to = from;
            while (to < count && columns[to] == columns[from]) to++;
            var own = keys.AsSpan(from..to);
            if (sort is null) own.Sort();
            if (to < count && columns[to] < columns[from] || !IsAscending(own))
                throw DeviceFault.Disagreement($"the values that were kept of output {_pass.Columns[columns[from]]} are not sorted");
            var values = new double[own.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = NumberOrder.At(own[i]);
                sum = unchecked(sum + own[i]);
            }

            kept[columns[from]] = values;
            from = to;
        }

        if (sum != Download(View.KeptSum)[0]) throw DeviceFault.Disagreement($"the {count} values that were kept are others");
        return kept;
    }

    private static bool IsAscending(ReadOnlySpan<long> keys)
    {
        for (var i = 1; i < keys.Length; i++)
            if (keys[i] < keys[i - 1]) return false;
        return true;
    }

    private static T[] Download<T>(ArrayView<T> view)
        where T : unmanaged
    {
        var values = new T[view.Length];
        view.CopyToCPU(values);
        return values;
    }
}
