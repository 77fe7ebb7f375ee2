namespace IIKernel.Reports.Tables;

/// <summary>A table as CSV: names of columns and values in full precision.</summary>
public static class DelimitedTable
{
    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var csv = CsvOutput.Create(writer);
        csv.Row(table.Columns.Select(c => c.Name ?? c.Header));
        foreach (var row in table.Rows) csv.Row(row.Select(c => c.Full));
    }
}
