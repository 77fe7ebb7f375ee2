namespace IIKernel.Kernels.Plan;

/// <summary>What the accounts of the sectors keep when flows are drawn.</summary>
public static class FixedAccount
{
    /// <summary>Total output X_j: value added is what the drawn inputs leave of it.</summary>
    public const int Output = 0;

    /// <summary>Value added V_j: total output is what it and the drawn inputs add up to.</summary>
    public const int ValueAdded = 1;
}

/// <summary>What can be said against a drawn table; a draw has one mark for each.</summary>
public static class TableMark
{
    /// <summary>
    /// A sector uses more than it produces, so that its value added is below 0, which it is not at the point. The draw counts: its system
    /// has a solution as long as its pivots are positive.
    /// </summary>
    public const int Deficit = 0;

    /// <summary>
    /// A pivot is not above 0: the system has no solution that makes sense (of a table without negative flows exactly where its spectral
    /// radius is not below 1, Hawkins and Simon); or a sector's output is not, where value added is fixed. All outputs of the draw are
    /// NaN.
    /// </summary>
    public const int NoSolution = 1;

    /// <summary>
    /// An element has grown above <see cref="MostGrowth"/> in the elimination, so that pivoting would be needed. All outputs of the draw
    /// are NaN.
    /// </summary>
    public const int Growth = 2;

    /// <summary>The sums of rows and columns were not met (<see cref="BalancePlan"/>). All outputs of the draw are NaN.</summary>
    public const int Unbalanced = 3;

    /// <summary>A flow is negative after balancing that is not at the point. The draw counts.</summary>
    public const int Negative = 4;

    /// <summary>
    /// The value added of a category has not the sign that it has at the point, so that rates relative to it pass infinity: figures that
    /// rest on them need not have a mean. The draw counts.
    /// </summary>
    public const int Turned = 5;

    /// <summary>
    /// A factor in single precision did not bring the draw's system within the bound of <see cref="FlowPrecision"/>: it was solved in
    /// double precision, and counts, unless that marks it too.
    /// </summary>
    public const int Unrefined = 6;

    /// <summary>Number of marks.</summary>
    public const int Count = 7;

    /// <summary>
    /// The largest element of L and U that is accepted: of a table whose columns sum to less than 1 none is above 1, and with this one the
    /// rounding of some hundred sectors is still below 1e-10.
    /// </summary>
    public const double MostGrowth = 1024;
}

/// <summary>What drawn tables are factorised in.</summary>
public static class FlowPrecision
{
    /// <summary>Double precision.</summary>
    public const int Double = 0;

    /// <summary>
    /// Single precision, with corrections whose residuals are computed in double precision, until in each column x of (I − A)^−1 that is
    /// needed ‖e − (I − A) x‖ ≤ b ‖I − A‖ ‖x‖ in the maximum norm, b being <see cref="MostResidual"/>: LAPACK's measure (dsgesv).
    /// </summary>
    public const int Mixed = 1;

    /// <summary>The most corrections, the first solution being one: more cost more than double precision.</summary>
    public const int MostCorrections = 8;

    /// <summary>b = √n ε, with ε = 2^−52.</summary>
    /// <param name="sectors">n, the number of sectors with output.</param>
    public static double MostResidual(int sectors) => Math.Sqrt(sectors) * Math.ScaleB(1, -52);
}

/// <summary>
/// A table whose flows are drawn, so that every draw has a system of its own. Its N sectors are those with output, in an order of its own:
/// the M of them that are related come last. Flows have lognormal errors with mean 1, each its own or in part in
/// common with others; they come from <see cref="Random.Philox4x32"/> whatever the sequence of the other inputs.
/// </summary>
public sealed record FlowPlan
{
    /// <summary>Rows of flows are a multiple of this apart: no lane reaches beyond.</summary>
    public const int Alignment = 32;

    /// <summary>A table that is certain.</summary>
    public static FlowPlan None { get; } = new()
    {
        Sectors = [],
        Related = [],
        Flows = [],
        Spreads = [],
        RowKeys = [],
        ColumnKeys = [],
        Fixed = FixedAccount.Output,
        Output = [],
        ValueAdded = [],
        OtherInputs = [],
        MostInputs = [],
        SectorCategory = [],
        CategoryValueAdded = [],
    };

    /// <summary>The sector at each place; N.</summary>
    public required int[] Sectors { get; init; }

    /// <summary>The related sectors at the last places, each by its position among the related ones; M.</summary>
    public required int[] Related { get; init; }

    /// <summary>x_ij at the point; N rows, <see cref="Stride"/> apart, 0 behind their ends.</summary>
    public required double[] Flows { get; init; }

    /// <summary>σ_ij, the standard deviation of ln x_ij; as the flows, 0 for one that is certain.</summary>
    public required double[] Spreads { get; init; }

    /// <summary>What the errors of flows have in common.</summary>
    public CommonErrorPlan Common { get; init; } = CommonErrorPlan.None;

    /// <summary>Key of each row; see <see cref="Random.CounterLayout.FlowKeys"/>; N.</summary>
    public required int[] RowKeys { get; init; }

    /// <summary>Word 3 of each column's counters; N.</summary>
    public required int[] ColumnKeys { get; init; }

    /// <summary>
    /// The sample that all flows are drawn from: 0, or 1 for a second one that is independent of it, by the odd streams behind those of
    /// the first.
    /// </summary>
    public int Side { get; init; }

    /// <summary>One of <see cref="FixedAccount"/>.</summary>
    public required int Fixed { get; init; }

    /// <summary>X_j at the point; N.</summary>
    public required double[] Output { get; init; }

    /// <summary>V_j at the point; N.</summary>
    public required double[] ValueAdded { get; init; }

    /// <summary>X_j − V_j − Σ_i x_ij at the point: inputs that are no flows of these sectors, the same in every draw; N.</summary>
    public required double[] OtherInputs { get; init; }

    /// <summary>The largest Σ_i x_ij without <see cref="TableMark.Deficit"/>; infinite where nothing is said of it; N.</summary>
    public required double[] MostInputs { get; init; }

    /// <summary>The sums that every draw meets; both X_j and V_j then are those of the point.</summary>
    public BalancePlan Balance { get; init; } = BalancePlan.None;

    /// <summary>One of <see cref="FlowPrecision"/>.</summary>
    public int Precision { get; init; } = FlowPrecision.Double;

    /// <summary>Category of every sector, those without output too; n.</summary>
    public required int[] SectorCategory { get; init; }

    /// <summary>V_c(t0) of the table at the point; C.</summary>
    public required double[] CategoryValueAdded { get; init; }

    /// <summary>N; 0 where the table is certain.</summary>
    public int Count => Sectors.Length;

    /// <summary>The distance of two rows of flows.</summary>
    public int Stride => StrideOf(Count);

    /// <summary>The distance of two rows of flows of <paramref name="count"/> sectors.</summary>
    public static int StrideOf(int count) => (count + Alignment - 1) / Alignment * Alignment;
}

/// <summary><see cref="FlowPlan"/> where a kernel can read it.</summary>
internal readonly struct FlowView<TReals, TIntegers>(FlowPlan plan, int sectors, Placement<TReals, TIntegers> place)
{
    public readonly int Count = plan.Count;
    public readonly int RelatedCount = plan.Related.Length;
    public readonly int Stride = plan.Stride;
    public readonly int Fixed = plan.Fixed;
    public readonly double MostResidual = FlowPrecision.MostResidual(plan.Count);
    public readonly TIntegers Related = place.Integers(plan.Related);
    public readonly TReals Flows = place.Reals(plan.Flows);
    public readonly TReals Spreads = place.Reals(plan.Spreads);
    public readonly CommonErrorView<TReals, TIntegers> Common = new(plan, place);
    public readonly TIntegers RowKeys = place.Integers(plan.RowKeys);

    // 64 bits each, the low half first, as many as a row of flows.
    public readonly TIntegers ColumnKeys = place.Integers(Wide(plan));
    public readonly TReals Output = place.Reals(plan.Output);
    public readonly TReals ValueAdded = place.Reals(plan.ValueAdded);
    public readonly TReals OtherInputs = place.Reals(plan.OtherInputs);
    public readonly TReals MostInputs = place.Reals(plan.MostInputs);
    public readonly BalanceView<TReals, TIntegers> Balance = new(plan.Balance, place);
    public readonly TIntegers SectorCategory = place.Integers(plan.SectorCategory);
    public readonly TReals CategoryValueAdded = place.Reals(plan.CategoryValueAdded);

    // The place of every sector, −1 of one without output.
    public readonly TIntegers Places = place.Integers(PlacesOf(plan, sectors));

    private static int[] Wide(FlowPlan plan)
    {
        var keys = new int[2 * plan.Stride];
        for (var j = 0; j < plan.Count; j++) keys[2 * j] = plan.ColumnKeys[j] | plan.Side;
        return keys;
    }

    private static int[] PlacesOf(FlowPlan plan, int sectors)
    {
        if (plan.Count == 0) return [];
        var places = new int[sectors];
        Array.Fill(places, -1);
        for (var p = 0; p < plan.Count; p++) places[plan.Sectors[p]] = p;
        return places;
    }
}
