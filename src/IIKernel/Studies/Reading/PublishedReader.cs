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
        var printed = new List<double?>();
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
            var stated = Rounding(row);
            figures.Add(new(key.Item1, key.Item2, year.Value, component.Value, value.Value * factor, kind, (stated ?? 0) * factor, stated is not null));
            // The zeros at the end of a 0 are all of it: it tells no place, but for its decimals.
            printed.Add(stated ?? (value == 0 && !row.Text("value").Contains('.') ? null : CsvNumber.PrintedUnit(row.Text("value"))));
        }

        return context.Faults.Count == before ? Guess(figures, printed, factor) : null;
    }

    private static double? Rounding(CsvRow row)
    {
        const string expected = "a positive number, or an empty cell for the finest place that figures of its scope and component are printed to";
        if (row.Text("rounding").Length == 0) return null;
        var rounding = row.Number("rounding", expected);
        if (rounding is <= 0) row.Fault("rounding", expected, "Write the unit of the last printed digit.");
        return rounding ?? 0;
    }

    // A publication rounds what stands side by side alike: an unstated rounding is the finest place printed in the scope and component.
    // Zeros at the end of whole numbers count as rounded away only where two different figures agree in them: a lone 1000 may be exact.
    private static List<PublishedFigure> Guess(List<PublishedFigure> figures, List<double?> printed, double factor)
    {
        var finest = figures.Zip(printed).Where(f => f.Second is not null).GroupBy(f => (f.First.Scope, f.First.Component)).ToDictionary(
            siblings => siblings.Key,
            siblings => siblings.Min(f => f.Second!.Value) is var place && siblings.Select(f => f.First.Value).Distinct().Count() > 1 ? place : Math.Min(1, place));
        return [.. figures.Select(f => f.RoundingStated ? f : f with { Rounding = finest.GetValueOrDefault((f.Scope, f.Component), 1) * factor })];
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
