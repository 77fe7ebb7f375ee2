namespace IIKernel.Studies;

/// <summary>What happens to a total whose parts are subject to revision.</summary>
public enum FixedTotals
{
    /// <summary>It varies with its parts.</summary>
    None,

    /// <summary>The national total keeps its point value.</summary>
    Nation,

    /// <summary>Every industry group's total keeps its point value.</summary>
    Group,
}

/// <summary>
/// What a study says about uncertainty beside the distributions of its coefficients (the key <c>uncertainty</c>). The
/// standard deviations of revisions stand beside the accounts that they are about.
/// </summary>
public sealed record UncertaintyOptions
{
    /// <summary>Whether experts are resampled by the Bayesian bootstrap.</summary>
    public required bool Panel { get; init; }

    /// <summary>
    /// How many experts each of the panel's stands for when it is resampled: with 2 every ballot counts as cast twice, as it might have
    /// been by a panel of twice the experts.
    /// </summary>
    public int ExpertsEach { get; init; } = 1;

    /// <summary>
    /// κ of the factor weights' Dirichlet distribution with parameters κ·w_f; null where the weights are certain.
    /// </summary>
    public required double? FactorConcentration { get; init; }

    /// <summary>Whether (α, β) have the sampling distribution of the fit.</summary>
    public required bool Growth { get; init; }

    /// <summary>Whether extrapolated figures have their prediction errors.</summary>
    public required bool Extrapolation { get; init; }

    /// <summary>What is fixed when V_{c,t} varies.</summary>
    public required FixedTotals FixedValueAdded { get; init; }

    /// <summary>What is fixed when GDP_{ij,t} varies; the nation is the set of regions.</summary>
    public required FixedTotals FixedGdp { get; init; }

    /// <summary>The errors of the table's flows; null where the table is certain.</summary>
    public FlowErrors? Flows { get; init; }
}

/// <summary>The account of a sector that keeps its value when the sector's inputs are drawn.</summary>
public enum FixedSectorAccount
{
    /// <summary>Total output: value added is what the inputs leave of it.</summary>
    Output,

    /// <summary>Value added: total output is what it and the inputs add up to.</summary>
    ValueAdded,
}

/// <summary>How a drawn table is brought back to the sums of its rows and columns.</summary>
public enum FlowBalance
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Rows and columns are scaled in turn (RAS).</summary>
    Scaling,

    /// <summary>Least squares, weighted by the variances of the flows.</summary>
    LeastSquares,
}

/// <summary>The errors of a table's flows: lognormal factors with mean 1.</summary>
/// <param name="RelativeSd">Relative standard deviation of each flow, 0 of one that is 0; n × n.</param>
/// <param name="Fixed">What the sectors' accounts keep.</param>
public sealed record FlowErrors(double[,] RelativeSd, FixedSectorAccount Fixed)
{
    /// <summary>How draws are brought back to the table's sums of rows and columns; output and value added then both keep theirs.</summary>
    public FlowBalance Balance { get; init; }

    /// <summary>What they have in common; null where they are independent.</summary>
    public CommonFlowErrors? Common { get; init; }
}

/// <summary>
/// What errors of flows have in common: shares of the variance of the logarithm of each, which sum to at most 1; what is left is the
/// flow's own.
/// </summary>
/// <param name="Row">The share of its row.</param>
/// <param name="Column">The share of its column.</param>
/// <param name="Source">The share of its source; a flow of none has it for itself.</param>
/// <param name="SourceOf">The source of each flow, from 1, 0 of one that has none; n × n.</param>
/// <param name="Sources">The names of the sources.</param>
public sealed record CommonFlowErrors(double Row, double Column, double Source, int[,] SourceOf, IReadOnlyList<string> Sources);
