using System.Globalization;
using System.Text.Json;
using IIKernel.Tables;
using Xunit;

namespace IIKernel.Tests.Tables;

public sealed class LinkagesVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-linkages-").FullName;
    private readonly StudyEditor _editor = new();

    public void Dispose()
    {
        _editor.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // The demonstration with columns of its sectors added; the table is in ten thousands of its study's unit.
    private void Add(params (string Name, Func<double, string> OfOutput)[] columns)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(_editor.Folder, "sectors.csv"))];
        _editor.Write("sectors.csv", string.Concat(lines.Select((line, i) => line + string.Concat(columns.Select(c =>
            "," + (i == 0 ? c.Name : c.OfOutput(TestData.Number(StudyEditor.Split(line)[4]))))) + "\n")));
    }

    private string[][] Rows(string file) =>
        [.. File.ReadLines(Path.Combine(_folder, file)).Select(line => StudyEditor.Split(line.TrimStart('\uFEFF')))];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    [Fact]
    public void What_the_demonstration_does_not_say_is_named_and_its_cells_are_empty()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "linkages", "--out", _folder, "--matrices");
        Assert.True(exitCode == 0, error);
        foreach (var part in new[]
        {
            "income multipliers need the column compensation in sectors.csv", "employment multipliers need the column employment",
            "type II multipliers need the columns compensation and household_consumption", "loss without it: of total output",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        var rows = Rows("linkages.csv");
        Assert.Equal(
            [
                "code", "name", "output_multiplier", "output_multiplier_type_two", "value_added_multiplier", "income_multiplier",
                "income_multiplier_type_one", "income_multiplier_type_two", "employment_multiplier", "employment_multiplier_type_one",
                "employment_multiplier_type_two", "backward_linkage", "forward_linkage_ghosh", "forward_linkage_leontief", "key",
                "extraction_total", "extraction_backward", "extraction_forward",
            ], rows[0]);
        Assert.All(rows.Skip(1), row => Assert.All([3, 5, 6, 7, 8, 9, 10], c => Assert.Equal("", row[c])));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
    }

    [Fact]
    public void The_matrices_are_those_of_the_table()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("linkages", "--quiet", "--matrices", "--out", _folder).ExitCode);
        var solution = TableSolution.Of(TestData.FullDemonstration.Table);
        var n = solution.Table.Sectors.Count;
        foreach (var (file, element) in new (string, Func<int, int, double>)[]
        {
            ("technical-coefficients.csv", (i, j) => solution.Table.Flows[i, j] / solution.Table.TotalOutput[j]),
            ("leontief-inverse.csv", (i, j) => solution.Leontief[i, j]),
            ("induced-output.csv", (i, j) => i == j ? solution.Leontief[i, j] - 1 : solution.Leontief[i, j]),
        })
        {
            var rows = Rows(file);
            Assert.Equal(["code", .. solution.Table.Sectors.Select(s => s.Code)], rows[0]);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(solution.Table.Sectors[i].Code, rows[i + 1][0]);
                for (var j = 0; j < n; j++) Assert.Equal(element(i, j), TestData.Number(rows[i + 1][j + 1]));
            }
        }
    }

    [Fact]
    public void Columns_of_sectors_give_their_multipliers()
    {
        Add(("compensation", x => Text(0.25 * x)), ("employment", x => Text(2 * x)), ("household_consumption", x => Text(0.2 * x)));
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "linkages", _editor.Folder, "--out", _folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("Income and employment per unit of final demand, 亿元", text, StringComparison.Ordinal);
        Assert.Contains("spend 80.0 % of the compensation", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => !l.StartsWith("written:", StringComparison.Ordinal)),
            line => Assert.True(line.TrimEnd().Length <= 80, line));
        // The same share of every output is paid: income follows output. Workers are counted by the table's unit, ten thousand to the
        // study's.
        var table = _editor.Read().Table;
        var output = LinkageAnalysis.Of(table).OutputMultipliers;
        using var document = JsonDocument.Parse(CommandLineRunner.OnPage(80, "linkages", _editor.Folder, "--json").Output);
        var sectors = document.RootElement.GetProperty("sectors").EnumerateArray().ToArray();
        for (var i = 0; i < output.Length; i++)
        {
            Assert.Equal(0.25 * output[i], sectors[i].GetProperty("income_multiplier").GetDouble(), 1e-9);
            Assert.Equal(output[i], sectors[i].GetProperty("income_multiplier_type_one").GetDouble(), 1e-9);
            Assert.Equal(20_000 * output[i], sectors[i].GetProperty("employment_multiplier").GetDouble(), 1e-4);
        }
    }

    [Theory]
    [InlineData("compensation", "-1", "at least 0")]
    [InlineData("compensation", "many", "\"many\"")]
    [InlineData("compensation", "", "an empty cell")]
    [InlineData("compensation", "1e50", "at most total_output")]
    [InlineData("employment", "-1", "at least 0")]
    [InlineData("household_consumption", "n/a", "\"n/a\"")]
    public void A_column_is_read_strictly(string column, string cell, string message)
    {
        Add((column, _ => "1"));
        _editor.SetCell("sectors.csv", "code=003", column, cell);
        var (exitCode, error) = CommandLineRunner.InProcess("linkages", _editor.Folder, "--quiet");
        Assert.Equal(2, exitCode);
        Assert.Contains($"column {column} (sector 003)", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_need_a_folder()
    {
        var (exitCode, error) = CommandLineRunner.InProcess("linkages", "--matrices");
        Assert.Equal(2, exitCode);
        Assert.Contains("--matrices: found no folder to write to; expected --out DIR too.", error, StringComparison.Ordinal);
    }
}
