using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Plan;

/// <summary>
/// A <see cref="SamplePlan"/> where a kernel can read it: sizes by value, arrays through accessors. The fields
/// are those of the plan.
/// </summary>
// Public fields, because a device passes the structure by value and reads it in its inner loops.
#pragma warning disable CA1051, CS1591
public struct PlanView<TReals, TIntegers>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
{
    public ulong Seed;
    public int SectorCount;
    public int RelatedCount;
    public int CategoryCount;
    public int GroupCount;
    public int RowCount;
    public int YearCount;
    public TIntegers InputIds;
    public TIntegers Kinds;
    public TReals Parameters;
    public TReals Table;
    public TReals PointCoefficients;
    public TReals RelatedOutput;
    public TReals RelatedValueAdded;
    public TReals RelatedDiagonal;
    public TIntegers RelatedCategory;
    public TReals RelatedInduction;
    public TReals CategoryInduction;
    public TReals SectorInduction;
    public TIntegers SectorRelated;
    public TIntegers CategoryGroup;
    public TReals DirectScale;
    public TReals IndirectScale;
    public TReals RegionShare;
    public TReals PercentScale;

    public readonly OutputMap Outputs => new(CategoryCount, GroupCount, RowCount, YearCount, SectorCount);
}
#pragma warning restore CA1051, CS1591

/// <summary>Places plans in memory.</summary>
public static class PlanView
{
    /// <summary>
    /// The view of <paramref name="plan"/> whose arrays were placed by <paramref name="reals"/> and
    /// <paramref name="integers"/> (host memory: wrap them; a device: upload them).
    /// </summary>
    public static PlanView<TReals, TIntegers> Create<TReals, TIntegers>(
        SamplePlan plan, Func<double[], TReals> reals, Func<int[], TIntegers> integers)
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> => new()
        {
            Seed = plan.Seed,
            SectorCount = plan.SectorCount,
            RelatedCount = plan.RelatedCount,
            CategoryCount = plan.CategoryCount,
            GroupCount = plan.GroupCount,
            RowCount = plan.RowCount,
            YearCount = plan.YearCount,
            InputIds = integers(plan.Marginals.InputIds),
            Kinds = integers(plan.Marginals.Kinds),
            Parameters = reals(plan.Marginals.Parameters),
            Table = reals(plan.Marginals.Table),
            PointCoefficients = reals(plan.PointCoefficients),
            RelatedOutput = reals(plan.RelatedOutput),
            RelatedValueAdded = reals(plan.RelatedValueAdded),
            RelatedDiagonal = reals(plan.RelatedDiagonal),
            RelatedCategory = integers(plan.RelatedCategory),
            RelatedInduction = reals(plan.RelatedInduction),
            CategoryInduction = reals(plan.CategoryInduction),
            SectorInduction = reals(plan.SectorInduction),
            SectorRelated = integers(plan.SectorRelated),
            CategoryGroup = integers(plan.CategoryGroup),
            DirectScale = reals(plan.DirectScale),
            IndirectScale = reals(plan.IndirectScale),
            RegionShare = reals(plan.RegionShare),
            PercentScale = reals(plan.PercentScale),
        };
}
