using System.Globalization;

namespace IIKernel.Reports.Words;

/// <summary>
/// What people read on a terminal, in the language of <see cref="CultureInfo.CurrentUICulture"/>: Chinese where that is Chinese, else
/// English. English stands where it is said; Chinese is found by it in Words/terminal-zh.json. Numbers are written alike in every language.
/// </summary>
public static class Translation
{
    // Words of the page that a terminal says too.
    private static readonly string[] Groups = ["column-", "verdict-"];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Chinese =
        new(() => Shared().Concat(Vocabulary.File("terminal-zh.json")).DistinctBy(w => w.Key).ToDictionary());

    /// <summary>Words of the page that a terminal says too, Chinese by English.</summary>
    internal static IReadOnlyDictionary<string, string> Shared()
    {
        var (english, chinese) = (Vocabulary.File("report-en.json"), Vocabulary.File("report-zh.json"));
        return english.Where(w => Array.Exists(Groups, g => w.Key.StartsWith(g, StringComparison.Ordinal)) && !w.Value.Contains('{'))
            .GroupBy(w => w.Value).ToDictionary(w => w.Key, w => chinese[w.First().Key]);
    }

    /// <summary>Whether the language is Chinese.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.Name is "zh" or ['z', 'h', '-', ..];

    private static Language Current => IsChinese ? Language.Chinese : Language.English;

    /// <summary>A phrase or a warning in the language.</summary>
    public static string Say(Phrase phrase) => Vocabulary.Of(Current).Text(phrase);

    /// <summary>A text in the language; in English where it has no words for it.</summary>
    public static string Say(Sentence sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return sentence.In(IsChinese ? Chinese.Value.GetValueOrDefault(sentence.Format, sentence.Format) : sentence.Format);
    }

    /// <summary>A counted noun in the language, whose words are found by the plural.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The text for one.</param>
    /// <param name="other">The text for any other number.</param>
    public static string Say(long count, Sentence one, Sentence other) =>
        Say(count is 1 or -1 && !IsChinese ? one : other);

    /// <summary>Words and numbers in a row: "a, b" or "a、b".</summary>
    public static string List(IEnumerable<string> items) => string.Join(IsChinese ? "、" : ", ", items);

    /// <summary>What a word that a file holds for programs is to people: a part, a measure, a verdict.</summary>
    public static string Word(string word) => Say(new CellTerm(word));

    /// <summary>A source of uncertainty.</summary>
    public static string Source(string word) => IsChinese ? Say(new SourceTerm(word)) : word;

    /// <summary>What the entities of a scope are called together; the user's own names stay as they are.</summary>
    public static string Scope(string scope) =>
        !IsChinese ? scope
        : Names.Of(Language.Chinese).TryGetValue(scope, out var name) ? name : Say(new ScopeTerm(scope));
}
