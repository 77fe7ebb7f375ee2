namespace IIKernel.Cli;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class NearestWord
{
    // A longer word was not mistyped, and comparing it would take long.
    private const int MostLength = 64;

    /// <summary>The nearest of the known words; null where none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var word = typed.Trim('-', '–', '—', '−').ToLowerInvariant();
        if (word.Length is < 2 or > MostLength) return null;
        var (name, distance) = known.Select(k => (Name: k, Distance: Distance(word, k.TrimStart('-')))).MinBy(k => k.Distance);
        return name is not null && distance <= Math.Max(1, word.Length / 3) ? name : null;
    }

    /// <summary>" Did you mean simd?", behind what refuses a word; empty for none.</summary>
    /// <param name="word">What was meant; null where nothing is near.</param>
    /// <param name="before">What stands before it.</param>
    public static string Meant(string? word, string before = "") => word is null ? "" : $" Did you mean {before}{word}?";

    // The beginning of a longer word is one step away from it.
    private static int Distance(string a, string b) =>
        a.Length >= 3 && b.StartsWith(a, StringComparison.Ordinal) ? Math.Min(1, b.Length - a.Length) : Wording.EditDistance(a, b);
}
