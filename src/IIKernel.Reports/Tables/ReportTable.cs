using System.Globalization;

namespace IIKernel.Reports.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its heading, for people.</param>
/// <param name="IsNumber">Whether it holds numbers: aligned to the right, and never folded.</param>
/// <param name="Priority">0 for a column that the table needs; of the others, the largest is left out first where room is scarce.</param>
/// <param name="Unit">Unit of its numbers; empty where the table's title says it.</param>
/// <param name="Name">Its name for programs; null for the heading.</param>
public sealed record ReportColumn(string Header, bool IsNumber, int Priority = 0, string Unit = "", string? Name = null)
{
    /// <summary>A column of texts.</summary>
    public static ReportColumn Text(string header, int priority = 0) => new(header, false, priority);

    /// <summary>A column of numbers.</summary>
    public static ReportColumn Number(string header, int priority = 0, string unit = "") => new(header, true, priority, unit);

    /// <summary>Heading and unit.</summary>
    public string Title => Unit.Length == 0 ? Header : $"{Header} {Unit}";
}

/// <summary>A cell: what it holds, and how people read it.</summary>
/// <param name="Value">A text, a number, a truth value, an enumeration value, a list of texts, or null for an empty cell.</param>
/// <param name="Shown">What people read; null for the value in full.</param>
/// <param name="Decimals">The decimals that a spreadsheet shows of a number; null where it decides.</param>
public readonly record struct ReportCell(object? Value, string? Shown = null, int? Decimals = null)
{
    /// <summary>The value in full precision; empty where it is not finite.</summary>
    public string Full => Value switch
    {
        null => "",
        string text => text,
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        bool truth => truth ? "1" : "0",
        IEnumerable<string> list => string.Join(';', list),
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What people read.</summary>
    public string Text => Shown ?? Full;

    /// <summary>A text.</summary>
    public static implicit operator ReportCell(string text) => new(text);

    /// <summary>A number without rounding, shown as <see cref="NumberFormat.Point"/> does.</summary>
    public static ReportCell Point(double value) => new(value, NumberFormat.Point(value), NumberFormat.PointDecimals(value));

    /// <summary>A statistic of draws, shown as <see cref="NumberFormat.Statistic"/> does.</summary>
    public static ReportCell Statistic(double value, double standardError) =>
        new(value, NumberFormat.Statistic(value, standardError), NumberFormat.StatisticDecimals(value, standardError));

    /// <summary>A published figure, shown with the digits that it has.</summary>
    public static ReportCell Published(double value) => new(value, NumberFormat.Published(value));

    /// <summary>A number, shown with fixed decimals.</summary>
    public static ReportCell Fixed(double value, int decimals) => new(value, Wording.Fixed(value, decimals), decimals);

    /// <summary>A number, shown with a format.</summary>
    public static ReportCell Number(double value, string format) => new(value, value.ToString(format, CultureInfo.InvariantCulture));
}

/// <summary>A table: columns, rows, notes. It knows nothing of what it shows; renderers lay it out.</summary>
/// <param name="title">What it shows.</param>
/// <param name="columns">Its columns.</param>
/// <param name="rows">Its rows, which may be many and are then asked for one after the other; others are added behind them.</param>
public sealed class ReportTable(string title, IReadOnlyList<ReportColumn> columns, IEnumerable<IReadOnlyList<ReportCell>>? rows = null)
{
    private readonly List<IReadOnlyList<ReportCell>> _added = [];
    private readonly List<string> _notes = [];

    /// <summary>What it shows.</summary>
    public string Title { get; } = title;

    /// <summary>Its columns.</summary>
    public IReadOnlyList<ReportColumn> Columns { get; } = columns;

    /// <summary>Its rows, each a cell a column.</summary>
    public IEnumerable<IReadOnlyList<ReportCell>> Rows => rows is null ? _added : rows.Concat(_added);

    /// <summary>What its reader must know, a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Where everything can be found that a narrow page leaves out.</summary>
    public string Elsewhere { get; init; } = "--json";

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">Not a cell a column.</exception>
    public void Add(params IReadOnlyList<ReportCell> cells)
    {
        if (cells.Count != Columns.Count) throw new ArgumentException($"{cells.Count} cells for {Columns.Count} columns.", nameof(cells));
        _added.Add(cells);
    }

    /// <summary>Adds a note.</summary>
    public void Note(string text) => _notes.Add(text);
}
