namespace IIKernel.Cli;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class NearestWord
{
    /// <summary>The nearest of the known words; null where none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var word = typed.Trim('-', '–', '—', '−').ToLowerInvariant();
        if (word.Length < 2) return null;
        var (name, distance) = known.Select(k => (Name: k, Distance: Distance(word, k.TrimStart('-')))).MinBy(k => k.Distance);
        return name is not null && distance <= Math.Max(1, word.Length / 3) ? name : null;
    }

    /// <summary>" Did you mean simd?", behind what refuses a word; empty for none.</summary>
    /// <param name="word">What was meant; null where nothing is near.</param>
    /// <param name="before">What stands before it.</param>
    public static string Meant(string? word, string before = "") => word is null ? "" : $" Did you mean {before}{word}?";

    // Letters left out, put in, changed or, side by side, exchanged; the beginning of a longer word is one step away from it.
    private static int Distance(string a, string b)
    {
        if (a.Length >= 3 && b.StartsWith(a, StringComparison.Ordinal)) return Math.Min(1, b.Length - a.Length);
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
