using IIKernel.Growth;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Amounts by codes and year, last index the year, each code list in its order before it.</summary>
/// <param name="Values">The amounts in the study's unit.</param>
/// <param name="RevisionSd">Relative standard deviation of each amount's revision error, 0 where it has none; as the amounts.</param>
/// <param name="Filled">One item for each series: what filled its end; null where all its years are known.</param>
internal sealed record AccountSeries(double[] Values, double[] RevisionSd, FilledSeries?[] Filled);

/// <summary>Reads amounts by codes and year: value added by category, GDP by region and group.</summary>
internal static class AccountReader
{
    private const int Named = 8;

    /// <summary>
    /// The amounts; null with faults added. Rows of other years are ignored; within the years every combination must
    /// be there once. An empty amount after the last known year of its series is filled by a line.
    /// </summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="keys">The key columns with their codes; null codes (their own file is faulty) are not checked.</param>
    /// <param name="years">The reported years, ascending without a gap.</param>
    /// <param name="column">The column of the amounts, which are at least 0.</param>
    /// <param name="factor">Factor to the study's unit.</param>
    /// <param name="window">How many last known years the line runs through; null where every amount must be there.</param>
    /// <param name="revisions">The revision errors of the amounts; null for none.</param>
    public static AccountSeries? Read(StudyReadContext context, string path, (string Column, CodeList? Codes)[] keys,
        IReadOnlyList<int> years, string column, double factor, int? window, RevisionDefinition? revisions)
    {
        string[] vintage = revisions?.Vintages is null ? [] : ["vintage"];
        var table = context.Csv(path, [.. keys.Select(k => k.Column), "year", column, .. vintage]);
        if (table is null) return null;
        var before = context.Faults.Count;
        var known = keys.All(k => k.Codes is not null);
        var cells = keys.Aggregate((double)years.Count, (size, k) => size * (k.Codes?.Count ?? 0));
        if (known && StudyLimits.Cells(table.File, cells, StudyLimits.Memory) is { } tooMany)
        {
            context.Faults.Add(tooMany);
            return null;
        }

        var values = new double?[known ? (int)cells : 0];
        var sd = new double[values.Length];
        var (seen, unknown) = (new CsvRow?[values.Length], 0);
        foreach (var row in table.Rows)
        {
            var year = row.Year("year");
            if (year is null || year < years[0] || year > years[^1]) continue;
            row.Name(keys.Select(k => (k.Column, row.Text(k.Column))).Append(("year", row.Text("year"))));
            double? value = window is not null && row.Text(column).Length == 0 ? null : row.NonNegative(column);
            var error = value is null ? 0 : Revision(row, revisions);
            var index = 0;
            foreach (var (key, codes) in keys)
            {
                if (codes is null) continue;
                var found = codes.Find(row, key, context.Faults);
                index = found < 0 || index < 0 ? -1 : index * codes.Count + found;
            }

            if (index < 0) unknown++;
            if (!known || index < 0) continue;
            index = index * years.Count + year.Value - years[0];
            if (seen[index] is { } first)
                context.Faults.Add(new(table.File, row.Place(column), "a second row for the same " + Words(keys),
                    $"one row; the first is {first.On}", "Remove one of the two."));
            seen[index] = row;
            values[index] = value * factor;
            sd[index] = error;
        }

        // As many rows of unknown codes as rows that are missing are the same ones: they have been named.
        if (known && unknown != seen.Count(row => row is null)) ReportMissing(context, table.File, keys, years, seen);
        if (!known || context.Faults.Count > before) return null;
        var filled = window is { } w ? Fill(values, seen, years, column, w) : [];
        return context.Faults.Count > before ? null : new([.. values.Select(v => v!.Value)], sd, filled);
    }

    // Fills the empty ends of all series; faults are those of the rows.
    private static FilledSeries?[] Fill(double?[] values, CsvRow?[] rows, IReadOnlyList<int> years, string column, int window)
    {
        var filled = new FilledSeries?[values.Length / years.Count];
        for (var s = 0; s < filled.Length; s++)
        {
            var series = values.AsSpan(s * years.Count, years.Count);
            var known = series.Length;
            while (known > 0 && series[known - 1] is null) known--;
            for (var t = 0; t < known; t++)
                if (series[t] is null)
                    rows[s * years.Count + t]!.Fault(column,
                        "a number of at least 0; a cell may be empty only after the last known year of its series", "Write the number.");
            if (known == series.Length || series[..known].Contains(null)) continue;
            var row = rows[s * years.Count + known]!;
            if (known < window)
            {
                row.Fault(column,
                    $"a number of at least 0, or {window} known years before it, the window of extrapolate; there are {known}",
                    "Write the amount, or narrow the window in the study.");
                continue;
            }

            var line = FilledSeries.Extrapolate(years[0], series.ToArray(), window);
            for (var t = known; t < series.Length; t++) series[t] = line.Values[t];

            // A series of zeros stays at 0; one that had amounts has no year in which they are gone.
            var fallen = line.Line!.Level > 0 ? Array.FindIndex(line.Values, known, value => !(value > 0)) : -1;
            if (fallen >= 0)
                rows[s * years.Count + fallen]!.Fault(column,
                    $"a number of at least 0: the line through the last {window} known years falls to "
                    + $"{CsvNumber.Print(line.Values[fallen])} in {years[fallen]}",
                    "Write the amount, or choose another window in the study.");
            filled[s] = line;
        }

        return filled;
    }

    // The relative standard deviation of one amount's revision error.
    private static double Revision(CsvRow row, RevisionDefinition? revisions)
    {
        if (revisions?.Vintages is not { } vintages) return revisions?.Sd ?? 0;
        var name = row.Text("vintage");
        if (vintages.FirstOrDefault(v => v.Name == name) is { } vintage) return vintage.Sd;
        string[] known = [.. vintages.Select(v => v.Name)];
        row.Fault("vintage", "one of the study's vintages: " + string.Join(", ", known),
            Suggestion.Remedy(name, known, "Write one of them."));
        return 0;
    }

    private static void ReportMissing(StudyReadContext context, string file, (string Column, CodeList? Codes)[] keys,
        IReadOnlyList<int> years, CsvRow?[] seen)
    {
        var missing = Enumerable.Range(0, seen.Length).Where(i => seen[i] is null).ToArray();
        if (missing.Length == 0) return;
        string[] names = [.. missing.Select(i => Name(i, keys, years))];
        context.Faults.Add(new(file, "", $"no row for {Wording.Listed(names, Named, "; ")}",
            $"a row for every {Words(keys)} from {years[0]} to {years[^1]} ({seen.Length} rows)",
            "Add the missing rows, or shorten the years of the study."));
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
