using System.Globalization;
using System.Text.RegularExpressions;

namespace IIKernel.Studies.Reading;

/// <summary>Reads a number cell in the invariant culture and says by name what is wrong with one that is none.</summary>
internal static partial class CsvNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number in <paramref name="cell"/>, or null with what was found and how to mend it.</summary>
    public static double? Parse(string cell, out string found, out string remedy)
    {
        found = CsvRow.Quote(cell);
        remedy = "Write a number with a decimal point and no thousands separators.";
        if (double.TryParse(cell, Style, CultureInfo.InvariantCulture, out var value))
        {
            if (double.IsFinite(value)) return value;
            found += double.IsNaN(value) ? ", which is not a number (NaN)" : ", which is infinite or too large for a 64-bit number";
            remedy = "Write a finite number.";
            return null;
        }

        if (cell.Length == 0)
        {
            remedy = "Write the number; write 0 where the amount is zero.";
        }
        else if (InfinityWord().IsMatch(cell))
        {
            found += ", which is infinite";
            remedy = "Write a finite number.";
        }
        else if (cell[^1] is '%' or '％')
        {
            found += ", a percentage";
            if (decimal.TryParse(cell[..^1].TrimEnd(), Style, CultureInfo.InvariantCulture, out var percent))
                remedy = $"Write {Print(percent / 100)}.";
        }
        else if (Grouped().IsMatch(cell))
        {
            found += ", with thousands separators";
            remedy = $"Write {Separators().Replace(cell, "")}.";
        }
        else if (DecimalComma().IsMatch(cell))
        {
            found += ", with a decimal comma";
            remedy = $"Write {cell.Replace(',', '.').Replace('，', '.')}.";
        }

        return null;
    }

    /// <summary>How many decimals a valid number cell is printed with: 2 for "1.50", 0 for "3", −2 for "1e2".</summary>
    public static int Decimals(string cell)
    {
        var e = cell.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? cell : cell[..e];
        var point = mantissa.IndexOf('.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        if (e < 0) return decimals;
        // An exponent that overflows belongs to a number that has become 0.
        return int.TryParse(cell.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) ? decimals - exponent : 0;
    }

    /// <summary>Unit of the last digit that a valid number cell prints: 0.01 for "1.50", 100 for "12600", 1 for "0".</summary>
    public static double PrintedUnit(string cell)
    {
        var decimals = Decimals(cell);
        if (cell.Contains('.')) return Math.Pow(10, -decimals);
        var e = cell.IndexOfAny(['e', 'E']);
        var digits = (e < 0 ? cell : cell[..e]).TrimStart('+', '-', '0');
        return Math.Pow(10, digits.Length - digits.TrimEnd('0').Length - decimals);
    }

    /// <summary>An amount as a fault prints it: shortest digits that give the number back.</summary>
    public static string Print(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[+-]?(∞|inf|infinity)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InfinityWord();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}([,，'’_\s][0-9]{3})+(\.[0-9]*)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"[,，'’_\s]")]
    private static partial Regex Separators();

    [GeneratedRegex("^[+-]?[0-9]+[,，][0-9]+$")]
    private static partial Regex DecimalComma();
}
