using IIKernel.Cli;
using IIKernel.Importing;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Importing;

/// <summary>Workbooks with something wrong in them: what is said names sheet and cell, and nothing is written.</summary>
public sealed class ImportFaultTests : IDisposable
{
    private const string Sheet = "book.xlsx, sheet 2017年投入产出表";
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-import-").FullName;
    private readonly TestWorkbook _book = TestWorkbook.OfOffice();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The first of the 149 sectors stands in row 5 and column D; TII, TVA and TI in rows 154 to 156.
    public static TheoryData<string, object?, string, string, string> Cells => new()
    {
        { "F9", "12 345", "cell F9, column 003 (row 005)", "thousands separators", "a number" },
        { "F9", "many", "cell F9, column 003 (row 005)", "\"many\"", "a number" },
        { "F9", "…", "cell F9, column 003 (row 005)", "stands for nothing", "a number" },
        { "F9", new TestWorkbook.Error("#DIV/0!"), "cell F9, column 003 (row 005)", "#DIV/0!", "a number" },
        { "F9", new TestWorkbook.Unsaved("F8/2"), "cell F9, column 003 (row 005)", "not saved", "a number" },
        { "G156", "n/a", "cell G156, column total_output (sector 004)", "n/a", "at least 0" },
        { "G154", 5, "column 004", "above intermediate_input", "cell G154" },
        { "G155", 5, "cell G156, column total_output (sector 004)", "a total output", "add up to" },
        { "G156", -5, "cell G156, column total_output (sector 004)", "-5", "at least 0" },
        { "C9", "1.1E+05", "cell C9", "1.1E+05", "a code" },
        { "C9", "004", "cell C9", "code 004 for the second time", "in row 8" },
        { "C9", "5", "cell C9", "\"5\", 005 without its leading zeros", "a code of" },
        { "C9", null, "cell C9", "an empty cell", "a code" },
        { "G4", null, "cell C8", "\"004\"", "a code of" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_is_wrong_in_a_cell_is_said_with_sheet_and_cell(
        string address, object? value, string place, string found, string expected)
    {
        _book[address] = value;
        var faults = Faults();
        Assert.True(faults.Any(f => f.File.EndsWith(Sheet, StringComparison.Ordinal) && f.Place.Contains(place, StringComparison.Ordinal)
            && f.Found.Contains(found, StringComparison.Ordinal) && f.Expected.Contains(expected, StringComparison.Ordinal)
            && f.Remedy.Length > 0), string.Join('\n', faults));
    }

    [Theory]
    [InlineData("C8:C9", "cell C9", "merged into C8")]
    [InlineData("G4:H4", "cell H4", "merged into G4")]
    [InlineData("E10:F10", "cell F10", "merged into E10")]
    [InlineData("G154:G156", "cell G156", "merged into G154")]
    public void Merged_cells_are_refused_where_something_is_needed(string range, string cell, string found)
    {
        foreach (var swallowed in range == "E10:F10" ? ["F10"] : range == "G154:G156" ? ["G155", "G156"] : new[] { cell[5..] })
            _book[swallowed] = null;
        _book.Merge(range);
        var faults = Faults();
        Assert.True(faults.Any(f => f.Place == cell && f.Found.Contains(found, StringComparison.Ordinal)), string.Join('\n', faults));
    }

    [Fact]
    public void A_missing_row_is_named()
    {
        _book.RemoveRow(11);
        Assert.Contains(Faults(), f => f.Found.Contains("148 rows without a row for sector 007", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(154, "nbs-china", "no row TII or 中间投入合计", "layout nbs-china")]
    [InlineData(156, null, "no row of total output", "TI or 总投入")]
    public void A_missing_total_is_named(int row, string? layout, string found, string expected)
    {
        _book.RemoveRow(row);
        var fault = Assert.Single(Faults(layout));
        Assert.Equal(found, fault.Found);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_added_need_not_be_printed()
    {
        _book.RemoveRow(155);
        Save();
        Assert.Empty(TableImport.Read(new(PathOf("book.xlsx"))).Table.PrintedValueAdded);
    }

    [Fact]
    public void Codes_that_lost_their_zeros_are_refused_with_the_remedy()
    {
        var book = TestWorkbook.OfOffice(code => int.Parse(code));
        book.Save(PathOf("book.xlsx"));
        var faults = Read(null);
        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, f => f.Place.StartsWith("cell D4 ", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Place.StartsWith("cell C5 ", StringComparison.Ordinal)
            && f.Found.Contains("1, 2, 3", StringComparison.Ordinal)
            && f.Remedy.Contains("the number format 000", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_no_known_layout_is_told_what_can_be_done()
    {
        new TestWorkbook().Sheet("a").Row(1, "code", "x").Row(2, "x", 1).Save(PathOf("book.xlsx"));
        var fault = Assert.Single(Read(null));
        Assert.Contains("no layout that is known", fault.Found, StringComparison.Ordinal);
        foreach (var way in new[] { "--layout", "--range", "--mapping" }) Assert.Contains(way, fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layout", "nbs", "nbs-china")]
    [InlineData("--year", "20", "four digits")]
    [InlineData("--unit", "wan", "元")]
    [InlineData("--sheet", "Sheet9", "no sheet")]
    public void Options_that_mean_nothing_are_refused(string option, string value, string said)
    {
        Save();
        var (exitCode, error) = CommandLineRunner.InProcess("import", PathOf("book.xlsx"), "--out", PathOf("out"), option, value);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
    }

    private IReadOnlyList<StudyFault> Faults(string? layout = null)
    {
        Save();
        return Read(layout);
    }

    // The faults, which the command line tells, and writes nothing.
    private IReadOnlyList<StudyFault> Read(string? layout)
    {
        var request = new ImportRequest(PathOf("book.xlsx")) { Layout = LayoutCatalog.All.FirstOrDefault(l => l.Name == layout) };
        var faults = Assert.Throws<StudyException>(() => TableImport.Read(request)).Faults;
        string[] named = layout is null ? [] : ["--layout", layout];
        var (exitCode, error) = CommandLineRunner.InProcess(["import", PathOf("book.xlsx"), "--out", PathOf("out"), .. named]);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains(faults[0].ToString(), error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
        return faults;
    }

    private void Save() => _book.Save(PathOf("book.xlsx"));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
