namespace IIKernel.Kernels.Plan;

/// <summary>
/// What a fixed table makes of the coefficients: H = C − I of its Leontief inverse, as far as formulas (5) and (6) read it. Sizes and
/// symbols are those of <see cref="SamplePlan"/>.
/// </summary>
public sealed record InductionPlan
{
    /// <summary>X_k of the related sectors; m.</summary>
    public required double[] Output { get; init; }

    /// <summary>H_kk of the related sectors; m.</summary>
    public required double[] Diagonal { get; init; }

    /// <summary>(V_i/X_i)·H_{i,kj} for the related sectors i; m × m, row i.</summary>
    public required double[] Related { get; init; }

    /// <summary>Σ (V_i/X_i)·H_{i,kj} over the sectors i of a category that are not related; C × m, row c.</summary>
    public required double[] Category { get; init; }

    /// <summary>(V_i/X_i)·H_{i,kj} for every sector i; n × m, row i.</summary>
    public required double[] Sector { get; init; }
}

/// <summary><see cref="InductionPlan"/> where a kernel can read it.</summary>
internal readonly struct InductionView<TReals, TIntegers>(InductionPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly TReals Output = place.Reals(plan.Output);
    public readonly TReals Diagonal = place.Reals(plan.Diagonal);
    public readonly TReals Related = place.Reals(plan.Related);
    public readonly TReals Category = place.Reals(plan.Category);
    public readonly TReals Sector = place.Reals(plan.Sector);
}
