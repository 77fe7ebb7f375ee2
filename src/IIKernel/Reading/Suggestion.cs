using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>The known word that an unknown one was meant to be.</summary>
internal static class Suggestion
{
    /// <summary>The remedy for an unknown word: the nearest known one where that is near, and the general advice.</summary>
    /// <param name="word">The word that is not known.</param>
    /// <param name="known">The words that the program, or the study's own list, knows.</param>
    /// <param name="otherwise">The general advice.</param>
    public static string Remedy(string word, IEnumerable<string> known, string otherwise) =>
        Nearest(word, known) is { } best ? $"Did you mean {best}? {otherwise}" : otherwise;

    /// <summary>
    /// The known word within an edit for every three letters, letter case aside; null where there is none. Digits are not
    /// edited: 11000 is no slip of 110000 but another number.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > InputLimits.ComparedName) return null;
        var (best, least) = ((string?)null, Math.Max(1, word.Length / 3) + 1);
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - word.Length) >= least || !SameDigits(word, candidate)) continue;
            var distance = Wording.EditDistance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least && distance < word.Length) (best, least) = (candidate, distance);
        }

        return best;
    }

    private static bool SameDigits(string a, string b) => a.Where(char.IsDigit).SequenceEqual(b.Where(char.IsDigit));
}
