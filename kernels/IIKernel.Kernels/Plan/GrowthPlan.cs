namespace IIKernel.Kernels.Plan;

/// <summary>
/// How T_t of formula (8) varies from draw to draw. A cancels in τ, so (α, β) is all that is drawn of the fit:
/// a bivariate t, (α, β) = (α̂, β̂) + L·z·√(ν/χ²). Years are counted from the base year.
/// </summary>
public sealed record GrowthPlan
{
    /// <summary>α̂.</summary>
    public required double Alpha { get; init; }

    /// <summary>β̂.</summary>
    public required double Beta { get; init; }

    /// <summary>Index of three inputs: two standard normals z and χ²/ν; −1 where the elasticities are certain.</summary>
    public required int FirstInput { get; init; }

    /// <summary>L_11, L_21, L_22.</summary>
    public required double[] Factor { get; init; }

    /// <summary>ln(K_t/K_t0) and ln(L_t/L_t0) at the point; T × 2, row t.</summary>
    public required double[] LogRatios { get; init; }

    /// <summary>1 for a year whose T_t is uncertain, else 0; T.</summary>
    public required int[] Uncertain { get; init; }
}

/// <summary><see cref="GrowthPlan"/> where a kernel can read it.</summary>
internal readonly struct GrowthView<TReals, TIntegers>(GrowthPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly double Alpha = plan.Alpha;
    public readonly double Beta = plan.Beta;
    public readonly int FirstInput = plan.FirstInput;
    public readonly TReals Factor = place.Reals(plan.Factor);
    public readonly TReals LogRatios = place.Reals(plan.LogRatios);
    public readonly TIntegers Uncertain = place.Integers(plan.Uncertain);
}
