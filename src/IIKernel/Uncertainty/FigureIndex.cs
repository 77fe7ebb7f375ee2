using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>A pattern that selects no figure; the message says what was found, what was expected and what may have been meant.</summary>
public sealed class FigurePatternException(string message) : Exception(message);

/// <summary>Finds figures of a study by what names them.</summary>
/// <remarks>Two region sets may have areas of one name; such a name stands for the first set's.</remarks>
public sealed class FigureIndex
{
    /// <summary>How a pattern is written.</summary>
    public const string Form = "SCOPE[:CODE].PART[.YEAR] with PART direct, indirect, total, growth or share, such as nation.total.2022";

    private static readonly string[] Parts = ["direct", "indirect", "total", "growth", "share"];
    private readonly Dictionary<FigureReference, EstimateKey> _keys = [];
    private readonly Dictionary<string, List<string>> _codes = new(StringComparer.Ordinal);

    /// <summary>Indexes figures.</summary>
    /// <param name="keys">The figures, in the order in which <see cref="Select"/> gives them: <see cref="CompiledStudy.Keys"/>.</param>
    public FigureIndex(IReadOnlyList<EstimateKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            if (!_keys.TryAdd(Reference(key), key)) continue;
            if (!_codes.TryGetValue(key.Scope, out var codes)) _codes.Add(key.Scope, codes = []);
            // Figures come entity by entity.
            if (codes.Count == 0 || codes[^1] != key.Code) codes.Add(key.Code);
        }
    }

    /// <summary>What names a figure.</summary>
    public static FigureReference Reference(EstimateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key.Scope, key.Code, key.Year, key.Component, key.Measure);
    }

    /// <summary>The figure of a name; null where the study yields none.</summary>
    public EstimateKey? Find(FigureReference reference) => _keys.GetValueOrDefault(reference);

    /// <summary>The figures of a scope's entities in one year and part, in the study's order; empty where it yields none.</summary>
    public IReadOnlyList<EstimateKey> Of(string scope, int year, Component component, Measure measure) =>
        [.. _codes.GetValueOrDefault(scope, []).Select(code => Find(new(scope, code, year, component, measure))).OfType<EstimateKey>()];

    /// <summary>
    /// The figures that a pattern of the command line names, in the study's order: without a code those of the whole scope, without a year
    /// those of every year.
    /// </summary>
    /// <param name="pattern">See <see cref="Form"/>.</param>
    /// <exception cref="FigurePatternException">It names none.</exception>
    public IReadOnlyList<EstimateKey> Select(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var pieces = pattern.Split('.');
        int? year = null;
        if (pieces.Length > 2 && pieces[^1] is { Length: 4 } digits && digits.All(char.IsAsciiDigit))
        {
            year = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            pieces = pieces[..^1];
        }

        if (pieces.Length < 2) throw new FigurePatternException($"expected {Form}.");
        var part = pieces[^1];
        if (!Parts.Contains(part)) throw Unknown("part", part, Parts);
        var (scope, code) = ScopeAndCode(string.Join('.', pieces[..^1]));
        EstimateKey[] ofPart =
            [.. _keys.Values.Where(k => k.Scope == scope && (code is null || k.Code == code) && Reference(k).Part == part)];
        EstimateKey[] found = year is null ? ofPart : [.. ofPart.Where(k => k.Year == year)];
        if (found.Length > 0) return found;
        throw new FigurePatternException(ofPart.Length == 0
            ? $"{scope} has no figures of {part}; expected {string.Join(", ", Parts.Where(HasPart))}."
            : $"no {part} of {scope} in {year}; expected {Years(ofPart)}.");

        bool HasPart(string p) => _keys.Values.Any(k => k.Scope == scope && Reference(k).Part == p);
    }

    // Codes and names of sets may have colons of their own: the longest scope that the text begins with is meant.
    private (string Scope, string? Code) ScopeAndCode(string text)
    {
        if (_codes.ContainsKey(text)) return (text, null);
        var scope = _codes.Keys.Where(s => text.StartsWith(s + ":", StringComparison.Ordinal)).MaxBy(s => s.Length);
        if (scope is null) throw Unknown("scope", text.Split(':')[0], _codes.Keys);
        var code = text[(scope.Length + 1)..];
        if (scope == "nation") throw new FigurePatternException($"found the code {code} of the nation, which has none. Leave it out.");
        return _codes[scope].Contains(code) ? (scope, code) : throw Unknown($"code of {scope}", code, _codes[scope]);
    }

    private static FigurePatternException Unknown(string what, string found, IReadOnlyCollection<string> known)
    {
        const int shown = 12;
        var expected = $"Expected {string.Join(", ", known.Take(shown))}{(known.Count > shown ? ", …" : "")}.";
        return new(found.Length == 0 ? $"found no {what}. {expected}"
            : $"found the unknown {what} {found}. {Suggestion.Remedy(found, known, expected)}");
    }

    private static string Years(EstimateKey[] keys)
    {
        var (first, last) = (keys.Min(k => k.Year), keys.Max(k => k.Year));
        return first == last ? $"{first}" : $"{first} to {last}";
    }
}
