using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A group of threads that draws whole blocks and gathers their outputs while they are in shared memory: each output is stored there by
/// the thread of its draw, and added up, counted, binned or kept by others, eight draws a thread. What leaves the group is the sums of its
/// blocks, counts, and the few values that lie in windows.
/// </summary>
/// <param name="pass">What to gather.</param>
/// <param name="tile">The draws.</param>
/// <param name="values">Shared: the outputs that an entity stores, <see cref="ValuesLength"/>.</param>
/// <param name="sums">Shared: running sums, and those of squares, <see cref="SumsLength"/>.</param>
/// <param name="counts">Shared: values in the two gaps, <see cref="SumsLength"/>.</param>
internal readonly struct GatheringGroup(
    PassView pass, TileView tile, ArrayView<double> values, ArrayView<double> sums, ArrayView<int> counts)
{
    /// <summary>Threads of a group at most.</summary>
    public const int MostThreads = 2 * SumBlock.Draws;

    /// <summary>Elements of <c>values</c>.</summary>
    public const int ValuesLength = Outputs * Stride;

    /// <summary>Elements of <c>sums</c> and of <c>counts</c>.</summary>
    public const int SumsLength = 2 * Finished * Blocks * SumBlock.Remainders;

    // Neighbouring outputs that may be stored before they are finished: those of two sectors, or all that are finished at a time.
    private const int Outputs = 8;
    private const int Finished = OutputMap.MostTogether;

    // Blocks of a group at most. They lie a few numbers further apart than they are long, so that threads that read side by side in
    // several of them find their numbers in different banks.
    private const int Blocks = MostThreads / SumBlock.Draws;
    private const int BlockStride = SumBlock.Draws + SumBlock.Remainders;
    private const int Stride = Blocks * BlockStride;

    private readonly PassView _pass = pass;
    private readonly TileView _tile = tile;
    private readonly ArrayView<double> _values = values;
    private readonly ArrayView<double> _sums = sums;
    private readonly ArrayView<int> _counts = counts;

    /// <summary>Draws that the group evaluates at a time, of so many threads: whole blocks.</summary>
    public static int Draws(int threads) => threads < SumBlock.Draws ? SumBlock.Draws : threads;

    /// <summary>Takes the value of an output.</summary>
    /// <param name="output">Index of the output.</param>
    /// <param name="draw">Which of the group's draws.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int output, int draw, double value)
    {
        var values = _values;
        values[Place(output, draw)] = value;
    }

    /// <summary>Which of adjacent outputs the pass asks for, a bit for each.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Wanted(int first, int count) => _tile.Wanted[first] & ((1 << count) - 1);

    /// <summary>Gathers adjacent outputs that all draws of the group have stored.</summary>
    /// <param name="firstBlock">The group's first block, counted from the tile's.</param>
    /// <param name="first">Index of the first output.</param>
    /// <param name="count">How many, at most <see cref="OutputMap.MostTogether"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Gather(int firstBlock, int first, int count)
    {
        // The same for all threads of the group.
        if (Wanted(first, count) != 0)
        {
            var blocks = Draws(Group.DimX) / SumBlock.Draws;
            Group.Barrier();
            for (var item = Group.IdxX; item < count * blocks * SumBlock.Remainders; item += Group.DimX)
                Take(firstBlock, first, blocks, item);
            Group.Barrier();
            for (var item = Group.IdxX; item < count * blocks; item += Group.DimX)
                Halve(firstBlock, first, blocks, item);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(int output, int draw) =>
        output % Outputs * Stride + draw / SumBlock.Draws * BlockStride + draw % SumBlock.Draws;

    // output · blocks + block, of one block or two: no division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int InGroup(int blockItem, int blocks) => blockItem & (blocks - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Entry(int blockItem, int blocks) => blockItem >> (blocks - 1);

    // The draws of one remainder of one block of one output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(int firstBlock, int first, int blocks, int item)
    {
        var remainder = item % SumBlock.Remainders;
        var blockItem = item / SumBlock.Remainders;
        var block = InGroup(blockItem, blocks);
        var output = first + Entry(blockItem, blocks);
        var column = _tile.Rows[output];
        if (column >= 0 & firstBlock + block < _tile.Width)
        {
            var (sums, counts, picked) = (_sums, _counts, _tile.PickedValues);
            var start = _tile.First + (long)(firstBlock + block) * SumBlock.Draws;
            var centre = _pass.Centres[column];
            var edges = column * _pass.EdgesPerColumn;
            var low0 = _pass.Edges[edges];
            var high0 = _pass.Edges[edges + 1];
            var low1 = _pass.Edges[edges + 2];
            var high1 = _pass.Edges[edges + 3];
            int gap0 = 0, gap1 = 0;
            double sum = 0, square = 0;
            for (var draw = remainder; draw < SumBlock.Draws; draw += SumBlock.Remainders)
            {
                if (start + draw < _pass.Draws)
                {
                    var value = _values[Place(output, block * SumBlock.Draws + draw)];
                    if (start + draw == _tile.Picked) picked[column] = value;
                    var inside0 = low0 <= value & value < high0;
                    var inside1 = low1 <= value & value < high1;
                    if (_pass.CountsGaps != 0)
                    {
                        gap0 += inside0 ? 1 : 0;
                        gap1 += inside1 ? 1 : 0;
                        if (!(inside0 | inside1)) _pass.Take(column, value);
                    }
                    else
                    {
                        var inside = inside0 | inside1;
                        for (var at = 4; at < _pass.EdgesPerColumn; at += 2)
                            inside |= _pass.Edges[edges + at] <= value & value < _pass.Edges[edges + at + 1];
                        if (inside) _pass.Take(column, value);
                    }

                    var deviation = new ScalarLane(value) - new ScalarLane(centre);
                    sum = (new ScalarLane(sum) + deviation).Value;
                    square = ScalarLane.MultiplyAdd(deviation, deviation, new(square)).Value;
                }
            }

            sums[2 * item] = sum;
            sums[2 * item + 1] = square;
            counts[2 * item] = gap0;
            counts[2 * item + 1] = gap1;
        }
    }

    // The running sums of one block of one output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Halve(int firstBlock, int first, int blocks, int item)
    {
        var block = firstBlock + InGroup(item, blocks);
        var column = _tile.Rows[first + Entry(item, blocks)];
        if (column >= 0 & block < _tile.Width)
        {
            var (pass, totals) = (_pass, _tile.BlockSums);
            if (pass.Sums != 0)
            {
                totals[(long)2 * column * _tile.Width + block] = Halved(item, 0);
                totals[((long)2 * column + 1) * _tile.Width + block] = Halved(item, 1);
            }

            if (pass.CountsGaps != 0)
            {
                var gaps = (pass.WindowsPerColumn + 1) * column;
                var (gap0, gap1) = (0, 0);
                for (var remainder = 0; remainder < SumBlock.Remainders; remainder++)
                {
                    gap0 += _counts[2 * (item * SumBlock.Remainders + remainder)];
                    gap1 += _counts[2 * (item * SumBlock.Remainders + remainder) + 1];
                }

                if (gap0 != 0) Atomic.Add(ref pass.Gaps[gaps + 1], gap0);
                if (gap1 != 0) Atomic.Add(ref pass.Gaps[gaps + 2], gap1);
            }
        }
    }

    // Remainder i plus i + 4, then i + 2, then i + 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Halved(int item, int which) => (Quarter(item, 0, which) + Quarter(item, 1, which)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane Quarter(int item, int remainder, int which) => Pair(item, remainder, which) + Pair(item, remainder + 2, which);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane Pair(int item, int remainder, int which) =>
        Running(item, remainder, which) + Running(item, remainder + 4, which);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane Running(int item, int remainder, int which) =>
        new(_sums[2 * (item * SumBlock.Remainders + remainder) + which]);
}

/// <summary>Takes the outputs of one of a group's draws.</summary>
internal readonly struct GatheringSink(GatheringGroup group, int draw) : IOutputSink<ScalarLane>
{
    private readonly GatheringGroup _group = group;
    private readonly int _draw = draw;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int output, ScalarLane value) => _group.Store(output, _draw, value.Value);
}

/// <summary>The draws of one thread of a group: one, or as many as make whole blocks of those of all threads.</summary>
/// <param name="group">The group.</param>
/// <param name="layout">Scratch memory of a draw.</param>
/// <param name="tile">The draws.</param>
/// <param name="firstBlock">The group's first block, counted from the tile's.</param>
/// <param name="scratch">Where the scratch memory of the group's first draw lies among that of others.</param>
internal readonly struct GatheringBlock(GatheringGroup group, WorkspaceLayout layout, TileView tile, int firstBlock, int scratch)
    : IDrawBlock<ScalarLane, DeviceStore, GatheringSink>
{
    private readonly GatheringGroup _group = group;
    private readonly WorkspaceLayout _layout = layout;
    private readonly TileView _tile = tile;
    private readonly int _firstBlock = firstBlock;
    private readonly int _scratch = scratch;

    /// <inheritdoc/>
    public int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => GatheringGroup.Draws(Group.DimX) / Group.DimX;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Draw(int lane) => (ulong)(_tile.First + (long)_firstBlock * SumBlock.Draws + Of(lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Workspace<ScalarLane, DeviceStore> Work(int lane) => new(_layout, new(_tile.Scratch, _scratch + Of(lane), _tile.Threads));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GatheringSink Sink(int lane) => new(_group, Of(lane));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Wanted(int first, int count) => _group.Wanted(first, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(int first, int count) => _group.Gather(_firstBlock, first, count);

    // Neighbouring threads have neighbouring draws.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Of(int lane) => lane * Group.DimX + Group.IdxX;
}
