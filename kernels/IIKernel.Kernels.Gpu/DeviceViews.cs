using IIKernel.Kernels.Statistics;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Adjacent draws in device memory, one a thread: their scratch memory, the selected outputs and, where they are
/// accumulated, the sums of their blocks. Thread g evaluates draw First + (g mod Width)·Step + g / Width: with a step of
/// one draw for plain evaluation, or with a step of one block, so that later one thread takes a block and its neighbours
/// read beside it.
/// </summary>
// Public fields, because a kernel takes the structure by value.
#pragma warning disable CA1051, CS1591
internal struct TileView
{
    public long First;
    public int Threads;
    public int Width;
    public int Step;
    public int FirstYear;
    public int Years;
    public int Detail;
    public ArrayView<double> Scratch;
    public ArrayView<int> Rows;
    public ArrayView<double> Values;
    public ArrayView<double> BlockSums;

    public readonly long Draw(int thread)
    {
        var row = thread / Width;
        return First + (long)(thread - row * Width) * Step + row;
    }
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
    public ArrayView<double> KeptValues;
}
#pragma warning restore CA1051, CS1591
