namespace IIKernel.Workbooks;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A date or a time.</summary>
    Date,

    /// <summary>A truth value.</summary>
    Truth,

    /// <summary>An error, or a formula whose value was not saved.</summary>
    Error,
}

/// <summary>A cell as a CSV file would hold it.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Text">
/// The trimmed text; of a number its shortest digits, with leading zeros where its format shows them (000); of an error its name.
/// </param>
/// <param name="IsPadded">Whether it is a number that its format shows with a certain number of digits.</param>
public readonly record struct SheetCell(CellKind Kind, string Text, bool IsPadded)
{
    /// <summary>A cell that holds nothing.</summary>
    public static SheetCell Empty { get; } = new(CellKind.Empty, "", false);
}

/// <summary>A sheet of a workbook.</summary>
/// <param name="name">Its name.</param>
/// <param name="isVisible">Whether a spreadsheet shows it.</param>
/// <param name="rows">Its cells from A1 on, each row without the empty cells at its end.</param>
/// <param name="merged">The ranges that are merged.</param>
public sealed class Worksheet(string name, bool isVisible, IReadOnlyList<SheetCell[]> rows, IReadOnlyList<CellRange> merged)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Whether a spreadsheet shows it.</summary>
    public bool IsVisible => isVisible;

    /// <summary>The ranges that are merged.</summary>
    public IReadOnlyList<CellRange> Merged => merged;

    /// <summary>All cells that hold something, as a range; null where none does.</summary>
    public CellRange? Used { get; } = UsedOf(rows);

    /// <summary>A cell; empty beyond what the sheet holds.</summary>
    public SheetCell this[CellAddress at] =>
        at.Row >= 1 && at.Row <= rows.Count && at.Column >= 1 && at.Column <= rows[at.Row - 1].Length
            ? rows[at.Row - 1][at.Column - 1]
            : SheetCell.Empty;

    /// <summary>The cells that hold something, by rows.</summary>
    public IEnumerable<(CellAddress At, SheetCell Cell)> Cells()
    {
        for (var r = 0; r < rows.Count; r++)
            for (var c = 0; c < rows[r].Length; c++)
                if (rows[r][c].Kind != CellKind.Empty) yield return (new(r + 1, c + 1), rows[r][c]);
    }

    /// <summary>The merged range that swallowed a cell, of which the first cell alone holds something; null where none did.</summary>
    public CellRange? Swallowed(CellAddress at) => merged.FirstOrDefault(range => range.First != at && range.Contains(at));

    private static CellRange? UsedOf(IReadOnlyList<SheetCell[]> rows)
    {
        var (top, bottom, left, right) = (int.MaxValue, 0, int.MaxValue, 0);
        for (var r = 0; r < rows.Count; r++)
        {
            var first = Array.FindIndex(rows[r], cell => cell.Kind != CellKind.Empty);
            if (first < 0) continue;
            (top, bottom) = (Math.Min(top, r + 1), r + 1);
            (left, right) = (Math.Min(left, first + 1), Math.Max(right, rows[r].Length));
        }

        return bottom == 0 ? null : new(new(top, left), new(bottom, right));
    }
}

/// <summary>A workbook.</summary>
/// <param name="File">Its path, for messages.</param>
/// <param name="Sheets">Its sheets in order.</param>
public sealed record Workbook(string File, IReadOnlyList<Worksheet> Sheets)
{
    /// <summary>What messages call a sheet: "book.xlsx, sheet S"; the file alone where its sheet has no name.</summary>
    public string NameOf(Worksheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return sheet.Name.Length == 0 ? File : $"{File}, sheet {sheet.Name}";
    }
}
