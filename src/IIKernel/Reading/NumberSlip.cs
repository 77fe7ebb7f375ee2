using System.Globalization;
using System.Text.RegularExpressions;

namespace IIKernel.Reading;

/// <summary>Why a cell is no number.</summary>
/// <param name="Cause">What tells the cause from others, so that a file says each once; empty where the cell stands for itself.</param>
/// <param name="Found">The cell and what is strange about it.</param>
/// <param name="Remedy">What to write in its place.</param>
internal sealed partial record NumberSlip(string Cause, string Found, string Remedy)
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // A longer cell is a text; it would only cost time.
    private const int MostLength = 64;
    private static readonly string[] Nothings =
    [
        "-", "--", "---", "–", "—", "——", "―", "－", "…", "……", "..", "...", ".", "·", "/", "*",
        "na", "n.a.", "n.a", "n/a", "nan", "null", "none", "nil", "x", "无", "缺", "缺失", "空", "未知",
    ];

    /// <summary>Whether a cell is a text, rather than a number in another form or an empty cell.</summary>
    public static bool IsText(string cell) =>
        cell.Length > 0 && CsvNumber.Parse(cell) is null && Of(cell) is { Cause.Length: 0 } && !cell.Any(char.IsAsciiDigit);

    /// <summary>What is strange about a cell that <see cref="CsvNumber.Parse"/> cannot read.</summary>
    public static NumberSlip Of(string cell)
    {
        const string general = "Write a number with a decimal point and no thousands separators.";
        var quoted = CsvRow.Quote(cell);
        if (cell.Length == 0) return new("empty", quoted, "Write the number; write 0 where the amount is zero.");
        if (cell.Length > MostLength) return new("", quoted, general);
        if (double.TryParse(cell, Style, CultureInfo.InvariantCulture, out var value))
            return new("", quoted + (double.IsNaN(value) ? ", which is not a number (NaN)"
                : ", which is infinite or too large for a 64-bit number"), "Write a finite number.");
        if (InfinityWord().IsMatch(cell)) return new("", quoted + ", which is infinite", "Write a finite number.");
        if (cell[0] == '#' && cell.All(c => c == '#'))
            return new("narrow", quoted + ", what a spreadsheet shows where a column is too narrow",
                "Widen the column in the spreadsheet, or let it save values instead of what it shows.");
        if (cell[0] == '#') return new("error", quoted + ", an error of a spreadsheet's formula",
            "Mend the formula in the spreadsheet and save the file again.");
        if (cell[0] == '=')
            return new("formula", quoted + ", a formula whose value was not saved with it",
                "Open the workbook in a spreadsheet, let it calculate and save it.");
        if (CellText.IsSpreadsheetDate(cell))
        {
            return new("date", quoted + ", a date, which a spreadsheet makes of numbers such as 3.1 and 1-3",
                "Format the column as numbers in the spreadsheet, write the number again as its source has it, and save the file again.");
        }

        var plain = CellText.Plain(cell, []);
        if (Nothings.Contains(cell.ToLowerInvariant()) || Nothings.Contains(plain.ToLowerInvariant()))
            return new("nothing", quoted + ", which stands for nothing or for a figure that is not known",
                "Write 0 where the amount is zero; a figure that is not known has to be found.");
        return Number(cell) is var (strange, number)
            ? new(string.Join(", ", strange.Select(s => s.Split('(')[0])), $"{quoted}, {string.Join(", ", strange)}", number)
            : new("", quoted, general);
    }

    // Takes off what does not belong to a number, one after the other, as long as a number is left.
    private static (List<string> Strange, string Remedy)? Number(string cell)
    {
        var strange = new List<string>();
        var text = CellText.Plain(cell, strange);
        var (percent, unit, negative) = (false, "", false);
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')')
        {
            strange.Add("with parentheses for a negative number");
            (text, negative) = (text[1..^1].Trim(), true);
        }

        if (text.Length > 1 && text[^1] == '%')
        {
            strange.Add("a percentage");
            (text, percent) = (text[..^1].TrimEnd(), true);
        }

        if (Mark().Match(text) is { Success: true } mark)
        {
            strange.Add("with the mark of a note");
            text = mark.Groups[1].Value;
        }

        if (Money().Match(text) is { Success: true } money
            && (money.Groups["before"].Success || money.Groups["after"].Success || money.Groups["unit"].Success))
        {
            unit = money.Groups["unit"].Value;
            strange.Add(unit.Length > 0 ? "with a unit" : "with the sign of a currency");
            text = money.Groups["sign"].Value + money.Groups["number"].Value;
        }

        var either = "";
        if (Grouped().IsMatch(text))
        {
            strange.Add("with thousands separators");
            // 1,234 may be either; a second group or a decimal point decides.
            if (OneGroup().IsMatch(text))
                either = $" Where the comma stands for the decimal point, write {text.Replace(',', '.').Replace('，', '.')}.";
            text = Separators().Replace(text, "");
        }
        else if (European().IsMatch(text))
        {
            strange.Add("with thousands separators and a decimal comma");
            text = string.Concat(text.Where(c => c is not ('.' or ' ' or '\''))).Replace(',', '.');
        }
        else if (PointGroups().IsMatch(text))
        {
            strange.Add("with thousands separators");
            text = text.Replace(".", "", StringComparison.Ordinal);
        }
        else if (DecimalComma().IsMatch(text))
        {
            strange.Add("with a decimal comma");
            text = text.Replace(',', '.').Replace('，', '.');
        }

        if (strange.Count == 0 || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return null;
        if (negative) text = "-" + text.TrimStart('+');
        if (percent)
            text = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var share)
                ? CsvNumber.Print(share / 100)
                : CsvNumber.Print(value / 100);
        return (strange, unit.Length > 0
            ? $"Write the number alone, in the unit that study.json names for the file: {text} where that is {unit}."
            : $"Write {text}.{either}");
    }

    [GeneratedRegex("^[+-]?(∞|inf|infinity)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InfinityWord();

    [GeneratedRegex(@"^([+-]?[0-9][0-9.,，\s]*?)\s*"
        + @"(\*{1,3}|[†‡①-⑳]|\[[0-9a-z]{1,2}\]|\([0-9a-z]{1,2}\)|[pref])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(?<sign>[+-]?)\s*(?<before>US\$|[¥￥$€£₩₹]|CNY|RMB|USD|EUR|GBP|JPY)?\s*(?<number>[0-9][0-9.,，'’\s]*?)\s*"
        + @"(?:(?<after>[¥￥$€£₩₹]|CNY|RMB|USD|EUR|GBP|JPY)"
        + @"|(?<unit>[千百十万亿]*元|[千百十]?[万亿]|thousand|million|billion|trillion|mn|bn))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}([,，'’_\s][0-9]{2,3})*[,，'’_\s][0-9]{3}(\.[0-9]*)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?[1-9][0-9]{0,2}[,，][0-9]{3}$")]
    private static partial Regex OneGroup();

    [GeneratedRegex(@"[,，'’_\s]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}([. '][0-9]{3})+,[0-9]+$")]
    private static partial Regex European();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(\.[0-9]{3}){2,}$")]
    private static partial Regex PointGroups();

    [GeneratedRegex("^[+-]?[0-9]+[,，][0-9]+$")]
    private static partial Regex DecimalComma();
}
