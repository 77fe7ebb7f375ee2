using IIKernel.Tables;

namespace IIKernel.Studies.Reading;

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
        var context = new StudyReadContext(new FolderStudyFiles(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : "."));
        var table = context.Csv(Path.GetFileName(path), "sector", "group") ?? throw new StudyException(context.Faults);
        var sectors = study.Table.Sectors;
        var codes = sectors.Select((s, i) => (s.Code, i)).ToDictionary(x => x.Code, x => x.i);
        var categories = study.Categories.Categories.Select((c, i) => (c.Code, i)).ToDictionary(x => x.Code, x => x.i);
        var (groups, groupOf) = (new List<Sector>(), Enumerable.Repeat(-1, sectors.Count).ToArray());
        foreach (var row in table.Rows)
        {
            row.Label = $"sector {row.Text("sector")}";
            if (!codes.TryGetValue(row.Text("sector"), out var i))
                row.Fault("sector", "a sector of the table", CodeList.Remedy(row.Text("sector"), [.. codes.Keys], "Use a code of the study's sectors."));
            else if (groupOf[i] >= 0)
                row.Fault("sector", "every sector once", "Remove one of the two rows.");
            else if (row.Text("group").Length == 0)
                row.Fault("group", "a code", "Write the code of the new sector.");
            else if (Category(row, sectors[i], categories) is >= 0 and var category)
                groupOf[i] = Group(row, groups, category, study);
        }

        var missing = sectors.Where((_, i) => groupOf[i] < 0).Select(s => s.Code).ToArray();
        if (context.Faults.Count == 0 && missing.Length > 0)
            context.Faults.Add(new(table.File, "", $"no row for sector {string.Join(", ", missing.Take(8))}{(missing.Length > 8 ? $" and {missing.Length - 8} more" : "")}", "a row for every sector of the table", "Add the missing rows."));
        return context.Faults.Count == 0 ? (groups, groupOf) : throw new StudyException(context.Faults);
    }

    private static int Category(CsvRow row, Sector sector, Dictionary<string, int> categories)
    {
        if (row.Text("category").Length == 0) return sector.Category;
        if (categories.TryGetValue(row.Text("category"), out var category)) return category;
        row.Fault("category", "a category of the study, or an empty cell for the sector's own", "Use a code of the study's categories.");
        return -1;
    }

    private static int Group(CsvRow row, List<Sector> groups, int category, Study study)
    {
        var code = row.Text("group");
        var g = groups.FindIndex(s => s.Code == code);
        if (g < 0)
        {
            groups.Add(new(code, row.Text("name"), "", category));
            return groups.Count - 1;
        }

        if (groups[g].Category != category)
            row.Fault("group", $"sectors of one category, {study.Categories.Categories[groups[g].Category].Code}, in group {code}", "Give the group a category in the column category, or divide it.");
        return g;
    }
}
