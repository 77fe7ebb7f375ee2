using System.Globalization;
using System.Text.RegularExpressions;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>What the texts around a table say of it.</summary>
internal static partial class TableText
{
    private static readonly (string Symbol, string Code)[] Currencies =
    [
        ("£", "GBP"), ("pounds sterling", "GBP"), ("€", "EUR"), ("euros", "EUR"), ("euro", "EUR"), ("US dollars", "USD"),
        ("US dollar", "USD"), ("US$", "USD"), ("yuan", "CNY"), ("RMB", "CNY"), ("yen", "JPY"),
    ];

    /// <summary>A text as texts are compared: single blanks between its words, no case.</summary>
    public static string Plain(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    /// <summary>The units that a text names: 万元, 亿元, million USD; those that stand alone or with a word for unit or in brackets.</summary>
    public static IEnumerable<MonetaryUnit> Units(string text)
    {
        foreach (Match match in Chinese().Matches(text))
            if (MonetaryUnit.TryParse(match.Groups["unit"].Value, out var unit)) yield return unit;
        foreach (Match match in English().Matches(text))
        {
            var scale = match.Groups["scale"].Value.ToLowerInvariant().TrimEnd('s');
            var money = match.Groups["money"].Value;
            var code = Currencies.FirstOrDefault(c => c.Symbol.Equals(money, StringComparison.OrdinalIgnoreCase)).Code ?? money;
            if (MonetaryUnit.TryParse($"{scale} {code}", out var unit)) yield return unit;
        }
    }

    /// <summary>The years that a text names.</summary>
    public static IEnumerable<int> Years(string text) =>
        YearNumber().Matches(text).Select(match => int.Parse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>The texts above a row of a sheet, and the name of the sheet.</summary>
    public static IEnumerable<(string Place, string Text)> Above(Worksheet sheet, int row) =>
        sheet.Cells().TakeWhile(cell => cell.At.Row < row).Where(cell => cell.Cell.Kind == CellKind.Text)
            .Select(cell => ($"cell {cell.At}", cell.Cell.Text));

    [GeneratedRegex(@"(单位|計量單位|单位名称)\s*[:：]?\s*(人民币)?(?<unit>[十百千万亿]*元)"
        + @"|[(（]\s*(?<unit>[十百千万亿]*元)\s*[)）]|^\s*(?<unit>[十百千万亿]*元)\s*$")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\b(?<scale>thousand|million|billion)s?\s+(of\s+)?(current\s+)?"
        + @"(?<money>US dollars?|pounds sterling|euros?|yuan|yen|US\$|£|€|RMB|[A-Z]{3}\b)"
        + @"|(?<money>£|€|US\$|\b[A-Z]{3}\b)\s*(?<scale>thousand|million|billion)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex("(?<![0-9])(19|20)[0-9]{2}(?![0-9])")]
    private static partial Regex YearNumber();
}
