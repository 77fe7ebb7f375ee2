namespace IIKernel.Reports.Words;

/// <summary>
/// A sentence with places for arguments, in the notation of ICU's messages with number formats of .NET: {name}; {name:0.##};
/// {count, plural, one {…} other {…}}; {name, select, word {…} none {…} other {…}}; {names, list, between {, } last { and }}.
/// "none" stands for null, an empty text and an empty list.
/// </summary>
internal sealed class MessageTemplate
{
    private readonly string _text;
    private int _at;

    private MessageTemplate(string text) => _text = text;

    /// <summary>A part of a sentence.</summary>
    internal abstract record Part;

    /// <summary>Text as it is.</summary>
    internal sealed record Literal(string Text) : Part;

    /// <summary>The place of an argument.</summary>
    internal sealed record Place(string Name, string Format) : Part;

    /// <summary>One of several wordings, or the words between the items of a list, by the value of an argument.</summary>
    internal sealed record Choice(string Name, ChoiceKind Kind, IReadOnlyDictionary<string, IReadOnlyList<Part>> Cases) : Part;

    /// <summary>How an argument chooses.</summary>
    internal enum ChoiceKind
    {
        /// <summary>By "one" for 1 and "other", or by "=0".</summary>
        Plural,

        /// <summary>By its word.</summary>
        Select,

        /// <summary>Not at all: the cases stand between its items.</summary>
        List,
    }

    /// <summary>The parts of a template.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<Part> Parse(string text)
    {
        var template = new MessageTemplate(text);
        var parts = template.Sequence();
        return template._at == text.Length ? parts : throw template.Fault("a closing brace without an opening one");
    }

    /// <summary>Names of the arguments that a template asks for.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<Part> parts) => parts.SelectMany(part => part switch
    {
        Place place => [place.Name],
        Choice choice => choice.Cases.Values.SelectMany(Names).Prepend(choice.Name),
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>The texts of a template, whatever its arguments are.</summary>
    public static IEnumerable<string> Texts(IReadOnlyList<Part> parts) => parts.SelectMany(part => part switch
    {
        Literal literal => [literal.Text],
        Choice choice => choice.Cases.Values.SelectMany(Texts),
        _ => Enumerable.Empty<string>(),
    });

    private List<Part> Sequence()
    {
        var parts = new List<Part>();
        while (_at < _text.Length && _text[_at] != '}')
        {
            if (_text[_at] == '{')
            {
                parts.Add(Argument());
                continue;
            }

            var end = _text.AsSpan(_at).IndexOfAny('{', '}');
            end = end < 0 ? _text.Length : _at + end;
            parts.Add(new Literal(_text[_at..end]));
            _at = end;
        }

        return parts;
    }

    private Part Argument()
    {
        Expect('{');
        var name = Upto(",:}");
        if (_text[_at] == '}')
        {
            _at++;
            return new Place(name, "");
        }

        if (_text[_at++] == ':')
        {
            var format = Upto("}");
            _at++;
            return new Place(name, format);
        }

        var kind = Enum.TryParse<ChoiceKind>(Upto(",").Trim(), ignoreCase: true, out var known) ? known
            : throw Fault("an unknown kind of choice");
        _at++;
        var cases = new Dictionary<string, IReadOnlyList<Part>>();
        while (true)
        {
            var label = Upto("{}").Trim();
            if (_text[_at] == '}') break;
            _at++;
            cases.Add(label, Sequence());
            Expect('}');
        }

        _at++;
        if (kind != ChoiceKind.List && !cases.ContainsKey("other")) throw Fault("a choice without \"other\"");
        return new Choice(name, kind, cases);
    }

    private string Upto(string ends)
    {
        var length = _text.AsSpan(_at).IndexOfAny(ends);
        if (length < 0) throw Fault("an opening brace without a closing one");
        var found = _text.Substring(_at, length);
        _at += length;
        return found.Trim();
    }

    private void Expect(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) throw Fault($"no {c}");
        _at++;
    }

    private FormatException Fault(string what) => new($"Found {what} at character {_at} of: {_text}");
}
