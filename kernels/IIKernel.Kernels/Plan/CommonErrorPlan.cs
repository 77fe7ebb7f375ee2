namespace IIKernel.Kernels.Plan;

/// <summary>
/// What the errors of flows have in common, so that those of one row, one column or one source move together: each of the three has a
/// share ρ of the variance of the logarithm of a flow's error, and what is left of 1 is the flow's own:
/// ln e_ij = σ_ij (√ρ_r z_i + √ρ_c z_j + √ρ_s z_g + √(1 − ρ_r − ρ_c − ρ_s) z_ij) − σ_ij²/2, whose mean is that of an error of its own. A
/// flow of no source has the share of its source for itself.
/// </summary>
public sealed record CommonErrorPlan
{
    /// <summary>Errors that have nothing in common.</summary>
    public static CommonErrorPlan None { get; } = new() { Row = 0, Column = 0, Source = 0, Sources = [], SourceKeys = [] };

    /// <summary>ρ_r of the row; the three are at least 0 and sum to at most 1.</summary>
    public required double Row { get; init; }

    /// <summary>ρ_c of the column.</summary>
    public required double Column { get; init; }

    /// <summary>ρ_s of the source.</summary>
    public required double Source { get; init; }

    /// <summary>The source of each flow, from 1, 0 of one that has none; as the flows, or empty where no flow has any.</summary>
    public required int[] Sources { get; init; }

    /// <summary>The key of each source; see <see cref="Random.CounterLayout.CommonKeys"/>.</summary>
    public required int[] SourceKeys { get; init; }

    /// <summary>Whether errors have anything in common.</summary>
    public bool IsAny => Row > 0 || Column > 0 || Source > 0;
}

/// <summary><see cref="CommonErrorPlan"/> where a kernel can read it.</summary>
internal readonly struct CommonErrorView<TReals, TIntegers>(FlowPlan plan, Placement<TReals, TIntegers> place)
{
    // Not 0 where errors have anything in common.
    public readonly int IsAny = plan.Common.IsAny ? 1 : 0;
    public readonly int Side = plan.Side;
    public readonly int SourceCount = plan.Common.SourceKeys.Length;
    public readonly double Row = Math.Sqrt(plan.Common.Row);
    public readonly double Column = Math.Sqrt(plan.Common.Column);
    public readonly double Source = Math.Sqrt(plan.Common.Source);

    // √ of what is left to a flow with a source, and to one without.
    public readonly double Own = Math.Sqrt(Math.Max(0, 1 - plan.Common.Row - plan.Common.Column - plan.Common.Source));
    public readonly double OwnWithout = Math.Sqrt(Math.Max(0, 1 - plan.Common.Row - plan.Common.Column));

    // Keys of 64 bits each, the low half first, in whole lanes; a place's is that of its row.
    public readonly TIntegers Keys = place.Integers(Wide(plan.Common.IsAny ? plan.RowKeys : []));
    public readonly TIntegers SourceKeys = place.Integers(Wide(plan.Common.SourceKeys));
    public readonly TIntegers Sources = place.Integers(
        plan.Common.IsAny && plan.Common.Sources.Length == 0 ? new int[plan.Flows.Length] : plan.Common.Sources);

    private static int[] Wide(int[] keys)
    {
        var wide = new int[2 * FlowPlan.StrideOf(keys.Length)];
        for (var k = 0; k < keys.Length; k++) wide[2 * k] = keys[k];
        return wide;
    }
}
