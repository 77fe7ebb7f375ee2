using System.Text;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class CsvTests
{
    private static readonly string[] Tables =
        [.. EmbeddedStudyFiles.Demonstration.Names.Where(n => n.EndsWith(".csv", StringComparison.Ordinal))];

    public static TheoryData<string, Func<string, byte[]>> Variants { get; } = new()
    {
        { "byte-order mark", text => [0xEF, 0xBB, 0xBF, .. Utf8(text)] },
        { "CRLF", text => Utf8(text.Replace("\n", "\r\n", StringComparison.Ordinal)) },
        { "no final line feed", text => Utf8(text.TrimEnd('\n')) },
        { "blank trailing lines", text => Utf8(text + "\n  \n,,\n\n") },
        { "white space around cells",
            text => Utf8(string.Join('\n', text.Split('\n').Select(line => string.Join(" ,\t ", StudyEditor.Split(line))))) },
        { "an unnamed column", text => Utf8(string.Join("\n", text.TrimEnd('\n').Split('\n').Select(line => line + ",,"))) },
    };

    [Theory, MemberData(nameof(Variants), DisableDiscoveryEnumeration = true)]
    public void Variants_of_the_text_give_the_identical_study(string name, Func<string, byte[]> variant)
    {
        using var editor = new StudyEditor();
        // An unnamed column of flows.csv would be a sector without code.
        foreach (var file in Tables.Where(f => name != "an unnamed column" || f != "flows.csv"))
            editor.Write(file, variant(editor.Text(file)));
        var study = editor.Read();
        StudyEditor.AssertSame(TestData.Demonstration, study);
        Assert.Empty(study.Warnings);
    }

    [Fact]
    public void Quoted_cells_are_accepted()
    {
        using var editor = new StudyEditor();
        foreach (var file in Tables.Where(f => f != "sectors.csv"))
            editor.Write(file, string.Join('\n',
                editor.Lines(file).Select(line => string.Join(" , ", line.Split(',').Select(cell => $"\" {cell} \"")))) + "\n");
        StudyEditor.AssertSame(TestData.Demonstration, editor.Read());
        var study = editor.SetCell("sectors.csv", "code=007", "name_en", "\"Mining, \"\"washing\"\"\nand dressing\"").Read();
        Assert.Equal("Mining, \"washing\"\nand dressing", study.Table.Sectors[6].NameEnglish);
        // The line of a row is that of its first character, after a cell of two lines too.
        editor.Write("sectors.csv", editor.Text("sectors.csv").Replace("\n009,", "\n009x,", StringComparison.Ordinal));
        Assert.Contains(editor.Faults(), f => f.File == "flows.csv" && f.Remedy.Contains("Did you mean 009x?", StringComparison.Ordinal));
        editor.Write("sectors.csv", editor.Text("sectors.csv").Replace("\n009x,", "\n008,", StringComparison.Ordinal));
        Assert.Contains(editor.Faults(),
            f => f.File == "sectors.csv" && f.Place.StartsWith("line 11, column code", StringComparison.Ordinal));
    }

    [Fact]
    public void GB18030_is_accepted_with_a_warning()
    {
        using var editor = new StudyEditor();
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        foreach (var file in new[] { "sectors.csv", "groups.csv" }) editor.Write(file, encoding.GetBytes(editor.Text(file)));
        var study = editor.Read();
        StudyEditor.AssertSame(TestData.Demonstration, study);
        Assert.Equal(["encoding", "encoding"], study.Warnings.Select(w => w.Code));
        Assert.Contains("groups.csv", study.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-32", "UTF-32")]
    public void Other_byte_order_marks_are_refused_by_name(string encoding, string found)
    {
        using var editor = new StudyEditor();
        var e = Encoding.GetEncoding(encoding);
        editor.Write("groups.csv", [.. e.GetPreamble(), .. e.GetBytes(editor.Text("groups.csv"))])
            .Refuses("groups.csv", "", found, "UTF-8, or GB18030");
    }

    [Fact]
    public void Bytes_of_no_known_encoding_are_refused_with_their_line()
    {
        using var editor = new StudyEditor();
        // 0xFF begins no character in either encoding.
        editor.Write("groups.csv", [.. "code,name\n1,a\n2,"u8, 0xFF, .. "\n3,c\n"u8])
            .Refuses("groups.csv", "line 3", "0xFF", "UTF-8, or GB18030");
        editor.Write("groups.csv", Encoding.Unicode.GetBytes("code,name\n")).Refuses("groups.csv", "line 1", "zero byte", "UTF-8");
    }

    [Theory]
    [InlineData("", "an empty cell", "Write the number")]
    [InlineData("abc", "\"abc\"", "Write a number")]
    [InlineData("n/a", "\"n/a\", which stands for nothing", "Write 0 where")]
    [InlineData("NaN", "(NaN)", "finite")]
    [InlineData("Infinity", "infinite", "finite")]
    [InlineData("-inf", "infinite", "finite")]
    [InlineData("∞", "infinite", "finite")]
    [InlineData("1e999", "infinite or too large", "finite")]
    [InlineData("\"1,234\"", "\"1,234\", with thousands separators", "Write 1234.")]
    [InlineData("\"1,234,567.8\"", "with thousands separators", "Write 1234567.8.")]
    [InlineData("1，234", "with thousands separators", "Write 1234.")]
    [InlineData("1 234", "with thousands separators", "Write 1234.")]
    [InlineData("\"1,5\"", "with a decimal comma", "Write 1.5.")]
    [InlineData("12.5%", "a percentage", "Write 0.125.")]
    [InlineData("12％", "a percentage", "Write 0.12.")]
    [InlineData("１２", "\"１２\", in full-width characters", "Write 12.")]
    [InlineData("0x10", "\"0x10\"", "Write a number")]
    [InlineData("(5)", "\"(5)\", with parentheses", "Write -5.")]
    public void A_cell_that_is_no_number_is_refused_by_name(string cell, string found, string remedy)
    {
        using var editor = new StudyEditor();
        var fault = editor.SetCell("category-value-added.csv", "category=B,year=2018", "value_added", cell)
            .Refuses("category-value-added.csv", $"line {editor.Line("category-value-added.csv", "category=B,year=2018")}, "
                + "column value_added (category B, year 2018)", found, "a number");
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12.50", 12.5)]
    [InlineData("+1.25e3", 1250)]
    [InlineData(".5", 0.5)]
    public void Numbers_are_read_in_the_invariant_culture(string cell, double value)
    {
        using var editor = new StudyEditor();
        Assert.Equal(value,
            editor.SetCell("category-value-added.csv", "category=A,year=2018", "value_added", cell).Read().Categories.ValueAdded[0, 1]);
    }

    [Theory]
    [InlineData("code,name\n1,a,b\n2,b\n", "line 2", "3 cells", "2 cells")]
    [InlineData("code,name\n1,a\n\n2,b\n", "line 3", "1 cell", "2 cells")]
    [InlineData("code,name,code\n1,a,1\n", "line 1", "column code for the second time", "every column once")]
    [InlineData("code,naem\n1,a\n", "line 1", "no column name", "code,name")]
    [InlineData("code;name\n1;a\n", "line 1", "semicolons between the cells", "code,name")]
    [InlineData("code,name\n1,\"a\n2,b\n3,c\n", "line 2", "not closed", "opened and closed")]
    [InlineData("code,name\n1,a\"b\n2,b\n", "line 2", "not quoted", "opened and closed")]
    [InlineData("code,name\n", "", "without data rows", "at least one data row")]
    [InlineData("\n", "", "an empty file", "a header row")]
    public void A_malformed_file_is_refused(string text, string place, string found, string expected)
    {
        using var editor = new StudyEditor();
        var faults = editor.Write("groups.csv", text).Faults();
        Assert.All(faults, f => Assert.Equal("groups.csv", f.File));
        StudyEditor.Holds(faults[0], "groups.csv", place, found, expected);
    }

    [Theory]
    [InlineData("sectors.csv", "total_output")]
    [InlineData("categories.csv", "group")]
    [InlineData("category-value-added.csv", "value_added")]
    [InlineData("coefficients.csv", "point")]
    [InlineData("growth.csv", "labour")]
    [InlineData("provinces.csv", "name")]
    [InlineData("province-gdp.csv", "gdp")]
    [InlineData("published.csv", "kind")]
    public void A_missing_column_is_named(string file, string column)
    {
        using var editor = new StudyEditor();
        var lines = editor.Lines(file);
        lines[0] = string.Join(',', lines[0].Split(',').Select(c => c == column ? "other" : c));
        editor.Write(file, string.Join('\n', lines)).Refuses(file, "line 1", $"no column {column}", column);
    }

    [Fact]
    public void Several_faults_of_one_file_are_reported_in_order()
    {
        using var editor = new StudyEditor();
        var faults = editor.SetCell("growth.csv", "year=2009", "capital", "NaN").SetCell("growth.csv", "year=2008", "output", "x")
            .SetCell("growth.csv", "year=2012", "labour", "-3").Faults();
        Assert.Equal(3, faults.Count);
        Assert.All(faults, f => Assert.Equal("growth.csv", f.File));
        Assert.Equal(["line 3, column output (year 2008)", "line 4, column capital (year 2009)", "line 7, column labour (year 2012)"],
            faults.Select(f => f.Place));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
