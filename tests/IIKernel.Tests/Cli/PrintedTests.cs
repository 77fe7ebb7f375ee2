using System.Diagnostics;
using System.Text.Json;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>What is printed beside what is written.</summary>
public sealed class PrintedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-printed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run --draws 200 --out", "> /dev/full", "estimates.csv,report.html,run.json,sources.csv")]
    [InlineData("run --draws 200 --json --out", "> /dev/full", "estimates.csv,report.html,run.json,sources.csv")]
    [InlineData("run --draws 200 --out", ">&-", "estimates.csv,report.html,run.json,sources.csv")]
    [InlineData("compare --draws 200 --out", "> /dev/full", "compare.json,comparison.csv")]
    [InlineData("linkages --out", "> /dev/full", "linkages.csv,linkages.json")]
    public void Files_are_written_where_nothing_can_be_printed(string call, string output, string files)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is a device of Linux");
        var command = $"dotnet '{typeof(Program).Assembly.Location}' {call} '{_folder}' {output}";
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ExitCodes.BadInput, process.ExitCode);
        Assert.Contains("Reading or writing failed: ", error, StringComparison.Ordinal);
        Assert.EndsWith("The files of --out had been written before.", error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(files,
            string.Join(',', Directory.GetFiles(_folder).Select(Path.GetFileName).Where(n => n![0] != '.').Order(StringComparer.Ordinal)));
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
    }

    // None may lie above a threshold: a range from none on is a range.
    [Fact]
    public void A_count_ranges_from_none_on()
    {
        var printed = CommandLineRunner.Process(["run", "--draws", "2000", "--above", "5000"], ("COLUMNS", "80")).Output;
        Assert.Matches(@"5,000 +2 +2 +\d+\.\d % +0 … 2", printed);
    }

    [Theory]
    [InlineData("linkages", "linkages.csv", "sectors")]
    [InlineData("compare --draws 200", "comparison.csv", "figures")]
    [InlineData("claims --draws 200", "claims.csv", "claims")]
    [InlineData("run --draws 200", "estimates.csv", "estimates")]
    [InlineData("run --draws 200", "sources.csv", "sources")]
    [InlineData("gauge --backend simd", "gauge.csv", "")]
    public void Names_in_json_are_those_of_the_columns(string call, string file, string key)
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(160, [.. call.Split(' '), "--json", "--out", _folder]);
        Assert.True(exitCode == 0, text + error);
        using var json = JsonDocument.Parse(text);
        var rows = key.Length == 0 ? json.RootElement : json.RootElement.GetProperty(key);
        var names = rows[0].EnumerateObject().Select(p => p.Name);
        Assert.Equal(File.ReadLines(Path.Combine(_folder, file)).First().TrimStart('\uFEFF').Split(','), names);
        Assert.Equal(File.ReadLines(Path.Combine(_folder, file)).Count() - 1, rows.GetArrayLength());
    }

    [Fact]
    public void A_bar_in_a_name_does_not_end_a_cell_of_a_markdown_table()
    {
        using var editor = new StudyEditor();
        editor.Replace("provinces.csv", "广东", "a|b*c");
        var (exitCode, text, error) = CommandLineRunner.OnPage(160, "compare", editor.Folder, "--draws", "200", "--markdown");
        Assert.True(exitCode == 0, text + error);
        Assert.Contains(@" a\|b\*c | ", text, StringComparison.Ordinal);
        var bars = text.Trim().Split('\n')
            .Select(line => line.Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|')).Distinct();
        Assert.Single(bars);
    }

    [Fact]
    public void A_falling_figure_has_a_minus_sign_in_every_table()
    {
        using var editor = new StudyEditor();
        editor.MapRows("category-value-added.csv", rows => rows.Select(row => row.Contains(",2022,", StringComparison.Ordinal)
            ? string.Join(',', StudyEditor.Split(row).Select((cell, c) => c == 2 ? "1000" : cell)) : row));
        foreach (var verb in new[] { "run --draws 200", "estimate" })
        {
            var (exitCode, text, error) = CommandLineRunner.OnPage(160, [.. verb.Split(' '), editor.Folder]);
            Assert.True(exitCode == 0, text + error);
            Assert.Matches(@" −[0-9]+\.[0-9]", text);
            Assert.DoesNotMatch(@"(^|\s)-[0-9]", text);
        }
    }
}
