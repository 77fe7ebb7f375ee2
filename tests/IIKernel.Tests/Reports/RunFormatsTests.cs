using IIKernel.Reports.Tables;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>One run in every form: the same figures, whatever reads them.</summary>
public sealed class RunFormatsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-formats-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Run(string name, params string[] arguments)
    {
        var output = Path.Combine(_folder, name);
        var (exitCode, error) = CommandLineRunner.InProcess(["run", "--draws", "400", "--quiet", "--out", output, .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static string[][] Csv(string output) =>
        [.. File.ReadLines(Path.Combine(output, "estimates.csv")).Select(line => StudyEditor.Split(line.TrimStart('\uFEFF')))];

    [Fact]
    public void The_workbook_holds_the_figures_of_the_csv_file_bit_for_bit()
    {
        var output = Run("xlsx", "--formats", "xlsx");
        var rows = Csv(output);
        var header = rows[0];
        using var stream = File.OpenRead(Path.Combine(output, "estimates.xlsx"));
        var workbook = new WorkbookReader(stream);
        Assert.Equal(["about", "nation", "categories", "groups", "sectors", "provinces", "cities", "areas", "sources"],
            workbook.Sheets.Select(s => s.Name));
        string[] scopes = ["nation", "category", "group", "sector", "provinces", "cities", "area"];
        for (var i = 0; i < scopes.Length; i++)
        {
            var sheet = workbook.Sheets[i + 1].Rows;
            var expected = rows.Where(r => r[0] == scopes[i]).ToArray();
            Assert.Equal(expected.Length, sheet.Length - 1);
            string[] left = scopes[i] == "nation" ? ["scope", "code", "name", "level", "draws"] : ["scope", "level", "draws"];
            int[] columns = [.. Enumerable.Range(0, header.Length).Where(c => !left.Contains(header[c]))];
            Assert.Equal(columns.Length, sheet[0].Count);
            for (var r = 0; r < expected.Length; r++)
            {
                for (var c = 0; c < columns.Length; c++)
                {
                    var (wanted, cell) = (expected[r][columns[c]], sheet[r + 1][c]);
                    if (header[columns[c]] == "code") Assert.Equal("inlineStr", cell.Type);
                    if (cell.Type == "n" && wanted.Length > 0)
                        Assert.Equal(TestData.Number(wanted), TestData.Number(cell.Content));
                    else Assert.Equal(header[columns[c]] == "flags" ? wanted.Replace(";", "; ", StringComparison.Ordinal) : wanted,
                        header[columns[c]] == "flags" ? cell.Content.Replace("no output", "no-output", StringComparison.Ordinal)
                            .Replace("few draws", "few-draws", StringComparison.Ordinal) : cell.Content);
                }
            }
        }

        var about = workbook.Sheets[0].Rows.ToDictionary(r => r[0].Content, r => r[1].Content);
        Assert.Equal(("亿元", "400", "95\u00A0%"), (about["unit"], about["draws"], about["level"]));
        Assert.Contains("SYNTHETIC", about["note"], StringComparison.Ordinal);
        Assert.Equal(["estimates.csv", "sources.csv", "estimates.xlsx", "report.html", "run.json"],
            Directory.GetFiles(output).Select(Path.GetFileName).OrderBy(n => Array.IndexOf(
                ["estimates.csv", "sources.csv", "estimates.xlsx", "report.html", "run.json"], n)));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
    }

    [Fact]
    public async Task Parquet_holds_the_columns_of_the_csv_file_in_their_types()
    {
        var output = Run("parquet", "--formats", "parquet,csv");
        var rows = Csv(output);
        await using var reader = await ParquetReader.CreateAsync(Path.Combine(output, "estimates.parquet"),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("亿元", reader.CustomMetadata["unit"]);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(rows[0], fields.Select(f => f.Name));
        using var group = reader.OpenRowGroupReader(0);
        for (var c = 0; c < fields.Length; c++)
        {
            string[] expected = [.. rows.Skip(1).Select(r => r[c])];
            var name = rows[0][c];
            Assert.Equal(name switch
            {
                "scope" or "code" or "name" or "component" or "measure" or "unit" or "flags" => typeof(ReadOnlyMemory<char>),
                "year" => typeof(int),
                "draws" => typeof(long),
                _ => typeof(double),
            }, fields[c].ClrType);
            Assert.Equal(expected, await Read(group, fields[c], expected.Length));
        }
    }

    private static async Task<string[]> Read(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string[rows];
            await group.ReadAsync(field, texts);
            return texts;
        }

        return field.ClrType == typeof(double) ? await Numbers<double>()
            : field.ClrType == typeof(int) ? await Numbers<int>() : await Numbers<long>();

        async Task<string[]> Numbers<T>()
            where T : struct
        {
            var values = new T?[rows];
            await group.ReadAsync<T>(field, values);
            return [.. values.Select(v => new ReportCell(v is { } value ? value : null).Full)];
        }
    }

    [Fact]
    public void Tables_for_a_document_are_of_the_scopes_year_and_language_asked_for()
    {
        var output = Run("tables", "--formats", "md,tex,xlsx", "--scopes", "nation,group", "--lang", "zh", "--year", "2020");
        var markdown = File.ReadAllText(Path.Combine(output, "tables.md"));
        Assert.StartsWith("**工业互联网增加值（亿元；95\u00A0% 覆盖区间，抽样 400 次）**\n\n| 年份 | 直接 | 间接 | 合计 | 95\u00A0% 区间 | 增长率 % | 占比 % |\n",
            markdown, StringComparison.Ordinal);
        Assert.Contains("**分产业组工业互联网增加值（2020 年，亿元；", markdown, StringComparison.Ordinal);
        var latex = File.ReadAllText(Path.Combine(output, "tables.tex"));
        Assert.Equal('%', latex[0]);
        Assert.Equal(2, latex.Split("\\begin{table}").Length - 1);
        Assert.Contains("2 & 第二产业 * & ", latex, StringComparison.Ordinal);
        using var stream = File.OpenRead(Path.Combine(output, "estimates.xlsx"));
        var workbook = new WorkbookReader(stream);
        Assert.Equal(["说明", "全国", "产业组", "来源"], workbook.Sheets.Select(s => s.Name));
        Assert.Equal(["代码", "名称", "年份", "部分", "指标", "单位", "点估计"], workbook.Sheets[2].Rows[0].Take(7).Select(c => c.Content));
        Assert.Equal(["直接", "间接", "合计"], workbook.Sheets[2].Rows.Skip(1).Select(r => r[3].Content).Distinct());
    }

    [Theory]
    [InlineData("--formats", "xls", "--formats xls: found an unknown word; expected csv, xlsx, parquet, md, tex. Did you mean xlsx?")]
    [InlineData("--formats", "md,md", "--formats md: found twice")]
    [InlineData("--scopes", "nation", "--scopes: found no workbook and no table; expected --formats with xlsx or md or tex too.")]
    [InlineData("--scopes", "nations", "--scopes nations: found an unknown word; expected nation, category, group,")]
    public void What_cannot_be_written_is_refused_and_nothing_is(string option, string value, string message)
    {
        var output = Path.Combine(_folder, "refused");
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--draws", "400", "--quiet", "--out", output, option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Theory]
    [InlineData("--lang", "fr", "--lang fr: found an unknown word; expected en, zh.")]
    public void A_language_that_there_is_none_of_is_refused(string option, string value, string message)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", "--quiet", "--formats", "md", "--out", Path.Combine(_folder, "no"), option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_there_is_nothing_to_write_to()
    {
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--quiet", "--formats", "xlsx");
        Assert.Equal(2, exitCode);
        Assert.Contains("--formats: found no folder to write to; expected --out DIR too.", error, StringComparison.Ordinal);
    }
}
