using System.Globalization;
using IIKernel.Regions;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>What the shares of formula (10) are taken of: a set that covers the nation, or the nation that a set is a part of.</summary>
internal static class DenominatorReader
{
    // How far the GDP of a set may lie from the national accounts where it does not say what its shares are taken of.
    private const double Tolerance = 0.05;

    /// <summary>The sets with their national denominators; those of a faulty set are left as they are, with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="definition">The study.</param>
    /// <param name="units">Its units.</param>
    /// <param name="sets">The sets as read; null where one is faulty.</param>
    /// <param name="groups">The groups; null where their own file is faulty.</param>
    /// <param name="accounts">The accounts; null where they are faulty.</param>
    /// <param name="years">The reported years.</param>
    public static RegionSet?[] Apply(StudyReadContext context, StudyDefinition definition, StudyUnits units, RegionSet?[] sets,
        CodeList? groups, CategoryAccounts? accounts, IReadOnlyList<int> years)
    {
        var result = new RegionSet?[sets.Length];
        for (var i = 0; i < sets.Length; i++)
        {
            var (set, key) = (definition.Regions[i], $"key regions[{i}]");
            var whole = set.Nation?.Set is { } name ? definition.Regions.ToList().FindIndex(r => r.Name == name) : -1;
            var national = set.Nation?.File is { } path ? RegionReader.National(context, path, "gdp", groups, years, units.Nations[i])
                : whole >= 0 && sets[whole] is { } covering ? Sums(covering.Gdp) : null;
            if (sets[i] is not { } read) continue;
            if (set.Denominators is null && accounts is not null) CheckCoverage(context, key, read, accounts, years);
            result[i] = read with
            {
                NationalGdp = national,
                Whole = whole,
                DirectAllocation = Allocation(context, $"{key}.allocation.direct", set, read.DirectAllocation,
                    whole < 0 ? null : sets[whole]?.DirectAllocation),
                IndirectAllocation = Allocation(context, $"{key}.allocation.indirect", set,
                    read.IndirectAllocation, whole < 0 ? null : sets[whole]?.IndirectAllocation),
            };
        }

        return result;
    }

    // Weights of a part need those of the nation: a file's, or the sums of the covering set's own allocation in the same grouping.
    private static RegionAllocation? Allocation(StudyReadContext context, string key, RegionsDefinition set,
        RegionAllocation? own, RegionAllocation? covering)
    {
        if (own is null || set.Nation is null || own.NationalWeights is not null) return own;
        if (covering is not null && covering.Groups.SequenceEqual(own.Groups) && covering.CategoryGroup.SequenceEqual(own.CategoryGroup))
            return own with { NationalWeights = Sums(covering.Weights) };
        context.Faults.Add(new(context.DefinitionPath, key, "weights of regions that are a part of the nation, without the nation's",
            "the key nation, a CSV group,year,weight, or a set named by the regions' nation whose allocation has the same grouping",
            "Add nation to the allocation."));
        return own;
    }

    private static double[,] Sums(double[,,] amounts)
    {
        var sums = new double[amounts.GetLength(1), amounts.GetLength(2)];
        for (var j = 0; j < sums.GetLength(0); j++)
            for (var t = 0; t < sums.GetLength(1); t++) sums[j, t] = RegionSet.Sum(amounts, j, t);
        return sums;
    }

    // Regions that are a part would be given all of the nation. A part is one in every year, so the middle year tells; a year that differs
    // from the others has a slipped digit, and a set in a wrong unit has that: both are warned of with every result.
    private static void CheckCoverage(StudyReadContext context, string key, RegionSet set,
        CategoryAccounts accounts, IReadOnlyList<int> years)
    {
        var ratios = new List<(double Ratio, int Year)>();
        for (var t = 0; t < years.Count; t++)
        {
            var (regions, nation) = (0.0, 0.0);
            for (var j = 0; j < set.Gdp.GetLength(1); j++) regions += RegionSet.Sum(set.Gdp, j, t);
            for (var c = 0; c < accounts.Categories.Count; c++) nation += accounts.ValueAdded[c, t];
            if (nation > 0) ratios.Add((regions / nation, years[t]));
        }

        if (ratios.Count == 0) return;
        var (middle, year) = ratios.OrderBy(r => r.Ratio).ElementAt(ratios.Count / 2);
        if (Math.Abs(middle - 1) <= Tolerance || Magnitude.IsUnitSlip(middle)) return;
        context.Faults.Add(new(context.DefinitionPath, key, string.Create(CultureInfo.InvariantCulture,
            $"the set {set.Name}, whose regions hold {100 * middle:0.##} % of the national value added in {year}"),
            string.Create(CultureInfo.InvariantCulture,
                $"a set that covers the nation within {100 * Tolerance:0} %, or the key denominators"),
            middle > 1
                ? "No regions of a nation hold more than it: look for a wrong amount in categories.valueAdded or in the GDP of the set, "
                    + "or for a region that is counted twice; "
                    + "write \"denominators\": \"set\" where the accounts do differ so much."
                : "Write \"denominators\": \"nation\" and \"nation\": { \"set\": … } (a set of the study that covers it) "
                    + "or { \"file\": …, \"unit\": … } (group,year,gdp) where these regions are a part of the nation, "
                    + "or \"denominators\": \"set\" where they are all of it and the accounts differ."));
    }
}
