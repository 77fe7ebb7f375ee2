using System.Reflection;
using CommandLine;

namespace IIKernel.Cli;

/// <summary>What an option or a word of a verb can be, where that is known beforehand: a static property that lists it.</summary>
/// <param name="type">The type that has the property.</param>
/// <param name="property">Its name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordsAttribute(Type type, string property) : Attribute
{
    /// <summary>The words of a property; empty where they are not known beforehand.</summary>
    public static IReadOnlyList<string> Of(PropertyInfo of) => of.GetCustomAttribute<WordsAttribute>() is { } words
        ? (IReadOnlyList<string>)words.Source.GetValue(null)! : [];

    private PropertyInfo Source { get; } =
        type.GetProperty(property, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
}

/// <summary>An option of a verb, by the attributes of its class.</summary>
/// <param name="Name">Its name with dashes.</param>
/// <param name="Type">The type of its value; <see cref="bool"/> for a switch, which takes none.</param>
/// <param name="IsList">Whether its value is a list of texts separated by commas.</param>
/// <param name="IsRequired">Whether the verb needs it.</param>
/// <param name="MetaValue">What its value is called: N, DIR.</param>
/// <param name="Property">The property that holds it.</param>
internal sealed record KnownOption(string Name, Type Type, bool IsList, bool IsRequired, string MetaValue, PropertyInfo Property)
{
    /// <summary>What its value can be; empty where that is not known beforehand.</summary>
    public IReadOnlyList<string> Words => WordsAttribute.Of(Property);

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => Type == typeof(bool);

    /// <summary>How it is typed: "--out DIR".</summary>
    public string Form => IsSwitch ? Name : $"{Name} {MetaValue}";
}

/// <summary>A verb of the command line, by the attributes of its options.</summary>
internal sealed class KnownVerb
{
    private KnownVerb(Type options, Func<object, int> execute, IReadOnlyList<string> outputs)
    {
        (Options, Execute, Outputs) = (options, execute, outputs);
        Name = options.GetCustomAttribute<VerbAttribute>()!.Name;
        Help = options.GetCustomAttribute<VerbAttribute>()!.HelpText;
        var properties = options.GetProperties();
        ValueAttribute[] values = [.. properties.Select(p => p.GetCustomAttribute<ValueAttribute>()).OfType<ValueAttribute>()];
        Values = [.. values.OrderBy(v => v.Index).Select(v => v.MetaName)];
        RequiredValues = values.Count(v => v.Required);
        Known =
        [
            .. from property in properties
               let option = property.GetCustomAttribute<OptionAttribute>()
               where option is not null
               let type = property.PropertyType
               select new KnownOption(
                   $"--{option.LongName}", Nullable.GetUnderlyingType(type) ?? type, type == typeof(IEnumerable<string>),
                   option.Required, option.MetaValue, property),
        ];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Help { get; }

    /// <summary>The class of its options.</summary>
    public Type Options { get; }

    /// <summary>Carries it out; returns one of <see cref="ExitCodes"/>.</summary>
    public Func<object, int> Execute { get; }

    /// <summary>
    /// Names of the files that it writes into every output folder, without its receipt: a receipt that lists fewer was changed.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What the words without dashes stand for, in their order: STUDY.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>What the first word without dashes can be; empty where that is not known beforehand.</summary>
    public IReadOnlyList<string> Words => Options.GetProperties()
        .FirstOrDefault(p => p.GetCustomAttribute<ValueAttribute>() is { Index: 0 }) is { } first ? WordsAttribute.Of(first) : [];

    /// <summary>How many of <see cref="Values"/>, from the first on, it needs.</summary>
    public int RequiredValues { get; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<KnownOption> Known { get; }

    /// <summary>How it is typed: "iikernel run [STUDY] [options]".</summary>
    public string Usage => string.Join(' ',
    [
        "iikernel", Name, .. Values.Select((v, i) => i < RequiredValues ? v : $"[{v}]"),
        .. Known.Where(o => o.IsRequired).Select(o => o.Form), "[options]",
    ]);

    /// <summary>A verb with what carries it out, and the files that it always writes.</summary>
    public static KnownVerb Of<T>(Func<T, int> execute, params IReadOnlyList<string> outputs) =>
        new(typeof(T), options => execute((T)options), outputs);
}
