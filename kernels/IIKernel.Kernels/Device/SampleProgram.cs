using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// The whole computation of one block of draws, from uniforms to outputs, one formula a file. It has no instances: a backend derives from
/// it, and so says its types once.
/// </summary>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TReals">The plan's arrays of numbers.</typeparam>
/// <typeparam name="TIntegers">The plan's arrays of whole numbers.</typeparam>
/// <typeparam name="TStore">Scratch memory of one lane.</typeparam>
/// <typeparam name="TSink">Takes the outputs of one lane.</typeparam>
/// <typeparam name="TBlock">The draws that are evaluated together.</typeparam>
/// <typeparam name="TInputs">Where the input quantities come from.</typeparam>
/// <typeparam name="TLeontief">How the Leontief system of a draw is solved.</typeparam>
internal abstract partial class SampleProgram<TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
    where TSink : struct, IOutputSink<TLane>
    where TBlock : struct, IDrawBlock<TLane, TStore, TSink>
    where TInputs : struct, IInputStage<TLane, TReals, TIntegers, TStore>
    where TLeontief : struct, ILeontiefStage<TLane, TReals, TIntegers, TStore>
{
    /// <summary>The scratch memory of one lane of draws of a plan: each stage says how much it needs.</summary>
    public static WorkspaceLayout Layout(SamplePlan plan) => new(
        plan.RelatedCount, TLeontief.Memory(plan), plan.CategoryCount, plan.GroupCount, plan.Outputs.Entities, plan.Allocation.Groups,
        Math.Max(Math.Max(CorrelationMemory(plan), PanelMemory(plan)), Math.Max(ValueAddedMemory(plan), GdpMemory(plan))));

    /// <summary>
    /// Evaluates the draws of a block; or, where the view says so, the point values of every input in each of its draws.
    /// </summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="first">The first year to write, 0 for the base year; of a later one nobody may want the growth.</param>
    /// <param name="years">The year before which to end; 0 for none.</param>
    /// <param name="detail">Sum of <see cref="OutputDetail"/>: what to write of these years beside nation, categories and groups.</param>
    /// <param name="block">The draws, their scratch memory, and where the outputs go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate(in PlanView<TReals, TIntegers> plan, int first, int years, int detail, TBlock block)
    {
        for (var lane = 0; lane < block.Lanes; lane++)
        {
            if (!TLeontief.IsApart) Draw(plan, block.Draw(lane), block.Work(lane));
            FromCoefficients(plan, block.Draw(lane), block.Work(lane));
        }

        for (var t = first; t < years; t++)
            WriteYear(plan, t, years, detail & OutputDetail.Rows, block);
        if ((detail & OutputDetail.Sectors) != 0) Sectors(plan, block);
        WriteAuxiliary(plan, block);
    }

    // What is no figure of its own: the base year's categories, whether a figure was bounded, and the marks of the table.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteAuxiliary(in PlanView<TReals, TIntegers> plan, TBlock block)
    {
        var (outputs, bounded) = (plan.Outputs, plan.CategoryCount);
        for (var i = 0; i <= bounded + 1; i++)
        {
            var at = i < bounded ? outputs.BaseCategory(i, 0) : i == bounded ? outputs.Bounded : outputs.Mark(0);
            var count = i < bounded ? 2 : i == bounded ? 1 : TableMark.Count;
            var wanted = block.Wanted(at, count);
            if (wanted != 0)
            {
                for (var lane = 0; lane < block.Lanes; lane++)
                {
                    var work = block.Work(lane);
                    for (var k = 0; k < count; k++)
                    {
                        if ((wanted & (1 << k)) == 0) continue;
                        var value = i == bounded ? work.Bounded : i > bounded ? TLeontief.Mark(plan, k, work)
                            : k == OutputMap.Direct ? work.Direct(i) : work.Indirect(i);
                        block.Sink(lane).Store(at + k, value);
                    }
                }

                block.Finish(at, count);
            }
        }
    }

    /// <summary>Writes sector detail of the base year: Zd_i, Zi_i and their sum.</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sectors(in PlanView<TReals, TIntegers> plan, TBlock block)
    {
        var outputs = plan.Outputs;
        for (var i = 0; i < plan.SectorCount; i += 2)
        {
            var next = Math.Min(i + 1, plan.SectorCount - 1);
            var (related, nextRelated) = (plan.SectorRelated[i], plan.SectorRelated[next]);
            var (at, nextAt) = (outputs.Sector(i, 0), outputs.Sector(next, 0));
            var wanted = block.Wanted(at, OutputMap.SectorComponents);
            var nextWanted = block.Wanted(nextAt, OutputMap.SectorComponents);
            for (var lane = 0; lane < block.Lanes; lane++)
            {
                var work = block.Work(lane);
                TLeontief.OfSectors(plan, i, related, next, nextRelated, work, out var indirect, out var nextIndirect);
                Sector(plan, at, wanted, related, indirect, work, block.Sink(lane));
                if (next != i) Sector(plan, nextAt, nextWanted, nextRelated, nextIndirect, work, block.Sink(lane));
            }

            for (var sector = i; sector <= next; sector++) block.Finish(outputs.Sector(sector, 0), OutputMap.SectorComponents);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sector(
        in PlanView<TReals, TIntegers> plan, int at, int wanted, int related, TLane indirect, Workspace<TLane, TStore> work, TSink sink)
    {
        var direct = related < 0 ? TLane.Broadcast(0.0) : DirectOfRelated(plan, related, work);
        if ((wanted & (1 << OutputMap.Direct)) != 0) sink.Store(at + OutputMap.Direct, direct);
        if ((wanted & (1 << OutputMap.Indirect)) != 0) sink.Store(at + OutputMap.Indirect, indirect);
        if ((wanted & (1 << OutputMap.Total)) != 0) sink.Store(at + OutputMap.Total, direct + indirect);
    }

    /// <summary>The coefficients and the elasticities of a draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        work.SetBounded(TLane.Broadcast(0.0));
        Coefficients(plan, firstDraw, work);
        DrawElasticities(plan, firstDraw, work);
    }

    /// <summary>S_k for k = 0 … m − 1: by the panel, or by their marginals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Coefficients(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        if (plan.Panel.Experts > 0) DrawByPanel(plan, firstDraw, work);
        else DrawCoefficients(plan, firstDraw, work);
    }

    /// <summary>The categories' value added in the base year for the coefficients of the workspace, formulas (1) and (4)–(6).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromCoefficients(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
        TLeontief.Solve(plan, firstDraw, work);
        DirectByCategory(plan, work);
    }
}
