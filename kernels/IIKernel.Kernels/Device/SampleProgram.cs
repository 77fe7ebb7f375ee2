using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>The whole computation of one lane of draws, from uniforms to outputs.</summary>
public static class SampleProgram
{
    /// <summary>Evaluates draws <paramref name="firstDraw"/>, firstDraw + 1, … of one lane.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="firstDraw">Index of the lane's first draw.</param>
    /// <param name="years">How many years to write, from the base year on; 0 for none.</param>
    /// <param name="sectors">1 to write the sectors' outputs too, else 0.</param>
    /// <param name="work">Scratch memory of this lane.</param>
    /// <param name="sink">Takes the outputs.</param>
    public static void Evaluate<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int years, int sectors,
        Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        Draw.Coefficients(plan, firstDraw, work);
        Propagate(plan, years, sectors, work, sink);
    }

    /// <summary>Evaluates the lane at the point values of every input, in each of its draws.</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    public static void EvaluatePoint<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        for (var k = 0; k < plan.RelatedCount; k++) work.SetCoefficient(k, TLane.Broadcast(plan.PointCoefficients[k]));
        Propagate(plan, plan.YearCount, 1, work, sink);
    }

    private static void Propagate<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, int years, int sectors, Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        LowRankLeontief.Multipliers(plan, work);
        DirectValueAdded.ByCategory(plan, work);
        LowRankLeontief.ByCategory(plan, work);
        var outputs = plan.Outputs;
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            sink.Store(outputs.BaseCategory(c, 0), work.Direct(c));
            sink.Store(outputs.BaseCategory(c, 1), work.Indirect(c));
        }

        for (var t = 0; t < years; t++) YearOutputs.Write(plan, t, work, sink);
        if (sectors != 0) Sectors(plan, work, sink);
    }

    // Sector detail, base year: Zd_i, Zi_i and their sum.
    private static void Sectors<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        var outputs = plan.Outputs;
        for (var i = 0; i < plan.SectorCount; i++)
        {
            var related = plan.SectorRelated[i];
            var direct = related < 0 ? TLane.Broadcast(0.0) : DirectValueAdded.OfRelated(plan, related, work);
            var indirect = LowRankLeontief.OfSector(plan, plan.SectorInduction, i, related, work);
            var at = outputs.Sector(i, 0);
            sink.Store(at, direct);
            sink.Store(at + 1, indirect);
            sink.Store(at + 2, direct + indirect);
        }
    }
}
