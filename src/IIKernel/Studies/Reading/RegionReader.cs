using IIKernel.Growth;
using IIKernel.Regions;

namespace IIKernel.Studies.Reading;

/// <summary>Reads one named set of regions.</summary>
internal static class RegionReader
{
    /// <summary>The set with its codes; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="definition">The set's files.</param>
    /// <param name="groups">The groups; null where their own file is faulty.</param>
    /// <param name="years">The reported years.</param>
    /// <param name="factor">Factor from the set's unit to the study's.</param>
    /// <param name="revisions">The revision errors of the GDP; null for none.</param>
    public static (RegionSet Set, CodeList Codes)? Read(StudyReadContext context, RegionsDefinition definition, CodeList? groups, IReadOnlyList<int> years, double factor, RevisionDefinition? revisions)
    {
        var list = List(context, definition.File);
        var gdp = AccountReader.Read(context, definition.Gdp, [("region", list?.Codes), ("group", groups)], years, "gdp", factor, definition.Extrapolate.Window, revisions);
        if (list is null || gdp is null || groups is null) return null;
        // The order of keys is region, group, year: that of RegionSet.Gdp.
        var result = new double[list.Value.Codes.Count, groups.Count, years.Count];
        var sd = new double[list.Value.Codes.Count, groups.Count, years.Count];
        Buffer.BlockCopy(gdp.Values, 0, result, 0, gdp.Values.Length * sizeof(double));
        Buffer.BlockCopy(gdp.RevisionSd, 0, sd, 0, gdp.Values.Length * sizeof(double));
        var filled = new FilledSeries?[list.Value.Codes.Count, groups.Count];
        for (var i = 0; i < gdp.Filled.Length; i++) filled[i / groups.Count, i % groups.Count] = gdp.Filled[i];
        CheckTotals(context, definition.Gdp, result, groups, years);
        var set = new RegionSet { Name = definition.Name, Regions = list.Value.Regions, Areas = list.Value.Areas, Gdp = result, RevisionSd = sd, Filled = filled };
        return (set, list.Value.Codes);
    }

    private static (List<Region> Regions, List<string> Areas, CodeList Codes)? List(StudyReadContext context, string path)
    {
        var table = context.Csv(path, "code", "name");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (regions, areas, codes) = (new List<Region>(), new List<string>(), new CodeList(table.File));
        foreach (var row in table.Rows)
        {
            if (!codes.Add(row, "code", context.Faults)) continue;
            var area = row.Text("area");
            if (area.Length > 0 && !areas.Contains(area)) areas.Add(area);
            regions.Add(new(row.Text("code"), row.Text("name"), row.Text("name_en"), areas.IndexOf(area)));
        }

        return context.Faults.Count == before ? (regions, areas, codes) : null;
    }

    // Formula (10) divides by the GDP of all regions of the set.
    private static void CheckTotals(StudyReadContext context, string file, double[,,] gdp, CodeList groups, IReadOnlyList<int> years)
    {
        for (var j = 0; j < gdp.GetLength(1); j++)
            for (var t = 0; t < gdp.GetLength(2); t++)
            {
                var total = 0.0;
                for (var i = 0; i < gdp.GetLength(0); i++) total += gdp[i, j, t];
                if (total > 0) continue;
                context.Faults.Add(new(file, $"group {groups.Codes[j]}, year {years[t]}", "a GDP of 0 in every region", "a positive sum over the regions",
                    "Give the regions' GDP: shares of a group are taken of that sum."));
            }
    }
}
