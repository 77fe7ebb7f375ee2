using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed class ReportVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-report-").FullName;

    private string Run => Path.Combine(_folder, "run");

    private string Page => Path.Combine(_folder, "page");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_is_drawn_again_to_the_same_page_and_one_that_was_changed_is_refused()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("run", "--draws", "300", "--out", Run, "--quiet").ExitCode);
        var (exitCode, error) = CommandLineRunner.InProcess("report", Run, "--out", Page, "--quiet");
        Assert.True(exitCode == 0, error);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Run, "report.html")), File.ReadAllBytes(Path.Combine(Page, "report.html")));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Page, "--quiet").ExitCode);

        // Beside the run's own it would make the run's receipt false.
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("report", Run, "--quiet").ExitCode);

        File.AppendAllText(Path.Combine(Run, "estimates.csv"), "\n");
        (exitCode, error) = CommandLineRunner.InProcess("report", Run, "--out", Page, "--quiet");
        Assert.Equal(ExitCodes.CheckFailed, exitCode);
        Assert.Contains("found estimates.csv changed since or out of reach", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bias_of_a_drawn_table_is_the_same_again()
    {
        using var editor = new StudyEditor();
        Assert.Equal(0, CommandLineRunner.InProcess(
            "run", editor.PathOf("study-flows.json"), "--draws", "64", "--out", Run, "--quiet").ExitCode);
        var (exitCode, error) = CommandLineRunner.InProcess("report", Run, "--out", Page, "--quiet");
        Assert.True(exitCode == 0, error);
        var page = File.ReadAllText(Path.Combine(Run, "report.html"));
        Assert.Contains("id=\"en-bias\"", page, StringComparison.Ordinal);
        Assert.Equal(page, File.ReadAllText(Path.Combine(Page, "report.html")));
    }

    [Fact]
    public void A_run_without_a_page_gets_one_beside_its_files()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("run", "--draws", "300", "--out", Run, "--quiet", "--no-report").ExitCode);
        Assert.False(File.Exists(Path.Combine(Run, "report.html")));
        var (exitCode, error) = CommandLineRunner.InProcess("report", Run, "--quiet");
        Assert.True(exitCode == 0, error);
        Assert.True(File.Exists(Path.Combine(Run, "report.html")));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Run, "--quiet").ExitCode);
    }

    [Theory]
    [InlineData("nowhere", "found no such folder")]
    [InlineData("", "found no run.json")]
    public void A_folder_without_a_run_is_refused(string name, string message)
    {
        var (exitCode, error) = CommandLineRunner.InProcess("report", Path.Combine(_folder, name));
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}
