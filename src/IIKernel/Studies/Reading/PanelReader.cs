namespace IIKernel.Studies.Reading;

/// <summary>Reads amounts by codes and year: value added by category, GDP by region and group.</summary>
internal static class PanelReader
{
    private const int Named = 8;

    /// <summary>
    /// The amounts, last index the year, each code list in its order before it; null with faults added.
    /// Rows of other years are ignored; within the years every combination must be there once.
    /// </summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="keys">The key columns with their codes; null codes (their own file is faulty) are not checked.</param>
    /// <param name="years">The reported years, ascending without a gap.</param>
    /// <param name="column">The column of the amounts, which are at least 0.</param>
    /// <param name="factor">Factor to the study's unit.</param>
    public static double[]? Read(StudyReadContext context, string path, (string Column, CodeList? Codes)[] keys, IReadOnlyList<int> years, string column, double factor)
    {
        var table = context.Csv(path, [.. keys.Select(k => k.Column), "year", column]);
        if (table is null) return null;
        var before = context.Faults.Count;
        var known = keys.All(k => k.Codes is not null);
        var values = new double[known ? keys.Aggregate(years.Count, (size, k) => size * k.Codes!.Count) : 0];
        var seen = new int[values.Length];
        foreach (var row in table.Rows)
        {
            var year = row.Year("year");
            if (year is null || year < years[0] || year > years[^1]) continue;
            row.Label = string.Join(", ", keys.Select(k => $"{k.Column} {row.Text(k.Column)}").Append($"year {year}"));
            var value = row.NonNegative(column);
            var index = 0;
            foreach (var (key, codes) in keys)
            {
                if (codes is null) continue;
                var found = codes.Find(row, key, context.Faults);
                index = found < 0 || index < 0 ? -1 : index * codes.Count + found;
            }

            if (!known || index < 0) continue;
            index = index * years.Count + year.Value - years[0];
            if (seen[index] > 0)
                context.Faults.Add(new(table.File, row.Place(column), "a second row for the same " + Words(keys), $"one row; the first is on line {seen[index]}", "Remove one of the two."));
            seen[index] = row.Line;
            values[index] = (value ?? 0) * factor;
        }

        if (known) ReportMissing(context, table.File, keys, years, seen);
        return known && context.Faults.Count == before ? values : null;
    }

    private static void ReportMissing(StudyReadContext context, string file, (string Column, CodeList? Codes)[] keys, IReadOnlyList<int> years, int[] seen)
    {
        var missing = Enumerable.Range(0, seen.Length).Where(i => seen[i] == 0).ToArray();
        if (missing.Length == 0) return;
        var names = missing.Take(Named).Select(i => Name(i, keys, years));
        var more = missing.Length > Named ? $" and {missing.Length - Named} more" : "";
        context.Faults.Add(new(file, "", $"no row for {string.Join("; ", names)}{more}",
            $"a row for every {Words(keys)} from {years[0]} to {years[^1]} ({seen.Length} rows)", "Add the missing rows, or shorten the years of the study."));
    }

    private static string Words((string Column, CodeList? Codes)[] keys) => string.Join(", ", keys.Select(k => k.Column)) + " and year";

    private static string Name(int index, (string Column, CodeList? Codes)[] keys, IReadOnlyList<int> years)
    {
        var parts = new Stack<string>();
        parts.Push($"year {years[index % years.Count]}");
        index /= years.Count;
        foreach (var (column, codes) in keys.Reverse())
        {
            parts.Push($"{column} {codes!.Codes[index % codes.Count]}");
            index /= codes.Count;
        }

        return string.Join(" ", parts);
    }
}
