using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// The kernels: what a thread of a device does. No formula stands here; the draws are those of
/// <see cref="DeviceDraws{TSequence}"/>, or of <see cref="DeviceTableDraws{TSequence}"/> in three steps, and the sums have the shape of
/// <see cref="SampleSegments"/>.
/// </summary>
internal static class EntryPoints
{
    private const long InfinityBits = 0x7FF0_0000_0000_0000;

    /// <summary>Evaluates one pseudorandom draw a thread.</summary>
    /// <param name="thread">Which of the launch's threads.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="tile">Which draws, and where their outputs go.</param>
    public static void Evaluate(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceDraws<PhiloxSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    /// <summary>Evaluates one point of Sobol' a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void EvaluateSobol(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceDraws<SobolSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    /// <summary>Evaluates one point of a Latin hypercube a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void EvaluateLatinHypercube(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceDraws<LatinHypercubeSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    /// <summary>The first step where the table is drawn: coefficients and elasticities of one pseudorandom draw a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void Draw(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        Draw<PhiloxSequence>(thread, plan, tile);

    /// <summary>The same of one point of Sobol' a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void DrawSobol(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        Draw<SobolSequence>(thread, plan, tile);

    /// <summary>The same of one point of a Latin hypercube a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void DrawLatinHypercube(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        Draw<LatinHypercubeSequence>(thread, plan, tile);

    /// <summary>Draws, factorises and solves one table a group of threads, after the others of its memory: the second step.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tile">Which draws, and their scratch memory.</param>
    /// <param name="tables">The memory of one table for each group.</param>
    public static void SolveTables(PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile, TableView tables)
    {
        // Of constant size, and here: what is allocated elsewhere may be shared by groups that run at the same time.
        var elimination = new GroupElimination<double, DoubleArithmetic>(
            SharedMemory.Allocate<double>(GroupElimination.RowsLength),
            SharedMemory.Allocate<double>(GroupElimination.ColumnsLength),
            SharedMemory.Allocate<double>(GroupElimination.DiagonalLength));
        var group = new TableGroup(plan, tables, elimination, SharedMemory.Allocate<int>(TableMark.Count));
        for (var thread = Grid.IdxX; thread < tile.Threads; thread += Grid.DimX)
        {
            group.Solve(
                (ulong)tile.Draw(thread), new(plan.Layout, new DeviceStore(tile.Scratch, thread, tile.Threads)));
        }
    }

    /// <summary>The second step where the factor is in single precision.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tile">Which draws, and their scratch memory.</param>
    /// <param name="tables">The memory of one table for each group.</param>
    /// <param name="mixed">What the factor needs beside it.</param>
    public static void SolveMixedTables(
        PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile, TableView tables, MixedView mixed)
    {
        var elimination = new GroupElimination<float, SingleArithmetic>(
            SharedMemory.Allocate<float>(GroupElimination.RowsLength),
            SharedMemory.Allocate<float>(GroupElimination.ColumnsLength),
            SharedMemory.Allocate<float>(GroupElimination.DiagonalLength));
        var group = new MixedGroup(plan, tables, mixed, elimination, SharedMemory.Allocate<int>(TableMark.Count));
        for (var thread = Grid.IdxX; thread < tile.Threads; thread += Grid.DimX)
        {
            group.Solve(
                (ulong)tile.Draw(thread), new(plan.Layout, new DeviceStore(tile.Scratch, thread, tile.Threads)));
        }
    }

    /// <summary>Solves in double precision what a factor in single precision did not bring within the bound.</summary>
    /// <inheritdoc cref="SolveTables" path="/param"/>
    public static void SolveUnrefinedTables(PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile, TableView tables)
    {
        var elimination = new GroupElimination<double, DoubleArithmetic>(
            SharedMemory.Allocate<double>(GroupElimination.RowsLength),
            SharedMemory.Allocate<double>(GroupElimination.ColumnsLength),
            SharedMemory.Allocate<double>(GroupElimination.DiagonalLength));
        var group = new TableGroup(plan, tables, elimination, SharedMemory.Allocate<int>(TableMark.Count));
        for (var thread = Grid.IdxX; thread < tile.Threads; thread += Grid.DimX)
        {
            var work = new Workspace<ScalarLane, DeviceStore>(plan.Layout, new DeviceStore(tile.Scratch, thread, tile.Threads));
            var mark = TableResult.Marks(plan) + TableMark.Unrefined;
            if (work.Leontief(mark).Value > 0)
            {
                group.Solve((ulong)tile.Draw(thread), work);
                if (Group.IdxX == 0) work.SetLeontief(mark, new ScalarLane(1.0));
            }
        }
    }

    /// <summary>Writes the outputs of one pseudorandom draw a thread, whose table is solved: the third step.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void EvaluateSolved(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceTableDraws<PhiloxSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    /// <summary>The same of one point of Sobol' a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void EvaluateSolvedSobol(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceTableDraws<SobolSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    /// <summary>The same of one point of a Latin hypercube a thread.</summary>
    /// <inheritdoc cref="Evaluate(Index1D, PlanView{DeviceArray{double}, DeviceArray{int}}, TileView)" path="/param"/>
    public static void EvaluateSolvedLatinHypercube(
        Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        DeviceTableDraws<LatinHypercubeSequence>.Evaluate(plan, tile.FirstYear, tile.Years, tile.Detail, Block(thread, plan, tile));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Draw<TSequence>(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile)
        where TSequence : struct, ISequence =>
        DeviceTableDraws<TSequence>.Draw(plan, (ulong)tile.Draw(thread), Block(thread, plan, tile).Work(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DeviceBlock Block(Index1D thread, PlanView<DeviceArray<double>, DeviceArray<int>> plan, TileView tile) =>
        new((ulong)tile.Draw(thread),
            new(plan.Layout, new DeviceStore(tile.Scratch, thread, tile.Threads)),
            new(tile.Rows, tile.Values, thread, tile.Threads));

    /// <summary>Takes one block of one column a thread: adds it up, counts, bins or keeps its values.</summary>
    /// <param name="item">column · blocks + block.</param>
    /// <param name="pass">What to gather.</param>
    /// <param name="tile">The values.</param>
    public static void Accumulate(Index1D item, PassView pass, TileView tile)
    {
        int column = item / tile.Width;
        int block = item - column * tile.Width;
        var draws = pass.Draws - (tile.First + (long)block * SumBlock.Draws);
        var centre = pass.Centres[column];
        var low0 = pass.Edges[column * pass.EdgesPerColumn];
        var high0 = pass.Edges[column * pass.EdgesPerColumn + 1];
        var low1 = pass.Edges[column * pass.EdgesPerColumn + 2];
        var high1 = pass.Edges[column * pass.EdgesPerColumn + 3];
        int gap0 = 0, gap1 = 0;
        double sum = 0, sum0 = 0, sum1 = 0, sum2 = 0;
        double square = 0, square0 = 0, square1 = 0, square2 = 0;
        for (var i = 0; i < SumBlock.Remainders; i++)
        {
            // In bit-reversed order the halvings of the running sums are sums of neighbours: partial sums wait until
            // their other half is there.
            sum = 0;
            square = 0;
            for (var draw = ((i & 1) << 2) | (i & 2) | ((i & 4) >> 2); draw < SumBlock.Draws; draw += SumBlock.Remainders)
            {
                if (draw >= draws) continue;
                var value = tile.Values[column * tile.Threads + draw * tile.Width + block];
                var inside0 = low0 <= value & value < high0;
                var inside1 = low1 <= value & value < high1;
                if (pass.CountsGaps != 0)
                {
                    gap0 += inside0 ? 1 : 0;
                    gap1 += inside1 ? 1 : 0;
                    if (!(inside0 | inside1)) Take(pass, column, value);
                }
                else
                {
                    var inside = inside0 | inside1;
                    for (var at = 4; at < pass.EdgesPerColumn; at += 2)
                    {
                        inside |= pass.Edges[column * pass.EdgesPerColumn + at] <= value
                            & value < pass.Edges[column * pass.EdgesPerColumn + at + 1];
                    }

                    if (inside) Take(pass, column, value);
                }

                var deviation = new ScalarLane(value - centre);
                sum += deviation.Value;
                square = ScalarLane.MultiplyAdd(deviation, deviation, new(square)).Value;
            }

            if ((i & 1) == 0)
            {
                sum0 = sum;
                square0 = square;
                continue;
            }

            sum = sum0 + sum;
            square = square0 + square;
            if ((i & 2) == 0)
            {
                sum1 = sum;
                square1 = square;
                continue;
            }

            sum = sum1 + sum;
            square = square1 + square;
            if ((i & 4) == 0)
            {
                sum2 = sum;
                square2 = square;
                continue;
            }

            sum = sum2 + sum;
            square = square2 + square;
        }

        if (pass.Sums != 0)
        {
            tile.BlockSums[2 * column * tile.Width + block] = sum;
            tile.BlockSums[(2 * column + 1) * tile.Width + block] = square;
        }

        if (gap0 != 0) Atomic.Add(ref pass.Gaps[(pass.WindowsPerColumn + 1) * column + 1], gap0);
        if (gap1 != 0) Atomic.Add(ref pass.Gaps[(pass.WindowsPerColumn + 1) * column + 2], gap1);
    }

    /// <summary>Adds the blocks of a tile to the sums of their segments, in the order of the draws.</summary>
    /// <param name="item">segment · 2 columns + sum, counted from the tile's first segment.</param>
    /// <param name="pass">What to gather.</param>
    /// <param name="tile">The sums of the blocks.</param>
    public static void AddSegments(Index1D item, PassView pass, TileView tile)
    {
        var rows = 2 * pass.Columns;
        int segment = item / rows;
        int row = item - segment * rows;
        var firstBlock = tile.First / SumBlock.Draws;
        var firstSegment = firstBlock / pass.BlocksPerSegment;
        var start = (firstSegment + segment) * pass.BlocksPerSegment - firstBlock;
        var end = start + pass.BlocksPerSegment;
        if (start < 0) start = 0;
        if (end > tile.Width) end = tile.Width;
        var at = (firstSegment + segment - pass.FirstSegment) * rows + row;
        var sum = pass.SegmentSums[at];
        for (var block = start; block < end; block++) sum += tile.BlockSums[(long)row * tile.Width + block];
        pass.SegmentSums[at] = sum;
    }

    /// <summary>Takes the outputs of one draw out of a tile, one a thread.</summary>
    /// <param name="row">Row of the output.</param>
    /// <param name="tile">The values.</param>
    /// <param name="thread">The thread that evaluated the draw.</param>
    /// <param name="values">Takes the outputs.</param>
    public static void Pick(Index1D row, TileView tile, int thread, ArrayView<double> values) =>
        values[row] = tile.Values[row * tile.Threads + thread];

    // A value that may lie in a window is binned or kept; one that lies in none is counted. What is no number is counted alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(PassView pass, int column, double value)
    {
        var magnitude = BitConverter.DoubleToInt64Bits(value) & long.MaxValue;
        if (pass.Bins > 0 && magnitude > InfinityBits)
        {
            Atomic.Add(ref pass.Undefined[column], 1L);
            return;
        }

        if (pass.Bins > 0 && magnitude == InfinityBits) Atomic.Add(ref pass.Infinite[column], 1L);

        // The last window that starts at or below the value.
        var first = column * pass.WindowsPerColumn;
        var at = first - 1;
        var last = first - 1;
        for (var w = 0; w < pass.WindowsPerColumn; w++)
        {
            at += value >= pass.Windows[first + w].Low ? 1 : 0;
            last += pass.Windows[first + w].Low < double.PositiveInfinity ? 1 : 0;
        }

        // Above all of them is infinity too, where other columns have more windows.
        at = at > last ? last : at;
        var window = pass.Windows[at < first ? first : at];
        if (at < first || !(value < window.High))
        {
            if (pass.CountsGaps != 0) Atomic.Add(ref pass.Gaps[(pass.WindowsPerColumn + 1) * column + at - first + 1], 1L);
            return;
        }

        if (pass.Bins > 0)
        {
            var bin = pass.CountsGaps != 0 ? window.Bin(value, pass.Bins, pass.Scales[at]) : window.PositionBin(value, pass.Shifts[at]);
            Atomic.Add(ref pass.BinCounts[(long)at * pass.Bins + bin], 1L);
            var order = NumberOrder.Of(value);
            var all = pass.CountsGaps == 0;
            if ((all | at == first) && order < pass.Smallest[at]) Atomic.Min(ref pass.Smallest[at], order);
            if ((all | at == last) && order > pass.Largest[at]) Atomic.Max(ref pass.Largest[at], order);
            return;
        }

        var slot = Atomic.Add(ref pass.KeptCount[0], 1L);
        if (slot >= pass.KeptCapacity) return;
        pass.KeptColumns[slot] = column;
        pass.KeptValues[slot] = value;
    }
}
