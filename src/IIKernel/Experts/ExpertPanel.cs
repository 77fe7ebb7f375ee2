namespace IIKernel.Experts;

/// <summary>A grade of the evaluation.</summary>
/// <param name="Code">Code, as ballots write it.</param>
/// <param name="Name">Name in the study's language.</param>
/// <param name="Score">v_g, in [0, 1].</param>
public sealed record Grade(string Code, string Name, double Score);

/// <summary>A factor of the evaluation.</summary>
/// <param name="Code">Code, as ballots write it.</param>
/// <param name="Name">Name in the study's language.</param>
/// <param name="Parent">Index of the factor that it is a part of, among the panel's factors; −1 on the first level.</param>
public sealed record EvaluationFactor(string Code, string Name, int Parent);

/// <summary>The ballots of one round.</summary>
/// <param name="Number">Number of the round, from 1.</param>
/// <param name="Grades">
/// Index of the grade that each expert gives; experts × related sectors × factors, −1 where there is no ballot. An
/// expert who gives a sector any ballot gives one on each of its factors without parts; factors with parts have none.
/// </param>
public sealed record BallotRound(int Number, int[,,] Grades)
{
    /// <summary>Whether the expert judges the sector in this round.</summary>
    public bool Judges(int expert, int sector)
    {
        for (var f = 0; f < Grades.GetLength(2); f++)
            if (Grades[expert, sector, f] >= 0) return true;
        return false;
    }
}

/// <summary>
/// A panel of experts who grade how far each related sector belongs to the industrial internet (METHOD §1). Every
/// index refers to a list of this object; lists keep the order of first appearance in their files.
/// </summary>
public sealed record ExpertPanel
{
    /// <summary>Names of the E experts, those of earlier rounds included.</summary>
    public required IReadOnlyList<string> Experts { get; init; }

    /// <summary>The K related sectors, as indices into the input–output table's sectors.</summary>
    public required IReadOnlyList<int> Sectors { get; init; }

    /// <summary>The F factors of both levels.</summary>
    public required IReadOnlyList<EvaluationFactor> Factors { get; init; }

    /// <summary>The G grades.</summary>
    public required IReadOnlyList<Grade> Grades { get; init; }

    /// <summary>w_f; F values. The weights of the factors with the same parent sum to 1.</summary>
    public required double[] FactorWeights { get; init; }

    /// <summary>How membership and weights are composed, on both levels.</summary>
    public required FuzzyOperator Operator { get; init; }

    /// <summary>The rounds, ascending; only the last enters the coefficients.</summary>
    public required IReadOnlyList<BallotRound> Rounds { get; init; }

    /// <summary>The comparisons behind weights that the study does not give; may be empty.</summary>
    public required IReadOnlyList<FactorComparison> Comparisons { get; init; }

    /// <summary>The round that counts.</summary>
    public BallotRound Ballots => Rounds[^1];

    /// <summary>The factors below a parent, in order; those of the first level for −1.</summary>
    public IReadOnlyList<int> FactorsBelow(int parent) => [.. Enumerable.Range(0, Factors.Count).Where(f => Factors[f].Parent == parent)];
}
