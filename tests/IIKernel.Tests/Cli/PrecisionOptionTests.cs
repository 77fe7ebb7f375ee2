using System.Text.Json;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class PrecisionOptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-precision-").FullName;

    private string Study => Path.Combine(_folder, "study", "study.json");

    public PrecisionOptionTests()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("new", "--demo", Path.Combine(_folder, "study"), "--quiet").ExitCode);
        File.Copy(Path.Combine(_folder, "study", "study-flows.json"), Study, overwrite: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_says_what_bound_held_and_report_draws_the_same_again()
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            160, "run", Study, "--draws", "60", "--precision", "mixed", "--out", output);
        Assert.True(exitCode == 0, error);
        Assert.Contains("corrected until residuals are within 2.7e-15 ‖I − A‖ ‖x‖: in all draws", text, StringComparison.Ordinal);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        var tables = receipt.RootElement.GetProperty("tables");
        Assert.Equal("mixed", tables.GetProperty("precision").GetString());
        Assert.Equal(0, tables.GetProperty("in_double").GetInt64());
        var page = Path.Combine(_folder, "page");
        (exitCode, error) = CommandLineRunner.InProcess("report", output, "--out", page, "--quiet");
        Assert.True(exitCode == 0, error);
        Assert.Equal(File.ReadAllBytes(Path.Combine(output, "report.html")), File.ReadAllBytes(Path.Combine(page, "report.html")));
    }

    [Theory]
    [InlineData("--precision mixd: expected double or mixed. Did you mean mixed?", "--precision", "mixd")]
    [InlineData("--precision mixed: --only leaves the flows out", "--precision", "mixed", "--only", "coefficients")]
    public void A_precision_that_is_none_or_means_nothing_is_refused(string message, params string[] options)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(["run", Study, "--quiet", .. options]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certain_table_has_no_precision()
    {
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--quiet", "--precision", "mixed");
        Assert.Equal(2, exitCode);
        Assert.Contains("--precision mixed: the study's table is certain, and factorised once", error, StringComparison.Ordinal);
    }
}
