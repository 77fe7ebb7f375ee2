using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads the conditions of claims: what each key means, and whether the study has the figures that it names.</summary>
/// <param name="file">The file of claims.</param>
/// <param name="shape">Where its keys stand.</param>
/// <param name="study">The study.</param>
/// <param name="factor">Factor of the file's amounts to the study's unit.</param>
/// <param name="faults">Takes the faults.</param>
internal sealed class ClaimConditionReader(string file, DefinitionShape shape, Study study, double factor, FaultList faults)
{
    private readonly FigureReader _figures = new(file, shape, study, faults);

    /// <summary>A condition, or null with faults added.</summary>
    /// <param name="d">What is written.</param>
    /// <param name="path">Its key.</param>
    public ClaimCondition? Condition(ConditionDefinition d, string path)
    {
        var kind = One(path, "Several conditions go into all or any.",
        [
            .. Kinds(d), ("rank", d.Rank), ("count", d.Count), ("firstYear", d.FirstYear), ("all", d.All), ("any", d.Any), ("not", d.Not),
        ]);
        (string Key, object? Value)[] bounds = [("above", d.Above), ("below", d.Below), ("within", d.Within), ("printed", d.Printed)];
        if (kind is null) return null;
        if (Kinds(d).Any(k => k.Key == kind)) return Bound(d, path, bounds);
        foreach (var (key, _) in bounds.Where(b => b.Value is not null))
            faults.Add(new(file, shape.Place($"{path}.{key}"), $"{key} beside {kind}", "it beside a quantity alone", "Remove the key."));
        return kind switch
        {
            "rank" => Rank(d.Rank!, path + ".rank"),
            "count" => Count(d.Count!, path + ".count"),
            "firstYear" => FirstYear(d.FirstYear!, path + ".firstYear"),
            "all" => Each(d.All!, path + ".all") is { } all ? new AllHold(all) : null,
            "any" => Each(d.Any!, path + ".any") is { } any ? new AnyHolds(any) : null,
            _ => Condition(d.Not!, path + ".not") is { } condition ? new DoesNotHold(condition) : null,
        };
    }

    private static (string Key, object? Value)[] Kinds(QuantityDefinition d) =>
    [
        ("figure", d.Figure), ("sum", d.Sum), ("largest", d.Largest), ("ratio", d.Ratio), ("percentage", d.Percentage),
        ("difference", d.Difference), ("growth", d.Growth),
    ];

    private List<ClaimCondition>? Each(IReadOnlyList<ConditionDefinition> list, string path)
    {
        var read = list.Select((d, i) => Condition(d, $"{path}[{i}]")).ToArray();
        return Array.Exists(read, c => c is null) ? null : [.. read.Select(c => c!)];
    }

    private ClaimCondition? Bound(ConditionDefinition d, string path, (string Key, object? Value)[] bounds)
    {
        var bound = One(path, "Say what the quantity is held against.", bounds);
        var quantity = Quantity(d, path);
        if (d.Within is { } interval && interval[1] < interval[0])
            faults.Add(new(file, shape.Place(path + ".within"), $"[{CsvNumber.Print(interval[0])}, {CsvNumber.Print(interval[1])}]",
                "the lower end before the upper", "Exchange the two."));
        if (d.Printed is { Rounding: <= 0 } printed)
            faults.Add(new(file, shape.Place(path + ".printed.rounding"), CsvNumber.Print(printed.Rounding), "a positive number",
                "Write the unit of the last printed digit."));
        if (quantity is null || bound is null) return null;
        var unit = quantity.IsAmount ? factor : 1;
        return bound switch
        {
            "above" => new LiesAbove(quantity, d.Above!.Value * unit),
            "below" => new LiesBelow(quantity, d.Below!.Value * unit),
            "within" => new LiesWithin(quantity, d.Within![0] * unit, d.Within[1] * unit),
            _ => new LiesWithin(quantity, (d.Printed!.Value - d.Printed.Rounding / 2) * unit,
                (d.Printed.Value + d.Printed.Rounding / 2) * unit),
        };
    }

    // Its kind has been found to be one.
    private ClaimQuantity? Quantity(QuantityDefinition d, string path)
    {
        if (d.Figure is { } figure)
            return _figures.Figure(figure, figure.Code, figure.Year, path + ".figure") is { } found ? new FigureQuantity(found) : null;
        if (d.Sum is { } sum) return Sum(sum, path + ".sum");
        if (d.Largest is { } largest) return Largest(largest, path + ".largest");
        if (d.Ratio is { } ratio) return Ratio(ratio, 1, path + ".ratio");
        if (d.Percentage is { } percentage) return Ratio(percentage, 100, path + ".percentage");
        return d.Difference is { } difference ? Difference(difference, path + ".difference") : Growth(d.Growth!, path + ".growth");
    }

    private ClaimQuantity? Part(QuantityDefinition d, string path) =>
        One(path, "Keep one.", Kinds(d)) is null ? null : Quantity(d, path);

    private SumQuantity? Sum(IReadOnlyList<QuantityDefinition> list, string path)
    {
        var terms = list.Select((d, i) => Part(d, $"{path}[{i}]")).ToArray();
        if (Array.Exists(terms, t => t is null)) return null;
        return Alike(path, terms!) ? new([.. terms.Select(t => t!)]) : null;
    }

    private DifferenceQuantity? Difference(DifferenceDefinition d, string path)
    {
        var (of, minus) = (Part(d.Of, path + ".of"), Part(d.Minus, path + ".minus"));
        return of is not null && minus is not null && Alike(path, of, minus) ? new(of, minus) : null;
    }

    private RatioQuantity? Ratio(RatioDefinition d, double times, string path)
    {
        var (of, to) = (Part(d.Of, path + ".of"), Part(d.To, path + ".to"));
        return of is null || to is null ? null : new(of, to, times);
    }

    private LargestQuantity? Largest(LargestDefinition d, string path)
    {
        var set = _figures.Set(d, d.Year, path);
        return _figures.CheckCount(d.Scope, d.Count, 1, path + ".count") && set is not null ? new(set, d.Count) : null;
    }

    private GrowthQuantity? Growth(GrowthClaimDefinition d, string path)
    {
        var measured = new MeasuredDefinition { Scope = d.Scope, Component = d.Component };
        var (from, to) = (_figures.Figure(measured, d.Code, d.From, path, "from"), _figures.Figure(measured, d.Code, d.To, path, "to"));
        if (d.From >= d.To)
            faults.Add(new(file, shape.Place(path + ".to"), CsvNumber.Print(d.To), $"a year after {d.From}", "Mend one of the two years."));
        return from is null || to is null ? null : new(from, to, d.PerYear ? d.To - d.From : 1);
    }

    private HoldsRank? Rank(RankDefinition d, string path)
    {
        var (set, figure) = (_figures.Set(d, d.Year, path), _figures.Figure(d, d.Code, d.Year, path, quiet: true));
        var bound = One(path, "Keep one.", ("exactly", d.Exactly), ("atMost", d.AtMost));
        if (bound is null) return null;
        var rank = d.Exactly ?? d.AtMost!.Value;
        return _figures.CheckCount(d.Scope, rank, 1, $"{path}.{bound}") && set is not null && figure is not null
            ? new(figure, d.Exactly ?? 1, rank) : null;
    }

    private CountsAbove? Count(CountDefinition d, string path)
    {
        var set = _figures.Set(d, d.Year, path);
        var bound = One(path, "Keep one.", ("exactly", d.Exactly), ("atLeast", d.AtLeast), ("atMost", d.AtMost));
        if (bound is null) return null;
        var count = d.Exactly ?? d.AtLeast ?? d.AtMost!.Value;
        return _figures.CheckCount(d.Scope, count, 0, $"{path}.{bound}") && set is not null
            ? new(set, d.Above * Unit(set.Measure), d.AtMost is null ? count : 0, d.AtLeast is null ? count : int.MaxValue) : null;
    }

    private FirstAbove? FirstYear(FirstYearDefinition d, string path) => _figures.Figure(d, d.Code, d.Year, path) is { } figure
        ? new(figure, d.Above * Unit(figure.Measure)) : null;

    private double Unit(Measure measure) => measure == Measure.Value ? factor : 1;

    // Amounts and percentages do not add up.
    private bool Alike(string path, params ClaimQuantity[] quantities)
    {
        if (quantities.Select(q => q.IsAmount).Distinct().Count() == 1) return true;
        faults.Add(new(file, shape.Place(path), "amounts beside percentages or ratios", "quantities of one kind", "Keep one kind."));
        return false;
    }

    // The one key that is given, or null with a fault added.
    private string? One(string path, string remedy, params IReadOnlyList<(string Key, object? Value)> keys)
    {
        string[] given = [.. keys.Where(k => k.Value is not null).Select(k => k.Key)];
        if (given.Length == 1) return given[0];
        faults.Add(new(file, shape.Place(path), given.Length == 0 ? "none of the keys" : $"{string.Join(" and ", given)} together",
            "exactly one of the keys " + string.Join(", ", keys.Select(k => k.Key)), given.Length == 0 ? "Add one of them." : remedy));
        return null;
    }
}
