using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads the published figures.</summary>
internal static class PublishedReader
{
    private static readonly string[] Components = ["direct", "indirect", "total"];
    private static readonly string[] Kinds = ["published", "forecast"];

    /// <summary>The figures in the study's unit, in file order; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="scopes">The scopes of the study.</param>
    /// <param name="factor">Factor to the study's unit.</param>
    public static List<PublishedFigure>? Read(StudyReadContext context, string path, FigureScopes scopes, double factor)
    {
        var table = context.Csv(path, "scope", "code", "year", "component", "value", "kind");
        if (table is null) return null;
        var before = context.Faults.Count;
        var figures = new List<PublishedFigure>();
        var printed = new List<double?>();
        var seen = new Dictionary<(string, string, int, Component, Measure, string), int>();
        foreach (var row in table.Rows)
        {
            CheckCode(context, row, scopes);
            var year = row.Year("year");
            Component? component = row.Text("component") switch
            {
                "direct" => Component.Direct,
                "indirect" => Component.Indirect,
                "total" => Component.Total,
                _ => null,
            };
            if (component is null && !table.ExplainExchange("component", Components.Contains,
                cell => !Components.Contains(cell), "direct, indirect or total"))
                row.Fault("component", "direct, indirect or total", "Write one of them.");
            var measure = ReadMeasure(row, component);
            var value = row.Number("value");
            var kind = row.Text("kind");
            if (!Kinds.Contains(kind)) row.Fault("kind", string.Join(" or ", Kinds), "Write one of them.");
            if (year is null || component is null || measure is null || value is null) continue;
            var key = (row.Text("scope"), row.Text("code"), year.Value, component.Value, measure.Value, kind);
            if (!seen.TryAdd(key, row.Line))
                row.Fault("scope", $"every scope, code, year, component, measure and kind once; the first is {table.On(seen[key])}",
                    "Remove one of the two rows.");
            var stated = Rounding(row);
            var unit = measure == Measure.Value ? factor : 1;
            figures.Add(new(key.Item1, key.Item2, year.Value, component.Value, value.Value * unit, kind,
                (stated ?? 0) * unit, stated is not null)
            {
                Measure = measure.Value,
            });
            // The zeros at the end of a 0 are all of it: it tells no place, but for its decimals.
            printed.Add(stated ?? (value == 0 && !row.Text("value").Contains('.') ? null : CsvNumber.PrintedUnit(row.Text("value"))));
        }

        return context.Faults.Count == before ? Guess(figures, printed, factor) : null;
    }

    private static double? Rounding(CsvRow row)
    {
        const string expected =
            "a positive number, or an empty cell for the finest place that figures of its scope and component are printed to";
        if (row.Text("rounding").Length == 0) return null;
        var rounding = row.Number("rounding", expected);
        if (rounding is <= 0) row.Fault("rounding", expected, "Write the unit of the last printed digit.");
        return rounding ?? 0;
    }

    // A publication rounds what stands side by side alike: an unstated rounding is the finest place printed in the scope, component and
    // measure. Zeros at the end of whole numbers count as rounded away only where two different figures agree in them: a lone 1000 may be
    // exact.
    private static List<PublishedFigure> Guess(List<PublishedFigure> figures, List<double?> printed, double factor)
    {
        var finest = figures.Zip(printed).Where(f => f.Second is not null)
            .GroupBy(f => (f.First.Scope, f.First.Component, f.First.Measure)).ToDictionary(
                siblings => siblings.Key,
                siblings => siblings.Min(f => f.Second!.Value) is var place
                    && siblings.Select(f => f.First.Value).Distinct().Count() > 1 ? place : Math.Min(1, place));
        return [.. figures.Select(f => f.RoundingStated ? f : f with { Rounding = Finest(f) })];

        double Finest(PublishedFigure f) =>
            finest.GetValueOrDefault((f.Scope, f.Component, f.Measure), 1) * (f.Measure == Measure.Value ? factor : 1);
    }

    // The column may be left out; what it measures but amounts is measured of totals, in percent.
    private static Measure? ReadMeasure(CsvRow row, Component? component)
    {
        Measure? measure = row.Text("measure") switch
        {
            "" or "value" => Measure.Value,
            "growth" => Measure.Growth,
            "share" => Measure.Share,
            _ => null,
        };
        if (measure is null) row.Fault("measure", "value, growth or share, or an empty cell for value", "Write one of them.");
        if (measure is Measure.Growth or Measure.Share && component is Component.Direct or Component.Indirect)
            row.Fault("component", $"total, since the measure is {row.Text("measure")}",
                "Write total: growth and share are those of totals, in percent.");
        return measure;
    }

    private static void CheckCode(StudyReadContext context, CsvRow row, FigureScopes scopes)
    {
        var scope = row.Text("scope");
        if (scopes.Fault(scope, row.Text("code")) is var (column, expected, remedy)) row.Fault(column, expected, remedy);
        else scopes.Codes(scope)?.Find(row, "code", context.Faults);
    }
}
