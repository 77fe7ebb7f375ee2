namespace IIKernel.Experts;

/// <summary>
/// How several experts' comparisons become one set of weights (Forman and Peniwati, European Journal of Operational Research 108, 1998,
/// 165–169).
/// </summary>
public enum GroupAggregation
{
    /// <summary>Geometric mean of each judgement; the group's matrix then has its own consistency ratio.</summary>
    Judgements,

    /// <summary>Arithmetic mean of the experts' weights.</summary>
    Priorities,
}

/// <summary>The analytic hierarchy process for the factors below one parent.</summary>
public sealed record FactorComparison
{
    /// <summary>Index of the parent among the panel's factors; −1 for the factors of the first level.</summary>
    public required int Parent { get; init; }

    /// <summary>The n factors compared, as indices into the panel's factors.</summary>
    public required IReadOnlyList<int> Factors { get; init; }

    /// <summary>The experts who compared them, as indices into the panel's experts.</summary>
    public required IReadOnlyList<int> Experts { get; init; }

    /// <summary>Each expert's matrix, complete; order of <see cref="Experts"/>.</summary>
    public required IReadOnlyList<PairwiseComparison> Matrices { get; init; }

    /// <summary>What each matrix says; order of <see cref="Experts"/>.</summary>
    public required IReadOnlyList<PriorityVector> Priorities { get; init; }

    /// <summary>The group's matrix; null where weights are averaged.</summary>
    public required PairwiseComparison? GroupMatrix { get; init; }

    /// <summary>What the group's matrix says; null where weights are averaged.</summary>
    public required PriorityVector? GroupPriorities { get; init; }

    /// <summary>The weights of the factors; n values, sum 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>The table that every consistency ratio is relative to.</summary>
    public required RandomIndex RandomIndex { get; init; }

    /// <summary>Weighs the factors below one parent.</summary>
    /// <param name="parent">See <see cref="Parent"/>.</param>
    /// <param name="factors">See <see cref="Factors"/>.</param>
    /// <param name="experts">See <see cref="Experts"/>; at least one.</param>
    /// <param name="matrices">Their complete matrices.</param>
    /// <param name="aggregation">How they become one.</param>
    /// <param name="randomIndex">The table of random indices; it must reach n.</param>
    public static FactorComparison Weigh(int parent, IReadOnlyList<int> factors, IReadOnlyList<int> experts,
        IReadOnlyList<PairwiseComparison> matrices, GroupAggregation aggregation, RandomIndex randomIndex)
    {
        ArgumentNullException.ThrowIfNull(factors);
        var priorities = matrices.Select(m => m.Priorities(randomIndex)).ToArray();
        var group = aggregation == GroupAggregation.Judgements ? PairwiseComparison.GeometricMean(matrices) : null;
        var joint = group?.Priorities(randomIndex);
        return new()
        {
            Parent = parent,
            Factors = factors,
            Experts = experts,
            Matrices = matrices,
            Priorities = priorities,
            GroupMatrix = group,
            GroupPriorities = joint,
            Weights = joint?.Weights ?? [.. Enumerable.Range(0, factors.Count).Select(i => priorities.Average(p => p.Weights[i]))],
            RandomIndex = randomIndex,
        };
    }
}
