namespace IIKernel.Kernels.Plan;

/// <summary>The composition operator of a fuzzy comprehensive evaluation, as a kernel reads it.</summary>
public static class PanelOperator
{
    /// <summary>B_g = Σ_f w_f R_fg.</summary>
    public const int WeightedAverage = 0;

    /// <summary>B_g = max_f min(w_f, R_fg).</summary>
    public const int MinMax = 1;

    /// <summary>B_g = max_f w_f R_fg.</summary>
    public const int ProductMax = 2;

    /// <summary>B_g = min(1, Σ_f min(w_f, R_fg)).</summary>
    public const int MinBoundedSum = 3;

    /// <summary>B_g = min(1, Σ_f w_f R_fg).</summary>
    public const int ProductBoundedSum = 4;
}

/// <summary>
/// A panel of E experts who grade m related sectors on F factors (of one or two levels) with G grades, where its
/// weights are drawn. Inputs: the E experts' weights, then the F factors', neither normalised.
/// </summary>
public sealed record PanelPlan
{
    /// <summary>No panel: the coefficients are inputs themselves.</summary>
    public static PanelPlan None { get; } =
        new() { FirstInput = 0, Experts = 0, Operator = 0, FactorParent = [], FactorHasParts = [], Ballots = [], Scores = [] };

    /// <summary>Index of the first expert's input.</summary>
    public required int FirstInput { get; init; }

    /// <summary>E; 0 where there is no panel.</summary>
    public required int Experts { get; init; }

    /// <summary>One of <see cref="PanelOperator"/>.</summary>
    public required int Operator { get; init; }

    /// <summary>The factor that each factor is a part of, or −1; F.</summary>
    public required int[] FactorParent { get; init; }

    /// <summary>1 for a factor that others are parts of, else 0; F.</summary>
    public required int[] FactorHasParts { get; init; }

    /// <summary>Grade that an expert gives, or −1; m × F × E, sector by sector, then factor by factor.</summary>
    public required int[] Ballots { get; init; }

    /// <summary>v_g; G.</summary>
    public required double[] Scores { get; init; }
}

/// <summary><see cref="PanelPlan"/> where a kernel can read it.</summary>
internal readonly struct PanelView<TReals, TIntegers>(PanelPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly int Experts = plan.Experts;
    public readonly int Factors = plan.FactorParent.Length;
    public readonly int Grades = plan.Scores.Length;
    public readonly int FirstInput = plan.FirstInput;
    public readonly int Operator = plan.Operator;
    public readonly TIntegers FactorParent = place.Integers(plan.FactorParent);
    public readonly TIntegers FactorHasParts = place.Integers(plan.FactorHasParts);
    public readonly TIntegers Ballots = place.Integers(plan.Ballots);
    public readonly TReals Scores = place.Reals(plan.Scores);
}
