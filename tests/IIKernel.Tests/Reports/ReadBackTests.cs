using ParquetSharp;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>
/// What other programs read: LibreOffice the workbook, Apache Arrow the Parquet files. The study has names that would be formulas, tags and
/// commands.
/// </summary>
public sealed class ReadBackTests : IDisposable
{
    private const int NumbersOfLibreOffice = 15;

    // By the codes of the provinces that bear them.
    private static readonly Dictionary<string, string> Hostile = new()
    {
        ["110000"] = "=1+1",
        ["120000"] = "+SUM(A1)",
        ["130000"] = "-2+3",
        ["140000"] = "@SUM(A1)",
        ["150000"] = "<b onload='x'>&lt;</b>",
        ["210000"] = @"\input{/etc/passwd}$x$",
        ["220000"] = "a|b`c`*d*_e_[f](g)&amp;~h~",
    };

    private readonly StudyEditor _study = new();

    public void Dispose() => _study.Dispose();

    private string Run(params string[] arguments)
    {
        foreach (var (code, name) in Hostile)
            foreach (var column in new[] { "name", "name_en" }) _study.SetCell("provinces.csv", $"code={code}", column, name);
        var output = _study.PathOf("out");
        var (exitCode, error) = CommandLineRunner.InProcess(["run", _study.Folder, "--draws", "400", "--quiet", "--no-report", "--out",
            output, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static string[][] Csv(string path) => [.. File.ReadLines(path).Select(line => StudyEditor.Split(line.TrimStart('\uFEFF')))];

    // A cell of CSV as it reads: what a spreadsheet would run is marked there.
    private static string Unmarked(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    [Fact]
    public void LibreOffice_reads_the_figures_of_the_csv_file_in_the_workbook_and_no_formula()
    {
        Assert.SkipWhen(LibreOffice.Program is null, "No LibreOffice is installed: apt-get install libreoffice-calc-nogui.");
        var output = Run("--formats", "xlsx");
        var document = LibreOffice.Read(Path.Combine(output, "estimates.xlsx"));
        Assert.DoesNotContain(document.Cells, c => c.IsFormula);
        var csv = Csv(Path.Combine(output, "estimates.csv"));
        var numbers = 0;
        string[] scopes = [.. csv.Skip(1).Select(r => r[0]).Distinct()];
        Assert.Equal(scopes.Length + 2, document.Sheets.Count);
        for (var s = 0; s < scopes.Length; s++)
        {
            string[] left = scopes[s] == "nation" ? ["scope", "code", "name", "level", "draws"] : ["scope", "level", "draws"];
            int[] columns = [.. Enumerable.Range(0, csv[0].Length).Where(c => !left.Contains(csv[0][c]))];
            var rows = csv.Where(r => r[0] == scopes[s]).ToArray();
            var sheet = document.Sheets[s + 1];
            Assert.Equal(rows.Length + 1, sheet.Length);
            for (var r = 0; r < rows.Length; r++)
            {
                for (var c = 0; c < columns.Length; c++)
                {
                    var (name, wanted) = (csv[0][columns[c]], rows[r][columns[c]]);
                    var cell = c < sheet[r + 1].Count ? sheet[r + 1][c] : new("", "", false);
                    if (cell.Type == "float")
                    {
                        numbers++;
                        // It shows so many significant digits.
                        var value = TestData.Number(wanted);
                        Assert.Equal(value, TestData.Number(cell.Content), Math.Abs(value) * Math.Pow(10, 1 - NumbersOfLibreOffice));
                    }
                    else if (name != "flags")
                    {
                        Assert.Equal(name == "name" ? Unmarked(wanted) : wanted, cell.Content);
                    }

                    if (name is "code" or "name") Assert.Equal("string", cell.Type);
                }
            }
        }

        // Every row has a point and a year at least.
        Assert.InRange(numbers, 2 * (csv.Length - 1), int.MaxValue);
        var names = document.Sheets[1 + Array.IndexOf(scopes, "provinces")].Select(row => row[1].Content).ToHashSet();
        Assert.All(Hostile.Values, name => Assert.Contains(name, names));
    }

    [Fact]
    public void Apache_Arrow_reads_the_figures_of_the_csv_file_and_the_kept_draws_bit_for_bit()
    {
        string[] kept = ["--figures", "nation.total,provinces.total.2020", "--inputs", "S"];
        var output = Run(["--formats", "parquet", "--save-draws", "draws.parquet", .. kept]);
        var csv = Csv(Path.Combine(output, "estimates.csv"));
        using (var reader = new ParquetFileReader(Path.Combine(output, "estimates.parquet")))
        {
            Assert.Equal("亿元", reader.FileMetaData.KeyValueMetadata["unit"]);
            var columns = Columns(reader);
            Assert.Equal(csv[0], columns.Select(c => c.Name));
            for (var c = 0; c < csv[0].Length; c++)
            {
                object?[] expected = [.. csv.Skip(1).Select(row => (object?)(columns[c].Values[0] is null or double or int or long
                    ? row[c].Length == 0 ? null : TestData.Number(row[c]) : csv[0][c] == "name" ? Unmarked(row[c]) : row[c]))];
                Assert.Equal(expected, columns[c].Values.Select(v => v is int or long ? Convert.ToDouble(v) : v));
            }

            Assert.All(Hostile.Values, name => Assert.Contains(name, columns[2].Values));
        }

        Assert.Equal(0, CommandLineRunner.InProcess(["run", _study.Folder, "--draws", "400", "--quiet", "--no-report", "--out",
            _study.PathOf("csv"), "--save-draws", "draws.csv", .. kept]).ExitCode);
        var draws = Csv(Path.Combine(_study.PathOf("csv"), "draws.csv"));
        using var file = new ParquetFileReader(Path.Combine(output, "draws.parquet"));
        var about = file.FileMetaData.KeyValueMetadata;
        Assert.Equal(("400", "philox", "1"), (about["draws"], about["sequence"], about["replicates"]));
        var found = Columns(file);
        Assert.Equal(draws[0], found.Select(c => c.Name));
        for (var c = 0; c < draws[0].Length; c++)
            Assert.Equal(draws.Skip(1).Select(row => (object?)TestData.Number(row[c])), found[c].Values);
    }

    [Fact]
    public void Names_are_no_tags_commands_or_marks_in_tables_for_documents()
    {
        var output = Run("--formats", "md,tex", "--scopes", "provinces");
        var (markdown, latex) = (File.ReadAllText(Path.Combine(output, "tables.md")), File.ReadAllText(Path.Combine(output, "tables.tex")));
        Assert.Contains(@"| \<b onload='x'>\&lt;\</b> ", markdown, StringComparison.Ordinal);
        Assert.Contains(@"| a\|b\`c\`\*d\*\_e\_\[f](g)\&amp;\~h\~ ", markdown, StringComparison.Ordinal);
        Assert.Contains(@"| \\input{/etc/passwd}\$x\$ ", markdown, StringComparison.Ordinal);
        Assert.Contains(@"\textless{}b onload='x'\textgreater{}\&lt;\textless{}/b\textgreater{}", latex, StringComparison.Ordinal);
        Assert.Contains(@"\textbackslash{}input\{/etc/passwd\}\$x\$", latex, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\input", latex, StringComparison.Ordinal);
    }

    private static (string Name, object?[] Values)[] Columns(ParquetFileReader reader)
    {
        using var group = reader.RowGroup(0);
        Assert.Equal(1, reader.FileMetaData.NumRowGroups);
        return [.. Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(i =>
        {
            using var column = group.Column(i);
            using var values = column.LogicalReader();
            var read = values.Apply(new Values(group.MetaData.NumRows));
            return (reader.FileMetaData.Schema.Column(i).Name, read);
        })];
    }

    private sealed class Values(long rows) : ILogicalColumnReaderVisitor<object?[]>
    {
        public object?[] OnLogicalColumnReader<TValue>(LogicalColumnReader<TValue> columnReader) =>
            [.. columnReader.ReadAll((int)rows).Select(v => (object?)v)];
    }
}
