using IIKernel.Balances;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;

namespace IIKernel.Reports.Pages;

/// <summary>
/// The words of a report in a language: sentences by their names (Words/report-*.json), and names of things (Words/names-*.json).
/// </summary>
internal sealed class ReportWords
{
    private static readonly Dictionary<Language, Lazy<ReportWords>> Known =
        new[] { Language.English, Language.Chinese }.ToDictionary(l => l, l => new Lazy<ReportWords>(() => new(l)));

    private readonly Vocabulary _sentences;
    private readonly IReadOnlyDictionary<string, string> _names;

    private ReportWords(Language language)
    {
        Language = language;
        _sentences = Vocabulary.OfReports(language);
        _names = Names.Of(language);
    }

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>Its code in HTML and in names of files.</summary>
    public string Code => Language == Language.Chinese ? "zh" : "en";

    /// <summary>Every character of the sentences that figures are made of.</summary>
    public string Characters => _sentences.CharactersOf(name => name.EndsWith("-title", StringComparison.Ordinal)
        || name.EndsWith("-caption", StringComparison.Ordinal) || name.StartsWith("measure-", StringComparison.Ordinal)
        || name is "nation" or "fan-extrapolated" or "forest-cut");

    /// <summary>The words of a language.</summary>
    public static ReportWords Of(Language language) => Known[language].Value;

    /// <summary>A sentence.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What it has to say.</param>
    public string Say(string name, params (string Name, object? Value)[] arguments) =>
        _sentences.Text(name, arguments.ToDictionary(a => a.Name, a => a.Value));

    /// <summary>The column of a table.</summary>
    /// <param name="name">Its name for programs, whose heading is "column-" and it.</param>
    /// <param name="isNumber">Whether it holds numbers.</param>
    public ReportColumn Column(string name, bool isNumber) => new(Say("column-" + name, ("level", null)), isNumber, Name: name);

    /// <summary>A name in this language, as far as it is known: of categories, areas, units, kinds of regions, sources.</summary>
    public string Name(string name) => _names.GetValueOrDefault(name, name);

    /// <summary>What a balance compares.</summary>
    public string Balance(BalanceResult balance) => _names.GetValueOrDefault($"balance:{balance.Name.Split(':')[0]}", balance.Description);

    /// <summary>A warning or phrase in this language.</summary>
    public string Text(Phrase phrase) => Vocabulary.Of(Language).Text(phrase);
}
