using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>What a program may leave out when nobody asks for it.</summary>
public static class OutputDetail
{
    /// <summary>The regional rows of every year.</summary>
    public const int Rows = 1;

    /// <summary>The sectors of the base year.</summary>
    public const int Sectors = 2;

    /// <summary>Everything.</summary>
    public const int All = Rows | Sectors;
}

/// <summary>The whole computation of one lane of draws, from uniforms to outputs.</summary>
public static class SampleProgram
{
    /// <summary>
    /// Evaluates draws <paramref name="firstDraw"/>, firstDraw + 1, … of one lane; or, where the view says so, the
    /// point values of every input in each of its draws.
    /// </summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="firstDraw">Index of the lane's first draw.</param>
    /// <param name="years">How many years to write, from the base year on; 0 for none.</param>
    /// <param name="detail">Sum of <see cref="OutputDetail"/>: what to write of these years beside nation, categories and groups.</param>
    /// <param name="work">Scratch memory of this lane.</param>
    /// <param name="sink">Takes the outputs.</param>
    public static void Evaluate<TLane, TReals, TIntegers, TStore, TSink>(
        in PlanView<TReals, TIntegers> plan, ulong firstDraw, int years, int detail,
        Workspace<TLane, TStore> work, TSink sink)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
        where TStore : struct, ILaneStore<TLane>
        where TSink : struct, IOutputSink<TLane>
    {
        work.SetBounded(TLane.Broadcast(0.0));
        if (plan.ExpertCount > 0) PanelCoefficients.Draw(plan, firstDraw, work);
        else CorrelatedCoefficients.Draw(plan, firstDraw, work);
        GrowthMultiplier.Elasticities(plan, firstDraw, work);
        LowRankLeontief.Multipliers(plan, work);
        DirectValueAdded.ByCategory(plan, work);
        LowRankLeontief.ByCategory(plan, work);
        var outputs = plan.Outputs;
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            sink.Store(outputs.BaseCategory(c, 0), work.Direct(c));
            sink.Store(outputs.BaseCategory(c, 1), work.Indirect(c));
        }

        for (var t = 0; t < years; t++) YearOutputs.Write(plan, firstDraw, t, detail & OutputDetail.Rows, work, sink);
        if ((detail & OutputDetail.Sectors) != 0) Sectors(plan, work, sink);
        sink.Store(outputs.Bounded, work.Bounded);
    }

    /// <summary>Writes sector detail of the base year: Zd_i, Zi_i and their sum.</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    public static void Sectors<TLane, TReals, TIntegers, TStore, TSink>(
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
