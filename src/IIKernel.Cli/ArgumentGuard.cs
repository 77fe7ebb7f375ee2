using System.Globalization;

namespace IIKernel.Cli;

/// <summary>What was typed, understood.</summary>
/// <param name="Verb">The verb; null for help about all of them, or the version.</param>
/// <param name="Help">Whether help was asked for.</param>
/// <param name="Version">Whether the version was asked for.</param>
/// <param name="Arguments">For the parser: the verb, words without dashes, then each option with its value.</param>
internal sealed record Understood(KnownVerb? Verb, bool Help, bool Version, IReadOnlyList<string> Arguments)
{
    /// <summary>The values of options as they were typed, by the names with dashes.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// Reads what was typed before the parser does, which lets pass what it does not understand: an option takes the next word whatever it
/// is, a list takes all that follow, words without dashes that nothing asks for are dropped, and numbers are read with separators of
/// thousands. Every word has one meaning here or is refused by its name.
/// </summary>
internal sealed class ArgumentGuard(IReadOnlyList<KnownVerb> verbs, KnownVerb usual)
{
    private static readonly string[] HelpWords = ["-h", "-?", "/?", "--help"];
    private static readonly char[] Dashes = ['-', '–', '—', '−'];

    private IEnumerable<string> VerbNames => verbs.Select(v => v.Name);

    /// <summary>Understands <paramref name="typed"/>.</summary>
    /// <exception cref="CommandException">Something typed has no meaning; the message quotes it and names what was expected.</exception>
    public Understood Read(IReadOnlyList<string> typed)
    {
        if (typed.Count > 0 && typed[0] == "help") return Help([.. typed.Skip(1)]);
        var verb = typed.Count == 0 ? null : verbs.FirstOrDefault(v => v.Name == typed[0]);
        if (typed.Any(HelpWords.Contains)) return new(verb, true, false, []);
        if (typed.Contains("--version") || typed is ["version"]) return new(null, false, true, []);
        if (verb is null && typed.Count > 0) RefuseUnknownVerb(typed[0]);
        return Read(verb ?? usual, [.. typed.Skip(verb is null ? 0 : 1)]);
    }

    private Understood Help(IReadOnlyList<string> asked)
    {
        if (asked.Count == 0) return new(null, true, false, []);
        var verb = verbs.FirstOrDefault(v => v.Name == asked[0])
            ?? throw Refusal($"help {asked[0]}: found no such verb; expected {List(VerbNames)}."
                + Meant(NearestWord.Of(asked[0], VerbNames), "help "));
        return asked.Count == 1 ? new(verb, true, false, [])
            : throw Refusal($"help {asked[0]} {asked[1]}: found a second word; expected one verb.");
    }

    // The first word may be left out, and is then a study or an option.
    private void RefuseUnknownVerb(string word)
    {
        if (word.Length == 0) throw Empty("The first word");
        if (Dashes.Contains(word[0]) || Path.Exists(word)) return;
        RefuseAssignment(word, usual);
        throw Refusal($"{word}: found neither a verb nor the path of a study; expected {List(VerbNames)}, or a folder with a study.json."
            + Meant(NearestWord.Of(word, VerbNames)));
    }

    private Understood Read(KnownVerb verb, IReadOnlyList<string> words)
    {
        var values = new List<string>();
        var options = new List<string>();
        var seen = new HashSet<string>();
        var texts = new Dictionary<string, string>();
        KnownOption? previous = null;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Length == 0) throw Empty(verb.Values.Count > values.Count ? verb.Values[values.Count] : "A word");
            RefuseControl(word);
            if (!Dashes.Contains(word[0]))
            {
                AddValue(verb, values, word, previous);
                continue;
            }

            var at = word.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? word : word[..at];
            var option = verb.Known.FirstOrDefault(o => o.Name == name) ?? throw UnknownOption(verb, word, name);
            if (!seen.Add(name)) throw Refusal($"{name}: found twice; expected once.");
            if (option.IsSwitch)
            {
                options.Add(at < 0 ? name : throw Refusal($"{word}: found a value; expected {name} alone, which is a switch."));
                continue;
            }

            if (at < 0 && (i + 1 == words.Count || IsOption(words[i + 1])))
            {
                var found = i + 1 == words.Count ? "no value behind it" : $"{words[i + 1]} in the place of its value";
                throw Refusal($"{name}: found {found}; expected {option.Form}, {Expected(option)}.");
            }

            var value = at < 0 ? words[++i] : word[(at + 1)..];
            RefuseControl(value);
            CheckValue(option, value);
            // The parser takes no blank behind "=", and no dash behind the name.
            options.AddRange(value[0] == ' ' ? [name, value] : [$"{name}={value}"]);
            texts.Add(name, value);
            previous = option;
        }

        if (values.Count < verb.RequiredValues)
            throw Refusal($"{verb.Name}: found no {verb.Values[values.Count]}. The usage is {verb.Usage}.");
        foreach (var option in verb.Known)
        {
            if (option.IsRequired && !seen.Contains(option.Name))
                throw Refusal($"{verb.Name}: found no {option.Name}; expected {option.Form}. The usage is {verb.Usage}.");
        }

        return new(verb, false, false, [verb.Name, .. values, .. options]) { Texts = texts };
    }

    private static void AddValue(KnownVerb verb, List<string> values, string word, KnownOption? previous)
    {
        if (values.Count == verb.Values.Count || !Path.Exists(word)) RefuseAssignment(word, verb);
        if (values.Count == verb.Values.Count)
        {
            var found = values.Count == 0 ? $"found a word that {verb.Name} has no use for" : $"found a second word beside {values[^1]}";
            throw Refusal($"{word}: {found}; expected {verb.Usage}."
                + (previous is { IsList: true } ? $" The entries of {previous.Name} are separated by commas, without spaces." : ""));
        }

        values.Add(word);
    }

    // No name has one by intent: a script with line ends of Windows leaves a carriage return at the end of its lines.
    private static void RefuseControl(string word)
    {
        if (!word.Any(char.IsControl)) return;
        var plain = string.Concat(word.Where(c => !char.IsControl(c)));
        throw Refusal($"{word}: found a line end or another control character; expected a text without any, such as {plain}."
            + (word[^1] == '\r' ? " The script that calls may have line ends of Windows." : ""));
    }

    // draws=1000 in the place of --draws 1000.
    private static void RefuseAssignment(string word, KnownVerb verb)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        if (at < 1 || NearestWord.Of(word[..at], verb.Known.Select(o => o.Name)) is not { } name) return;
        var form = verb.Known.Single(o => o.Name == name).Form;
        throw Refusal($"{word}: found an option without dashes; expected {form}. Did you mean {name} {word[(at + 1)..]}?");
    }

    private CommandException UnknownOption(KnownVerb verb, string word, string name)
    {
        var others = verbs.Where(v => v.Known.Any(o => o.Name == name)).Select(v => v.Name).ToArray();
        var own = List(verb.Known.Select(o => o.Name).Append("--help"));
        return Refusal($"{word}: found an option that {verb.Name} does not have; expected {own}."
            + (others.Length > 0 ? $" It is one of {List(others, "and")}." : Meant(NearestWord.Of(name, verb.Known.Select(o => o.Name)))));
    }

    // A number may be negative, so that what is wrong with it is said of it and not of a missing value.
    private static bool IsOption(string word) =>
        word.Length > 1 && Dashes.Contains(word[0]) && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private static void CheckValue(KnownOption option, string value)
    {
        if (value.Trim().Length == 0) throw Empty(option.Name);
        if (option.IsList)
        {
            string[] entries = value.Split(',');
            if (entries.Any(entry => entry.Trim().Length == 0))
                throw Refusal($"{option.Name} {value}: found an empty entry; expected {option.Form}, {Expected(option)}.");
            if (entries.Any(entry => entry.Trim() != entry))
            {
                throw Refusal($"{option.Name} {value}: found spaces between the entries; expected {Expected(option)}."
                    + Meant(string.Join(',', entries.Select(entry => entry.Trim())), $"{option.Name} "));
            }
        }
        else if (!IsNumber(option.Type, value))
        {
            throw Refusal($"{option.Name} {value}: found \"{value}\"; expected {Expected(option)}."
                + Meant(Cured(option.Type, value), $"{option.Name} "));
        }
    }

    private static bool IsNumber(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        const NumberStyles whole = NumberStyles.AllowLeadingSign;
        const NumberStyles real = whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return type == typeof(int) ? int.TryParse(text, whole, culture, out _)
            : type == typeof(long) ? long.TryParse(text, whole, culture, out _)
            : type == typeof(ulong) ? ulong.TryParse(text, whole, culture, out _)
            : type != typeof(double) || (double.TryParse(text, real, culture, out var number) && double.IsFinite(number));
    }

    private static string Expected(KnownOption option) =>
        option.IsList ? "texts separated by commas, without spaces"
        : option.Type == typeof(int) ? $"a whole number in digits, up to {int.MaxValue}"
        : option.Type == typeof(long) ? "a whole number in digits, such as 100000"
        : option.Type == typeof(ulong) ? $"a whole number in digits, 0 to {ulong.MaxValue}"
        : option.Type == typeof(double) ? "a number with a decimal point, such as 0.95"
        : "a text that is not an option";

    // What a number written for another reader was meant to be: 0,1; 1e5; 95%; 100,000; full-width digits.
    private static string? Cured(Type type, string typed)
    {
        // Full-width digits and signs lie at a fixed distance from the others; normalisation would need the tables of ICU.
        var text = string.Concat(typed.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c)).Trim();
        var percent = text.EndsWith('%');
        text = text.TrimEnd('%').Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        text = type == typeof(double) ? text.Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        if (percent) number /= 100;
        var cured = number.ToString(type == typeof(double) || Math.Abs(number) > 1e15 ? "R" : "0.###", CultureInfo.InvariantCulture);
        return cured != typed && IsNumber(type, cured) ? cured : null;
    }

    private static CommandException Empty(string what) =>
        Refusal($"{what}: found an empty text; expected a value. A variable of the shell may be unset.");

    private static string Meant(string? word, string before = "") => NearestWord.Meant(word, before);

    private static string List(IEnumerable<string> words, string last = "or")
    {
        string[] list = [.. words];
        return list.Length < 2 ? string.Concat(list) : $"{string.Join(", ", list[..^1])} {last} {list[^1]}";
    }

    private static CommandException Refusal(string message) => new(ExitCodes.BadInput, message);
}
