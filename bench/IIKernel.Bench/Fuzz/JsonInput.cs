using System.Text;
using System.Text.Json;

namespace IIKernel.Bench.Fuzz;

/// <summary>Inputs that are nearly a JSON file.</summary>
public static class JsonInput
{
    private static readonly string[] Words =
    [
        "null", "true", "false", "0", "-1", "1", "0.5", "1e400", "-1e-400", "2147483648", "18446744073709551616", "2017", "9999", "NaN", "",
        "\"\"", "\" \"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"../x\"", "\"/dev/zero\"", "\"a.xlsx#S!A1:B2\"", "[]",
        "{}", "[1,2]", "[2,1]", "[null]", "{\"file\":null}", "{\"a\":1,\"a\":2}", ",", ":", "}", "]", "//", "/*", "\"file\":", "\"unit\":",
        "\"元\"", "\"100 million USD\"", "\"wls\"", "\"output\"", "\"joint\"", "\"nation\"", "\"*\"", "\"=1+1\"", "\"a\":",
    ];

    private static readonly (string, string)[] Wrap = [("[", "]"), ("{\"a\":", "}"), ("[", ""), ("{\"all\":[", "]}"), ("\"", "\"")];

    /// <summary>A maker of inputs.</summary>
    /// <param name="seeds">Texts that are right; comments are taken out.</param>
    public static Func<Random, byte[]> Of(params string[] seeds)
    {
        TokenMutation[] mutations = [.. seeds.Select(Plain).Select(text => new TokenMutation(text, Tokens(text), Words, Wrap))];
        return random =>
        {
            var bytes = mutations[random.Next(mutations.Length)].Of(random);
            return random.Next(4) == 0 ? ByteMutation.Of(random, bytes) : bytes;
        };
    }

    private static string Plain(string seed)
    {
        using var document = JsonDocument.Parse(seed, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return JsonSerializer.Serialize(document, new JsonSerializerOptions { WriteIndented = true });
    }

    // Every value, objects and lists with what they hold, and every name of a key.
    private static List<(int, int)> Tokens(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8);
        var (tokens, open) = (new List<(int, int)>(), new Stack<int>());
        while (reader.Read())
        {
            var (begin, end) = (Characters(reader.TokenStartIndex), Characters(reader.BytesConsumed));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(begin);
            else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) tokens.Add((open.Pop(), end));
            else tokens.Add((begin, end));
        }

        return tokens;

        int Characters(long bytes) => Encoding.UTF8.GetCharCount(utf8, 0, (int)bytes);
    }
}
