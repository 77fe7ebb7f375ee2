namespace IIKernel.Reports.Tables;

/// <summary>A table in Markdown, as people read it.</summary>
public static class MarkdownTable
{
    /// <summary>The header and the rows, with a line feed behind each.</summary>
    public static string Of(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] lines =
        [
            $"| {string.Join(" | ", table.Columns.Select(c => Escaped(c.Title)))} |",
            "|" + string.Concat(Enumerable.Repeat("---|", table.Columns.Count)),
            .. table.Rows.Select(row => $"| {string.Join(" | ", row.Select(c => Escaped(c.Text)))} |"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>
    /// A text that stands for itself: a bar would end a cell, and others would format it or be links, tags, entities and formulas.
    /// </summary>
    public static string Escaped(string cell) =>
        string.Concat(Wording.OneLine(cell).Select(c => @"\|`*_<[&~$".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}
