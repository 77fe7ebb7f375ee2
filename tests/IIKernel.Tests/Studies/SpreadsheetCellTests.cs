using IIKernel.Reading;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Studies;

public sealed class SpreadsheetCellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-cells-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+A", "'+A")]
    [InlineData("-A", "'-A")]
    [InlineData("-1-2", "'-1-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("'=x", "''=x")]
    [InlineData("''@", "'''@")]
    [InlineData("-1.5E-3", "-1.5E-3")]
    [InlineData("+7", "+7")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("088", "088")]
    [InlineData("农业=1", "农业=1")]
    [InlineData("", "")]
    public void A_text_that_a_spreadsheet_would_run_is_marked_and_read_back(string text, string cell)
    {
        Assert.Equal(cell, SpreadsheetCell.Neutralise(text));
        Assert.Equal(text, SpreadsheetCell.Restore(cell));
    }

    [Fact]
    public void Every_short_text_is_read_as_it_was_written()
    {
        const string letters = "'=+-@a1,\"";
        string[] texts = [.. from a in letters from b in letters from c in letters select $"{a}{b}{c}"];
        using var writer = new StringWriter();
        using (var csv = CsvOutput.Create(writer))
        {
            csv.Row(["text"]);
            foreach (var text in texts) csv.Row([text]);
        }

        Assert.DoesNotContain(writer.ToString().Split('\n'),
            line => (line.StartsWith('"') ? line[1..] : line) is ['=' or '@', ..] or ['+' or '-', not '1', ..]);
        var table = CsvTable.Parse("texts.csv", writer.ToString(), ["text"], new FaultList())!;
        Assert.Equal(texts, table.Rows.Select(row => row.Text("text")));
    }

    [Fact]
    public void Codes_with_commas_and_formulas_pass_through_calibration_and_back_into_a_study()
    {
        using var editor = new StudyEditor();
        foreach (var (code, other) in new[] { ("088", "\"08,8\""), ("089", "'=089") })
            foreach (var file in new[] { "sectors.csv", "flows.csv", "coefficients.csv" })
                editor.Write(file, System.Text.RegularExpressions.Regex.Replace(editor.Text(file),
                    $"(^|,){code}(,|$)", $"$1{other}$2", System.Text.RegularExpressions.RegexOptions.Multiline));
        var expected = editor.Read().Coefficients.Select(c => c.Sector).ToArray();
        Assert.Contains("=089", editor.Read().Table.Sectors.Select(s => s.Code));
        Assert.Equal(0, CommandLineRunner.InProcess("calibrate", editor.Folder, "--draws", "100", "--quiet", "--out", _folder).ExitCode);
        Assert.Contains("\n'=089,", File.ReadAllText(Path.Combine(_folder, "coefficients.csv")), StringComparison.Ordinal);
        foreach (var file in new[] { "coefficients.csv", "posterior.csv" })
            editor.Write(file, File.ReadAllBytes(Path.Combine(_folder, file)));
        Assert.Equal(expected, editor.Read().Coefficients.Select(c => c.Sector));
    }
}
