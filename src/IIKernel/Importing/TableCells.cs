using System.Globalization;
using IIKernel.Reading;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>
/// The cells of a table, put together as the tables of sectors and flows that a study has, each cell with its place in the sheet: they are
/// then read, and their faults told, as those of any study.
/// </summary>
internal sealed class TableCells(StudyReadContext context, string name, Worksheet sheet, TableLayout layout, TablePlaces places)
{
    /// <summary>Path of the sectors.</summary>
    public const string Sectors = "sectors";

    /// <summary>Path of the flows.</summary>
    public const string Flows = "flows";

    private const int Named = 3;
    private readonly string[] _zeros = [.. layout.Zeros.Select(TableText.Plain)];

    private FaultList Faults => context.Faults;

    /// <summary>Gives the two tables to the context; false with faults added.</summary>
    public bool Put()
    {
        var before = Faults.Count;
        CheckCodes("row", places.Columns.Select(c => new CellAddress(places.CodeRow, c)));
        CheckCodes("column", places.Rows.Select(r => new CellAddress(r, places.CodeColumn)));
        var output = Total("total output", layout.TotalOutput, isNeeded: true);
        var valueAdded = Total("value added", layout.ValueAdded, isNeeded: layout.IntermediateInput.Count == 0);
        var input = layout.IntermediateInput.Count == 0 ? null
            : Total("intermediate input", layout.IntermediateInput, isNeeded: valueAdded is null || layout.ValueAdded.Count == 0);
        if (Faults.Count > before) return false;
        var sectors = SectorRecords(output!.Value, input, valueAdded);
        var flows = FlowRecords();
        if (Faults.Count > before) return false;
        if (CsvTable.Of(name, sectors, [], Faults) is { } first) context.Put(Sectors, first);
        if (CsvTable.Of(name, flows, [], Faults) is { } second) context.Put(Flows, second);
        return Faults.Count == before;
    }

    private List<CsvRecord> SectorRecords(int output, int? input, int? valueAdded)
    {
        var rowOf = places.Rows.GroupBy(r => Code(new(r, places.CodeColumn), layout.RowPrefix))
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var english = CellAddress.ColumnOf(layout.EnglishNameColumn) ?? 0;
        var corner = new CellAddress(places.CodeRow, places.CodeColumn);
        string[] header =
        [
            "code", "name", "name_en", "total_output", "intermediate_input",
            .. valueAdded is null ? Array.Empty<string>() : [SectorReader.ValueAdded],
        ];
        var records = new List<CsvRecord> { new(places.CodeRow, header, [.. header.Select(_ => corner)]) };
        foreach (var c in places.Columns)
        {
            var code = new CellAddress(places.CodeRow, c);
            var row = rowOf.TryGetValue(Code(code, layout.ColumnPrefix), out var found) ? found : 0;
            var total = new CellAddress(output, c);
            var use = new CellAddress(input ?? output, c);
            var added = valueAdded is { } v ? new CellAddress(v, c) : default;
            string[] cells =
            [
                Code(code, layout.ColumnPrefix), Name(row, places.NameColumn), Name(row, english), Amount(total),
                input is null ? Difference(total, added) : Amount(use), .. valueAdded is null ? Array.Empty<string>() : [Amount(added)],
            ];
            CellAddress[] origins =
            [
                code, new(row, places.NameColumn), new(row, english), total, use,
                .. valueAdded is null ? Array.Empty<CellAddress>() : [added],
            ];
            records.Add(new(c, cells, origins));
        }

        return records;
    }

    private List<CsvRecord> FlowRecords()
    {
        var records = new List<CsvRecord>
        {
            Record(places.CodeRow, "code", c => Code(new(places.CodeRow, c), layout.ColumnPrefix)),
        };
        foreach (var r in places.Rows)
            records.Add(Record(r, Code(new(r, places.CodeColumn), layout.RowPrefix), c => Flow(new(r, c))));
        return records;
    }

    private CsvRecord Record(int row, string code, Func<int, string> cell) => new(row, [code, .. places.Columns.Select(cell)],
        [new(row, places.CodeColumn), .. places.Columns.Select(c => new CellAddress(row, c))]);

    private string Code(CellAddress at, string prefix) => TablePlaces.Code(Text(at), prefix) ?? "";

    // A line break within a name is the width of a column in print.
    private string Name(int row, int column) => row == 0 || column == 0 ? ""
        : string.Join(' ', sheet[new(row, column)].Text.Split(
            ['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private string Flow(CellAddress at)
    {
        var text = Amount(at);
        return text.Length == 0 && layout.EmptyIsZero && sheet.Swallowed(at) is null ? "0" : text;
    }

    private string Amount(CellAddress at) => _zeros.Contains(TableText.Plain(Text(at))) ? "0" : Text(at);

    // Where one of the two is no number, it is its text that is at fault.
    private string Difference(CellAddress total, CellAddress added) =>
        CsvNumber.Parse(Amount(total)) is not { } x ? Amount(total)
        : CsvNumber.Parse(Amount(added)) is not { } v ? Amount(added)
        : (x - v).ToString("R", CultureInfo.InvariantCulture);

    // Of merged cells the first alone holds something.
    private string Text(CellAddress at)
    {
        var cell = sheet[at];
        if (cell.Kind == CellKind.Empty && sheet.Swallowed(at) is { } merged)
            Faults.Add(name, $"merged {merged}", "more cell", () => new(name, $"cell {at}",
                $"a cell that is merged into {merged.First} ({merged})", "a cell of its own",
                "Unmerge the cells in the spreadsheet and write the value into each."));
        return cell.Text;
    }

    private int? Total(string what, IReadOnlyList<string> texts, bool isNeeded)
    {
        var row = places.RowOf(sheet, texts);
        if (row is null && isNeeded)
            Faults.Add(new(name, $"below row {CsvNumber.Print(places.EndRow - 1)}", $"no row of {what}",
                texts.Count == 0 ? $"a layout that says which row that of {what} is"
                    : $"a row with the code or the name {string.Join(" or ", texts)}",
                "Write the row back, name it so, or write a mapping file that says what it is called."));
        return row;
    }

    // A code that is a number may have lost zeros: 001 is 1 then. Where all have as many digits, none has.
    private void CheckCodes(string what, IEnumerable<CellAddress> cells)
    {
        var bare = cells.Where(at => sheet[at] is { Kind: CellKind.Number, IsPadded: false }).ToArray();
        if (bare.Select(at => sheet[at].Text.Length).Distinct().Count() < 2) return;
        var digits = bare.Max(at => sheet[at].Text.Length);
        var shown = string.Join(", ", bare.Take(Named).Select(at => sheet[at].Text)) + (bare.Length > Named ? ", …" : "");
        Faults.Add(new(name, $"cell {bare[0]} and the others of the code {what}", $"the numbers {shown} in the place of codes",
            "codes as text, since a number has lost the zeros before it: 001 and 1 are the same",
            $"Format the cells as text and write the codes again, or give them the number format {new string('0', Math.Max(2, digits))}."));
    }
}
