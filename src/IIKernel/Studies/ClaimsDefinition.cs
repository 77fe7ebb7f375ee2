using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace IIKernel.Studies;

/// <summary>
/// claims.json as it is written: comments and trailing commas are allowed, unknown keys are refused, keys are case-sensitive. The
/// attributes are the single source of <c>claims.schema.json</c> and of the reader's faults.
/// </summary>
[Description("Sentences on the figures of a study, each with a condition on a draw: the share of the draws in which it holds is its "
    + "probability. Comments and trailing commas are allowed.")]
public sealed record ClaimsDefinition
{
    /// <summary>Where an editor finds the JSON Schema; ignored by the reader.</summary>
    [JsonPropertyName("$schema"), Description("Where an editor finds this schema; ignored when the claims are read.")]
    public string? Schema { get; init; }

    /// <summary>Unit of every amount in the file; see <see cref="MonetaryUnit.Expected"/>.</summary>
    [Description("Unit of every amount in this file: " + MonetaryUnit.Expected + ".")]
    public required string Unit { get; init; }

    /// <summary>The claims, at least one.</summary>
    [MinLength(1), Description("The claims.")]
    public required IReadOnlyList<ClaimDefinition> Claims { get; init; }
}

/// <summary>One item of the key <c>claims</c>.</summary>
public sealed record ClaimDefinition
{
    /// <summary>A name of its own.</summary>
    [MinLength(1), Description("What tells the claim from the others.")]
    public required string Id { get; init; }

    /// <summary>The sentence in the study's language.</summary>
    [MinLength(1), Description("The sentence, in any language.")]
    public required string Text { get; init; }

    /// <summary>The sentence in English; none by default.</summary>
    [MinLength(1), Description("The sentence in English.")]
    public string? TextEn { get; init; }

    /// <summary>A label that claims share whose joint probability is wanted; none by default.</summary>
    [MinLength(1), Description("A label: of the claims that share it the joint probability is told too.")]
    public string? Group { get; init; }

    /// <summary>When the claim holds in a draw.</summary>
    [Length(1, 2), Description("When the claim holds in a draw.")]
    public required ConditionDefinition Condition { get; init; }
}

/// <summary>A number that every draw has: exactly one of the keys.</summary>
public record QuantityDefinition
{
    /// <summary>A figure.</summary>
    [JsonPropertyOrder(-1), Description("A figure: an amount in the file's unit, or growth or share in percent.")]
    public FigureDefinition? Figure { get; init; }

    /// <summary>A sum.</summary>
    [JsonPropertyOrder(-1), MinLength(2), Description("The sum of quantities that are all amounts or all percentages.")]
    public IReadOnlyList<QuantityDefinition>? Sum { get; init; }

    /// <summary>The sum of the largest figures of a scope.</summary>
    [JsonPropertyOrder(-1), Description("The sum of the largest figures of a scope, whichever these are in a draw.")]
    public LargestDefinition? Largest { get; init; }

    /// <summary>A ratio.</summary>
    [JsonPropertyOrder(-1), Description("One quantity divided by another.")]
    public RatioDefinition? Ratio { get; init; }

    /// <summary>A ratio in percent.</summary>
    [JsonPropertyOrder(-1), Description("One quantity in percent of another.")]
    public RatioDefinition? Percentage { get; init; }

    /// <summary>A difference.</summary>
    [JsonPropertyOrder(-1), Description("One quantity less another; both amounts or both percentages.")]
    public DifferenceDefinition? Difference { get; init; }

    /// <summary>Growth over several years.</summary>
    [JsonPropertyOrder(-1), Description("Growth of an amount between two years, in percent of the earlier.")]
    public GrowthClaimDefinition? Growth { get; init; }
}

/// <summary>
/// A condition on a draw: exactly one of its keys, and of the keys above, below, within and printed exactly one where that is a quantity.
/// </summary>
public sealed record ConditionDefinition : QuantityDefinition
{
    /// <summary>The quantity is greater than this.</summary>
    [Description("The quantity is greater than this.")]
    public double? Above { get; init; }

    /// <summary>The quantity is less than this.</summary>
    [Description("The quantity is less than this.")]
    public double? Below { get; init; }

    /// <summary>The quantity lies in this interval.</summary>
    [Length(2, 2), Description("The quantity lies in [low, high], its ends included.")]
    public IReadOnlyList<double>? Within { get; init; }

    /// <summary>The quantity rounds to this.</summary>
    [Description("The quantity rounds to a printed number.")]
    public PrintedDefinition? Printed { get; init; }

    /// <summary>An entity holds a rank.</summary>
    [Description("An entity holds a rank within its scope: 1 plus the number of entities whose figure is greater.")]
    public RankDefinition? Rank { get; init; }

    /// <summary>So many entities lie above a threshold.</summary>
    [Description("How many entities of a scope lie above a threshold.")]
    public CountDefinition? Count { get; init; }

    /// <summary>A figure passes a threshold for the first time.</summary>
    [Description("A figure lies above a threshold in a year, and in no reported year before it.")]
    public FirstYearDefinition? FirstYear { get; init; }

    /// <summary>All of these hold.</summary>
    [MinLength(1), Description("All of these hold.")]
    public IReadOnlyList<ConditionDefinition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    [MinLength(1), Description("At least one of these holds.")]
    public IReadOnlyList<ConditionDefinition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    [Length(1, 2), Description("This does not hold.")]
    public ConditionDefinition? Not { get; init; }
}

/// <summary>What is measured of the entities of a scope.</summary>
public record MeasuredDefinition
{
    /// <summary>The scope.</summary>
    [JsonPropertyOrder(-1), MinLength(1), Description("nation, category, group, sector, area, or the name of a set of regions.")]
    public required string Scope { get; init; }

    /// <summary>The component.</summary>
    [JsonPropertyOrder(-1), AllowedValues("direct", "indirect", "total"), Description("Which part of the value added.")]
    public string Component { get; init; } = "total";

    /// <summary>The measure.</summary>
    [JsonPropertyOrder(-1), AllowedValues("value", "growth", "share"), Description(
        "What is measured: the amount, its growth on the year before, or its share of the entity's own value added; the latter two are "
        + "those of totals, in percent.")]
    public string Measure { get; init; } = "value";
}

/// <summary>The key <c>figure</c>.</summary>
public sealed record FigureDefinition : MeasuredDefinition
{
    /// <summary>The code; none for the nation.</summary>
    [Description("Code within the scope; none for the nation.")]
    public string Code { get; init; } = "";

    /// <summary>The year.</summary>
    [Description("Year.")]
    public required int Year { get; init; }
}

/// <summary>The key <c>largest</c>.</summary>
public sealed record LargestDefinition : MeasuredDefinition
{
    /// <summary>How many are added up.</summary>
    [Description("How many are added up.")]
    public required int Count { get; init; }

    /// <summary>The year.</summary>
    [Description("Year.")]
    public required int Year { get; init; }
}

/// <summary>The keys <c>ratio</c> and <c>percentage</c>.</summary>
public sealed record RatioDefinition
{
    /// <summary>What is divided.</summary>
    [Length(1, 1), Description("What is divided.")]
    public required QuantityDefinition Of { get; init; }

    /// <summary>What it is divided by.</summary>
    [Length(1, 1), Description("What it is divided by.")]
    public required QuantityDefinition To { get; init; }
}

/// <summary>The key <c>difference</c>.</summary>
public sealed record DifferenceDefinition
{
    /// <summary>What something is taken from.</summary>
    [Length(1, 1), Description("What something is taken from.")]
    public required QuantityDefinition Of { get; init; }

    /// <summary>What is taken from it.</summary>
    [Length(1, 1), Description("What is taken from it.")]
    public required QuantityDefinition Minus { get; init; }
}

/// <summary>The key <c>growth</c>.</summary>
public sealed record GrowthClaimDefinition
{
    /// <summary>The scope.</summary>
    [MinLength(1), Description("nation, category, group, area, or the name of a set of regions.")]
    public required string Scope { get; init; }

    /// <summary>The code; none for the nation.</summary>
    [Description("Code within the scope; none for the nation.")]
    public string Code { get; init; } = "";

    /// <summary>The component.</summary>
    [AllowedValues("direct", "indirect", "total"), Description("Which part of the value added.")]
    public string Component { get; init; } = "total";

    /// <summary>The earlier year.</summary>
    [Description("The earlier year.")]
    public required int From { get; init; }

    /// <summary>The later year.</summary>
    [Description("The later year.")]
    public required int To { get; init; }

    /// <summary>Whether the mean growth of a year is meant.</summary>
    [Description("Whether the mean growth of a year is meant: the one that gives the whole, year upon year.")]
    public bool PerYear { get; init; }
}

/// <summary>The key <c>printed</c>.</summary>
public sealed record PrintedDefinition
{
    /// <summary>The number.</summary>
    [Description("The number.")]
    public required double Value { get; init; }

    /// <summary>The unit of its last digit.</summary>
    [Description("Unit of its last digit, a positive number: the quantity lies within half of it.")]
    public required double Rounding { get; init; }
}

/// <summary>The key <c>rank</c>: exactly one of exactly and atMost.</summary>
public sealed record RankDefinition : MeasuredDefinition
{
    /// <summary>The code.</summary>
    [Description("Code within the scope.")]
    public required string Code { get; init; }

    /// <summary>The year.</summary>
    [Description("Year.")]
    public required int Year { get; init; }

    /// <summary>The rank.</summary>
    [Description("The rank, 1 for the greatest figure.")]
    public int? Exactly { get; init; }

    /// <summary>The worst of several ranks.</summary>
    [Description("The entity holds this rank or a better one.")]
    public int? AtMost { get; init; }
}

/// <summary>The key <c>count</c>: exactly one of exactly, atLeast and atMost.</summary>
public sealed record CountDefinition : MeasuredDefinition
{
    /// <summary>The year.</summary>
    [Description("Year.")]
    public required int Year { get; init; }

    /// <summary>The threshold.</summary>
    [Description("The threshold: an amount in the file's unit, or percent.")]
    public required double Above { get; init; }

    /// <summary>How many lie above it.</summary>
    [Description("How many lie above it.")]
    public int? Exactly { get; init; }

    /// <summary>How many do at least.</summary>
    [Description("How many do at least.")]
    public int? AtLeast { get; init; }

    /// <summary>How many do at most.</summary>
    [Description("How many do at most.")]
    public int? AtMost { get; init; }
}

/// <summary>The key <c>firstYear</c>.</summary>
public sealed record FirstYearDefinition : MeasuredDefinition
{
    /// <summary>The code; none for the nation.</summary>
    [Description("Code within the scope; none for the nation.")]
    public string Code { get; init; } = "";

    /// <summary>The threshold.</summary>
    [Description("The threshold: an amount in the file's unit, or percent.")]
    public required double Above { get; init; }

    /// <summary>The year.</summary>
    [Description("The first year in which the figure lies above it.")]
    public required int Year { get; init; }
}
