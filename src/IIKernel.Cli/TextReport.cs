using System.Globalization;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Pieces that several verbs print.</summary>
public static class TextReport
{
    /// <summary>What the mark * beside a year means.</summary>
    public const string ExtrapolatedNote = "* rests on extrapolated figures";

    /// <summary>
    /// A number with no more digits than its standard error supports: the last printed place is that of the
    /// error's first digit. An error that is zero or unknown leaves at most two decimals.
    /// </summary>
    public static string Number(double value, double standardError)
    {
        if (!double.IsFinite(value)) return "–";
        var place = standardError > 0 ? (int)Math.Floor(Math.Log10(standardError)) : -2;
        if (place <= 0) return value.ToString($"N{Math.Min(2, -place)}", CultureInfo.InvariantCulture);
        var unit = Math.Pow(10, place);
        return (Math.Round(value / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A difference in percent with its sign: "+1.5 %", "−0.2 %", "0.0 %".</summary>
    public static string Percent(double value, int decimals)
    {
        var digits = "0." + new string('0', decimals);
        return Math.Round(value, decimals).ToString($"+{digits};−{digits};{digits}", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>Prints warnings with their codes.</summary>
    public static void PrintWarnings(IAnsiConsole console, IReadOnlyList<Warning> warnings)
    {
        foreach (var warning in warnings) console.MarkupLineInterpolated($"[yellow]warning {warning.Code}:[/] {warning.Message}");
    }
}
