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
        var place = standardError > 0 ? (int)Math.Floor(Math.Log10(standardError)) : -2;
        if (place <= 0) return Wording.Fixed(value, Math.Min(2, -place), thousands: true);
        var unit = Math.Pow(10, place);
        return Wording.Fixed(Math.Round(value / unit) * unit, 0, thousands: true);
    }

    /// <summary>A figure as its publication prints it: with the digits that it has.</summary>
    public static string Published(double value) => double.IsFinite(value) ? value.ToString("#,0.###############", CultureInfo.InvariantCulture) : Wording.None;

    /// <summary>Prints warnings with their codes.</summary>
    public static void PrintWarnings(IAnsiConsole console, IReadOnlyList<Warning> warnings)
    {
        foreach (var warning in warnings) console.MarkupLineInterpolated($"[yellow]warning {warning.Code}:[/] {warning.Message}");
    }
}
