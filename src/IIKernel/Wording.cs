using System.Globalization;

namespace IIKernel;

/// <summary>Words and numbers within sentences and tables: counted nouns, signs and zeros as a reader expects them.</summary>
public static class Wording
{
    /// <summary>What stands in the place of a number that does not exist.</summary>
    public const string None = "–";

    /// <summary>A counted noun: "1 draw", "12,000 draws".</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular.</param>
    /// <param name="plural">Its plural; without it the noun with an s.</param>
    public static string Count(long count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count is 1 or -1 ? noun : plural ?? noun + "s")}");

    /// <summary>
    /// A number with fixed decimals, thousands separated where asked: "−1,234.50", never "-0.00", and <see cref="None"/> where it is not
    /// finite.
    /// </summary>
    public static string Fixed(double value, int decimals, bool thousands = false) =>
        Shown(value, decimals, number => Minus(number.ToString($"{(thousands ? 'N' : 'F')}{decimals}", CultureInfo.InvariantCulture)));

    /// <summary>A number with fixed decimals and its sign: "+1.50", "−0.20", "0.00"; <see cref="None"/> where it is not finite.</summary>
    public static string Signed(double value, int decimals) =>
        Shown(value, decimals, number => (number > 0 ? "+" : "") + Minus(number.ToString($"F{decimals}", CultureInfo.InvariantCulture)));

    /// <summary>A number with so many significant digits: "1.23", "1.2E-05", "0"; <see cref="None"/> where it is not finite.</summary>
    public static string Significant(double value, int digits) =>
        double.IsFinite(value) ? Minus((value == 0 ? 0 : value).ToString($"G{digits}", CultureInfo.InvariantCulture)) : None;

    /// <summary>
    /// A printed number as a reader sees it, its sign a minus sign: "−0.20". What is to be typed, what is quoted and the exponent
    /// in 1E-05 keep their hyphens, as do files.
    /// </summary>
    public static string Minus(string number) => number.StartsWith('-') ? string.Concat("−", number.AsSpan(1)) : number;

    /// <summary>A difference in percent with its sign: "+1.5 %", "−0.2 %", "0.0 %"; <see cref="None"/> where it is not finite.</summary>
    public static string Percent(double value, int decimals) => double.IsFinite(value) ? Signed(value, decimals) + " %" : None;

    /// <summary>The first of some names, and how many more there are: "a, b and 3 more".</summary>
    /// <param name="names">All of them.</param>
    /// <param name="most">How many are named.</param>
    /// <param name="separator">What stands between two.</param>
    public static string Listed(IReadOnlyCollection<string> names, int most, string separator = ", ")
    {
        ArgumentNullException.ThrowIfNull(names);
        return string.Join(separator, names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");
    }

    /// <summary>How many characters are left out, put in, changed or, side by side, exchanged between two words.</summary>
    public static int EditDistance(string a, string b)
    {
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

    /// <summary>
    /// A text within one line of a terminal: control characters, line ends and halves of characters are shown as escapes.
    /// </summary>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.Any(IsHidden)) return text;
        var line = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                line.Append(text[i]).Append(text[++i]);
            else if (IsHidden(text[i])) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            else line.Append(text[i]);
        }

        return line.ToString();
    }

    // Format characters turn the direction of the line about, or are not seen at all.
    private static bool IsHidden(char c) => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029'
        || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static string Shown(double value, int decimals, Func<double, string> text)
    {
        if (!double.IsFinite(value)) return None;
        // Rounded first: a number that rounds to nothing has no sign.
        var rounded = Math.Round(value, Math.Min(decimals, 15));
        return text(rounded == 0 ? 0 : value);
    }
}
