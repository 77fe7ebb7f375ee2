namespace IIKernel.Reports.Words;

/// <summary>Names of things in a language (Words/names-*.json): of categories, areas, units, kinds of regions, balances.</summary>
internal static class Names
{
    private static readonly Dictionary<Language, Lazy<IReadOnlyDictionary<string, string>>> Known = new()
    {
        [Language.English] = new(() => Vocabulary.File("names-en.json")),
        [Language.Chinese] = new(() => Vocabulary.File("names-zh.json")),
    };

    /// <summary>The names of a language.</summary>
    public static IReadOnlyDictionary<string, string> Of(Language language) => Known[language].Value;
}
