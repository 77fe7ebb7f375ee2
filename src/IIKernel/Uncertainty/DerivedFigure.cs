using IIKernel.Kernels.Search;

namespace IIKernel.Uncertainty;

/// <summary>The difference or the ratio of two figures of a study.</summary>
/// <param name="Kind">Difference or ratio.</param>
/// <param name="First">The first figure.</param>
/// <param name="Second">The second figure, in the same unit.</param>
public sealed record DerivedFigure(DerivedKind Kind, EstimateKey First, EstimateKey Second)
{
    // The unit of what has none.
    private const string One = "1";

    /// <summary>The figure as the command line takes it: "nation.total.2022-nation.total.2021".</summary>
    public string Name => $"{FigureIndex.Reference(First)}{Sign(Kind)}{FigureIndex.Reference(Second)}";

    /// <summary>Its unit; "1" for a ratio.</summary>
    public string Unit => Kind == DerivedKind.Ratio ? One : First.Unit;

    /// <summary>The figure with every input at its point value.</summary>
    public double Point => Output.Apply(First.Point, Second.Point);

    /// <summary>What the user must know about either figure.</summary>
    public IReadOnlyList<string> Flags => [.. First.Flags.Union(Second.Flags)];

    /// <summary>What a draw makes of the two.</summary>
    public DerivedOutput Output => new(Kind, First.Output, Second.Output);

    /// <summary>What stands between the two figures: "-" or "/".</summary>
    public static char Sign(DerivedKind kind) => kind == DerivedKind.Ratio ? '/' : '-';

    /// <summary>
    /// The figures of a text: two figures with the sign of the kind between them. Where both leave out the year, one for each year that
    /// both have. Codes may hold the sign themselves: the one place where both sides name figures counts.
    /// </summary>
    /// <param name="kind">Difference or ratio.</param>
    /// <param name="text">Such as "nation.total.2022-nation.total.2021".</param>
    /// <param name="index">The figures of the study.</param>
    /// <exception cref="FigurePatternException">It names none, or more than one can tell apart.</exception>
    public static IReadOnlyList<DerivedFigure> Parse(DerivedKind kind, string text, FigureIndex index)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(index);
        var sign = Sign(kind);
        var form = $"expected FIRST{sign}SECOND, two figures {FigureIndex.Form}";
        (int At, EstimateKey[]? First, EstimateKey[]? Second, string Fault)[] places =
            [.. Enumerable.Range(0, text.Length).Where(i => text[i] == sign).Select(i => At(i))];
        if (places.Length == 0) throw new FigurePatternException($"found no {sign} between two figures; {form}.");
        var meant = places.Where(p => p is { First: not null, Second: not null }).ToArray();
        if (meant.Length > 1)
        {
            throw new FigurePatternException($"found {meant.Length} ways to read it; expected one. Write the years of both figures, or the "
                + "names of region sets without that sign.");
        }

        if (meant.Length == 0) throw new FigurePatternException(places.OrderBy(p => p.First is null && p.Second is null).First().Fault);
        var (at, first, second, _) = meant[0];
        return Pairs(kind, (first!, HasYear(text[..at])), (second!, HasYear(text[(at + 1)..])), form);

        (int At, EstimateKey[]? First, EstimateKey[]? Second, string Fault) At(int place)
        {
            var (first, faultOfFirst) = Select(text[..place]);
            var (second, faultOfSecond) = Select(text[(place + 1)..]);
            return (place, first, second, first is null ? $"{text[..place]}: {faultOfFirst}" : $"{text[(place + 1)..]}: {faultOfSecond}");
        }

        (EstimateKey[]?, string) Select(string pattern)
        {
            try
            {
                return ([.. index.Select(pattern)], "");
            }
            catch (FigurePatternException exception)
            {
                return (null, exception.Message);
            }
        }
    }

    // As FigureIndex reads it.
    private static bool HasYear(string pattern) => pattern.Length > 5 && pattern[^5] == '.' && pattern[^4..].All(char.IsAsciiDigit);

    private static IReadOnlyList<DerivedFigure> Pairs(
        DerivedKind kind, (EstimateKey[] Keys, bool HasYear) first, (EstimateKey[] Keys, bool HasYear) second, string form)
    {
        if (new[] { first, second }.Any(side => side.Keys.DistinctBy(k => (k.Scope, k.Code)).Count() > 1))
            throw new FigurePatternException($"found figures of several entities; {form} with a code each.");
        if (first.HasYear != second.HasYear)
            throw new FigurePatternException($"found a year on one side only; {form} with a year each, or neither with one.");
        var pairs = first.HasYear ? [new(kind, first.Keys[0], second.Keys[0])]
            : first.Keys.Join(second.Keys, k => k.Year, k => k.Year, (a, b) => new DerivedFigure(kind, a, b)).ToArray();
        if (pairs.Length == 0) throw new FigurePatternException($"found no year that both figures have; {form} with a year each.");
        var (unit, other) = (pairs[0].First.Unit, pairs[0].Second.Unit);
        return unit == other ? pairs
            : throw new FigurePatternException($"found figures in {unit} and in {other}; expected two in one unit.");
    }
}

/// <summary>A difference or ratio with its uncertainty.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Statistics">What the draws say about it.</param>
/// <param name="Greater">In how many draws the first figure is the greater: a difference above 0, a ratio above 1.</param>
/// <param name="Flags">What the user must know about it.</param>
public sealed record DerivedEstimate(DerivedFigure Figure, OutputStatistics Statistics, long Greater, IReadOnlyList<string> Flags);
