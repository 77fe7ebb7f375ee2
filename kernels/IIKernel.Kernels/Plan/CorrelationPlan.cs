namespace IIKernel.Kernels.Plan;

/// <summary>
/// A Gaussian copula of some of the m coefficients S_k: their uniform variates are Φ of jointly normal ones. The q
/// correlated coefficients are ordered by name, so that the order of the study's lists decides nothing.
/// </summary>
public sealed record CorrelationPlan
{
    /// <summary>Independent coefficients.</summary>
    public static CorrelationPlan None { get; } = new() { Inputs = [], Factor = [] };

    /// <summary>The correlated coefficients as indices of inputs; q.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>L, lower triangular, with L·Lᵀ the correlation matrix of the normal variates; q × q, row by row.</summary>
    public required double[] Factor { get; init; }
}

/// <summary><see cref="CorrelationPlan"/> where a kernel can read it.</summary>
internal readonly struct CorrelationView<TReals, TIntegers>(CorrelationPlan plan, Placement<TReals, TIntegers> place)
{
    public readonly int Count = plan.Inputs.Length;
    public readonly TIntegers Inputs = place.Integers(plan.Inputs);
    public readonly TReals Factor = place.Reals(plan.Factor);
}
