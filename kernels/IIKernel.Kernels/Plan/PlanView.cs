using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Plan;

/// <summary>Puts the arrays of a plan where a kernel can read them: host memory wraps them, a device takes a copy.</summary>
internal sealed record Placement<TReals, TIntegers>(Func<double[], TReals> Reals, Func<int[], TIntegers> Integers);

/// <summary>
/// A <see cref="SamplePlan"/> where a kernel can read it: sizes by value, arrays through accessors, part by part. What is said of them
/// stands at the plan.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">How scratch memory is laid out.</param>
/// <param name="place">Where the arrays go.</param>
// Fields, because a device passes the structure by value and reads it in its inner loops.
internal struct PlanView<TReals, TIntegers>(SamplePlan plan, WorkspaceLayout layout, Placement<TReals, TIntegers> place)
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
{
    /// <summary>Not 0 where every input is to have its point value.</summary>
    public int AtPoint;

    public readonly WorkspaceLayout Layout = layout;
    public readonly ulong Seed = plan.Seed;
    public readonly int SectorCount = plan.SectorCount;
    public readonly int RelatedCount = plan.RelatedCount;
    public readonly int CategoryCount = plan.CategoryCount;
    public readonly int GroupCount = plan.GroupCount;
    public readonly int RowCount = plan.RowCount;
    public readonly int YearCount = plan.YearCount;
    public readonly SequenceView<TReals, TIntegers> Sequence = new(plan, place);
    public readonly MarginalView<TReals, TIntegers> Marginals = new(plan.Marginals, place);
    public readonly CorrelationView<TReals, TIntegers> Correlation = new(plan.Correlation, place);
    public readonly PanelView<TReals, TIntegers> Panel = new(plan.Panel, place);
    public readonly GrowthView<TReals, TIntegers> Growth = new(plan.Growth, place);
    public readonly AccountView<TReals, TIntegers> Accounts = new(plan.Accounts, place);
    public readonly InductionView<TReals, TIntegers> Induction = new(plan.Induction, place);
    public readonly FlowView<TReals, TIntegers> Flows = new(plan.Flows, plan.SectorCount, place);
    public readonly AllocationView<TReals, TIntegers> Allocation = new(plan.Allocation, place);
    public readonly TReals RelatedValueAdded = place.Reals(plan.RelatedValueAdded);
    public readonly TIntegers RelatedCategory = place.Integers(plan.RelatedCategory);
    public readonly TIntegers SectorRelated = place.Integers(plan.SectorRelated);
    public readonly TIntegers CategoryGroup = place.Integers(plan.CategoryGroup);
    public readonly TReals DirectScale = place.Reals(plan.DirectScale);
    public readonly TReals IndirectScale = place.Reals(plan.IndirectScale);
    public readonly TReals RegionShare = place.Reals(plan.RegionShare);
    public readonly TReals PercentScale = place.Reals(plan.PercentScale);
    public readonly TReals CertainGrowth = place.Reals(OutputAliases.CertainGrowth(plan));

    /// <summary>Identifier of an input quantity.</summary>
    public readonly ulong InputId(int input) =>
        (uint)Marginals.Addresses[3 * input] | ((ulong)(uint)Marginals.Addresses[3 * input + 1] << 32);

    /// <summary>Which of two samples an input quantity is drawn from.</summary>
    public readonly uint Side(int input) => (uint)Marginals.Addresses[3 * input + 2];

    /// <summary>Where the points of an input quantity stand.</summary>
    public readonly PointAddress Point(int input) =>
        new(Sequence.ReplicateBits, Sequence.FirstReplicate, Seed, InputId(input), Side(input));

    public readonly OutputMap Outputs => new(CategoryCount, GroupCount, RowCount, YearCount, SectorCount);
}
