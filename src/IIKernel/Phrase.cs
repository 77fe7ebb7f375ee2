using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IIKernel;

/// <summary>
/// Something that is put into words where it is shown, in the reader's language. Its own public properties are what it has to say: texts,
/// numbers, truth values, enumeration values, phrases, lists of texts or of phrases; null where there is nothing.
/// </summary>
public abstract record Phrase
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = [];

    /// <summary>The name of its words: that of its type in kebab case.</summary>
    [JsonIgnore]
    public string Template => TemplateOf(GetType());

    /// <summary>What it has to say, by names in snake case.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, object?> Arguments =>
        Properties(GetType()).ToDictionary(p => NameOf(p), p => p.GetValue(this));

    /// <summary>The name of the words of a type of phrase.</summary>
    public static string TemplateOf(Type phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        const string kind = nameof(Warning);
        var name = phrase.Name.EndsWith(kind, StringComparison.Ordinal) ? phrase.Name[..^kind.Length] : phrase.Name;
        return JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }

    /// <summary>What phrases of a type have to say: names in snake case, and the types of the values.</summary>
    public static IReadOnlyDictionary<string, Type> ArgumentsOf(Type phrase) =>
        Properties(phrase).ToDictionary(p => NameOf(p), p => p.PropertyType);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    // Not those that every phrase, or every warning, has.
    private static PropertyInfo[] Properties(Type type) => Known.GetOrAdd(type, t =>
        [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>(inherit: true) is null)]);
}
