using System.IO.Compression;
using IIKernel.Studies;
using IIKernel.Workbooks;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace IIKernel.Tests;

/// <summary>A workbook that a test writes, with what no honest one has: errors, merged cells, numbers in the place of codes.</summary>
internal sealed class TestWorkbook
{
    private const string ErrorMark = "error ";
    private readonly List<(string Name, Dictionary<CellAddress, object> Cells, List<string> Merged)> _sheets = [];

    /// <summary>A number that its format shows with leading zeros.</summary>
    public sealed record Padded(int Number, string Format);

    /// <summary>A cell with an error, such as #DIV/0!.</summary>
    public sealed record Error(string Name);

    /// <summary>A formula whose value is not saved with it.</summary>
    public sealed record Unsaved(string Text);

    /// <summary>The cells of the sheet that was added last; the value of no cell is null.</summary>
    public object? this[string address]
    {
        get => _sheets[^1].Cells.GetValueOrDefault(At(address));
        set
        {
            if (value is null) _sheets[^1].Cells.Remove(At(address));
            else _sheets[^1].Cells[At(address)] = value;
        }
    }

    public static CellAddress At(string address) =>
        CellAddress.TryParse(address, out var at) ? at : throw new ArgumentException(address, nameof(address));

    /// <summary>The address of a cell by numbers from 1.</summary>
    public static string Cell(int row, int column) => new CellAddress(row, column).ToString();

    public TestWorkbook Sheet(string name)
    {
        _sheets.Add((name, [], []));
        return this;
    }

    public TestWorkbook Set(string address, object? value)
    {
        this[address] = value;
        return this;
    }

    public TestWorkbook Row(int row, params object?[] cells)
    {
        for (var c = 0; c < cells.Length; c++) this[Cell(row, c + 1)] = cells[c];
        return this;
    }

    public TestWorkbook Merge(string range)
    {
        _sheets[^1].Merged.Add(range);
        return this;
    }

    public TestWorkbook RemoveRow(int row)
    {
        var cells = _sheets[^1].Cells;
        var moved = cells.Where(c => c.Key.Row > row).Select(c => (new CellAddress(c.Key.Row - 1, c.Key.Column), c.Value)).ToArray();
        foreach (var at in cells.Keys.Where(at => at.Row >= row).ToArray()) cells.Remove(at);
        foreach (var (at, value) in moved) cells[at] = value;
        return this;
    }

    /// <summary>A sheet for each CSV text; a cell that is a number becomes one, unless its column holds codes.</summary>
    public TestWorkbook Table(string name, string csv)
    {
        Sheet(name);
        string[] codes =
        [
            "code", "category", "group", "sector", "region", "expert", "factor", "grade", "parent", "row", "col", "name", "name_en", "area",
        ];
        var lines = csv.TrimEnd('\n').Split('\n').Select(line => StudyEditor.Split(line).Select(c => c.Trim('"')).ToArray()).ToArray();
        for (var r = 0; r < lines.Length; r++)
            for (var c = 0; c < lines[r].Length; c++)
                this[Cell(r + 1, c + 1)] = lines[r][c].Length == 0 ? null
                    : r > 0 && !codes.Contains(lines[0][c]) && double.TryParse(lines[r][c], out var number) ? number : lines[r][c];
        return this;
    }

    /// <summary>
    /// The demonstration's table as the statistical office of China lays one out: title and unit above, codes in row 4 and column C, totals
    /// below and final use beside.
    /// </summary>
    /// <param name="code">What stands in the place of a code.</param>
    public static TestWorkbook OfOffice(Func<string, object>? code = null)
    {
        code ??= text => text;
        var flows = Lines("flows.csv");
        var sectors = Lines("sectors.csv");
        var n = sectors.Length - 1;
        var book = new TestWorkbook().Sheet("2017年投入产出表").Set("A1", "2017年全国投入产出表（演示）").Merge("A1:F1").Set("A2", "单位：万元");
        book.Set("A3", "投入").Set("B3", "产出").Set("D3", "中间使用").Merge("A3:A4").Set("B4", "名称").Set("C4", "代码");
        book.Set("A5", "中间投入").Merge($"A5:A{n + 4}");
        for (var i = 1; i <= n; i++)
        {
            var sector = sectors[i];
            book.Set(Cell(i + 4, 2), sector[1].Trim('"')).Set(Cell(i + 4, 3), code(sector[0])).Set(Cell(4, i + 3), code(sector[0]));
            for (var j = 1; j <= n; j++) book[Cell(i + 4, j + 3)] = Number(flows[i][j]);
            var (x, m) = (Number(sector[4]), Number(sector[5]));
            book.Set(Cell(n + 5, i + 3), m).Set(Cell(n + 6, i + 3), x - m).Set(Cell(n + 7, i + 3), x).Set(Cell(i + 4, n + 5), x);
        }

        book.Set(Cell(n + 5, 2), "中间投入合计").Set(Cell(n + 5, 3), "TII").Set(Cell(n + 6, 2), "增加值合计").Set(Cell(n + 6, 3), "TVA");
        book.Set(Cell(n + 7, 2), "总投入").Set(Cell(n + 7, 3), "TI").Set(Cell(4, n + 4), "TIU").Set(Cell(4, n + 5), "GO");
        return book;
    }

    public void Save(string path) => File.WriteAllBytes(path, Bytes());

    public byte[] Bytes()
    {
        using var plain = new MemoryStream();
        WriteAsync(plain).GetAwaiter().GetResult();
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(plain.ToArray())))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                using var writer = new StreamWriter(target.CreateEntry(entry.FullName).Open());
                writer.Write(WithErrors(reader.ReadToEnd()));
            }
        }

        return result.ToArray();
    }

    // The library writes no errors: a text stands for each.
    private static string WithErrors(string part) => System.Text.RegularExpressions.Regex.Replace(part,
        $"<c t=\"inlineStr\"><is><t>{ErrorMark}([^<]*)</t></is></c>", "<c t=\"e\"><f>1/0</f><v>$1</v></c>");

    private async Task WriteAsync(Stream stream)
    {
        await using var spreadsheet = await Spreadsheet.CreateNewAsync(stream);
        var styles = new Dictionary<string, StyleId>();
        foreach (var (name, cells, merged) in _sheets)
        {
            await spreadsheet.StartWorksheetAsync(name);
            foreach (var range in merged) spreadsheet.MergeCells(range);
            var (rows, columns) = (cells.Keys.Max(at => at.Row), cells.Keys.Max(at => at.Column));
            for (var r = 1; r <= rows; r++)
            {
                var row = new List<Cell>();
                for (var c = 1; c <= columns; c++) row.Add(CellOf(cells.GetValueOrDefault(new(r, c))));
                await spreadsheet.AddRowAsync(row);
            }
        }

        await spreadsheet.FinishAsync();

        Cell CellOf(object? value) => value switch
        {
            null => default,
            double number => new(number),
            int number => new(number),
            Padded padded => new(padded.Number, Style(padded.Format)),
            Error error => new(ErrorMark + error.Name),
            Unsaved formula => new(new Formula(formula.Text)),
            DateTime date => new(date, null),
            _ => new((string)value),
        };

        StyleId Style(string format) => styles.TryGetValue(format, out var known) ? known
            : styles[format] = spreadsheet.AddStyle(new Style { Format = NumberFormat.Custom(format) });
    }

    private static string[][] Lines(string file) => [.. System.Text.Encoding.UTF8.GetString(EmbeddedStudyFiles.Demonstration.Read(file)!)
        .TrimEnd('\n').Split('\n').Select(StudyEditor.Split)];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
