namespace IIKernel.Cli;

/// <summary>A column of a table for people.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="IsNumber">Whether it holds numbers: aligned to the right, and never folded.</param>
/// <param name="Priority">0 for a column that the table needs; of the others, the largest is left out first where room is scarce.</param>
/// <param name="Unit">Unit of its numbers; empty where the table's title says it.</param>
public sealed record ReportColumn(string Header, bool IsNumber, int Priority = 0, string Unit = "")
{
    /// <summary>A column of texts.</summary>
    public static ReportColumn Text(string header, int priority = 0) => new(header, false, priority);

    /// <summary>A column of numbers.</summary>
    public static ReportColumn Number(string header, int priority = 0, string unit = "") => new(header, true, priority, unit);

    /// <summary>Heading and unit.</summary>
    public string Title => Unit.Length == 0 ? Header : $"{Header} {Unit}";
}

/// <summary>A table for people: columns, rows of texts, notes. It knows nothing of what it shows; renderers lay it out.</summary>
/// <param name="title">What it shows.</param>
/// <param name="columns">Its columns.</param>
public sealed class ReportTable(string title, params IReadOnlyList<ReportColumn> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>What it shows.</summary>
    public string Title { get; } = title;

    /// <summary>Its columns.</summary>
    public IReadOnlyList<ReportColumn> Columns { get; } = columns;

    /// <summary>Its rows, each a cell a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>What its reader must know, a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Where everything can be found that a narrow page leaves out.</summary>
    public string Elsewhere { get; init; } = "--json";

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">Not a cell a column.</exception>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != Columns.Count) throw new ArgumentException($"{cells.Count} cells for {Columns.Count} columns.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>Adds a note.</summary>
    public void Note(string text) => _notes.Add(text);
}
