using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>What is to be imported, and what the file does not say itself.</summary>
/// <param name="Path">The workbook, or a CSV file of the same layout.</param>
public sealed record ImportRequest(string Path)
{
    /// <summary>The layout; null for the one that the file is found to have.</summary>
    public TableLayout? Layout { get; init; }

    /// <summary>Name of the sheet; null for the one that has the layout.</summary>
    public string? Sheet { get; init; }

    /// <summary>The range of a bare matrix: Sheet!A3:F40; null where the layout finds it.</summary>
    public string? Range { get; init; }

    /// <summary>What stands for the country in an inter-country table; null for none.</summary>
    public string? Country { get; init; }

    /// <summary>The unit; null for the one that the sheet or the layout says.</summary>
    public string? Unit { get; init; }

    /// <summary>The year of the table; null for the one that the sheet or the file's name says.</summary>
    public int? Year { get; init; }
}

/// <summary>An input–output table that was imported.</summary>
/// <param name="Table">The table, in <paramref name="Unit"/>; its sectors have no categories.</param>
/// <param name="Layout">The layout that it was found to have.</param>
/// <param name="Sheet">Where it was found: "book.xlsx, sheet S".</param>
/// <param name="Unit">The unit of its amounts.</param>
/// <param name="Year">Its year.</param>
/// <param name="Files">The file, with its SHA-256.</param>
/// <param name="Warnings">What was noticed.</param>
public sealed record ImportedTable(
    InputOutputTable Table, TableLayout Layout, string Sheet, MonetaryUnit Unit, int Year, IReadOnlyList<FileFingerprint> Files,
    IReadOnlyList<Warning> Warnings);

/// <summary>Imports input–output tables from workbooks as offices publish them. Every fault has its sheet and its cell.</summary>
public static class TableImport
{
    /// <summary>Reads a table.</summary>
    /// <param name="request">What is to be imported.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">It cannot be imported; carries every fault found.</exception>
    public static ImportedTable Read(ImportRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = new StudyReadContext(new LoneFile(request.Path), WorkbookReader.Expected + ", or a CSV file", cancellation);
        return Read(context, request) ?? throw new StudyException(context.Faults.ToFaults());
    }

    /// <summary>Likewise, of the files of a context; null with faults added.</summary>
    internal static ImportedTable? Read(StudyReadContext context, ImportRequest request) => new Reader(context, request).Read();

    /// <summary>The sheets of a file; null with faults added. A CSV file is one sheet without a name.</summary>
    internal static Workbook? Sheets(StudyReadContext context, string path)
    {
        path = path.Replace('\\', '/');
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) return context.Workbook(path);
        if (context.Text(path) is not { } text) return null;
        var before = context.Faults.Count;
        var rows = CsvTable.Records(path, text, context.Faults, context.Cancellation).Select(record => Array.ConvertAll(record.Cells,
            cell => cell.Length == 0 ? SheetCell.Empty : new SheetCell(CellKind.Text, cell, false)));
        return context.Faults.Count == before ? new(path, [new("", true, [.. rows], [])]) : null;
    }

    private sealed class Reader(StudyReadContext context, ImportRequest request)
    {
        private FaultList Faults => context.Faults;

        // Null with faults added.
        public ImportedTable? Read()
        {
            if (Sheets(context, request.Path) is not { } book || Choose(book) is not var (sheet, layout, range)) return null;
            var name = book.NameOf(sheet);
            if (layout.NeedsCountry)
            {
                if (request.Country is null)
                {
                    Faults.Add(new(name, "", "no country", $"the one whose table is wanted, since the layout {layout.Name} holds several",
                        "Name it as the codes do: --country CHN."));
                    return null;
                }

                layout = layout.For(request.Country);
            }

            var (places, fault) = TablePlaces.Find(name, sheet, layout, range);
            if (places is null)
            {
                Faults.Add(fault!);
                return null;
            }

            var cells = new TableCells(context, name, sheet, layout, places);
            var (unit, year) = (Unit(name, sheet, layout, places), Year(name, sheet, places));
            // What the readers notice of the table, they notice again in the files that are written.
            Warning[] noticed = [.. context.Warnings];
            if (!cells.Put()) return null;
            var table = Assemble(name, layout);
            return Faults.Count == 0 && table is not null && unit is not null && year is not null
                ? new(table, layout, name, unit, year.Value, context.Inputs, noticed)
                : null;
        }

        private InputOutputTable? Assemble(string name, TableLayout layout)
        {
            var (sectors, codes) = SectorReader.Read(
                context, TableCells.Sectors, false, null, layout.Allow.Contains("negative-value-added"));
            var flows = FlowReader.Read(context, TableCells.Flows, codes);
            if (sectors is null || flows is null) return null;
            TableTotals.Check(Faults, name, sectors);
            var definition = new TableDefinition
            {
                Sectors = TableCells.Sectors,
                Flows = TableCells.Flows,
                Unit = "",
                InputsOutsideFlows = layout.InputsOutsideFlows,
                Allow = layout.Allow,
            };
            // How far columns may miss their totals is found again from the digits that are written.
            return TableAssembler.Assemble(context, sectors, flows, definition, 1) is { } table
                ? table with { ColumnSumTolerance = [] } : null;
        }

        // The sheet, its layout and, for a bare matrix, its range.
        private (Worksheet Sheet, TableLayout Layout, CellRange? Range)? Choose(Workbook book)
        {
            if (request.Range is { } range)
            {
                var reference = SheetReference.Within(book.File, range);
                if (request.Sheet is not null && reference.Sheet is null) reference = reference with { Sheet = request.Sheet };
                return SheetTable.Find(Faults, book, reference) is var (found, cells)
                    ? (found, request.Layout ?? LayoutCatalog.All.Single(l => l.Name == LayoutCatalog.Matrix), cells) : null;
            }

            var wanted = request.Sheet ?? request.Layout?.Sheet;
            var sheets = wanted is null ? book.Sheets.Where(s => s.IsVisible && s.Used is not null).ToArray()
                : SheetTable.Find(Faults, book, new(book.File, wanted, null)) is var (sheet, _) ? [sheet] : null;
            if (sheets is null) return null;
            var layouts = request.Layout is { } layout ? [layout] : LayoutCatalog.All.Where(l => l.Name != LayoutCatalog.Matrix).ToArray();
            var fitting = (from s in sheets
                           from l in layouts
                           where l.Sheet is null || request.Layout is not null || l.Sheet == s.Name
                           where (!l.NeedsCountry || request.Country is not null || request.Layout is not null)
                               && TablePlaces.Find("", s, l.For(request.Country ?? ""), null).Places is not null
                           select (Sheet: s, Layout: l)).ToArray();
            if (fitting.Length == 1) return (fitting[0].Sheet, fitting[0].Layout, null);
            // A layout that was asked for says itself what is not there.
            if (request.Layout is { } asked && sheets.Length == 1) return (sheets[0], asked, null);
            Faults.Add(fitting.Length == 0
                ? new(book.File, "",
                    request.Layout is null ? "a table of no layout that is known" : $"no sheet of layout {request.Layout.Name}",
                    "one of the layouts " + string.Join(", ", LayoutCatalog.All.Select(l => l.Name)),
                    "Name the layout, to be told what is not there (--layout), the cells (--range Sheet!A3:F40) or a mapping file "
                        + "(--mapping).")
                : new(book.File, "", "several tables: " + string.Join("; ", fitting.Select(f => f.Layout.Name + (f.Sheet.Name.Length == 0
                        ? "" : $" on sheet {f.Sheet.Name}"))), "one", "Name the sheet (--sheet) or the layout (--layout)."));
            return null;
        }

        private MonetaryUnit? Unit(string name, Worksheet sheet, TableLayout layout, TablePlaces places)
        {
            var found = TableText.Above(sheet, places.CodeRow).Prepend(("its name", sheet.Name))
                .SelectMany(text => TableText.Units(text.Item2).Select(unit => (Place: text.Item1, Unit: unit))).ToArray();
            if (request.Unit is { } typed)
            {
                if (!MonetaryUnit.TryParse(typed, out var unit))
                    Faults.Add(new("--unit", "", $"\"{typed}\"", MonetaryUnit.Expected, "Write a known unit."));
                else if (found.Length > 0 && !found.Any(f => f.Unit.Currency == unit.Currency && f.Unit.Scale == unit.Scale))
                    context.Warnings.Add(new ImportUnitWarning(name, found[0].Place, found[0].Unit.Text, unit.Text));
                return unit;
            }

            if (found.DistinctBy(f => (f.Unit.Currency, f.Unit.Scale)).ToArray() is [var only]) return only.Unit;
            if (found.Length == 0 && layout.Unit is { } usual && MonetaryUnit.TryParse(usual, out var known)) return known;
            Faults.Add(new(name, "",
                found.Length == 0 ? "no unit" : "several units: " + string.Join(", ", found.Select(f => f.Unit.Text).Distinct()),
                "the unit of the table, such as 万元 or million USD", "Name it: --unit 万元."));
            return null;
        }

        private int? Year(string name, Worksheet sheet, TablePlaces places)
        {
            if (request.Year is { } typed) return typed;
            foreach (var texts in new[]
            {
                TableText.Above(sheet, places.CodeRow).Select(text => text.Text).Prepend(sheet.Name), [Path.GetFileName(request.Path)],
            })
            {
                if (texts.SelectMany(TableText.Years).Distinct().ToArray() is [var year]) return year;
            }

            Faults.Add(new(name, "", "no year, or several, in the title and in the name of the file", "the year of the table",
                "Name it, as in --year 2020."));
            return null;
        }
    }
}
