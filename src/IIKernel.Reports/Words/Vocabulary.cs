using System.Collections;
using System.Globalization;
using System.Text.Json;
using IIKernel.Studies;

namespace IIKernel.Reports.Words;

/// <summary>A language that results are presented in.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Chinese, in simplified characters.</summary>
    Chinese,
}

/// <summary>
/// The words of a language, from one file of templates (Words/en.json, Words/zh.json), by which phrases and warnings become sentences.
/// </summary>
public sealed class Vocabulary
{
    private static readonly Dictionary<Language, string> Files = new() { [Language.English] = "en.json", [Language.Chinese] = "zh.json" };
    private static readonly Dictionary<Language, Lazy<Vocabulary>> Known =
        Files.ToDictionary(f => f.Key, f => new Lazy<Vocabulary>(() => new(f.Value)));

    private static readonly Dictionary<Language, Lazy<Vocabulary>> Reports =
        Files.ToDictionary(f => f.Key, f => new Lazy<Vocabulary>(() => new($"report-{f.Value}")));

    private readonly Dictionary<string, Lazy<IReadOnlyList<MessageTemplate.Part>>> _templates;

    private Vocabulary(string file)
    {
        _templates = File(file).ToDictionary(
            t => t.Key, t => new Lazy<IReadOnlyList<MessageTemplate.Part>>(() => MessageTemplate.Parse(t.Value)));
    }

    /// <summary>The vocabulary of files that people and programs read whatever their language is.</summary>
    public static Vocabulary English => Of(Language.English);

    /// <summary>Every character of the templates whose names a rule accepts.</summary>
    internal string CharactersOf(Func<string, bool> isMeant) =>
        string.Concat(_templates.Where(t => isMeant(t.Key)).SelectMany(t => MessageTemplate.Texts(t.Value.Value)));

    /// <summary>Names of all templates.</summary>
    internal IEnumerable<string> Names => _templates.Keys;

    /// <summary>The vocabulary of a language.</summary>
    public static Vocabulary Of(Language language) => Known[language].Value;

    /// <summary>The sentences of reports in a language (Words/report-en.json, Words/report-zh.json), by names of their own.</summary>
    internal static Vocabulary OfReports(Language language) => Reports[language].Value;

    /// <summary>The texts of a file of words, by their names.</summary>
    internal static Dictionary<string, string> File(string name)
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    /// <summary>A phrase in words; a warning as whole sentences.</summary>
    /// <exception cref="ArgumentException">The language has no words for it.</exception>
    public string Text(Phrase phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return Text(phrase.Template, phrase.Arguments);
    }

    /// <summary>Arguments that a template asks for, each once.</summary>
    internal IReadOnlyList<string> ArgumentsOf(string template) => [.. MessageTemplate.Names(Parts(template)).Distinct()];

    private IReadOnlyList<MessageTemplate.Part> Parts(string template) =>
        _templates.GetValueOrDefault(template)?.Value ?? throw new ArgumentException($"No words for {template}.", nameof(template));

    /// <summary>A template with its arguments.</summary>
    internal string Text(string template, IReadOnlyDictionary<string, object?> arguments) => Text(Parts(template), arguments);

    private string Text(IReadOnlyList<MessageTemplate.Part> parts, IReadOnlyDictionary<string, object?> arguments) =>
        string.Concat(parts.Select(part => part switch
        {
            MessageTemplate.Literal literal => literal.Text,
            MessageTemplate.Place place => Shown(arguments[place.Name], place.Format),
            MessageTemplate.Choice choice => Chosen(choice, arguments),
            _ => throw new InvalidOperationException($"{part} is no part of a template."),
        }));

    private string Chosen(MessageTemplate.Choice choice, IReadOnlyDictionary<string, object?> arguments)
    {
        var value = arguments[choice.Name];
        if (choice.Kind == MessageTemplate.ChoiceKind.List)
        {
            string Between(string name) => choice.Cases.TryGetValue(name, out var words) ? Text(words, arguments) : "";
            string[] items = [.. Items(value).Select(item => Shown(item, ""))];
            return items.Length < 2 || !choice.Cases.ContainsKey("last") ? string.Join(Between("between"), items)
                : string.Join(Between("between"), items[..^1]) + Between("last") + items[^1];
        }

        return Text(choice.Cases.GetValueOrDefault(Label(choice.Kind, value)) ?? choice.Cases["other"], arguments);
    }

    private static string Label(MessageTemplate.ChoiceKind kind, object? value)
    {
        if (kind == MessageTemplate.ChoiceKind.Plural)
            return Convert.ToInt64(value, CultureInfo.InvariantCulture) switch { 0 => "=0", 1 => "one", _ => "other" };
        return value switch
        {
            null or "" or ICollection { Count: 0 } => "none",
            // An entity may be named so.
            "none" => "other",
            _ => Word(value),
        };
    }

    private static IEnumerable<object?> Items(object? value) => value is IEnumerable items and not string ? items.Cast<object?>() : [value];

    private string Shown(object? value, string format) => value switch
    {
        null => "",
        Phrase phrase => Text(phrase),
        double number when !double.IsFinite(number) => Wording.None,
        double number when format == "amount" => Amount(number),
        double number when format == "times" => Times(number),
        double number when format.Length == 0 => number.ToString(CultureInfo.InvariantCulture),
        IFormattable number and not Enum => number.ToString(format, CultureInfo.InvariantCulture),
        IEnumerable items and not string => string.Join(", ", items.Cast<object?>().Select(item => Shown(item, ""))),
        _ => Word(value),
    };

    // As the outputs write it: an enumeration value in kebab case, a truth value in lower case.
    private static string Word(object value) => value switch
    {
        Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!),
        bool truth => truth ? "true" : "false",
        _ => value.ToString()!,
    };

    // An amount in six digits.
    private static string Amount(double value) =>
        value.ToString(Math.Abs(value) is >= 1 and < 1e12 ? "#,0.##" : "G6", CultureInfo.InvariantCulture);

    // "10,000 times", "about 1/2.1 of": a power of ten where the ratio is near one.
    private string Times(double ratio)
    {
        var power = Magnitude.PowerOfTen(ratio);
        var exact = power == 0 ? ratio : Math.Pow(10, power);
        return Text(ratio >= 1 ? "times-more" : "times-less", new Dictionary<string, object?>
        {
            ["is_about"] = power != 0 && Math.Abs(ratio / exact - 1) >= 1e-9,
            ["number"] = ratio >= 1 ? exact : 1 / exact,
        });
    }
}
