namespace IIKernel.Kernels.Plan;

/// <summary>How a drawn table is brought back to the sums of its rows and columns at the point.</summary>
public static class BalanceMethod
{
    /// <summary>Not at all: its sums are drawn too.</summary>
    public const int None = 0;

    /// <summary>
    /// RAS: rows and columns are scaled in turn. Of all tables with the sums it is the one of least information against the drawn one,
    /// which is the likeliest where all flows are as uncertain, relative to their size.
    /// </summary>
    public const int Scaling = 1;

    /// <summary>Weighted least squares: the smallest Σ (x − x̃)²/w with the sums, a linear projection; flows may become negative.</summary>
    public const int LeastSquares = 2;
}

/// <summary>
/// The sums Σ_j x_ij and Σ_i x_ij of a table, which every draw of it meets. Flows of weight 0 stay as they are drawn.
/// </summary>
public sealed record BalancePlan
{
    /// <summary>How far a sum may be from its value at the point, as a part of the magnitudes of its flows there.</summary>
    public const double Tolerance = 1e-12;

    /// <summary>No balancing.</summary>
    public static BalancePlan None { get; } = new()
    {
        Method = BalanceMethod.None,
        Weights = [],
        RowTotals = [],
        ColumnTotals = [],
        RowTolerances = [],
        ColumnTolerances = [],
        RowReciprocals = [],
        Inverse = [],
    };

    /// <summary>One of <see cref="BalanceMethod"/>.</summary>
    public required int Method { get; init; }

    /// <summary>
    /// w_ij, laid out as <see cref="FlowPlan.Flows"/>: of least squares the variances of the flows in any unit; of scaling 1 where a flow
    /// is scaled.
    /// </summary>
    public required double[] Weights { get; init; }

    /// <summary>Σ_j x_ij at the point, of scaling those with weights alone; N.</summary>
    public required double[] RowTotals { get; init; }

    /// <summary>Σ_i x_ij likewise; N.</summary>
    public required double[] ColumnTotals { get; init; }

    /// <summary>How far Σ_j x_ij of a balanced table may be from that; N.</summary>
    public required double[] RowTolerances { get; init; }

    /// <summary>How far Σ_i x_ij of a balanced table may be from that; N.</summary>
    public required double[] ColumnTolerances { get; init; }

    /// <summary>Of least squares: 1/Σ_j w_ij, 0 of a row without weights; N.</summary>
    public required double[] RowReciprocals { get; init; }

    /// <summary>
    /// Of least squares: a generalised inverse, symmetric, of diag(Σ_i w_ij) − Wᵀ diag(Σ_j w_ij)^−1 W, the normal equations of the column
    /// multipliers; laid out as <see cref="FlowPlan.Flows"/>.
    /// </summary>
    public required double[] Inverse { get; init; }
}

/// <summary><see cref="BalancePlan"/> where a kernel can read it.</summary>
internal readonly struct BalanceView<TReals, TIntegers>(BalancePlan plan, Placement<TReals, TIntegers> place)
{
    public readonly int Method = plan.Method;
    public readonly TReals Weights = place.Reals(plan.Weights);
    public readonly TReals RowTotals = place.Reals(plan.RowTotals);
    public readonly TReals ColumnTotals = place.Reals(plan.ColumnTotals);
    public readonly TReals RowTolerances = place.Reals(plan.RowTolerances);
    public readonly TReals ColumnTolerances = place.Reals(plan.ColumnTolerances);
    public readonly TReals RowReciprocals = place.Reals(plan.RowReciprocals);
    public readonly TReals Inverse = place.Reals(plan.Inverse);
}
