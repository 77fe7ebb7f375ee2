namespace IIKernel.Regions;

/// <summary>
/// How one part of the value added, direct or indirect, is shared out among the regions of a set by weights of its own
/// in the place of GDP by industry group: formula (10) with another grouping (METHOD §5).
/// </summary>
public sealed record RegionAllocation
{
    /// <summary>Codes of the Q groups that the categories are summed to for this purpose.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Group of each category; C values, indices into <see cref="Groups"/>.</summary>
    public required int[] CategoryGroup { get; init; }

    /// <summary>
    /// Weights of the regions: R × Q × (number of years), at least 0 and positive in sum over the regions. Only their
    /// proportions matter.
    /// </summary>
    public required double[,,] Weights { get; init; }

    /// <summary>
    /// The weights of the nation that the regions are a part of: Q × (number of years); null where the regions are the whole.
    /// </summary>
    public double[,]? NationalWeights { get; init; }
}
