using System.Reflection;
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
    /// <summary>Whether threads of a kernel work together in groups that the launch says; else they have an index of their own.</summary>
    internal static bool IsOfGroups(MethodInfo kernel) => kernel.GetParameters()[0].ParameterType != typeof(Index1D);

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

    /// <summary>Evaluates and gathers blocks of pseudorandom draws, those of a group after each other.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="pass">What to gather.</param>
    /// <param name="tile">The draws, and the sums of their blocks.</param>
    public static void Accumulate(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        Gather<PhiloxSequence>(plan, pass, tile);

    /// <summary>The same of points of Sobol'.</summary>
    /// <inheritdoc cref="Accumulate" path="/param"/>
    public static void AccumulateSobol(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        Gather<SobolSequence>(plan, pass, tile);

    /// <summary>The same of points of a Latin hypercube.</summary>
    /// <inheritdoc cref="Accumulate" path="/param"/>
    public static void AccumulateLatinHypercube(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        Gather<LatinHypercubeSequence>(plan, pass, tile);

    /// <summary>Gathers blocks of pseudorandom draws whose tables are solved, where the table is drawn.</summary>
    /// <inheritdoc cref="Accumulate" path="/param"/>
    public static void AccumulateSolved(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        GatherSolved<PhiloxSequence>(plan, pass, tile);

    /// <summary>The same of points of Sobol'.</summary>
    /// <inheritdoc cref="Accumulate" path="/param"/>
    public static void AccumulateSolvedSobol(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        GatherSolved<SobolSequence>(plan, pass, tile);

    /// <summary>The same of points of a Latin hypercube.</summary>
    /// <inheritdoc cref="Accumulate" path="/param"/>
    public static void AccumulateSolvedLatinHypercube(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile) =>
        GatherSolved<LatinHypercubeSequence>(plan, pass, tile);

    // Scratch memory is that of the draws that are evaluated at the same time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather<TSequence>(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile)
        where TSequence : struct, ISequence
    {
        var group = Gathering(pass, tile);
        var scratch = Grid.IdxX * GatheringGroup.Draws(Group.DimX);
        for (var block = FirstBlock; block < tile.Width; block += BlockStep)
        {
            DeviceGatherings<TSequence>.Evaluate(
                plan, tile.FirstYear, tile.Years, tile.Detail, new(group, plan.Layout, tile, block, scratch));
        }
    }

    // Behind the tables it is that of all draws.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherSolved<TSequence>(PlanView<DeviceArray<double>, DeviceArray<int>> plan, PassView pass, TileView tile)
        where TSequence : struct, ISequence
    {
        var group = Gathering(pass, tile);
        for (var block = FirstBlock; block < tile.Width; block += BlockStep)
        {
            DeviceTableGatherings<TSequence>.Evaluate(
                plan, tile.FirstYear, tile.Years, tile.Detail, new(group, plan.Layout, tile, block, block * SumBlock.Draws));
        }
    }

    // Inlined into a kernel, so that the shared memory is its own and of constant size.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GatheringGroup Gathering(PassView pass, TileView tile) => new(
        pass, tile,
        SharedMemory.Allocate<double>(GatheringGroup.ValuesLength),
        SharedMemory.Allocate<double>(GatheringGroup.SumsLength),
        SharedMemory.Allocate<int>(GatheringGroup.SumsLength));

    private static int FirstBlock => Grid.IdxX * GatheringGroup.Draws(Group.DimX) / SumBlock.Draws;

    private static int BlockStep => Grid.DimX * GatheringGroup.Draws(Group.DimX) / SumBlock.Draws;

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
}
