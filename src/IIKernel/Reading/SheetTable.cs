using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Reading;

/// <summary>Reads a table that is a sheet of a workbook, or a range of one, as if it were a CSV file.</summary>
internal static class SheetTable
{
    private const int Named = 8;

    /// <summary>The rows of a sheet; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="reference">The sheet.</param>
    /// <param name="forms">The columns of each form that the table may have.</param>
    public static CsvTable? Read(StudyReadContext context, SheetReference reference, IReadOnlyList<string[]> forms)
    {
        if (context.Workbook(reference.File) is not { } book) return null;
        if (Find(context.Faults, book, reference) is not var (sheet, range)) return null;
        var name = book.NameOf(sheet);
        var before = context.Faults.Count;
        if ((long)range.Rows * range.Columns > InputLimits.SheetCells)
        {
            context.Faults.Add(new(name, $"cells {range}", Wording.Count((long)range.Rows * range.Columns, "cell"),
                $"at most {Wording.Count(InputLimits.SheetCells, "cell")}", "Name the cells of the table."));
            return null;
        }

        foreach (var merged in sheet.Merged) CheckMerged(context.Faults, name, merged, range);
        if (context.Faults.Count > before) return null;
        var records = new List<CsvRecord>();
        for (var r = range.First.Row; r <= range.Last.Row; r++)
        {
            CellAddress[] origins = [.. Enumerable.Range(range.First.Column, range.Columns).Select(c => new CellAddress(r, c))];
            records.Add(new(r, Array.ConvertAll(origins, at => sheet[at].Text), origins));
        }

        if (records.Exists(record => record.Cells.Any(cell => cell.Length > 0)))
            return CsvTable.Of(name, records, forms, context.Faults);
        context.Faults.Add(new(
            name, $"cells {range}", "nothing in any of them", "a header row and data rows", "Name the cells of the table."));
        return null;
    }

    /// <summary>The sheet and the range that a reference names; null with a fault added.</summary>
    public static (Worksheet Sheet, CellRange Range)? Find(FaultList faults, Workbook book, SheetReference reference)
    {
        if (Sheet(faults, book, reference) is not { } sheet) return null;
        if (reference.Range is not null)
        {
            if (CellRange.TryParse(reference.Range, out var range)) return (sheet, range);
            faults.Add(new(book.NameOf(sheet), "", $"the range {CsvRow.Quote(reference.Range)}", SheetReference.Form,
                "Write the first cell and the last, such as A3:F40."));
            return null;
        }

        if (sheet.Used is { } used) return (sheet, used);
        faults.Add(new(book.NameOf(sheet), "", "an empty sheet", "a table", "Write the table, or name another sheet."));
        return null;
    }

    private static Worksheet? Sheet(FaultList faults, Workbook book, SheetReference reference)
    {
        var sheets = book.Sheets;
        string[] names = [.. sheets.Select(s => s.Name)];
        var listed = Wording.Listed(names, Named);
        if (reference.Sheet is { } name)
        {
            var found = sheets.FirstOrDefault(s => s.Name == name)
                ?? sheets.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));
            if (found is null)
                faults.Add(new(book.File, "", $"no sheet {CsvRow.Quote(name)}", $"one of its sheets: {listed}",
                    Suggestion.Remedy(name, names, $"Write one of them: {SheetReference.Form}.")));
            return found;
        }

        var visible = sheets.Where(s => s.IsVisible && s.Used is not null).ToArray();
        if (visible.Length == 1) return visible[0];
        faults.Add(new(book.File, "", $"{Wording.Count(visible.Length, "sheet")} with cells and no name of one",
            $"one of its sheets: {listed}", $"Name the sheet: {SheetReference.Form}."));
        return null;
    }

    // Of merged cells the first alone holds something: what the others stand for is not known.
    private static void CheckMerged(FaultList faults, string name, CellRange merged, CellRange range)
    {
        var inside = merged.First.Row <= range.Last.Row && merged.Last.Row >= range.First.Row
            && merged.First.Column <= range.Last.Column && merged.Last.Column >= range.First.Column;
        if (inside)
            faults.Add(name, "merged", "more merged range", () => new(name, $"cells {merged}", "merged cells",
                "a cell of its own for each value", "Unmerge them in the spreadsheet and write the value into each cell."));
    }
}
