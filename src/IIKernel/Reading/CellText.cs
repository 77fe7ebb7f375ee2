using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IIKernel.Reading;

/// <summary>What a cell was meant to hold, for a fault that says what to write in its place. Nothing is read in this way.</summary>
internal static partial class CellText
{
    private const string Month = "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)";

    /// <summary>
    /// The cell in plain characters: digits and signs of half width, the hyphen for a minus sign, no white space at the ends, no
    /// invisible characters and no apostrophe before them.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="found">Takes what was strange, each as a fault says it.</param>
    public static string Plain(string cell, List<string> found)
    {
        var text = new StringBuilder(cell.Length);
        var (wide, minus, hidden) = (false, false, '\0');
        foreach (var c in cell)
        {
            if (c is >= '\uFF01' and <= '\uFF5E' and not '，') (wide, _) = (true, text.Append((char)(c - 0xFEE0)));
            else if (c is '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\uFE63') (minus, _) = (true, text.Append('-'));
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.Format) hidden = c;
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator) text.Append(' ');
            else text.Append(c);
        }

        var plain = text.ToString().Trim();
        if (wide) found.Add("in full-width characters");
        if (minus) found.Add("with a minus sign that is no hyphen");
        if (hidden != '\0') found.Add($"with an invisible character (U+{(int)hidden:X4})");
        if (plain.Length > 1 && plain[0] is '\'' or '’' or '‘')
        {
            found.Add("with an apostrophe before it");
            plain = plain[1..].Trim();
        }

        return plain;
    }

    /// <summary>
    /// Whether a code has become a number of a spreadsheet, 1.1E+05 for 110000, and which it was as far as digits are left.
    /// </summary>
    public static bool IsSpreadsheetNumber(string cell, out string digits)
    {
        digits = "";
        if (cell.Length > 24 || !SpreadsheetNumber().IsMatch(cell)
            || !decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return false;
        if (value != decimal.Truncate(value)) return false;
        digits = decimal.Truncate(value).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Whether a code or a number has become a date of a spreadsheet: 3-Jan for 3-1, 1-3 or 01-03.</summary>
    public static bool IsSpreadsheetDate(string cell) => cell.Length <= 24 && SpreadsheetDate().IsMatch(cell);

    /// <summary>
    /// What a cell is that a spreadsheet has made of another, and what it is to be: a number of it, or a date; null where it is neither.
    /// </summary>
    public static (string Form, string Lost)? SpreadsheetForm(string cell) =>
        IsSpreadsheetNumber(cell, out var digits) ? ($"a spreadsheet's form of {digits}", "The digits that the form leaves out are lost.")
        : IsSpreadsheetDate(cell)
        ? ("a date, which a spreadsheet makes of codes such as 3-1 and 01-03", "Which code it was, the source of the table tells.")
        : null;

    /// <summary>The year that a cell holds beside something else; null where it holds none or several.</summary>
    public static string? Year(string cell)
    {
        if (cell.Length > 24) return null;
        var years = Years().Matches(Plain(cell, []));
        return years.Count == 1 ? years[0].Value : null;
    }

    [GeneratedRegex(@"^[0-9](\.[0-9]+)?[eE]\+[0-9]{2}$")]
    private static partial Regex SpreadsheetNumber();

    [GeneratedRegex(@"^([0-9]{1,2}[-/ ]" + Month + @"([-/ ]([0-9]{2}|[0-9]{4}))?|" + Month + @"[-/ ]([0-9]{1,2}|[0-9]{4})"
        + @"|[12][0-9]{3}[-/][0-9]{1,2}[-/][0-9]{1,2}|([12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}日)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpreadsheetDate();

    [GeneratedRegex("(?<![0-9])[12][0-9]{3}(?![0-9])")]
    private static partial Regex Years();
}
