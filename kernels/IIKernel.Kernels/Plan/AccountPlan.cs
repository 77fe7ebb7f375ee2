namespace IIKernel.Kernels.Plan;

/// <summary>How one figure of the accounts varies from draw to draw.</summary>
public static class CellKind
{
    /// <summary>It does not.</summary>
    public const int Certain = 0;

    /// <summary>A revision: times an input quantity with mean 1.</summary>
    public const int Revision = 1;

    /// <summary>
    /// A prediction from a straight line: times 1 + (a·z_1 + b·z_2 + c·z_3)·√(ν/χ²), where z_1 and z_2, the errors of
    /// level and slope, and χ² are the series' own and z_3 is the year's; bounded below by <see cref="LeastFactor"/>.
    /// </summary>
    public const int Prediction = 2;

    /// <summary>
    /// The prediction of the only year of its series that is one: times 1 + c·t, where Student's t stands for all errors; bounded
    /// likewise.
    /// </summary>
    public const int LonePrediction = 3;

    /// <summary>The smallest factor of a predicted figure, which stays positive so that it has a logarithm.</summary>
    public const double LeastFactor = 0.1;
}

/// <summary>What happens to a total whose parts are drawn.</summary>
public static class FixedTotal
{
    /// <summary>It varies with its parts.</summary>
    public const int None = 0;

    /// <summary>The national total keeps its point value: all parts are scaled.</summary>
    public const int Nation = 1;

    /// <summary>Every group's total keeps its point value: its parts are scaled.</summary>
    public const int Group = 2;
}

/// <summary>
/// The accounts and the errors of their figures. A cell is one figure. Cells are numbered: V_{c,t} (T × C, row t),
/// GDP_{ij,t} (T × R × J, row t, then i), then Y_t, K_t and L_t (T × 3, row t). Money is in the plan's unit.
/// </summary>
public sealed record AccountPlan
{
    /// <summary>One of <see cref="CellKind"/> for each cell.</summary>
    public required int[] Kinds { get; init; }

    /// <summary>For each cell the input of its revision, of z_3, or of t.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>For each predicted cell but a lone one the first of its series' inputs: z_1, z_2, χ²/ν.</summary>
    public required int[] Series { get; init; }

    /// <summary>a, b, c of each predicted cell, relative to the figure; cells × 3; a and b of a lone prediction are not read.</summary>
    public required double[] Loadings { get; init; }

    /// <summary>1 for a year with an uncertain V_{c,t}, else 0; T.</summary>
    public required int[] UncertainValueAdded { get; init; }

    /// <summary>1 for a year with an uncertain GDP_{ij,t}, else 0; T.</summary>
    public required int[] UncertainGdp { get; init; }

    /// <summary>One of <see cref="FixedTotal"/>, for value added by category.</summary>
    public required int FixedValueAdded { get; init; }

    /// <summary>One of <see cref="FixedTotal"/>, for GDP by region; the nation is the set of regions.</summary>
    public required int FixedGdp { get; init; }

    /// <summary>V_{c,t}; T × C, row t.</summary>
    public required double[] ValueAdded { get; init; }

    /// <summary>GDP_{ij,t} of the regions, 0 for areas; T × R × J, row t, then i.</summary>
    public required double[] Gdp { get; init; }

    /// <summary>
    /// What shares of a set's regions are taken of: Σ_i GDP_{ij,t} over the regions of its whole, see <see cref="SetWhole"/>, or certain
    /// amounts; T × S × J, row t, then set.
    /// </summary>
    public required double[] SetGdp { get; init; }

    /// <summary>
    /// The whole of each set: the set itself, another set whose whole is itself and of which its regions are a part, or −1 for the certain
    /// amounts of <see cref="SetGdp"/>; S.
    /// </summary>
    public required int[] SetWhole { get; init; }

    /// <summary>S, the number of region sets.</summary>
    public required int Sets { get; init; }

    /// <summary>Set of each regional row; R.</summary>
    public required int[] RowSet { get; init; }

    /// <summary>The row of the area that a region adds to, −1 for none; an area's own index; R.</summary>
    public required int[] RowArea { get; init; }
}

/// <summary><see cref="AccountPlan"/> where a kernel can read it.</summary>
internal readonly struct AccountView<TReals, TIntegers>(AccountPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly TIntegers Kinds = place.Integers(plan.Kinds);
    public readonly TIntegers Inputs = place.Integers(plan.Inputs);
    public readonly TIntegers Series = place.Integers(plan.Series);
    public readonly TReals Loadings = place.Reals(plan.Loadings);
    public readonly TIntegers UncertainValueAdded = place.Integers(plan.UncertainValueAdded);
    public readonly TIntegers UncertainGdp = place.Integers(plan.UncertainGdp);
    public readonly int FixedValueAdded = plan.FixedValueAdded;
    public readonly int FixedGdp = plan.FixedGdp;
    public readonly TReals ValueAdded = place.Reals(plan.ValueAdded);
    public readonly TReals Gdp = place.Reals(plan.Gdp);
    public readonly TReals SetGdp = place.Reals(plan.SetGdp);
    public readonly TIntegers SetWhole = place.Integers(plan.SetWhole);
    public readonly int Sets = plan.Sets;
    public readonly TIntegers RowSet = place.Integers(plan.RowSet);
    public readonly TIntegers RowArea = place.Integers(plan.RowArea);
}
