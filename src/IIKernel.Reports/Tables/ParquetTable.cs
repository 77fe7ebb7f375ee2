using Parquet;
using Parquet.Schema;

namespace IIKernel.Reports.Tables;

/// <summary>
/// A table as Apache Parquet: names of columns, and values of a type each in full precision. A number that is not finite is null, as its
/// cell is empty in CSV; a list of texts is one text.
/// </summary>
public static class ParquetTable
{
    /// <summary>Writes the table as one group of rows.</summary>
    /// <param name="stream">Takes its bytes.</param>
    /// <param name="table">The table.</param>
    /// <param name="about">What its reader may want to know, by name.</param>
    public static void Write(Stream stream, ReportTable table, IReadOnlyDictionary<string, string> about)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(table);
        using var bytes = new MemoryStream();
        // In memory nothing waits.
        WriteAsync(bytes, table, about).GetAwaiter().GetResult();
        bytes.Position = 0;
        bytes.CopyTo(stream);
    }

    private static async Task WriteAsync(Stream stream, ReportTable table, IReadOnlyDictionary<string, string> about)
    {
        IReadOnlyList<ReportCell>[] rows = [.. table.Rows];
        DataField[] fields =
            [.. table.Columns.Select((column, c) => Field(column.Name ?? column.Header, rows.Select(row => row[c].Value)))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), stream).ConfigureAwait(false);
        writer.CustomMetadata = new Dictionary<string, string>(about);
        using var group = writer.CreateRowGroup();
        for (var c = 0; c < fields.Length; c++)
        {
            var cells = rows.Select(row => row[c]);
            await (fields[c] switch
            {
                DataField<double?> f => group.WriteAsync<double>(f, cells.Select(cell => Finite(cell.Value)).ToArray()),
                DataField<long?> f => group.WriteAsync<long>(f, cells.Select(cell => (long?)cell.Value).ToArray()),
                DataField<int?> f => group.WriteAsync<int>(f, cells.Select(cell => (int?)cell.Value).ToArray()),
                DataField<bool?> f => group.WriteAsync<bool>(f, cells.Select(cell => (bool?)cell.Value).ToArray()),
                var f => group.WriteAsync(f, cells.Select(cell => cell.Full).ToArray()),
            }).ConfigureAwait(false);
        }
    }

    // The type of a column's first value is that of all.
    private static DataField Field(string name, IEnumerable<object?> values) => values.FirstOrDefault(v => v is not null) switch
    {
        double => new DataField<double?>(name),
        long => new DataField<long?>(name),
        int => new DataField<int?>(name),
        bool => new DataField<bool?>(name),
        _ => new DataField<string>(name),
    };

    private static double? Finite(object? value) => value is double number && double.IsFinite(number) ? number : null;
}
