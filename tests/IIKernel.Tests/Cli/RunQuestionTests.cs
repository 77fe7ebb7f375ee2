using System.Text.Json;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class RunQuestionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-asked-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_asked_is_written_printed_and_listed_in_the_receipt_and_estimates_stay_as_they_are()
    {
        string[] plain = ["run", "--draws", "2000", "--quiet", "--out", Path.Combine(_folder, "plain")];
        Assert.Equal(0, CommandLineRunner.InProcess(plain).ExitCode);
        var output = Path.Combine(_folder, "asked");
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "run", "--draws", "2000", "--out", output, "--levels", "0.5,0.95",
            "--density", "7", "--figures", "nation.growth.2022,nation.total.2022", "--difference", "nation.total.2022-nation.total.2021",
            "--ratio", "provinces:440000.total.2022/provinces:320000.total.2022", "--ranks", "--above", "1000,500", "--year", "2022");
        Assert.True(exitCode == 0, error);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "plain", "estimates.csv")),
            File.ReadAllBytes(Path.Combine(output, "estimates.csv")));
        foreach (var part in new[]
        {
            "50 % interval", "nation.total.2022 -", "provinces:440000.total.2022 /",
            "Largest 30 of 31 provinces, 2022, total, 亿元: ranks and classes", "> 1,000", "How many of 31 provinces lie above, 2022",
            "written: " + Path.Combine(output, "classes.csv"),
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => !l.StartsWith("written:", StringComparison.Ordinal)),
            line => Assert.True(line.TrimEnd().Length <= 80, line));

        string[] names = ["intervals.csv", "density.csv", "derived.csv", "ranks.csv", "counts.csv", "classes.csv"];
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        Assert.Equal(["estimates.csv", "sources.csv", .. names, "report.html"],
            receipt.RootElement.GetProperty("outputs").EnumerateArray().Select(o => o.GetProperty("path").GetString()));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);

        string[][] Rows(string name) => [.. File.ReadLines(Path.Combine(output, name)).Skip(1).Select(StudyEditor.Split)];
        Assert.Equal(2 * (File.ReadLines(Path.Combine(output, "estimates.csv")).Count() - 1), Rows("intervals.csv").Length);
        Assert.Equal(["growth", "value"], Rows("density.csv").Select(r => r[5]).Distinct());
        Assert.All(Rows("density.csv").GroupBy(r => r[5]), g => Assert.Equal(2000, g.Sum(r => TestData.Number(r[10]))));

        // A density integrates to 1; every entity holds some rank in every draw, and every draw has some number above a threshold.
        Assert.All(Rows("density.csv").GroupBy(r => r[5]), g => Assert.Equal(1, g.Sum(
            r => (TestData.Number(r[9]) - TestData.Number(r[8])) * TestData.Number(r[11])), 1e-12));
        Assert.All(Rows("ranks.csv").GroupBy(r => (r[0], r[1])), g => Assert.Equal(2000, g.Sum(r => TestData.Number(r[7]))));
        Assert.Equal(19 + 31 + 30, Rows("ranks.csv").GroupBy(r => (r[0], r[1])).Count());
        Assert.All(Rows("counts.csv").GroupBy(r => (r[0], r[4])), g => Assert.Equal(2000, g.Sum(r => TestData.Number(r[6]))));
        Assert.Equal(["500", "1000"], Rows("counts.csv").Select(r => r[4]).Distinct());
        Assert.All(Rows("classes.csv").GroupBy(r => (r[0], r[1])), g => Assert.Equal(1, g.Sum(r => TestData.Number(r[9])), 1e-12));
        Assert.Equal(["difference", "ratio"], Rows("derived.csv").Select(r => r[0]));
    }

    [Fact]
    public void Json_has_what_was_asked_and_nothing_else()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "run", "--draws", "500", "--json", "--levels", "0.5", "--ranks");
        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        Assert.Equal(0.5, root.GetProperty("intervals")[0].GetProperty("level").GetDouble());
        Assert.Equal("category", root.GetProperty("ranks")[0].GetProperty("scope").GetString());
        foreach (var name in new[] { "density", "derived", "counts", "classes" }) Assert.False(root.TryGetProperty(name, out _), name);
    }

    [Theory]
    [InlineData("--levels", "0.5,1.5", "--levels 1.5: expected probabilities between 0 and 1")]
    [InlineData("--levels", "50", "Did you mean 0.5?")]
    [InlineData("--levels", "95%", "Did you mean 0.95?")]
    [InlineData("--levels", "0.5,0.50", "found twice")]
    [InlineData("--density", "0", "--density 0: expected 1 to")]
    [InlineData("--figures", "nation.total", "expected --density BINS")]
    [InlineData("--difference", "nation.total.2022", "found no - between two figures")]
    [InlineData("--ratio", "provinces:440000.total.2022/provinces:32000.total.2022", "32000")]
    [InlineData("--above", "500,many", "--above many: expected numbers in the unit of the figures")]
    [InlineData("--above", "500,500.0", "found twice")]
    public void A_question_that_cannot_be_answered_is_refused_and_nothing_is_written(string option, string value, string message)
    {
        var output = Path.Combine(_folder, "refused");
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--draws", "100", "--quiet", option, value, "--out", output);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void An_unknown_figure_is_refused_with_the_nearest_one()
    {
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", "--draws", "100", "--quiet", "--density", "3", "--figures", "nation.totl.2022");
        Assert.Equal(2, exitCode);
        Assert.Contains("--figures nation.totl.2022: found the unknown part totl. Did you mean total?", error, StringComparison.Ordinal);
    }
}
