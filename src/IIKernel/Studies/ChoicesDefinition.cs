using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IIKernel.Studies;

/// <summary>A file of choices as it is written: options of a study that could as well have been others.</summary>
[Description("Options of a study that could as well have been others, to be held against chance.")]
public sealed record ChoicesDefinition
{
    /// <summary>Where an editor finds a schema; ignored by the reader.</summary>
    [JsonPropertyName("$schema"), Description("Ignored.")]
    public string? Schema { get; init; }

    /// <summary>The factors.</summary>
    [Description("What there is to choose.")]
    public required IReadOnlyList<ChoiceFactorDefinition> Factors { get; init; }

    /// <summary>The combinations to compute; every one by default.</summary>
    [Description("The combinations to compute, each the name of an option of every factor in their order; without it every one.")]
    public IReadOnlyList<IReadOnlyList<string>>? Combinations { get; init; }
}

/// <summary>One item of the key <c>factors</c>.</summary>
public sealed record ChoiceFactorDefinition
{
    /// <summary>Its name.</summary>
    [MinLength(1), Description("Name, for results.")]
    public required string Name { get; init; }

    /// <summary>Its options.</summary>
    [Description("The options, at least two.")]
    public required IReadOnlyList<ChoiceOptionDefinition> Options { get; init; }
}

/// <summary>One item of the key <c>options</c>.</summary>
public sealed record ChoiceOptionDefinition
{
    /// <summary>Its name.</summary>
    [MinLength(1), Description("Name, for results and combinations.")]
    public required string Name { get; init; }

    /// <summary>What it changes of study.json; nothing by default.</summary>
    [Description("A JSON merge patch (RFC 7396) of study.json: keys with their new values, null for a key to be left out; without it "
        + "the study as it is.")]
    public JsonElement? Set { get; init; }
}
