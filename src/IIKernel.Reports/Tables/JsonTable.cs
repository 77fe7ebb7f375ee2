namespace IIKernel.Reports.Tables;

/// <summary>A table for a JSON text: an object a row, in full precision.</summary>
public static class JsonTable
{
    /// <summary>The rows, each an object whose names are those of the columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Objects(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] names = [.. table.Columns.Select(c => c.Name ?? c.Header)];
        return [.. table.Rows.Select(row => row.Select((cell, c) => (names[c], cell.Value)).ToDictionary())];
    }
}
