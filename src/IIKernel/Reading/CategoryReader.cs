using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>Reads the industry groups, the categories and their value added.</summary>
internal static class CategoryReader
{
    /// <summary>The groups with their codes; null with faults added.</summary>
    public static (List<IndustryGroup> Groups, CodeList Codes)? Groups(StudyReadContext context, string path)
    {
        var table = context.Csv(path, "code", "name");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (groups, codes) = (new List<IndustryGroup>(), new CodeList(table.File));
        foreach (var row in table.Rows)
            if (codes.Add(row, "code", context.Faults))
                groups.Add(new(row.Text("code"), row.Text("name"), row.Text("name_en")));
        return context.Faults.Count == before ? (groups, codes) : null;
    }

    /// <summary>The categories with their codes; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="groups">The groups; null where their own file is faulty.</param>
    public static (List<IndustryCategory> Categories, CodeList Codes)? Categories(StudyReadContext context, string path, CodeList? groups)
    {
        var table = context.Csv(path, "code", "name", "group");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (categories, codes) = (new List<IndustryCategory>(), new CodeList(table.File));
        foreach (var row in table.Rows)
        {
            var added = codes.Add(row, "code", context.Faults);
            row.Name(("category", row.Text("code")));
            var group = groups?.Find(row, "group", context.Faults) ?? 0;
            if (added) categories.Add(new(row.Text("code"), row.Text("name"), group));
        }

        return context.Faults.Count == before ? (categories, codes) : null;
    }

    /// <summary>V_{c,t} of the categories, with what is known of their errors; null with faults added.</summary>
    public static CategoryAccounts? Accounts(StudyReadContext context, CategoriesDefinition definition,
        (List<IndustryCategory> Categories, CodeList Codes)? categories, IReadOnlyList<int> years,
        double factor, RevisionDefinition? revisions)
    {
        var accounts = AccountReader.Read(context, definition.ValueAdded, [("category", categories?.Codes)],
            years, "value_added", factor, definition.Extrapolate.Window, revisions);
        if (accounts is null || categories is null) return null;
        var list = categories.Value.Categories;
        var (valueAdded, sd) = (new double[list.Count, years.Count], new double[list.Count, years.Count]);
        Buffer.BlockCopy(accounts.Values, 0, valueAdded, 0, accounts.Values.Length * sizeof(double));
        Buffer.BlockCopy(accounts.RevisionSd, 0, sd, 0, accounts.Values.Length * sizeof(double));
        return new() { Categories = list, ValueAdded = valueAdded, RevisionSd = sd, Filled = accounts.Filled };
    }
}
