using System.Globalization;

namespace IIKernel.Reports;

/// <summary>A column of a table with one figure a row: the same name and the same content in CSV and in JSON.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="Name">Name in snake case.</param>
/// <param name="Value">A text, a number, a truth value, a list of texts, or null for an empty cell.</param>
public sealed record TidyColumn<T>(string Name, Func<T, object?> Value);

/// <summary>Tables with one figure a row, as CSV and as JSON.</summary>
public static class TidyTable
{
    /// <summary>Writes the header and the rows as CSV. The encoding is the writer's.</summary>
    public static void Write<T>(TextWriter writer, IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(columns.Select(c => c.Name));
        foreach (var row in rows) csv.Row(columns.Select(c => Text(c.Value(row))));
    }

    /// <summary>The rows for a JSON text, each an object whose names are those of the columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Objects<T>(IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows) =>
        [.. rows.Select(row => columns.ToDictionary(c => c.Name, c => c.Value(row)))];

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => double.IsFinite(number) ? CsvOutput.Text(number) : "",
        bool truth => truth ? "1" : "0",
        IEnumerable<string> list => string.Join(';', list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
