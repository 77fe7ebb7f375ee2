using IIKernel.Reports;
using IIKernel.Reports.Tables;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>A report on a console: the one place that knows colours and widths of terminals.</summary>
public static class TextReport
{
    /// <summary>Prints a report in the width of the console.</summary>
    public static void Print(IAnsiConsole console, Report report)
    {
        foreach (var block in report.Blocks)
        {
            if (block.Table is { } table) Print(console, table);
            else console.MarkupLine(string.Concat(block.Spans.Select(Marked)));
        }
    }

    private static void Print(IAnsiConsole console, ReportTable table)
    {
        // Past the console's own layout, which folds what it takes to be too wide.
        var writer = console.Profile.Out.Writer;
        writer.WriteLine();
        foreach (var line in TerminalTable.Lines(table, console.Profile.Width)) writer.WriteLine(line);
    }

    private static string Marked(ReportSpan span)
    {
        var text = Markup.Escape(span.Text);
        return Style(span.Emphasis) is { } style ? $"[{style}]{text}[/]" : text;
    }

    private static string? Style(Emphasis emphasis) => emphasis switch
    {
        Emphasis.Strong => "bold",
        Emphasis.Warning => "yellow",
        Emphasis.Good => "green",
        Emphasis.Bad => "red",
        Emphasis.Faint => "grey",
        _ => null,
    };
}
