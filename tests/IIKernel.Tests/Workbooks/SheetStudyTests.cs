using System.Text.RegularExpressions;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Workbooks;

/// <summary>Studies whose tables are sheets of a workbook.</summary>
public sealed partial class SheetStudyTests : IDisposable
{
    private readonly StudyEditor _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void A_study_of_sheets_gives_the_estimates_of_its_files()
    {
        var before = Estimates("csv", "study-full.json");
        ToSheets("study-full.json");
        Assert.Equal(before, Estimates("sheets", "study-full.json"));
    }

    [Theory]
    [InlineData("book.xlsx#nowhere", "book.xlsx", "no sheet \"nowhere\"", "groups")]
    [InlineData("book.xlsx#groups!A1", "book.xlsx, sheet groups", "the range \"A1\"", "book.xlsx#Sheet!A3:F40")]
    [InlineData("book.xlsx", "book.xlsx", "2 sheets", "groups, other")]
    [InlineData("none.xlsx#groups", "none.xlsx", "no such file", "study.json")]
    public void A_sheet_that_is_not_there_is_named(string reference, string file, string found, string expected)
    {
        Groups().Sheet("other").Row(1, "x").Save(_study.PathOf("book.xlsx"));
        _study.Replace("study.json", "\"groups.csv\"", $"\"{reference}\"");
        _study.Refuses(file, "", found, expected);
    }

    [Fact]
    public void The_only_sheet_needs_no_name_and_a_name_may_have_blanks_and_apostrophes()
    {
        Groups().Save(_study.PathOf("book.xlsx"));
        _study.Replace("study.json", "\"groups.csv\"", "\"book.xlsx\"");
        Assert.Equal(3, _study.Read().Groups.Count);
        var book = new TestWorkbook().Sheet("it's mine!").Row(1, "title").Row(3, "x", "code", "name", "name_en");
        for (var g = 1; g <= 3; g++) book.Row(3 + g, "x", $"{g}", $"g{g}", $"G{g}");
        book.Sheet("z").Row(1, "z").Save(_study.PathOf("book.xlsx"));
        _study.Replace("study.json", "\"book.xlsx\"", "\"book.xlsx#'it''s mine!'!B3:D6\"");
        Assert.Equal(["g1", "g2", "g3"], _study.Read().Groups.Select(g => g.Name));
    }

    [Fact]
    public void Faults_have_sheet_and_cell()
    {
        var text = _study.Text("category-value-added.csv");
        var book = new TestWorkbook().Table("accounts", text);
        book["C3"] = "many";
        book["B4"] = 20178;
        book["C5"] = new TestWorkbook.Error("#DIV/0!");
        book["C6"] = new TestWorkbook.Unsaved("SUM(A1:A2)");
        book["C7"] = new DateTime(2017, 3, 1);
        book.Save(_study.PathOf("book.xlsx"));
        _study.Replace("study.json", "\"category-value-added.csv\"", "\"book.xlsx#accounts\"");
        var faults = _study.Faults();
        const string sheet = "book.xlsx, sheet accounts";
        Assert.Contains(faults, f => f.ToString() == $"{sheet}, cell C3, column value_added (category A, year 2018): found \"many\"; "
            + "expected a number of at least 0. Write a number with a decimal point and no thousands separators.");
        Assert.Contains(faults, f => f.File == sheet && f.Place.StartsWith("cell B4, column year", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Place.StartsWith("cell C5,", StringComparison.Ordinal) && f.Found.Contains("#DIV/0!"));
        Assert.Contains(faults, f => f.Place.StartsWith("cell C6,", StringComparison.Ordinal) && f.Found.Contains("not saved"));
        Assert.Contains(faults, f => f.Place.StartsWith("cell C7,", StringComparison.Ordinal) && f.Found.Contains("a date"));
    }

    [Fact]
    public void Merged_cells_and_headers_that_are_not_the_first_row_are_refused()
    {
        Groups().Merge("A2:A3").Save(_study.PathOf("book.xlsx"));
        _study.Replace("study.json", "\"groups.csv\"", "\"book.xlsx#groups\"");
        _study.Refuses("book.xlsx, sheet groups", "cells A2:A3", "merged", "a cell of its own");

        var titled = new TestWorkbook().Sheet("groups").Set("A1", "Groups of 2017").Row(3, "code", "name", "name_en").Row(4, "1", "a", "b");
        titled.Save(_study.PathOf("book.xlsx"));
        var fault = _study.Refuses("book.xlsx, sheet groups", "row 1", "in row 3", "the header first");
        Assert.Contains("A3:", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_keep_the_zeros_that_a_number_format_shows()
    {
        var lines = _study.Lines("sectors.csv");
        var book = new TestWorkbook().Table("sectors", _study.Text("sectors.csv"));
        for (var i = 1; i < lines.Length; i++) book[$"A{i + 1}"] = new TestWorkbook.Padded(i, "000");
        book.Save(_study.PathOf("book.xlsx"));
        var before = _study.Read();
        _study.Replace("study.json", "\"sectors.csv\"", "\"book.xlsx#sectors\"");
        StudyEditor.AssertSame(before, _study.Read());

        // Without the format the zeros are lost, and the flows say so.
        for (var i = 1; i < lines.Length; i++) book[$"A{i + 1}"] = i;
        book.Save(_study.PathOf("book.xlsx"));
        Assert.Contains(_study.Faults(), f => f.Remedy.Contains("Codes are text", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_of_sheets_is_aggregated_with_its_workbook()
    {
        ToSheets("study.json");
        var codes = _study.Lines("sectors.csv").Skip(1).Select(line => line.Split(',')[0]).ToArray();
        _study.Write("all.csv", "sector,group\n" + string.Concat(codes.Select((c, i) => $"{c},{(i < 2 ? "AB" : c)}\n")));
        var output = _study.PathOf("out");
        var (exitCode, error) = CommandLineRunner.InProcess(
            "aggregate", _study.Folder, "--concordance", _study.PathOf("all.csv"), "--out", output, "--quiet");
        Assert.True(exitCode == ExitCodes.Done, error);
        Assert.True(File.Exists(Path.Combine(output, "book.xlsx")));
        Assert.Equal(0, CommandLineRunner.InProcess("check", output, "--quiet").ExitCode);
    }

    private static TestWorkbook Groups() =>
        new TestWorkbook().Sheet("groups").Row(1, "code", "name", "name_en").Row(2, "1", "a", "x")
            .Row(3, "2", "b", "y").Row(4, "3", "c", "z");

    // Every file that the study names becomes a sheet; the files go.
    private void ToSheets(string definition)
    {
        var book = new TestWorkbook();
        var text = Csv().Replace(_study.Text(definition), match =>
        {
            book.Table(match.Groups[1].Value, _study.Text(match.Groups[1].Value + ".csv"));
            return $"\"book.xlsx#{match.Groups[1].Value}\"";
        });
        foreach (var match in Csv().Matches(_study.Text(definition)).Where(m => m.Groups[1].Value != "sectors"))
            _study.Delete(match.Groups[1].Value + ".csv");
        book.Save(_study.PathOf("book.xlsx"));
        _study.Write(definition, text);
    }

    private byte[] Estimates(string name, string definition)
    {
        var output = _study.PathOf($"out-{name}");
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", _study.PathOf(definition), "--draws", "512", "--backend", "reference", "--out", output, "--quiet");
        Assert.True(exitCode == 0, error);
        return File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
    }

    [GeneratedRegex("\"([a-z-]+)\\.csv\"")]
    private static partial Regex Csv();
}
