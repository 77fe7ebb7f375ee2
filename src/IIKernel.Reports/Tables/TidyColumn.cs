namespace IIKernel.Reports.Tables;

/// <summary>A column of a table with one figure a row: the same name and the same content in CSV and in JSON.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="Name">Name in snake case.</param>
/// <param name="Value">A text, a number, a truth value, a list of texts, or null for an empty cell.</param>
public sealed record TidyColumn<T>(string Name, Func<T, object?> Value)
{
    /// <summary>The column of rows that hold what this one shows.</summary>
    /// <param name="part">What of a row this column shows.</param>
    public TidyColumn<TRow> Of<TRow>(Func<TRow, T> part) => new(Name, row => Value(part(row)));
}

/// <summary>Tables with one figure a row: files for programs, in full precision.</summary>
public static class TidyTable
{
    /// <summary>The table of such columns; its rows are asked for one after the other.</summary>
    public static ReportTable Of<T>(IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows) => new(
        "", [.. columns.Select(c => ReportColumn.Text(c.Name))],
        rows.Select(row => (IReadOnlyList<ReportCell>)[.. columns.Select(c => new ReportCell(c.Value(row)))]));

    /// <summary>Writes the header and the rows as CSV. The encoding is the writer's.</summary>
    public static void Write<T>(TextWriter writer, IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows) =>
        DelimitedTable.Write(writer, Of(columns, rows));

    /// <summary>The rows for a JSON text, each an object whose names are those of the columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Objects<T>(
        IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows) => JsonTable.Objects(Of(columns, rows));
}
