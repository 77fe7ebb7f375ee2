using IIKernel.Reports.Words;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Pieces that several verbs print.</summary>
public static class TextReport
{
    /// <summary>What the mark * beside a year means.</summary>
    public const string ExtrapolatedNote = "* rests on extrapolated figures";

    /// <summary>Prints a study's name and its note. What in them would steer a terminal is shown as escapes; a note keeps its lines.</summary>
    public static void PrintTitle(IAnsiConsole console, string name, string? note)
    {
        console.MarkupLineInterpolated($"[bold]{Wording.OneLine(name)}[/]");
        foreach (var line in note?.ReplaceLineEndings("\n").Split('\n') ?? [])
            console.MarkupLineInterpolated($"[yellow]{Wording.OneLine(line)}[/]");
    }

    /// <summary>Prints a table in the width of the console, with an empty line before it.</summary>
    public static void Print(IAnsiConsole console, ReportTable table)
    {
        // Past the console's own layout, which folds what it takes to be too wide.
        var writer = console.Profile.Out.Writer;
        writer.WriteLine();
        foreach (var line in TerminalTable.Lines(table, console.Profile.Width)) writer.WriteLine(line);
    }

    /// <summary>Prints warnings with their codes.</summary>
    public static void PrintWarnings(IAnsiConsole console, IReadOnlyList<Warning> warnings)
    {
        foreach (var warning in warnings)
            console.MarkupLineInterpolated($"[yellow]warning {warning.Code}:[/] {Wording.OneLine(Vocabulary.English.Text(warning))}");
    }
}
