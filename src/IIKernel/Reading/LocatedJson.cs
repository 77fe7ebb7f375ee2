using System.Text;
using System.Text.Json;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>A JSON value with the line it begins on; what JsonElement leaves out and a fault needs.</summary>
internal sealed class LocatedJson
{
    private static readonly List<(string, int, LocatedJson)> NoProperties = [];
    private static readonly List<LocatedJson> NoItems = [];

    private LocatedJson(JsonTokenType kind, int line, string text)
    {
        Kind = kind;
        Line = line;
        Text = text;
        Properties = kind == JsonTokenType.StartObject ? [] : NoProperties;
        Items = kind == JsonTokenType.StartArray ? [] : NoItems;
    }

    /// <summary>StartObject, StartArray, or the token of a scalar.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>Line of the value, from 1.</summary>
    public int Line { get; }

    /// <summary>What a fault shows: the scalar as written, or "an object", "a list".</summary>
    public string Text { get; }

    /// <summary>The value of a string.</summary>
    public string? String { get; private init; }

    /// <summary>The properties of an object in file order, repeated names included.</summary>
    public List<(string Name, int Line, LocatedJson Value)> Properties { get; }

    /// <summary>The items of a list.</summary>
    public List<LocatedJson> Items { get; }

    /// <summary>Reads a whole document; comments and trailing commas are allowed.</summary>
    /// <exception cref="JsonException">The text is no JSON; its LineNumber counts from 0.</exception>
    /// <exception cref="JsonLimitException">It is larger or deeper than what is read.</exception>
    public static LocatedJson Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = InputLimits.JsonDepth + 1,
        });
        var lines = new LineCounter(utf8);
        reader.Read();
        var left = InputLimits.JsonValues;
        var root = ReadValue(ref reader, ref lines, ref left);
        // Anything after the document is a syntax error too.
        reader.Read();
        return root;
    }

    private static LocatedJson ReadValue(ref Utf8JsonReader reader, ref LineCounter lines, ref int left)
    {
        var line = lines.At((int)reader.TokenStartIndex);
        if (reader.CurrentDepth >= InputLimits.JsonDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            throw new JsonLimitException(line, $"objects and lists more than {InputLimits.JsonDepth} deep",
                $"at most {InputLimits.JsonDepth} within each other", "Write fewer within each other.");
        if (left-- == 0)
            throw new JsonLimitException(line, $"more than {Wording.Count(InputLimits.JsonValues, "value")}",
                $"at most {Wording.Count(InputLimits.JsonValues, "value")}", "Check whether it is the right file.");
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new LocatedJson(JsonTokenType.StartObject, line, "an object");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var at = lines.At((int)reader.TokenStartIndex);
                    var name = ReadText(ref reader, at);
                    reader.Read();
                    node.Properties.Add((name, at, ReadValue(ref reader, ref lines, ref left)));
                }

                return node;
            case JsonTokenType.StartArray:
                var list = new LocatedJson(JsonTokenType.StartArray, line, "a list");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Items.Add(ReadValue(ref reader, ref lines, ref left));
                return list;
            case JsonTokenType.String:
                var value = ReadText(ref reader, line);
                return new LocatedJson(JsonTokenType.String, line, $"\"{value}\"") { String = value };
            default:
                return new LocatedJson(reader.TokenType, line, Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    // An escape such as \ud800 stands for one half of a character: JSON's grammar allows it, no text can hold it.
    private static string ReadText(ref Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"half of a character, {Encoding.UTF8.GetString(reader.ValueSpan)}", null, line - 1, null);
        }
    }

    /// <summary>A document that is larger or deeper than what is read.</summary>
    internal sealed class JsonLimitException(int line, string found, string expected, string remedy) : Exception
    {
        /// <summary>The fault in a file.</summary>
        public StudyFault Of(string file) => new(file, $"line {line}", found, expected, remedy);
    }

    private struct LineCounter(byte[] utf8)
    {
        private int _offset;
        private int _line = 1;

        public int At(int offset)
        {
            for (; _offset < offset; _offset++)
                if (utf8[_offset] == (byte)'\n') _line++;
            return _line;
        }
    }
}
