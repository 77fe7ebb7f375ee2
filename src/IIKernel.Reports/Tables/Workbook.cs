using System.IO.Compression;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace IIKernel.Reports.Tables;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">Its name; characters that no sheet may have are replaced, and a second sheet of a name is numbered.</param>
/// <param name="Table">What it holds: numbers in full precision, shown with the decimals of their cells; headings stay in sight.</param>
/// <param name="FixedColumns">How many of the first columns stay in sight.</param>
/// <param name="IsProse">Whether its texts are sentences, which are folded, rather than names.</param>
public sealed record WorkbookSheet(string Name, ReportTable Table, int FixedColumns = 0, bool IsProse = false);

/// <summary>
/// Tables as a workbook of spreadsheets (Office Open XML). A text is a text whatever it begins with: there are no formulas, links or
/// macros. The bytes are a function of the sheets alone.
/// </summary>
public static class Workbook
{
    private const int MostNameCharacters = 31;
    private const int MostTextCharacters = 32_767;
    private const int LeastWidth = 8;
    private const int MostWidth = 42;
    private const int ProseWidth = 90;
    private const int HeadingWidth = 16;
    private const double LineHeight = 15;
    private const double MostHeight = 409;
    private const int Margin = 3;
    private const int MostDecimals = 8;

    // The first day that an archive can name: when a workbook was written is said by the receipt.
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a workbook.</summary>
    /// <param name="stream">Takes its bytes.</param>
    /// <param name="sheets">The sheets, at least one.</param>
    public static void Write(Stream stream, IReadOnlyList<WorkbookSheet> sheets)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var archive = new MemoryStream();
        // In memory nothing waits.
        WriteAsync(archive, sheets).GetAwaiter().GetResult();
        using (var entries = new ZipArchive(archive, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in entries.Entries) entry.LastWriteTime = Written;
        archive.Position = 0;
        archive.CopyTo(stream);
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<WorkbookSheet> sheets)
    {
        var options = new SpreadCheetahOptions { DocumentProperties = null };
        await using var workbook = await Spreadsheet.CreateNewAsync(stream, options).ConfigureAwait(false);
        var styles = new Styles(workbook);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in sheets)
        {
            IReadOnlyList<ReportCell>[] rows = [.. sheet.Table.Rows];
            int[] widths = [.. sheet.Table.Columns.Select((c, i) => Width(sheet, c.Title, rows.Select(row => row[i])))];
            await workbook.StartWorksheetAsync(NameOf(sheet.Name, names), Options(sheet, widths, rows.Length)).ConfigureAwait(false);
            await workbook.AddRowAsync([.. sheet.Table.Columns.Select(c => new Cell(Plain(c.Title), styles.Header(c.IsNumber)))],
                Folded(sheet.Table.Columns.Select(c => c.Title), widths)).ConfigureAwait(false);
            foreach (var row in rows)
            {
                Cell[] cells = [.. row.Select(cell => styles.Cell(cell, sheet.IsProse))];
                if (sheet.IsProse) await workbook.AddRowAsync(cells, Folded(row.Select(c => c.Text), widths)).ConfigureAwait(false);
                else await workbook.AddRowAsync(cells).ConfigureAwait(false);
            }
        }

        await workbook.FinishAsync().ConfigureAwait(false);
    }

    private static WorksheetOptions Options(WorkbookSheet sheet, int[] widths, int rows)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        if (sheet.FixedColumns > 0) options.FrozenColumns = sheet.FixedColumns;
        if (!sheet.IsProse) options.AutoFilter = new($"A1:{SpreadsheetUtility.GetColumnName(widths.Length)}{rows + 1}");
        for (var c = 0; c < widths.Length; c++) options.Column(c + 1).Width = widths[c];
        return options;
    }

    // Not every program finds the height of a row by itself.
    private static RowOptions Folded(IEnumerable<string> texts, int[] widths)
    {
        var lines = texts.Select((text, c) => Plain(text).Split('\n').Sum(line => TextWidth.Lines(line, widths[c] - Margin).Count)).Max();
        return new() { Height = Math.Min(MostHeight, lines * LineHeight) };
    }

    // A heading is folded where the cells below it are narrow.
    private static int Width(WorkbookSheet sheet, string heading, IEnumerable<ReportCell> cells)
    {
        var widest = cells.Select(cell => TextWidth.Of(Plain(cell.Text))).Append(Math.Min(TextWidth.Of(heading), HeadingWidth)).Max();
        return Math.Clamp(widest + Margin, LeastWidth, sheet.IsProse ? ProseWidth : MostWidth);
    }

    private static string NameOf(string wanted, HashSet<string> taken)
    {
        var plain = string.Concat(Plain(wanted).Select(c => "[]:*?/\\".Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim('\'', ' ');
        if (plain.Length == 0) plain = "_";
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : $" ({number})";
            var name = Cut(plain, MostNameCharacters - suffix.Length) + suffix;
            // A name that spreadsheets keep for themselves.
            if (!name.Equals("History", StringComparison.OrdinalIgnoreCase) && taken.Add(name)) return name;
        }
    }

    // XML has no control characters, and halves of characters are none.
    private static string Plain(string text) => Cut(string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Wording.OneLine)),
        MostTextCharacters);

    private static string Cut(string text, int length) => text.Length <= length ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    // A workbook has few styles, and each is told once.
    private sealed class Styles
    {
        private static readonly Cell Empty = new((double?)null);

        private readonly StyleId[] _decimals;
        private readonly StyleId _power;
        private readonly StyleId _plain;
        private readonly StyleId _text;
        private readonly StyleId _prose;
        private readonly StyleId _textHeader;
        private readonly StyleId _numberHeader;

        public Styles(Spreadsheet workbook)
        {
            (_textHeader, _numberHeader) = (Heading(HorizontalAlignment.Left), Heading(HorizontalAlignment.Right));
            _decimals = [.. Enumerable.Range(0, MostDecimals + 1)
                .Select(d => Numbers(d == 0 ? "#,##0" : $"#,##0.{new string('0', d)}"))];
            _power = Numbers("0.0000E+00");
            _plain = Numbers("0");
            _text = workbook.AddStyle(new() { Format = SpreadCheetah.Styling.NumberFormat.Standard(StandardNumberFormat.Text) });
            _prose = workbook.AddStyle(new()
            {
                Format = SpreadCheetah.Styling.NumberFormat.Standard(StandardNumberFormat.Text),
                Alignment = new() { WrapText = true, Vertical = VerticalAlignment.Top, Horizontal = HorizontalAlignment.Left },
            });

            StyleId Numbers(string format) => workbook.AddStyle(new() { Format = SpreadCheetah.Styling.NumberFormat.Custom(format) });

            StyleId Heading(HorizontalAlignment side)
            {
                var style = new Style { Alignment = new() { WrapText = true, Vertical = VerticalAlignment.Top, Horizontal = side } };
                style.Font.Bold = true;
                style.Border.Bottom.BorderStyle = BorderStyle.Thin;
                return workbook.AddStyle(style);
            }
        }

        public StyleId Header(bool isNumber) => isNumber ? _numberHeader : _textHeader;

        public Cell Cell(ReportCell cell, bool isProse) => cell.Value switch
        {
            null => Empty,
            double number => double.IsFinite(number) ? new(number, OfNumber(number, cell.Decimals)) : Empty,
            int number => new(number, _plain),
            long number => new(number, _decimals[0]),
            bool truth => new(truth),
            _ => new(Plain(cell.Full), isProse ? _prose : _text),
        };

        private StyleId OfNumber(double number, int? decimals) =>
            decimals is { } d ? _decimals[Math.Clamp(d, 0, MostDecimals)] : number == 0 ? _decimals[0] : _power;
    }
}
