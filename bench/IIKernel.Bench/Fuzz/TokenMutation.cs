using System.Text;

namespace IIKernel.Bench.Fuzz;

/// <summary>
/// Changes along a grammar: a token of a text, a value of JSON or what stands in an element or an attribute of XML, is replaced by another,
/// doubled, left out or put within others.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="tokens">Where its tokens begin and end; they may lie within each other.</param>
/// <param name="words">What may stand for a token.</param>
/// <param name="wrap">What stands before and behind a token that is put within others.</param>
public sealed class TokenMutation(
    string text, IReadOnlyList<(int Begin, int End)> tokens, string[] words, (string Before, string After)[] wrap)
{
    /// <summary>One to three changes.</summary>
    public byte[] Of(Random random)
    {
        // From the last to the first, so that places stay.
        var result = text;
        var places = Enumerable.Range(0, random.Next(1, 4)).Select(_ => tokens[random.Next(tokens.Count)])
            .OrderByDescending(t => t.Begin).ToArray();
        var last = int.MaxValue;
        foreach (var (begin, end) in places)
        {
            if (end > last) continue;
            result = string.Concat(result.AsSpan(0, begin), Instead(random, text[begin..end]), result.AsSpan(end));
            last = begin;
        }

        return Encoding.UTF8.GetBytes(result);
    }

    private string Instead(Random random, string token)
    {
        switch (random.Next(8))
        {
            case 0:
                return "";
            case 1:
                return token + token;
            case 2 or 3:
                var (begin, end) = tokens[random.Next(tokens.Count)];
                return text[begin..end];
            case 4:
                var (before, after) = wrap[random.Next(wrap.Length)];
                var depth = random.Next(10) == 0 ? random.Next(1, 200) : 1;
                return string.Concat(Enumerable.Repeat(before, depth)) + token + string.Concat(Enumerable.Repeat(after, depth));
            default:
                return words[random.Next(words.Length)];
        }
    }
}
