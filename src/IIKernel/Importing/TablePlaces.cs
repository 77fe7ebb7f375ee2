using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>Where the parts of a table stand in a sheet.</summary>
/// <param name="CodeColumn">Column of the rows' codes.</param>
/// <param name="CodeRow">Row of the columns' codes.</param>
/// <param name="NameColumn">Column of the names; 0 for none.</param>
/// <param name="Rows">The rows of the sectors, and those among them that are none.</param>
/// <param name="Columns">The columns of the sectors.</param>
/// <param name="EndRow">The row behind those of the sectors, from which on totals are looked for.</param>
/// <param name="LastRow">The last row of the table.</param>
internal sealed record TablePlaces(
    int CodeColumn, int CodeRow, int NameColumn, IReadOnlyList<int> Rows, IReadOnlyList<int> Columns, int EndRow, int LastRow)
{
    /// <summary>Finds a layout in a sheet; false with the fault that says what is not there.</summary>
    /// <param name="name">What messages call the sheet.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="range">The range that the table is; null where the layout finds it.</param>
    public static (TablePlaces? Places, StudyFault? Fault) Find(string name, Worksheet sheet, TableLayout layout, CellRange? range)
    {
        var area = range ?? sheet.Used!;
        var anchor = range is null ? First(sheet, area, layout.RowsUntil) : null;
        var codeColumn = range?.First.Column ?? CellAddress.ColumnOf(layout.CodeColumn) ?? anchor?.Column ?? 0;
        if (codeColumn == 0) return (null, Missing(name, "row", layout.RowsUntil, layout));
        var codeRow = range?.First.Row ?? layout.CodeRow ?? First(sheet, area, layout.ColumnsUntil)?.Row ?? 0;
        if (codeRow == 0) return (null, Missing(name, "column", layout.ColumnsUntil, layout));
        var nameColumn = layout.NameColumn switch
        {
            null => 0,
            "left" => codeColumn - 1,
            "right" => codeColumn + 1,
            var letters => CellAddress.ColumnOf(letters)!.Value,
        };
        var endRow = codeRow + 1;
        while (endRow <= area.Last.Row && !IsOneOf(sheet, endRow, layout.RowsUntil, codeColumn, nameColumn)) endRow++;
        if (endRow > area.Last.Row && range is null) return (null, Missing(name, "row", layout.RowsUntil, layout));
        var columns = ColumnsOf(sheet, layout, area, codeColumn, codeRow, endRow);
        var known = columns.Select(c => Code(sheet[new(codeRow, c)].Text, layout.ColumnPrefix)!).ToHashSet(StringComparer.Ordinal);
        var rows = Enumerable.Range(codeRow + 1, endRow - codeRow - 1)
            .SkipWhile(r => Code(sheet[new(r, codeColumn)].Text, layout.RowPrefix) is not { } code || !known.Contains(code))
            .Where(r => Code(sheet[new(r, codeColumn)].Text, layout.RowPrefix) is { } code
                && (code.Length > 0 || columns.Any(c => sheet[new(r, c)].Kind != CellKind.Empty))
                && (!layout.OtherRows || known.Contains(code)))
            .ToArray();
        if (rows.Length > 0 && columns.Length > 0)
            return (new(codeColumn, codeRow, nameColumn, rows, columns, endRow, area.Last.Row), null);
        return (null, new(name, $"row {codeRow} and column {CellAddress.ColumnName(codeColumn)}",
            "no code that stands both in the code row and in the code column", "the codes of the sectors in both, as text",
            "Write the codes in both, or say where they stand: --range Sheet!A3:F40, or a mapping file."));
    }

    /// <summary>The row of a total, by its codes or names; null where it is not there.</summary>
    public int? RowOf(Worksheet sheet, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
            for (var r = EndRow; r <= LastRow; r++)
                if (IsOneOf(sheet, r, [text], CodeColumn, NameColumn)) return r;
        return null;
    }

    /// <summary>A code without what stands before it; null where it does not.</summary>
    public static string? Code(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private static int[] ColumnsOf(Worksheet sheet, TableLayout layout, CellRange area, int codeColumn, int codeRow, int endRow)
    {
        var rowCodes = Enumerable.Range(codeRow + 1, endRow - codeRow - 1)
            .Select(r => Code(sheet[new(r, codeColumn)].Text, layout.RowPrefix))
            .Where(code => !string.IsNullOrEmpty(code)).ToHashSet(StringComparer.Ordinal);
        string[] until = [.. layout.ColumnsUntil.Select(TableText.Plain)];
        var columns = new List<int>();
        for (var c = codeColumn + 1; c <= area.Last.Column; c++)
        {
            var text = sheet[new(codeRow, c)].Text;
            if (until.Contains(TableText.Plain(text))) break;
            if (text.Length == 0 && columns.Count > 0 && sheet.Swallowed(new(codeRow, c)) is null) break;
            // What stands before the first code is a heading or a column of names.
            if (Code(text, layout.ColumnPrefix) is { } code && (columns.Count > 0 || rowCodes.Contains(code))) columns.Add(c);
        }

        return [.. columns];
    }

    private static bool IsOneOf(Worksheet sheet, int row, IReadOnlyList<string> texts, int codeColumn, int nameColumn)
    {
        string[] found = [TableText.Plain(sheet[new(row, codeColumn)].Text), TableText.Plain(sheet[new(row, nameColumn)].Text)];
        return texts.Any(text => found.Contains(TableText.Plain(text)));
    }

    // The first cell of the first text that is there at all.
    private static CellAddress? First(Worksheet sheet, CellRange area, IReadOnlyList<string> texts)
    {
        foreach (var text in texts.Select(TableText.Plain))
        {
            foreach (var (at, cell) in sheet.Cells())
            {
                if (cell.Kind != CellKind.Text || cell.Text.Length < text.Length || !area.Contains(at)) continue;
                if (TableText.Plain(cell.Text) == text) return at;
            }
        }

        return null;
    }

    private static StudyFault Missing(string name, string what, IReadOnlyList<string> texts, TableLayout layout) => new(
        name, "", $"no {what} {string.Join(" or ", texts)}",
        $"the {what} behind those of the sectors, by which the layout {layout.Name} finds them",
        "Write it back, or say where the table stands: --range Sheet!A3:F40, or a mapping file.");
}
