using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Adjacent draws, from First on, in device memory: their scratch memory, of Threads draws side by side; the row of each output (−1 for
/// one that is not wanted); the selected outputs where they are evaluated, of Threads draws. Where they are accumulated, the sums of their
/// Width blocks, the outputs of the one that is picked to be checked (−1 for none), and of each output a bit for it and for each of the
/// seven behind it that are wanted.
/// </summary>
// Public fields, because a kernel takes the structure by value.
#pragma warning disable CA1051, CS1591
internal struct TileView
{
    public long First;
    public int Threads;
    public int Width;
    public long Picked;
    public int FirstYear;
    public int Years;
    public int Detail;
    public ArrayView<double> Scratch;
    public ArrayView<int> Rows;
    public ArrayView<int> Wanted;
    public ArrayView<double> Values;
    public ArrayView<double> BlockSums;
    public ArrayView<double> PickedValues;

    public readonly long Draw(int thread) => First + thread;
}

/// <summary>An <see cref="AccumulationPass"/> in device memory, and what it gathers there.</summary>
internal struct PassView
{
    public long Draws;
    public long BlocksPerSegment;
    public long FirstSegment;
    public long KeptCapacity;
    public int Columns;
    public int Bins;
    public int CountsGaps;
    public int Sums;
    public int EdgesPerColumn;
    public int WindowsPerColumn;
    public ArrayView<double> Centres;
    public ArrayView<double> Edges;
    public ArrayView<double> Scales;
    public ArrayView<int> Shifts;
    public ArrayView<Window> Windows;
    public ArrayView<double> SegmentSums;
    public ArrayView<long> Gaps;
    public ArrayView<long> BinCounts;
    public ArrayView<long> Smallest;
    public ArrayView<long> Largest;
    public ArrayView<long> Undefined;
    public ArrayView<long> Infinite;
    public ArrayView<long> KeptCount;
    public ArrayView<int> KeptColumns;
    public ArrayView<long> KeptKeys;
    public ArrayView<long> KeptSum;

    private const long InfinityBits = 0x7FF0_0000_0000_0000;

    // A value that may lie in a window is binned or kept; one that lies in none is counted. What is no number is counted alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(int column, double value)
    {
        var magnitude = BitConverter.DoubleToInt64Bits(value) & long.MaxValue;
        if (Bins > 0 && magnitude > InfinityBits)
        {
            Atomic.Add(ref Undefined[column], 1L);
            return;
        }

        if (Bins > 0 && magnitude == InfinityBits) Atomic.Add(ref Infinite[column], 1L);

        // The last window that starts at or below the value.
        var first = column * WindowsPerColumn;
        var at = first - 1;
        var last = first - 1;
        for (var w = 0; w < WindowsPerColumn; w++)
        {
            at += value >= Windows[first + w].Low ? 1 : 0;
            last += Windows[first + w].Low < double.PositiveInfinity ? 1 : 0;
        }

        // Above all of them is infinity too, where other columns have more windows.
        at = at > last ? last : at;
        var window = Windows[at < first ? first : at];
        if (at < first || !(value < window.High))
        {
            if (CountsGaps != 0) Atomic.Add(ref Gaps[(WindowsPerColumn + 1) * column + at - first + 1], 1L);
            return;
        }

        if (Bins > 0)
        {
            var bin = CountsGaps != 0 ? window.Bin(value, Bins, Scales[at]) : window.PositionBin(value, Shifts[at]);
            Atomic.Add(ref BinCounts[(long)at * Bins + bin], 1L);
            var order = NumberOrder.Of(value);
            var all = CountsGaps == 0;
            if ((all | at == first) && order < Smallest[at]) Atomic.Min(ref Smallest[at], order);
            if ((all | at == last) && order > Largest[at]) Atomic.Max(ref Largest[at], order);
            return;
        }

        var slot = Atomic.Add(ref KeptCount[0], 1L);
        if (slot >= KeptCapacity) return;
        var key = NumberOrder.Of(value);
        KeptColumns[slot] = column;
        KeptKeys[slot] = key;
        Atomic.Add(ref KeptSum[0], key);
    }
}
#pragma warning restore CA1051, CS1591
