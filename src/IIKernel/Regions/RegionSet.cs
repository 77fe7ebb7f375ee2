using IIKernel.Growth;

namespace IIKernel.Regions;

/// <summary>One region.</summary>
/// <param name="Code">Code within its set.</param>
/// <param name="Name">Name in the study's language.</param>
/// <param name="NameEnglish">English name; may be empty.</param>
/// <param name="Area">Index into <see cref="RegionSet.Areas"/>, or −1 where the file gives none.</param>
public sealed record Region(string Code, string Name, string NameEnglish, int Area);

/// <summary>A named set of regions with their GDP by industry group (METHOD §5).</summary>
public sealed record RegionSet
{
    /// <summary>Name of the set; the scope of its outputs ("provinces").</summary>
    public required string Name { get; init; }

    /// <summary>The R regions in file order.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>Names of the areas that regions are summed to, in order of first appearance; may be empty.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>
    /// GDP_{ij,t} in the study's unit: R × J × (number of years), indices as in <see cref="Regions"/>,
    /// the study's groups and years.
    /// </summary>
    public required double[,,] Gdp { get; init; }

    /// <summary>Relative standard deviation of the revision error of GDP_{ij,t}; as <see cref="Gdp"/>, 0 where it is certain.</summary>
    public required double[,,] RevisionSd { get; init; }

    /// <summary>The filled series of each region and group; R × J, null where all its years are known.</summary>
    public required FilledSeries?[,] Filled { get; init; }

    /// <summary>
    /// The GDP of the nation that the regions are a part of: J × (number of years), in the study's unit, positive; null where the regions
    /// themselves are the whole.
    /// </summary>
    public double[,]? NationalGdp { get; init; }

    /// <summary>
    /// Index of the region set whose sums <see cref="NationalGdp"/> holds; −1 where it comes from a file, or there is none.
    /// </summary>
    public int Whole { get; init; } = -1;

    /// <summary>How the direct part is shared out; null for GDP by industry group.</summary>
    public RegionAllocation? DirectAllocation { get; init; }

    /// <summary>How the indirect part is shared out; null for GDP by industry group.</summary>
    public RegionAllocation? IndirectAllocation { get; init; }

    /// <summary>How the direct or the indirect part is shared out; null for GDP by industry group.</summary>
    public RegionAllocation? Allocation(Component part) => part == Component.Direct ? DirectAllocation : IndirectAllocation;

    /// <summary>The denominator of formula (10) for a group and year: GDP of the nation, or the sum over the regions.</summary>
    public double Denominator(int group, int year) => NationalGdp is { } nation ? nation[group, year] : Sum(Gdp, group, year);

    /// <summary>Σ_i of amounts R × groups × years, in the order of the regions.</summary>
    internal static double Sum(double[,,] amounts, int group, int year)
    {
        var sum = 0.0;
        for (var i = 0; i < amounts.GetLength(0); i++) sum += amounts[i, group, year];
        return sum;
    }
}
