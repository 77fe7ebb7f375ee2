using System.Globalization;

namespace IIKernel.Studies;

/// <summary>
/// How a text stands in a CSV file so that no spreadsheet runs it as a formula, and how it is had back. A spreadsheet may run a cell that
/// begins with =, +, -, @, a tab or a carriage return: an apostrophe goes before it, as before one that already has apostrophes there.
/// Numbers are left alone.
/// </summary>
public static class SpreadsheetCell
{
    private const char Mark = '\'';
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const string Runnable = "=+-@\t\r";

    /// <summary>The cell of a text: with one apostrophe before it where a spreadsheet would run it.</summary>
    public static string Neutralise(string text) => IsRunnable(text) && !IsNumber(text) ? Mark + text : text;

    /// <summary>The text of a cell that <see cref="Neutralise"/> gave, and every other cell as it is.</summary>
    public static string Restore(string cell) => cell.Length > 0 && cell[0] == Mark && IsRunnable(cell) ? cell[1..] : cell;

    private static bool IsRunnable(string text)
    {
        var rest = text.AsSpan().TrimStart(Mark);
        return rest.Length > 0 && Runnable.Contains(rest[0], StringComparison.Ordinal);
    }

    private static bool IsNumber(string text) => double.TryParse(text, Number, CultureInfo.InvariantCulture, out _);
}
