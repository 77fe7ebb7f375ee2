using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>Reads a concordance: which sectors of a table are added up to which.</summary>
public static class ConcordanceReader
{
    /// <summary>The new sectors in the order of their first appearance, and the new sector of each old one.</summary>
    /// <param name="path">CSV: sector,group and, where wanted, name and category of the group.</param>
    /// <param name="study">The study whose table is to be aggregated.</param>
    /// <exception cref="StudyException">The file is faulty; carries every fault found.</exception>
    public static (IReadOnlyList<Sector> Sectors, int[] GroupOf) Read(string path, Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var context = new StudyReadContext(new LoneFile(path), "a concordance: CSV with the columns sector,group");
        var table = context.Csv(path.Replace('\\', '/'), "sector", "group") ?? throw new StudyException(context.Faults.ToFaults());
        var sectors = study.Table.Sectors;
        var codes = CodeList.Of("the study's sectors", sectors.Select(s => s.Code));
        var categories = CodeList.Of("the study's categories", study.Categories.Categories.Select(c => c.Code));
        var (groups, groupOf) = (new List<Sector>(), Enumerable.Repeat(-1, sectors.Count).ToArray());
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            row.Name(("sector", row.Text("sector")));
            var i = codes.Find(row, "sector", context.Faults);
            if (i < 0) continue;
            if (groupOf[i] >= 0)
                row.Fault("sector", "every sector once", "Remove one of the two rows.");
            else if (row.Text("group").Length == 0)
                row.Fault("group", "a code", "Write the code of the new sector.");
            else if ((row.Text("category").Length == 0
                ? sectors[i].Category
                : categories.Find(row, "category", context.Faults)) is >= 0 and var category)
                groupOf[i] = Group(row, groups, known, category, study);
        }

        var missing = sectors.Where((_, i) => groupOf[i] < 0).Select(s => s.Code).ToArray();
        if (context.Faults.Count == 0 && missing.Length > 0)
            context.Faults.Add(new(table.File, "",
                $"no row for sector {Wording.Listed(missing, 8)}",
                "a row for every sector of the table", "Add the missing rows."));
        return context.Faults.Count == 0 ? (Named(groups, groupOf, sectors), groupOf) : throw new StudyException(context.Faults.ToFaults());
    }

    // A sector that stays alone keeps its names; sectors added up have that of the file, or their code.
    private static List<Sector> Named(List<Sector> groups, int[] groupOf, IReadOnlyList<Sector> sectors)
    {
        var members = Enumerable.Range(0, sectors.Count).ToLookup(i => groupOf[i]);
        return [.. groups.Select((group, g) => members[g].ToArray() is [var single]
            ? group with { Name = group.Name.Length > 0 ? group.Name : sectors[single].Name, NameEnglish = sectors[single].NameEnglish }
            : group.Name.Length > 0 ? group : group with { Name = group.Code })];
    }

    private static int Group(CsvRow row, List<Sector> groups, Dictionary<string, int> known, int category, Study study)
    {
        var code = row.Text("group");
        if (known.TryAdd(code, groups.Count))
        {
            groups.Add(new(code, row.Text("name"), "", category));
            return groups.Count - 1;
        }

        var g = known[code];
        if (groups[g].Category != category)
            row.Fault("group", $"sectors of one category, {study.Categories.Categories[groups[g].Category].Code}, in group {code}",
                "Give the group a category in the column category, or divide it.");
        return g;
    }
}
