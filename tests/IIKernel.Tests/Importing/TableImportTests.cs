using System.Text;
using IIKernel.Cli;
using IIKernel.Importing;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Importing;

/// <summary>Tables from workbooks as offices publish them.</summary>
public sealed class TableImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_offices_workbook_gives_the_tables_of_its_csv_files_byte_for_byte(bool padded)
    {
        TestWorkbook.OfOffice(code => padded ? new TestWorkbook.Padded(int.Parse(code), "000") : code).Save(PathOf("book.xlsx"));
        Import(ExitCodes.Done, "book.xlsx");
        Assert.Equal(Demonstration("flows.csv"), Written("flows.csv"));

        // The column of categories is left to be filled in; value added is what the office prints.
        var expected = Demonstration("sectors.csv").TrimEnd('\n').Split('\n').Skip(1).Select(StudyEditor.Split)
            .Select(c => $"{c[0]},{c[1]},,,{c[4]},{c[5]},{decimal.Parse(c[4]) - decimal.Parse(c[5])}");
        Assert.Equal("code,name,name_en,category,total_output,intermediate_input,value_added\n" + string.Join('\n', expected) + "\n",
            Written("sectors.csv"));
        var (exitCode, output, _) = CommandLineRunner.OnPage(80, "check", PathOf("out"));
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("149 sectors, 2017, 万元", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("verify", PathOf("out"), "--quiet").ExitCode);
    }

    [Fact]
    public void What_is_said_fits_the_page_and_names_layout_sheet_and_files()
    {
        TestWorkbook.OfOffice().Save(PathOf("book.xlsx"));
        var (exitCode, output, _) = CommandLineRunner.OnPage(
            80, "import", PathOf("book.xlsx"), "--out", PathOf("out"), "--name", "My table");
        Assert.Equal(ExitCodes.Done, exitCode);
        foreach (var text in new[] { "My table", "column-sums", "layout nbs-china", "sheet 2017年投入产出表", "flows.csv", "import.json" })
            Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unit_and_year_are_asked_for_where_nothing_says_them()
    {
        var book = TestWorkbook.OfOffice();
        book.Set("A1", "投入产出表").Set("A2", null);
        var plain = new TestWorkbook().Sheet("Sheet1");
        Copy(book, plain, 160, 160).Save(PathOf("book.xlsx"));
        var faults = Faults(new(PathOf("book.xlsx")));
        Assert.Contains(faults, f => f.Found == "no unit" && f.Remedy.Contains("--unit", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Found.StartsWith("no year", StringComparison.Ordinal)
            && f.Remedy.Contains("--year", StringComparison.Ordinal));
        var imported = TableImport.Read(new(PathOf("book.xlsx")) { Unit = "亿元", Year = 2018 });
        Assert.Equal(("亿元", 2018), (imported.Unit.Text, imported.Year));
        Assert.Empty(imported.Warnings);
    }

    [Fact]
    public void A_unit_against_what_the_sheet_says_is_warned_of()
    {
        TestWorkbook.OfOffice().Save(PathOf("book.xlsx"));
        var warning = Assert.IsType<ImportUnitWarning>(Assert.Single(TableImport.Read(new(PathOf("book.xlsx")) { Unit = "亿元" }).Warnings));
        Assert.Equal(("cell A2", "万元", "亿元"), (warning.Place, warning.Said, warning.Taken));
        Assert.Contains("亿元", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("单位：万元", "万元")]
    [InlineData("按当年生产者价格计算  计量单位:亿元", "亿元")]
    [InlineData("投入产出表（亿元）", "亿元")]
    [InlineData("Millions of US dollars", "million USD")]
    [InlineData("£ million", "million GBP")]
    [InlineData("Values in million EUR, basic prices", "million EUR")]
    [InlineData("billion yuan", "billion CNY")]
    [InlineData("a million reasons", null)]
    [InlineData("单位", null)]
    public void Units_are_recognised(string text, string? unit) =>
        Assert.Equal(unit, TableText.Units(text).Select(u => u.Text).SingleOrDefault());

    [Fact]
    public void Any_matrix_is_read_by_its_range()
    {
        Matrix("Data").Save(PathOf("book.xlsx"));
        var request = new ImportRequest(PathOf("book.xlsx")) { Range = "Data!B3:D7", Unit = "million USD", Year = 2020 };
        var table = TableImport.Read(request).Table;
        Assert.Equal(["a", "b"], table.Sectors.Select(s => s.Code));
        Assert.Equal(new[,] { { 10.0, 60 }, { 30, 300 } }, table.Flows);
        Assert.Equal([100.0, 900], table.TotalOutput);
        Assert.Equal([60.0, 540], table.PrintedValueAdded);
    }

    [Fact]
    public void A_mapping_file_says_what_no_layout_does()
    {
        var book = Matrix("Data").Row(8, "", "Erzeugung", 100, 900);
        book.Set("B7", "x").Set("B6", "Wertschöpfung").Save(PathOf("book.xlsx"));
        File.WriteAllText(PathOf("mine.json"), """
            {
              // An office of our own.
              "name": "mine", "title": "Mine", "codeColumn": "B", "codeRow": 3, "rowsUntil": ["wertschöpfung"],
              "totalOutput": ["Erzeugung"], "valueAdded": ["Wertschöpfung"], "unit": "million EUR",
            }
            """);
        Import(ExitCodes.Done, "book.xlsx", "--mapping", PathOf("mine.json"), "--year", "2020");
        Assert.Contains("a,,,,100,40,60\n", Written("sectors.csv"), StringComparison.Ordinal);
        Assert.Contains("million EUR", Written("study.json"), StringComparison.Ordinal);

        File.WriteAllText(PathOf("mine.json"), "{ \"name\": \"mine\", \"titel\": \"Mine\", \"codeColumn\": \"7\" }");
        var faults = Assert.Throws<StudyException>(() => LayoutCatalog.Read(PathOf("mine.json"))).Faults;
        Assert.Contains(faults, f => f.Found.Contains("titel", StringComparison.Ordinal)
            && f.Place.StartsWith("line 1", StringComparison.Ordinal));
    }

    private static TestWorkbook Matrix(string sheet) => new TestWorkbook().Sheet(sheet).Set("A1", "A table")
        .Row(3, null, "code", "a", "b").Row(4, null, "a", 10, 60).Row(5, null, "b", 30, 300)
        .Row(6, null, "value added", 60, 540).Row(7, null, "Output", 100, 900);

    private static TestWorkbook Copy(TestWorkbook from, TestWorkbook to, int rows, int columns)
    {
        for (var r = 1; r <= rows; r++)
            for (var c = 1; c <= columns; c++) to[TestWorkbook.Cell(r, c)] = from[TestWorkbook.Cell(r, c)];
        return to;
    }

    private static IReadOnlyList<StudyFault> Faults(ImportRequest request) =>
        Assert.Throws<StudyException>(() => TableImport.Read(request)).Faults;

    private static string Demonstration(string name) => Encoding.UTF8.GetString(EmbeddedStudyFiles.Demonstration.Read(name)!);

    private void Import(int expected, string file, params string[] options)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(["import", PathOf(file), "--out", PathOf("out"), "--quiet", .. options]);
        Assert.True(exitCode == expected, error);
    }

    // Without its byte-order mark.
    private string Written(string name) => File.ReadAllText(Path.Combine(_folder, "out", name));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
