using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Plan;

/// <summary>
/// A <see cref="SamplePlan"/> where a kernel can read it: sizes by value, arrays through accessors. The fields
/// are those of the plan, and <see cref="OutputAliases.CertainGrowth"/>.
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
    public int SetCount;
    public int AtPoint;
    public WorkspaceLayout Layout;
    public TIntegers InputIds;
    public TIntegers Kinds;
    public TReals Parameters;
    public TReals Table;
    public TReals Points;
    public int CorrelatedCount;
    public TIntegers CorrelatedInputs;
    public TReals CorrelationFactor;
    public int ExpertCount;
    public int FactorCount;
    public int GradeCount;
    public int PanelInput;
    public int PanelOperator;
    public TIntegers FactorParent;
    public TIntegers FactorHasParts;
    public TIntegers Ballots;
    public TReals Scores;
    public double Alpha;
    public double Beta;
    public int GrowthInput;
    public TReals GrowthFactor;
    public TReals LogRatios;
    public TIntegers UncertainMultiplier;
    public TIntegers CellKinds;
    public TIntegers CellInputs;
    public TIntegers CellSeries;
    public TReals CellLoadings;
    public TIntegers UncertainValueAdded;
    public TIntegers UncertainGdp;
    public int FixedValueAdded;
    public int FixedGdp;
    public TReals ValueAdded;
    public TReals Gdp;
    public TReals SetGdp;
    public TIntegers SetWhole;
    public TIntegers RowSet;
    public TIntegers RowArea;
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
    public int AllocationCount;
    public int AllocatedGroupCount;
    public TIntegers AllocationComponent;
    public TIntegers AllocationFirstGroup;
    public TIntegers AllocationGroup;
    public TIntegers RowAllocation;
    public TReals AllocatedShare;
    public TReals PercentScale;
    public TReals CertainGrowth;

    public readonly OutputMap Outputs => new(CategoryCount, GroupCount, RowCount, YearCount, SectorCount);
}
#pragma warning restore CA1051, CS1591

/// <summary>Places plans in memory.</summary>
public static class PlanView
{
    /// <summary>
    /// The view of <paramref name="plan"/> whose arrays were placed by <paramref name="reals"/> and
    /// <paramref name="integers"/> (host memory: wrap them; a device: upload them), with scratch memory laid out by <paramref name="layout"/>.
    /// </summary>
    public static PlanView<TReals, TIntegers> Create<TReals, TIntegers>(
        SamplePlan plan, WorkspaceLayout layout, Func<double[], TReals> reals, Func<int[], TIntegers> integers)
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
            SetCount = plan.Accounts.Sets,
            AtPoint = 0,
            Layout = layout,
            InputIds = integers(Halves(plan.Marginals.InputIds)),
            Kinds = integers(plan.Marginals.Kinds),
            Parameters = reals(plan.Marginals.Parameters),
            Table = reals(plan.Marginals.Table),
            Points = reals(plan.Marginals.Points),
            CorrelatedCount = plan.Correlation.Inputs.Length,
            CorrelatedInputs = integers(plan.Correlation.Inputs),
            CorrelationFactor = reals(plan.Correlation.Factor),
            ExpertCount = plan.Panel.Experts,
            FactorCount = plan.Panel.FactorParent.Length,
            GradeCount = plan.Panel.Scores.Length,
            PanelInput = plan.Panel.FirstInput,
            PanelOperator = plan.Panel.Operator,
            FactorParent = integers(plan.Panel.FactorParent),
            FactorHasParts = integers(plan.Panel.FactorHasParts),
            Ballots = integers(plan.Panel.Ballots),
            Scores = reals(plan.Panel.Scores),
            Alpha = plan.Growth.Alpha,
            Beta = plan.Growth.Beta,
            GrowthInput = plan.Growth.FirstInput,
            GrowthFactor = reals(plan.Growth.Factor),
            LogRatios = reals(plan.Growth.LogRatios),
            UncertainMultiplier = integers(plan.Growth.Uncertain),
            CellKinds = integers(plan.Accounts.Kinds),
            CellInputs = integers(plan.Accounts.Inputs),
            CellSeries = integers(plan.Accounts.Series),
            CellLoadings = reals(plan.Accounts.Loadings),
            UncertainValueAdded = integers(plan.Accounts.UncertainValueAdded),
            UncertainGdp = integers(plan.Accounts.UncertainGdp),
            FixedValueAdded = plan.Accounts.FixedValueAdded,
            FixedGdp = plan.Accounts.FixedGdp,
            ValueAdded = reals(plan.Accounts.ValueAdded),
            Gdp = reals(plan.Accounts.Gdp),
            SetGdp = reals(plan.Accounts.SetGdp),
            SetWhole = integers(plan.Accounts.SetWhole),
            RowSet = integers(plan.Accounts.RowSet),
            RowArea = integers(plan.Accounts.RowArea),
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
            AllocationCount = plan.Allocation.Components.Length,
            AllocatedGroupCount = plan.Allocation.Groups,
            AllocationComponent = integers(plan.Allocation.Components),
            AllocationFirstGroup = integers(plan.Allocation.FirstGroup),
            AllocationGroup = integers(plan.Allocation.CategoryGroup),
            RowAllocation = integers(plan.Allocation.RowAllocation),
            AllocatedShare = reals(plan.Allocation.Share),
            PercentScale = reals(plan.PercentScale),
            CertainGrowth = reals(OutputAliases.CertainGrowth(plan)),
        };

    // Low and high half of each identifier, one after the other.
    private static int[] Halves(ulong[] ids)
    {
        var halves = new int[2 * ids.Length];
        for (var i = 0; i < ids.Length; i++) (halves[2 * i], halves[2 * i + 1]) = (unchecked((int)ids[i]), (int)(ids[i] >> 32));
        return halves;
    }
}
