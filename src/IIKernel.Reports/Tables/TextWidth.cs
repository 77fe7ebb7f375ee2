using System.Globalization;
using System.Text;

namespace IIKernel.Reports.Tables;

/// <summary>How many cells of a terminal a text takes.</summary>
internal static class TextWidth
{
    // Ranges of characters that take two cells (Unicode, East Asian Width, W and F).
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>The cells of a text.</summary>
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The cells of a character: 0 for one that joins the character before it.</summary>
    public static int Of(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;

    /// <summary>A text with spaces behind it, up to a width.</summary>
    public static string Padded(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    /// <summary>
    /// Parts of a text between which a line may end: before a space, and between characters of two cells. A number stays whole.
    /// </summary>
    public static IEnumerable<string> Parts(string text)
    {
        var part = new StringBuilder();
        var previous = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var width = Of(rune);
            if (part.Length > 0 && (rune.Value == ' ' || (width == 2 && previous > 0) || (previous == 2 && width > 0)))
            {
                yield return part.ToString();
                part.Clear();
            }

            part.Append(rune);
            if (width > 0) previous = width;
        }

        if (part.Length > 0) yield return part.ToString();
    }

    /// <summary>The text in lines of at most <paramref name="width"/> cells, or of one part where that is wider.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var part in Parts(text))
        {
            if (line.Length > 0 && Of(line) + Of(part) > width)
            {
                lines.Add(line);
                line = part.TrimStart(' ');
            }
            else
            {
                line += part;
            }
        }

        lines.Add(line);
        return lines;
    }
}
