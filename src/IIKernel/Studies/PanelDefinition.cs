using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IIKernel.Experts;

namespace IIKernel.Studies;

/// <summary>The key <c>coefficients.panel</c>.</summary>
public sealed record PanelDefinition
{
    /// <summary>Path of the ballots.</summary>
    [MinLength(1), Description("CSV: expert,sector,factor,grade and, for Delphi rounds, round; the last round counts.")]
    public required string Ballots { get; init; }

    /// <summary>Path of the grades.</summary>
    [MinLength(1), Description("CSV: code,name,score; scores in [0, 1].")]
    public required string Grades { get; init; }

    /// <summary>Path of the factors.</summary>
    [MinLength(1), Description("CSV: code,name,weight and, for a second level, parent. "
        + "The weights below one parent sum to 1, or are all empty where comparisons give them.")]
    public required string Factors { get; init; }

    /// <summary>Path of the pairwise comparisons; none by default.</summary>
    [MinLength(1), Description("CSV: expert,row,col,value; a value such as 3 or 1/3 says "
        + "how many times the row's factor outweighs the column's. Reciprocals are implied.")]
    public string? Comparisons { get; init; }

    /// <summary>The composition operator; one of <see cref="FuzzyOperator"/>.</summary>
    [AllowedValues("weighted-average", "min-max", "product-max", "min-bounded-sum", "product-bounded-sum")]
    [Description("How weights and membership are composed.")]
    public string Operator { get; init; } = "weighted-average";

    /// <summary>The table of random indices, which comparisons must name: the tables differ.</summary>
    [AllowedValues(Experts.RandomIndex.SaatyName, Experts.RandomIndex.DoneganDoddName)]
    [Description("The table of random indices that consistency ratios are relative to; needed with comparisons.")]
    public string? RandomIndex { get; init; }

    /// <summary>How several experts' comparisons become one set of weights; one of <see cref="GroupAggregation"/>.</summary>
    [AllowedValues("judgements", "priorities")]
    [Description(
        "How several experts' comparisons become one set of weights: the geometric mean of judgements, or the mean of priorities.")]
    public string Aggregation { get; init; } = "judgements";

    /// <summary>What becomes of a missing comparison.</summary>
    [AllowedValues("refuse", "complete")]
    [Description("What becomes of a missing comparison: it is refused, or completed from the expert's other comparisons.")]
    public string Missing { get; init; } = "refuse";

    /// <summary>The related sectors in order; by default those of the ballots in order of first appearance.</summary>
    [Description("Codes of the related sectors, in order; without it those of the ballots in order of first appearance.")]
    public IReadOnlyList<string>? Sectors { get; init; }
}
