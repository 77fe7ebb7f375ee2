using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Pieces that several verbs print.</summary>
public static class TextReport
{
    /// <summary>What the mark * beside a year means.</summary>
    public const string ExtrapolatedNote = "* rests on extrapolated figures";

    /// <summary>Prints warnings with their codes.</summary>
    public static void PrintWarnings(IAnsiConsole console, IReadOnlyList<Warning> warnings)
    {
        foreach (var warning in warnings) console.MarkupLineInterpolated($"[yellow]warning {warning.Code}:[/] {warning.Message}");
    }
}
