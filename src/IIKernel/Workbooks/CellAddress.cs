using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IIKernel.Workbooks;

/// <summary>A cell of a sheet, as spreadsheets write it: B7.</summary>
/// <param name="Row">Row, from 1.</param>
/// <param name="Column">Column, from 1: A.</param>
public readonly record struct CellAddress(int Row, int Column)
{
    // What a spreadsheet has: rows up to 1,048,576 and columns up to XFD.
    internal const int MostRows = 1 << 20;
    internal const int MostColumns = 1 << 14;
    private const int Letters = 26;

    /// <summary>The letters of a column: "A" for 1, "AA" for 27.</summary>
    public static string ColumnName(int column)
    {
        var name = "";
        for (; column > 0; column = (column - 1) / Letters) name = (char)('A' + ((column - 1) % Letters)) + name;
        return name;
    }

    /// <summary>Reads an address such as B7 or $B$7; false where the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CellAddress address)
    {
        address = default;
        var (column, i) = (0, text.StartsWith("$") ? 1 : 0);
        for (; i < text.Length && char.IsAsciiLetter(text[i]) && column <= MostColumns; i++)
            column = (column * Letters) + char.ToUpperInvariant(text[i]) - 'A' + 1;
        if (i < text.Length && text[i] == '$') i++;
        if (column is 0 or > MostColumns
            || !int.TryParse(text[i..], NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row is < 1 or > MostRows)
            return false;
        address = new(row, column);
        return true;
    }

    /// <summary>The number of a column of letters such as B; null where they are none.</summary>
    public static int? ColumnOf(string? letters) => letters is not null && TryParse(letters + "1", out var at) ? at.Column : null;

    /// <inheritdoc/>
    public override string ToString() => ColumnName(Column) + Row.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A rectangle of cells: A3:F40.</summary>
/// <param name="First">Its first cell, at the top left.</param>
/// <param name="Last">Its last cell, at the bottom right.</param>
public sealed record CellRange(CellAddress First, CellAddress Last)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Last.Row - First.Row + 1;

    /// <summary>Number of columns.</summary>
    public int Columns => Last.Column - First.Column + 1;

    /// <summary>Reads a range such as A3:F40; false where the text is none, or its last cell lies before its first.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CellRange? range)
    {
        range = null;
        if (text is null || text.Split(':') is not [var first, var last]
            || !CellAddress.TryParse(first, out var from) || !CellAddress.TryParse(last, out var to)
            || to.Row < from.Row || to.Column < from.Column)
            return false;
        range = new(from, to);
        return true;
    }

    /// <summary>Whether a cell lies within.</summary>
    public bool Contains(CellAddress cell) =>
        cell.Row >= First.Row && cell.Row <= Last.Row && cell.Column >= First.Column && cell.Column <= Last.Column;

    /// <inheritdoc/>
    public override string ToString() => $"{First}:{Last}";
}
