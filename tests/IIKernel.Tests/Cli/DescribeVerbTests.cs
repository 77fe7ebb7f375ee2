using System.Text.Json;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class DescribeVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-kept-").FullName;

    private string Output => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Draws_that_run_keeps_are_described_as_run_does()
    {
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", "--draws", "1500", "--quiet", "--out", Output, "--save-draws", "draws.csv", "--figures",
            "nation.total.2022,provinces.growth.2021", "--inputs", "S,expert", "--levels", "0.5,0.95");
        Assert.True(exitCode == 0, error);
        var draws = Path.Combine(Output, "draws.csv");
        var lines = File.ReadAllLines(draws);
        Assert.Equal(1 + 1500, lines.Length);
        Assert.StartsWith("nation.total.2022,provinces:110000.growth.2021", lines[0], StringComparison.Ordinal);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "run.json")));
        Assert.Equal(["estimates.csv", "sources.csv", "intervals.csv", "draws.csv", "report.html"],
            receipt.RootElement.GetProperty("outputs").EnumerateArray().Select(o => o.GetProperty("path").GetString()));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Output, "--quiet").ExitCode);
        Assert.Empty(Directory.GetFiles(Output, ".iikernel-*-draws.csv"));

        var described = Path.Combine(_folder, "described");
        var (code, text, message) = CommandLineRunner.OnPage(
            80, "describe", draws, "--levels", "0.5,0.95", "--above", "45000", "--out", described);
        Assert.True(code == 0, message);
        Assert.Contains("1,500 draws", text, StringComparison.Ordinal);
        Assert.Contains("> 45,000", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => !l.Contains(_folder, StringComparison.Ordinal)),
            line => Assert.True(line.TrimEnd().Length <= 80, line));
        var intervals = File.ReadLines(Path.Combine(Output, "intervals.csv")).Select(StudyEditor.Split)
            .Where(r => r[0] == "nation" && r[3] == "2022" && r[4] == "total" && r[5] == "value").ToArray();
        var rows = File.ReadLines(Path.Combine(described, "described.csv")).Skip(1).Select(StudyEditor.Split).ToArray();
        Assert.Equal(2 * lines[0].Split(',').Length, rows.Length);
        foreach (var (interval, row) in intervals.Zip(rows))
        {
            Assert.Equal("nation.total.2022", row[0]);
            Assert.Equal(interval[8], row[13]);
            Assert.Equal((interval[9], interval[10]), (row[3], row[5]));
        }

        var values = lines.Skip(1).Select(l => TestData.Number(l[..l.IndexOf(',', StringComparison.Ordinal)])).ToArray();
        var threshold = File.ReadLines(Path.Combine(described, "thresholds.csv")).Skip(1).Select(StudyEditor.Split).First();
        Assert.Equal($"{values.Count(v => v > 45000)}", threshold[4]);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", described, "--quiet").ExitCode);

        // What was kept is an input now: it is not written over.
        Assert.Equal(2, CommandLineRunner.InProcess("describe", draws, "--quiet", "--out", Output).ExitCode);
    }

    [Fact]
    public void Kept_draws_do_not_depend_on_threads()
    {
        string[] Run(string name, string threads)
        {
            var folder = Path.Combine(_folder, name);
            var (exitCode, error) = CommandLineRunner.InProcess(
                "run", "--draws", "700", "--quiet", "--out", folder, "--save-draws", "d.csv", "--inputs", "S", "--threads", threads);
            Assert.True(exitCode == 0, error);
            return File.ReadAllLines(Path.Combine(folder, "d.csv"));
        }

        Assert.Equal(Run("one", "1"), Run("three", "3"));
    }

    [Theory]
    [InlineData("found no --out", "--save-draws", "draws.csv")]
    [InlineData("a name without a folder", "--save-draws", "a/draws.csv", "--out")]
    [InlineData("ends in .csv or .parquet", "--save-draws", "draws.txt", "--out")]
    [InlineData("the name of another file", "--save-draws", "estimates.csv", "--out")]
    [InlineData("expected --save-draws FILE too", "--inputs", "S")]
    [InlineData("--inputs T: found no such input", "--save-draws", "draws.csv", "--inputs", "T", "--out")]
    public void Draws_that_cannot_be_kept_are_refused_and_nothing_is_written(string message, params string[] arguments)
    {
        string[] typed = arguments[^1] == "--out" ? [.. arguments, Output] : arguments;
        var (exitCode, error) = CommandLineRunner.InProcess(["run", "--draws", "100", "--quiet", .. typed]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public void A_file_that_holds_something_else_is_refused()
    {
        var path = Path.Combine(_folder, "draws.csv");
        File.WriteAllText(path, "a,b\n1,2\n3,many\n");
        var (exitCode, error) = CommandLineRunner.InProcess("describe", path, "--quiet", "--out", Output);
        Assert.Equal(2, exitCode);
        Assert.Contains($"{path}, line 3, column b: found \"many\"; expected a number", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
        Assert.Contains("no such file", CommandLineRunner.InProcess("describe", path + "x", "--quiet").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_interrupted_while_it_keeps_draws_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no signals");
        var (exitCode, _, error) = CommandLineRunner.Interrupted(["run", "--draws", "3000000", "--only", "coefficients", "--out", Output,
            "--save-draws", "draws.csv", "--inputs", "S"], "INT");
        Assert.Equal(130, exitCode);
        Assert.Contains("nothing was written", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }
}
