using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using IIKernel.Studies;

namespace IIKernel.Workbooks;

/// <summary>Reads workbooks: .xlsx, .xlsm, .xlsb and .xls. Formulas count as the values that were saved with them.</summary>
public static class WorkbookReader
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u00A0', '\u3000'];

    /// <summary>What a workbook is called in messages.</summary>
    public const string Expected = "a workbook (.xlsx, .xlsm, .xlsb or .xls)";

    private const string SaveAgain = "Open it in a spreadsheet and save it as .xlsx again.";

    static WorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether the first bytes are those of a workbook, or of another file in the same kind of container.</summary>
    public static bool IsContainer(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        // Worksheets of the oldest programs have no container around them.
        || (bytes.Length > 4 && bytes[0] == 0x09 && bytes[1] is 0x00 or 0x02 or 0x04 or 0x08);

    /// <summary>The sheets of a workbook.</summary>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">It is no workbook, is locked with a password, or is damaged.</exception>
    public static Workbook Read(string file, byte[] bytes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0) throw Locked(file);
        try
        {
            if (Archive.TooLarge(file, bytes) is { } large) throw new StudyException([large]);
            if (!Archive.IsWithinItself(bytes)) throw new InvalidDataException("its header is none of a compound file");
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes, writable: false));
            var errors = FormulaErrors.Find(bytes);
            var sheets = new List<Worksheet>();
            do
            {
                sheets.Add(Sheet(file, reader, errors, cancellation));
            }
            while (reader.NextResult());
            return new(file, sheets);
        }
        catch (InvalidPasswordException)
        {
            throw Locked(file);
        }
#pragma warning disable CA1031 // A damaged file ends the reader in any way; none of them is a fault of this program.
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException or StudyException))
#pragma warning restore CA1031
        {
            var reason = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new StudyException([new(file, "", $"a damaged workbook, or none ({reason})", Expected, SaveAgain)]);
        }
    }

    private static StudyException Locked(string file) => new([new(file, "", "a workbook that is locked with a password",
        "a workbook that opens without one", "Take the password off in a spreadsheet and save the workbook again.")]);

    private static Worksheet Sheet(string file, IExcelDataReader reader, FormulaErrors errors, CancellationToken cancellation)
    {
        // A sheet reaches to its last cell, wherever that stands.
        var cellCount = (long)reader.RowCount * reader.FieldCount;
        if (cellCount > InputLimits.SheetCells || reader.RowCount is < 0 or > CellAddress.MostRows
            || reader.FieldCount is < 0 or > CellAddress.MostColumns)
            throw new StudyException([new(file, $"sheet {reader.Name}",
                $"{Wording.Count(cellCount, "cell")}, {Wording.Count(reader.RowCount, "row")} by "
                    + Wording.Count(reader.FieldCount, "column"),
                $"at most {Wording.Count(InputLimits.SheetCells, "cell")} from A1 to the last one, which is XFD1048576 at most",
                "Delete the rows and columns behind the table in a spreadsheet, or save the table as CSV.")]);
        var (name, rows) = (reader.Name ?? "", new List<SheetCell[]>());
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = new SheetCell[reader.FieldCount];
            for (var c = 0; c < cells.Length; c++)
                cells[c] = errors.At(name, rows.Count + 1, c + 1) is { } error ? new(CellKind.Error, error, false) : Cell(reader, c);
            rows.Add(cells[..(Array.FindLastIndex(cells, cell => cell.Kind != CellKind.Empty) + 1)]);
        }

        var merged = (reader.MergeCells ?? []).Select(m => new CellRange(
            new(m.FromRow + 1, m.FromColumn + 1), new(m.ToRow + 1, m.ToColumn + 1)));
        return new(name, reader.VisibleState == "visible", rows, [.. merged]);
    }

    private static SheetCell Cell(IExcelDataReader reader, int column)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (reader.GetValue(column))
        {
            case null:
                return SheetCell.Empty;
            case string text:
                var trimmed = SpreadsheetCell.Restore(text.Trim(Blanks));
                return trimmed.Length == 0 ? SheetCell.Empty : new(CellKind.Text, trimmed, false);
            case bool truth:
                return new(CellKind.Truth, truth ? "TRUE" : "FALSE", false);
            case DateTime date:
                var form = date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
                return new(CellKind.Date, date.ToString(form, culture), false);
            case IConvertible number:
                return Number(number.ToDouble(culture), reader.GetNumberFormatString(column) ?? "");
            case var other:
                return new(CellKind.Date, other.ToString() ?? "", false);
        }
    }

    // A format of zeros alone shows a code with the zeros that belong to it.
    private static SheetCell Number(double value, string format)
    {
        var padded = format.Length > 1 && format.All(c => c == '0') && value >= 0 && value == Math.Floor(value);
        return new(CellKind.Number, value.ToString(padded ? format : "R", CultureInfo.InvariantCulture), padded);
    }
}
