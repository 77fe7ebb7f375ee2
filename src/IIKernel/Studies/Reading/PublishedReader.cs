namespace IIKernel.Studies.Reading;

/// <summary>Reads the published figures.</summary>
internal static class PublishedReader
{
    private static readonly string[] Kinds = ["published", "forecast"];

    /// <summary>The figures in the study's unit, in file order; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="scopes">The scopes with their codes; null codes (their own file is faulty) are not checked; the nation has none.</param>
    /// <param name="factor">Factor to the study's unit.</param>
    public static List<PublishedFigure>? Read(StudyReadContext context, string path, IReadOnlyDictionary<string, CodeList?> scopes, double factor)
    {
        var table = context.Csv(path, "scope", "code", "year", "component", "value", "kind");
        if (table is null) return null;
        var before = context.Faults.Count;
        var figures = new List<PublishedFigure>();
        var seen = new Dictionary<(string, string, int, Component, string), int>();
        foreach (var row in table.Rows)
        {
            CheckCode(context, row, scopes);
            var year = row.Year("year");
            Component? component = row.Text("component") switch { "direct" => Component.Direct, "indirect" => Component.Indirect, "total" => Component.Total, _ => null };
            if (component is null) row.Fault("component", "direct, indirect or total", "Write one of them.");
            var value = row.Number("value");
            var kind = row.Text("kind");
            if (!Kinds.Contains(kind)) row.Fault("kind", string.Join(" or ", Kinds), "Write one of them.");
            if (year is null || component is null || value is null) continue;
            var key = (row.Text("scope"), row.Text("code"), year.Value, component.Value, kind);
            if (!seen.TryAdd(key, row.Line))
                row.Fault("scope", $"every scope, code, year, component and kind once; the first is on line {seen[key]}", "Remove one of the two rows.");
            figures.Add(new(key.Item1, key.Item2, year.Value, component.Value, value.Value * factor, kind, Rounding(row) * factor));
        }

        return context.Faults.Count == before ? figures : null;
    }

    // Without a column of its own, the place of the last digit that is not 0: no figure is taken for more exact than it looks.
    private static double Rounding(CsvRow row)
    {
        if (row.Text("rounding").Length == 0) return CsvNumber.PrintedUnit(row.Text("value"));
        var rounding = row.Number("rounding", "a positive number, or an empty cell for the place of the last digit that is not 0");
        if (rounding is <= 0) row.Fault("rounding", "a positive number, or an empty cell for the place of the last digit that is not 0", "Write the unit of the last printed digit.");
        return rounding ?? 0;
    }

    private static void CheckCode(StudyReadContext context, CsvRow row, IReadOnlyDictionary<string, CodeList?> scopes)
    {
        var scope = row.Text("scope");
        if (scope == "nation")
        {
            if (row.Text("code").Length > 0) row.Fault("code", "an empty cell, since the scope is the nation", "Empty the cell, or mend the scope.");
        }
        else if (scopes.TryGetValue(scope, out var codes))
        {
            codes?.Find(row, "code", context.Faults);
        }
        else
        {
            string[] known = ["nation", .. scopes.Keys];
            row.Fault("scope", string.Join(", ", known), Suggestion.Remedy(scope, known, "Write one of them; sets of regions are named in the study."));
        }
    }
}
