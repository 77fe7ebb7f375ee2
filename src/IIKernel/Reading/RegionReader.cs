using IIKernel.Growth;
using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads one named set of regions.</summary>
internal static class RegionReader
{
    /// <summary>The set with its codes; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="definition">The set's files.</param>
    /// <param name="groups">The groups; null where their own file is faulty.</param>
    /// <param name="categories">The categories; null where their own file is faulty.</param>
    /// <param name="years">The reported years.</param>
    /// <param name="factor">Factor from the set's unit to the study's.</param>
    /// <param name="revisions">The revision errors of the GDP; null for none.</param>
    public static (RegionSet Set, CodeList Codes)? Read(StudyReadContext context, RegionsDefinition definition,
        CodeList? groups, CodeList? categories, IReadOnlyList<int> years, double factor, RevisionDefinition? revisions)
    {
        var list = List(context, definition.File);
        var gdp = AccountReader.Read(context, definition.Gdp, [("region", list?.Codes), ("group", groups)],
            years, "gdp", factor, definition.Extrapolate.Window, revisions);
        var before = context.Faults.Count;
        var direct = Allocation(context, definition.Allocation?.Direct, definition.Nation is not null, list?.Codes, categories, years);
        var indirect = Allocation(context, definition.Allocation?.Indirect, definition.Nation is not null, list?.Codes, categories, years);
        if (list is null || gdp is null || groups is null || context.Faults.Count > before) return null;
        // The order of keys is region, group, year: that of RegionSet.Gdp.
        var result = new double[list.Value.Codes.Count, groups.Count, years.Count];
        var sd = new double[list.Value.Codes.Count, groups.Count, years.Count];
        Buffer.BlockCopy(gdp.Values, 0, result, 0, gdp.Values.Length * sizeof(double));
        Buffer.BlockCopy(gdp.RevisionSd, 0, sd, 0, gdp.Values.Length * sizeof(double));
        var filled = new FilledSeries?[list.Value.Codes.Count, groups.Count];
        for (var i = 0; i < gdp.Filled.Length; i++) filled[i / groups.Count, i % groups.Count] = gdp.Filled[i];
        // Those of a part of the nation are not divided by.
        if (definition.Nation is null) CheckTotals(context, definition.Gdp, "GDP", result, groups.Codes, years);
        var set = new RegionSet
        {
            Name = definition.Name,
            Regions = list.Value.Regions,
            Areas = list.Value.Areas,
            Gdp = result,
            RevisionSd = sd,
            Filled = filled,
            DirectAllocation = direct,
            IndirectAllocation = indirect,
        };
        return (set, list.Value.Codes);
    }

    private static (List<Region> Regions, List<string> Areas, CodeList Codes)? List(StudyReadContext context, string path)
    {
        var table = context.Csv(path, "code", "name");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (regions, areas, codes) = (new List<Region>(), new List<string>(), new CodeList(table.File));
        var known = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = -1 };
        foreach (var row in table.Rows)
        {
            if (!codes.Add(row, "code", context.Faults)) continue;
            var area = row.Text("area");
            if (known.TryAdd(area, areas.Count)) areas.Add(area);
            regions.Add(new(row.Text("code"), row.Text("name"), row.Text("name_en"), known[area]));
        }

        return context.Faults.Count == before ? (regions, areas, codes) : null;
    }

    // A null comes with a fault wherever the definition is not null itself.
    private static RegionAllocation? Allocation(StudyReadContext context, PartAllocationDefinition? definition,
        bool isPart, CodeList? regions, CodeList? categories, IReadOnlyList<int> years)
    {
        if (definition is null) return null;
        var table = context.Csv(definition.Categories, "category", "group");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (seen, groups) = (new CodeList(table.File), new CodeList(table.File));
        var categoryGroup = new int[categories?.Count ?? 0];
        foreach (var row in table.Rows)
        {
            if (!seen.Add(row, "category", context.Faults)) continue;
            row.Name(("category", row.Text("category")));
            if (!groups.TryFind(row.Text("group"), out var group) && groups.Add(row, "group", context.Faults)) group = groups.Count - 1;
            if (categories?.Find(row, "category", context.Faults) is >= 0 and var c) categoryGroup[c] = group;
        }

        var missing = categories?.Codes.Except(seen.Codes).ToArray() ?? [];
        if (missing.Length > 0)
            context.Faults.Add(new(table.File, "", $"no row for category {string.Join(", ", missing)}",
                $"a row for every category of {categories!.File}", "Add the missing rows."));
        if (context.Faults.Count > before) return null;
        var weights = AccountReader.Read(context, definition.Weights, [("region", regions), ("group", groups)],
            years, "weight", 1, window: null, revisions: null);
        if (weights is null || categories is null) return null;
        var result = new double[regions!.Count, groups.Count, years.Count];
        Buffer.BlockCopy(weights.Values, 0, result, 0, weights.Values.Length * sizeof(double));
        if (!isPart) CheckTotals(context, definition.Weights, "weight", result, groups.Codes, years);
        var national = definition.Nation is { } nation ? National(context, nation, "weight", groups, years, 1) : null;
        return new() { Groups = groups.Codes, CategoryGroup = categoryGroup, Weights = result, NationalWeights = national };
    }

    /// <summary>
    /// Amounts of the nation by group and year, each positive, since formula (10) divides by them; null with faults added.
    /// </summary>
    public static double[,]? National(StudyReadContext context, string path, string column,
        CodeList? groups, IReadOnlyList<int> years, double factor)
    {
        var amounts = AccountReader.Read(context, path, [("group", groups)], years, column, factor, window: null, revisions: null);
        if (amounts is null || groups is null) return null;
        var result = new double[groups.Count, years.Count];
        Buffer.BlockCopy(amounts.Values, 0, result, 0, amounts.Values.Length * sizeof(double));
        for (var j = 0; j < groups.Count; j++)
            for (var t = 0; t < years.Count; t++)
                if (result[j, t] <= 0)
                    context.Faults.Add(new(path, $"group {groups.Codes[j]}, year {years[t]}",
                        $"a {column} of 0", "a positive number", "Write the nation's: shares of a group are taken of it."));
        return result;
    }

    // Formula (10) divides by the GDP, or weight, of all regions of the set.
    private static void CheckTotals(StudyReadContext context, string file, string what, double[,,] gdp,
        IReadOnlyList<string> groups, IReadOnlyList<int> years)
    {
        for (var j = 0; j < gdp.GetLength(1); j++)
            for (var t = 0; t < gdp.GetLength(2); t++)
            {
                var total = 0.0;
                for (var i = 0; i < gdp.GetLength(0); i++) total += gdp[i, j, t];
                if (total > 0) continue;
                context.Faults.Add(new(file, $"group {groups[j]}, year {years[t]}", $"a {what} of 0 in every region",
                    "a positive sum over the regions",
                    $"Give the regions' {what}: shares of a group are taken of that sum."));
            }
    }
}
