namespace IIKernel.Kernels.Plan;

/// <summary>
/// The parts of value added that region sets share out by weights of their own in the place of GDP by industry group. An
/// allocation is one part, direct or indirect, of one set with its own grouping of the categories. The groups of all A
/// allocations are numbered one after the other, Q together.
/// </summary>
public sealed record AllocationPlan
{
    /// <summary>Both parts of every set by GDP and industry group.</summary>
    public static AllocationPlan None { get; } =
        new() { Components = [], FirstGroup = [0], CategoryGroup = [], RowAllocation = [], Share = [] };

    /// <summary>The part of each allocation: <see cref="OutputMap.Direct"/> or <see cref="OutputMap.Indirect"/>; A.</summary>
    public required int[] Components { get; init; }

    /// <summary>First group of each allocation, and last Q; A + 1.</summary>
    public required int[] FirstGroup { get; init; }

    /// <summary>Group of each category in each allocation; A × C, row by allocation.</summary>
    public required int[] CategoryGroup { get; init; }

    /// <summary>
    /// Allocation of the direct and of the indirect part of each regional row, −1 for GDP by industry group; R × 2, row i.
    /// Empty where there is no allocation.
    /// </summary>
    public required int[] RowAllocation { get; init; }

    /// <summary>ω_{iq,t}, the share of regional row i in group q, 0 in groups of other allocations; T × R × Q, row t, then i.</summary>
    public required double[] Share { get; init; }

    /// <summary>Q.</summary>
    public int Groups => FirstGroup[^1];

    /// <summary>Allocation of a part of regional row <paramref name="row"/>, −1 for GDP by industry group.</summary>
    public int Of(int row, int component) => RowAllocation.Length == 0 ? -1 : RowAllocation[2 * row + component];
}

/// <summary><see cref="AllocationPlan"/> where a kernel can read it.</summary>
internal readonly struct AllocationView<TReals, TIntegers>(AllocationPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly int Count = plan.Components.Length;
    public readonly int Groups = plan.Groups;
    public readonly TIntegers Components = place.Integers(plan.Components);
    public readonly TIntegers FirstGroup = place.Integers(plan.FirstGroup);
    public readonly TIntegers CategoryGroup = place.Integers(plan.CategoryGroup);
    public readonly TIntegers RowAllocation = place.Integers(plan.RowAllocation);
    public readonly TReals Share = place.Reals(plan.Share);
}
