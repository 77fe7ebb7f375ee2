using System.Globalization;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Reading;

/// <summary>Reads number cells in the invariant culture.</summary>
internal static class CsvNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The finite number in <paramref name="cell"/>, or null; <see cref="NumberSlip.Of"/> says why.</summary>
    public static double? Parse(string cell) =>
        double.TryParse(cell, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>How many decimals a valid number cell is printed with: 2 for "1.50", 0 for "3", −2 for "1e2".</summary>
    public static int Decimals(string cell)
    {
        var e = cell.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? cell : cell[..e];
        var point = mantissa.IndexOf('.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        if (e < 0) return decimals;
        // An exponent that overflows belongs to a number that has become 0.
        return int.TryParse(cell.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? decimals - exponent : 0;
    }

    /// <summary>Unit of the last digit that a valid number cell prints: 0.01 for "1.50", 100 for "12600", 1 for "0".</summary>
    public static double PrintedUnit(string cell)
    {
        var decimals = Decimals(cell);
        if (cell.Contains('.')) return ScalarMath.PowerOfTen(-decimals);
        var e = cell.IndexOfAny(['e', 'E']);
        var digits = (e < 0 ? cell : cell[..e]).TrimStart('+', '-', '0');
        return ScalarMath.PowerOfTen(digits.Length - digits.TrimEnd('0').Length - decimals);
    }

    /// <summary>An amount as a fault prints it: shortest digits that give the number back.</summary>
    public static string Print(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
