using System.Text.Json;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class SequenceOptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-sequence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_draws_from_the_sequence_and_says_so()
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            160, "run", "--draws", "512", "--sequence", "sobol", "--only", "coefficients", "--out", output);
        Assert.True(exitCode == 0, error);
        Assert.Contains("512 draws of Sobol' points in 16 replicates, seed 20231201", text, StringComparison.Ordinal);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        var root = receipt.RootElement;
        Assert.Equal(("sobol", 16), (root.GetProperty("sequence").GetString(), root.GetProperty("replicates").GetInt32()));
        Assert.Equal("sobol", root.GetProperty("options").GetProperty("sequence").GetString());
    }

    [Theory]
    [InlineData("run", "--sequence sobol: found 100000 draws, the study's; expected a power of two", "--sequence", "sobol")]
    [InlineData("run", "The nearest are --draws 65536 or --draws 131072", "--sequence", "sobol")]
    [InlineData("claims", "--draws 1000: expected a power of two", "--sequence", "sobol", "--draws", "1000")]
    [InlineData("compare", "--draws 1000: expected a multiple of 16", "--sequence", "latin-hypercube", "--draws", "1000")]
    [InlineData("compare", "The nearest are --draws 992 or --draws 1008.", "--sequence", "latin-hypercube", "--draws", "1000")]
    [InlineData("run", "expected philox, sobol, latin-hypercube. Did you mean sobol?", "--sequence", "sobl")]
    public void A_sequence_that_is_none_or_has_no_such_sample_is_refused(string verb, string message, params string[] options)
    {
        var (exitCode, error) = CommandLineRunner.InProcess([verb, "--quiet", .. options]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    // The study's 100,000 draws are no power of two; with a tolerance they do not matter.
    [Fact]
    public void A_tolerance_finds_a_number_of_draws_that_the_sequence_has()
    {
        var output = Path.Combine(_folder, "tolerance");
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", "--sequence", "sobol", "--tolerance", "1%", "--only", "coefficients", "--quiet", "--out", output);
        Assert.True(exitCode == 0, error);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        Assert.Equal(16_384, receipt.RootElement.GetProperty("draws").GetInt64());
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("claims")]
    public void Other_verbs_draw_from_it_too(string verb) => Assert.Equal(
        0, CommandLineRunner.InProcess(verb, "--quiet", "--draws", "256", "--sequence", "latin-hypercube").ExitCode);
}
