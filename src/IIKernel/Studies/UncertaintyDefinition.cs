using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IIKernel.Studies;

/// <summary>The key <c>uncertainty</c>.</summary>
public sealed record UncertaintyDefinition
{
    /// <summary>The weights of a panel; certain by default.</summary>
    [Description("The weights of the panel of experts; needs coefficients.panel.")]
    public PanelUncertaintyDefinition? Panel { get; init; }

    /// <summary>Whether the elasticities are uncertain.</summary>
    [Description("Whether the elasticities of the production function have the sampling distribution of their fit.")]
    public bool Growth { get; init; }

    /// <summary>Whether extrapolated figures are uncertain.</summary>
    [Description("Whether extrapolated figures have the prediction errors of their lines.")]
    public bool Extrapolation { get; init; }

    /// <summary>The revision errors of the accounts; none by default.</summary>
    [Description("The revision errors of the accounts: lognormal factors with mean 1.")]
    public RevisionsDefinition? Revisions { get; init; }

    /// <summary>The errors of the table's flows; none by default.</summary>
    [Description("The errors of the table's flows: lognormal factors with mean 1, so that every draw solves a table of its own.")]
    public FlowsDefinition? Flows { get; init; }
}

/// <summary>The key <c>uncertainty.flows</c>.</summary>
public sealed record FlowsDefinition
{
    /// <summary>How uncertain flows are; none by default: flows that nothing else is said of are certain.</summary>
    [Description("How uncertain flows are: the relative standard deviation a·x^(−b) of a flow x, from least to most. "
        + "Without it flows that no other key says anything of are certain.")]
    public RelativeSdDefinition? RelativeSd { get; init; }

    /// <summary>Tables of other years whose coefficients say how uncertain flows are; none by default.</summary>
    [Description("Tables of other years, in the place of relativeSd: flows are as uncertain as coefficients differ between the tables.")]
    public FlowVintagesDefinition? Vintages { get; init; }

    /// <summary>Path of the relative standard deviations of blocks of flows; none by default.</summary>
    [MinLength(1), Description("CSV: rows,columns,rsd, the relative standard deviation of all flows between two sets of sectors; a later "
        + "row goes before an earlier one, and before all other keys. A set is *, codes with spaces between them, ranges a..b in the "
        + "order of the sectors, category:C, group:2.")]
    public string? Blocks { get; init; }

    /// <summary>The quality of the data behind blocks of flows; none by default.</summary>
    [Description("The quality of the data behind blocks of flows, scored by the pedigree matrix: what the scores make of relativeSd.")]
    public PedigreeDefinition? Pedigree { get; init; }

    /// <summary>What the errors of flows have in common; nothing by default.</summary>
    [Description("What the errors of flows have in common, so that those of one row, one column or one source move together; "
        + "without it they are independent.")]
    public CommonErrorsDefinition? Common { get; init; }

    /// <summary>What the sectors' accounts keep; output by default.</summary>
    [AllowedValues("output", "valueAdded"), Description(
        "What each sector keeps when its inputs are drawn: output (value added is what they leave; the default) or valueAdded (output "
        + "follows). Without meaning beside balance, which keeps both.")]
    public string? Fixed { get; init; }

    /// <summary>How draws are brought back to the margins of the table; not by default.</summary>
    [AllowedValues("ras", "wls"), Description(
        "How every draw is brought back to the table's sums of rows and columns, so that final use, value added and output stay as "
        + "published: ras (rows and columns are scaled in turn, which takes all flows to be as uncertain relative to their size) or wls "
        + "(least squares, weighted by the variances of the flows). Flows without error stay as they are.")]
    public string? Balance { get; init; }
}

/// <summary>The key <c>uncertainty.flows.common</c>: shares that sum to at most 1; what is left is each flow's own.</summary>
public sealed record CommonErrorsDefinition
{
    /// <summary>The row's share.</summary>
    [Range(0d, 1d), Description("The share of the variance of the logarithm of a flow's error that all flows of its row have in common. "
        + "The three shares sum to at most 1; what is left is the flow's own.")]
    public double Row { get; init; }

    /// <summary>The column's share.</summary>
    [Range(0d, 1d), Description("The share that all flows of its column have in common.")]
    public double Column { get; init; }

    /// <summary>The source's share.</summary>
    [Range(0d, 1d), Description("The share that all flows of one source of data have in common; a flow of no source has it for itself.")]
    public double Source { get; init; }

    /// <summary>Path of the sources.</summary>
    [MinLength(1), Description("CSV: rows,columns,source, the source of the flows between two sets of sectors, as in blocks; a later row "
        + "goes before an earlier one. Needed with source.")]
    public string? Sources { get; init; }
}

/// <summary>The key <c>uncertainty.flows.vintages</c>.</summary>
public sealed record FlowVintagesDefinition
{
    /// <summary>The other tables.</summary>
    [MinLength(1), Description("The tables of other years; the study's own table is one more.")]
    public required IReadOnlyList<TableVintageDefinition> Tables { get; init; }

    /// <summary>Path of the concordance of the study's own table; none by default.</summary>
    [MinLength(1), Description("CSV: sector,group, the groups of sectors that all tables have; without it the codes of the "
        + "study's own table.")]
    public string? Concordance { get; init; }

    /// <summary>The fewest values of a coefficient with a spread of its own.</summary>
    [Range(2, 1000), Description("In how many tables a coefficient must be above 0 for a flow between two groups of one sector each to "
        + "have the spread of its own coefficient; all others have that of the law σ = α·x^(−β) that is fitted to all coefficients.")]
    public int Observations { get; init; } = 4;

    /// <summary>The smallest relative standard deviation.</summary>
    [Range(0d, 1d), Description("The smallest relative standard deviation of a flow that is not 0.")]
    public double Least { get; init; }

    /// <summary>The largest.</summary>
    [Range(0d, 1d), Description("The largest relative standard deviation of a flow.")]
    public double Most { get; init; } = 1;
}

/// <summary>One item of the key <c>uncertainty.flows.vintages.tables</c>.</summary>
public sealed record TableVintageDefinition
{
    /// <summary>The year.</summary>
    [Description("The year of the table.")]
    public required int Year { get; init; }

    /// <summary>The table.</summary>
    [Description("The table, as the study's own.")]
    public required TableDefinition Table { get; init; }

    /// <summary>Path of the concordance; none by default.</summary>
    [MinLength(1), Description("CSV: sector,group, the group of each sector of this table; without it the codes are the groups.")]
    public string? Concordance { get; init; }
}

/// <summary>The key <c>uncertainty.flows.pedigree</c>.</summary>
public sealed record PedigreeDefinition
{
    /// <summary>Path of the scores.</summary>
    [MinLength(1), Description("CSV: rows,columns (sets of sectors as in blocks),reliability,completeness,temporal,geographical,"
        + "technological, scores from 1 to 5, and basic: the factor of the basic uncertainty, at least 1; where it is empty, relativeSd "
        + "is the basic uncertainty. A later row goes before an earlier one.")]
    public required string File { get; init; }

    /// <summary>Path of the factors of the scores; those of ecoinvent by default.</summary>
    [MinLength(1), Description("CSV: indicator,score,factor, the factor of each score of the five indicators, at least 1; "
        + "those of ecoinvent by default.")]
    public string? Factors { get; init; }
}

/// <summary>The key <c>uncertainty.flows.relativeSd</c>.</summary>
public sealed record RelativeSdDefinition
{
    /// <summary>a.</summary>
    [Range(0d, 1e15), Description("a, the relative standard deviation of a flow of 1 unit; where b is 0, of every flow.")]
    public required double A { get; init; }

    /// <summary>b.</summary>
    [Range(0d, 10d), Description("b, by which it falls with the size of the flow.")]
    public double B { get; init; }

    /// <summary>The smallest.</summary>
    [Range(0d, 1d), Description("The smallest relative standard deviation of a flow that is not 0.")]
    public double Least { get; init; }

    /// <summary>The largest.</summary>
    [Range(0d, 1d), Description("The largest relative standard deviation of a flow.")]
    public double Most { get; init; } = 1;

    /// <summary>Unit of x.</summary>
    [MinLength(1), Description("Unit of x.")]
    public required string Unit { get; init; }
}

/// <summary>The key <c>uncertainty.panel</c>.</summary>
public sealed record PanelUncertaintyDefinition
{
    /// <summary>Whether experts are resampled.</summary>
    [Description("Whether the experts are resampled by the Bayesian bootstrap.")]
    public bool Experts { get; init; } = true;

    /// <summary>
    /// κ; none by default: factor weights are certain. From 0.05 on no draw has only weights below the least number: all of them together
    /// are as small with a probability of e^(−700κ).
    /// </summary>
    [Range(0.05, 1e9), Description(
        "The factor weights w have a Dirichlet distribution with parameters this times w, at least 0.05; without it they are certain.")]
    public double? FactorConcentration { get; init; }
}

/// <summary>The key <c>uncertainty.revisions</c>.</summary>
public sealed record RevisionsDefinition
{
    /// <summary>V_{c,t}.</summary>
    [Description("Revisions of the value added by category.")]
    public RevisionDefinition? ValueAdded { get; init; }

    /// <summary>GDP_{ij,t}.</summary>
    [Description("Revisions of the GDP by region and group.")]
    public RevisionDefinition? Gdp { get; init; }
}

/// <summary>One of the keys <c>uncertainty.revisions</c>: exactly one of sd and vintages.</summary>
public sealed record RevisionDefinition
{
    /// <summary>Relative standard deviation of every figure.</summary>
    [Range(0d, 1d), Description("Relative standard deviation of every figure.")]
    public double? Sd { get; init; }

    /// <summary>Relative standard deviation by vintage.</summary>
    [Description("Relative standard deviation by vintage, which the column vintage of the accounts names.")]
    public IReadOnlyList<VintageDefinition>? Vintages { get; init; }

    /// <summary>What the revisions leave as it is.</summary>
    [AllowedValues("none", "nation", "group"), Description("Which total keeps its value when its parts are revised.")]
    public string Fixed { get; init; } = "none";
}

/// <summary>One item of the key <c>vintages</c>.</summary>
public sealed record VintageDefinition
{
    /// <summary>The vintage as the accounts write it.</summary>
    [MinLength(1), Description("The vintage as the accounts write it.")]
    public required string Name { get; init; }

    /// <summary>Relative standard deviation.</summary>
    [Range(0d, 1d), Description("Relative standard deviation of its figures.")]
    public required double Sd { get; init; }
}
