using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>How a piece of a line is set off.</summary>
public enum Emphasis
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As a title.</summary>
    Strong,

    /// <summary>As something to be seen.</summary>
    Warning,

    /// <summary>As something in order.</summary>
    Good,

    /// <summary>As something wrong.</summary>
    Bad,

    /// <summary>As something beside the point.</summary>
    Faint,
}

/// <summary>A piece of a line.</summary>
/// <param name="Text">Its text, in which nothing can steer a terminal.</param>
/// <param name="Emphasis">How it is set off.</param>
public sealed record ReportSpan(string Text, Emphasis Emphasis = Emphasis.None)
{
    /// <summary>A piece that is not set off.</summary>
    public static implicit operator ReportSpan(string text) => new(text);
}

/// <summary>A line, or a table with an empty line before it.</summary>
/// <param name="Spans">The pieces of the line; empty for a table.</param>
/// <param name="Table">The table; null for a line.</param>
public sealed record ReportBlock(IReadOnlyList<ReportSpan> Spans, ReportTable? Table);

/// <summary>What a verb shows: lines and tables in their order, to be laid out by what shows them.</summary>
public sealed class Report
{
    /// <summary>What the mark * beside a year means.</summary>
    public static string ExtrapolatedNote => Say(new ExtrapolatedMark());

    private readonly List<ReportBlock> _blocks = [];

    /// <summary>Lines and tables in their order.</summary>
    public IReadOnlyList<ReportBlock> Blocks => _blocks;

    /// <summary>Adds a table.</summary>
    public void Add(ReportTable table) => _blocks.Add(new([], table));

    /// <summary>Adds a line.</summary>
    public void Line(params IReadOnlyList<ReportSpan> spans) =>
        _blocks.Add(new([.. spans.Select(s => s with { Text = Wording.OneLine(s.Text) })], null));

    /// <summary>Adds a study's name and its note, which keeps its lines.</summary>
    public void Title(string name, string? note)
    {
        Line(new ReportSpan(name, Emphasis.Strong));
        foreach (var line in note?.ReplaceLineEndings("\n").Split('\n') ?? []) Line(new ReportSpan(line, Emphasis.Warning));
    }

    /// <summary>Adds warnings with their codes.</summary>
    public void Warnings(IReadOnlyList<Warning> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        foreach (var warning in warnings)
            Line(new ReportSpan(Say($"warning {warning.Code}: "), Emphasis.Warning), Say(warning));
    }

    /// <summary>Adds the paths of files that were written.</summary>
    public void Written(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files) Line(Say($"written: {file}"));
    }
}
