namespace IIKernel.Regions;

/// <summary>
/// Amounts of a region set summed over all its regions and over each area. They are summed once: a sum for every region anew
/// would take a time that grows with the square of their number.
/// </summary>
public sealed class RegionSums
{
    private readonly double[,,] _amounts;
    private readonly double[,,] _areas;
    private readonly double[,] _total;
    private readonly double[,]? _national;

    /// <summary>Sums amounts of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="amounts">R × groups × years, in the order of the set's regions.</param>
    /// <param name="national">
    /// Those of the nation that the regions are a part of, groups × years; null where the regions are the whole.
    /// </param>
    public RegionSums(RegionSet set, double[,,] amounts, double[,]? national = null)
    {
        _national = national;
        var (groups, years) = (amounts.GetLength(1), amounts.GetLength(2));
        _amounts = amounts;
        _areas = new double[set.Areas.Count, groups, years];
        _total = new double[groups, years];
        for (var i = 0; i < set.Regions.Count; i++)
        {
            var area = set.Regions[i].Area;
            for (var j = 0; j < groups; j++)
            {
                for (var t = 0; t < years; t++)
                {
                    _total[j, t] += amounts[i, j, t];
                    if (area >= 0) _areas[area, j, t] += amounts[i, j, t];
                }
            }
        }
    }

    /// <summary>Number of groups.</summary>
    public int Groups => _total.GetLength(0);

    /// <summary>The sum over all regions.</summary>
    public double Total(int group, int year) => _total[group, year];

    /// <summary>The denominator of formula (10): the nation's amount, or the sum over all regions.</summary>
    public double Denominator(int group, int year) => (_national ?? _total)[group, year];

    /// <summary>The amount of one region.</summary>
    public double Region(int region, int group, int year) => _amounts[region, group, year];

    /// <summary>The sum over the regions of one area.</summary>
    public double Area(int area, int group, int year) => _areas[area, group, year];
}
