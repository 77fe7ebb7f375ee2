using IIKernel.Growth;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads output, capital and labour by year.</summary>
internal static class GrowthReader
{
    private static readonly string[] Series = ["output", "capital", "labour"];

    /// <summary>The series in order of the years; null with faults added.</summary>
    public static GrowthSeries? Read(StudyReadContext context, GrowthDefinition definition, IReadOnlyList<int> years)
    {
        var table = context.Csv(definition.File, ["year", .. Series]);
        if (table is null) return null;
        var before = context.Faults.Count;
        var rows = new SortedDictionary<int, CsvRow>();
        foreach (var row in table.Rows)
        {
            if (row.Year("year") is not { } year) continue;
            row.Label = $"year {year}";
            if (!rows.TryAdd(year, row))
                row.Fault("year", $"every year once; the first is {rows[year].On}", "Remove one of the two rows.");
        }

        // Without the years, what follows would report consequences.
        if (context.Faults.Count > before || !CheckYears(context, table.File, definition, [.. rows.Keys], years)) return null;
        var (from, to) = (definition.Fit[0], definition.Fit[1]);
        var window = definition.Extrapolate.Window;
        var values = Series.Select(series => ReadSeries(context, [.. rows.Values], series, from, to, window)).ToArray();
        if (context.Faults.Count > before) return null;
        var growth = new GrowthSeries
        {
            Years = [.. rows.Keys],
            Output = values[0],
            Capital = values[1],
            Labour = values[2],
            FitFirst = from,
            FitLast = to,
            Returns = definition.Returns == "free" ? ReturnsToScale.Free : ReturnsToScale.Constant,
            ExtrapolationWindow = window,
        };
        if (ProductionFunction.ConditionNumber(growth) < LeastSquares.MostCondition) return growth;
        context.Faults.Add(Dependent(table.File, growth));
        return null;
    }

    // Why (7) has no fit: a series that stands still, or two that move as one.
    private static StudyFault Dependent(string file, GrowthSeries growth)
    {
        var window = Enumerable.Range(growth.FitFirst - growth.Years[0], growth.FitLast - growth.FitFirst + 1).ToArray();
        bool Constant(IReadOnlyList<double?> series) => window.All(t => Math.Abs(series[t]!.Value / series[window[0]]!.Value - 1) < 1e-9);
        var free = growth.Returns == ReturnsToScale.Free;
        var labour = growth.Labour[window[0]]!.Value;
        var ratio = growth.Capital[window[0]]!.Value / labour;
        var proportional = window.All(t => Math.Abs(growth.Capital[t]!.Value / growth.Labour[t]!.Value / ratio - 1) < 1e-9);
        var printed = ratio.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
        var (column, found) = proportional
            ? ("capital, labour", $"capital and labour in proportion: their ratio is {printed} in every year")
            : free && Constant(growth.Labour)
            ? ("labour", $"labour that is {CsvNumber.Print(labour)} in every year")
            : free && Constant(growth.Capital)
            ? ("capital", $"capital that is {CsvNumber.Print(growth.Capital[window[0]]!.Value)} in every year")
            : ("capital, labour", "capital and labour whose logarithms depend on one another linearly");
        return new(file, $"column {column}, years {growth.FitFirst} to {growth.FitLast}", found,
            "series from which the fit of growth.fit can tell the elasticities of capital and labour apart",
            free && !proportional ? "Write other series or another window, or \"returns\": \"constant\"."
                : "Write other series, or another window of growth.fit.");
    }

    private static bool CheckYears(StudyReadContext context, string file, GrowthDefinition definition,
        int[] found, IReadOnlyList<int> reported)
    {
        var before = context.Faults.Count;
        var gaps = Enumerable.Range(found[0], found[^1] - found[0] + 1).Except(found).ToArray();
        if (gaps.Length > 0)
            context.Faults.Add(new(file, "column year", $"no row for {Some(gaps)}", $"every year from {found[0]} to {found[^1]}",
                "Add the missing years."));
        var missing = reported.Where(t => t < found[0] || t > found[^1]).ToArray();
        if (missing.Length > 0)
            context.Faults.Add(new(file, "column year", $"no row for {Some(missing)}",
                $"every reported year, {reported[0]} to {reported[^1]}",
                "Add the years; cells after a series' last known year may be empty."));
        var (from, to) = (definition.Fit[0], definition.Fit[1]);
        if (from < found[0] || to > found[^1])
            context.Faults.Add(new(file, "column year", $"the years {found[0]} to {found[^1]}",
                $"every year of growth.fit, {from} to {to}", "Add the years, or narrow the fit window in the study."));
        return context.Faults.Count == before;
    }

    private static double?[] ReadSeries(StudyReadContext context, CsvRow[] rows, string series, int from, int to, int window)
    {
        var before = context.Faults.Count;
        var values = new double?[rows.Length];
        var known = rows.Length;
        while (known > 0 && rows[known - 1].Text(series).Length == 0) known--;
        if (known == 0)
        {
            context.Faults.Add(new(rows[0].File, $"column {series}", "no value", "a value for every year of the fit window",
                "Write the series."));
            return values;
        }

        var first = int.Parse(rows[0].Text("year"), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < known; i++)
        {
            if (rows[i].Text(series).Length == 0)
            {
                rows[i].Fault(series,
                    "a positive number; a cell may be empty only after the last known year of its series", "Write the number.");
                continue;
            }

            values[i] = rows[i].Number(series, "a positive number");
            // Formula (7) takes logarithms.
            if (values[i] is <= 0) rows[i].Fault(series, "a positive number", "Mend the figure; it enters a logarithm.");
        }

        var last = first + known - 1;
        if (last < to)
            context.Faults.Add(new(rows[0].File, $"column {series}", $"last known year {last}",
                $"a value for every year of growth.fit, {from} to {to}", "Write the series, or narrow the fit window in the study."));
        if (known < rows.Length && known < window)
            context.Faults.Add(new(rows[0].File, $"column {series}", $"{known} known years",
                $"at least {window}, the window of growth.extrapolate", "Write the series, or narrow the window in the study."));
        else if (known < rows.Length && context.Faults.Count == before)
            RefuseFallen(rows, series, values, first, known, window);
        return values;
    }

    // The logarithm of formula (8) takes a filled figure as it takes a known one.
    private static void RefuseFallen(CsvRow[] rows, string series, double?[] values, int first, int known, int window)
    {
        var line = FilledSeries.Extrapolate(first, values, window).Values;
        var fallen = Array.FindIndex(line, known, value => !(value > 0));
        if (fallen >= 0)
            rows[fallen].Fault(series, $"a positive number: the line through the last {window} known years falls "
                + $"to {CsvNumber.Print(line[fallen])} in {first + fallen}", "Write the number, or choose another window in the study.");
    }

    private static string Some(int[] years) => Wording.Listed([.. years.Select(year => $"{year}")], 6);
}
