using System.Text.Json;
using IIKernel.Claims;
using IIKernel.Reading;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class ToleranceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-tolerance-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_to_a_tolerance_is_a_run_of_the_number_of_draws_that_it_took()
    {
        string[] figures = ["--only", "coefficients", "--figures", "nation.total.2022"];
        var output = Path.Combine(_folder, "tolerance");
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, ["run", "--tolerance", "0.15%", "--out", output, .. figures]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("wanted 0.15 %", string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Contains("reached", text, StringComparison.Ordinal);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        var draws = receipt.RootElement.GetProperty("draws").GetInt64();
        var precision = receipt.RootElement.GetProperty("precision");
        Assert.Equal(0.0015, precision.GetProperty("tolerance").GetDouble(), 1e-15);
        Assert.Equal(16_384, precision.GetProperty("pilot_draws").GetInt32());
        Assert.InRange(precision.GetProperty("reached")[0].GetProperty("upper").GetDouble(), 0.0005, 0.0017);
        Assert.InRange(draws, 20_000, 200_000);
        Assert.Equal(0, draws % 64);
        var plain = Path.Combine(_folder, "plain");
        string[] same = ["run", "--draws", $"{draws}", "--only", "coefficients", "--quiet", "--out", plain];
        Assert.Equal(0, CommandLineRunner.InProcess(same).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(plain, "estimates.csv")), File.ReadAllBytes(Path.Combine(output, "estimates.csv")));
        using var without = JsonDocument.Parse(File.ReadAllText(Path.Combine(plain, "run.json")));
        Assert.False(without.RootElement.TryGetProperty("precision", out _));
    }

    [Theory]
    [InlineData("--tolerance 0.1: expected a percentage above 0 with its sign, such as 0.1%. Did you mean 0.1%?", "--tolerance", "0.1")]
    [InlineData("expected a percentage above 0", "--tolerance", "0%")]
    [InlineData("found beside --draws", "--tolerance", "1%", "--draws", "1000")]
    [InlineData("expected with --tolerance PERCENT alone", "--most-draws", "100000")]
    [InlineData("--most-draws 1000: expected at least the 16,384 of the pilot", "--tolerance", "1%", "--most-draws", "1000")]
    [InlineData("expected a tolerance that 10,000,000 reach", "--tolerance", "0.0001%")]
    [InlineData("would take more draws than there are", "--tolerance", "0.0000000001%")]
    [InlineData("--figures nation.totl: found the unknown part", "--tolerance", "1%", "--figures", "nation.totl")]
    public void A_tolerance_that_cannot_be_reached_is_refused(string message, params string[] options)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(["run", "--quiet", "--only", "coefficients", .. options]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("draws.csv", "900", "philox", "900 draws kept in")]
    [InlineData("draws.parquet", "1024", "sobol", "1,024 draws of Sobol' points in 16 replicates kept in")]
    public void Claims_on_kept_draws_are_those_on_the_draws_themselves(string name, string number, string sequence, string said)
    {
        var study = TestData.FullDemonstration;
        var compiled = new CompiledStudy(study);
        var claims = ClaimReader.Of(study)!.Claims;
        var figures = string.Join(',', ClaimEvaluation.Figures(compiled, claims).Select(FigureIndex.Reference));
        var kept = Path.Combine(_folder, "kept");
        var (exitCode, error) = CommandLineRunner.InProcess(
            "run", "--draws", number, "--sequence", sequence, "--quiet", "--out", kept, "--save-draws", name, "--figures", figures);
        Assert.True(exitCode == 0, error);
        var draws = Path.Combine(kept, name);
        string Claims(string name, params string[] options)
        {
            var output = Path.Combine(_folder, name);
            var (code, message) = CommandLineRunner.InProcess(["claims", "--quiet", "--out", output, .. options]);
            Assert.True(code == 0, message);
            return File.ReadAllText(Path.Combine(output, "claims.csv"));
        }

        Assert.Equal(Claims("drawn", "--draws", number, "--sequence", sequence), Claims("read", "--from-draws", draws));
        Assert.Contains(
            said, CommandLineRunner.OnPage(200, "claims", "--from-draws", draws).Output, StringComparison.Ordinal);
        Assert.Contains("found beside --draws", CommandLineRunner.InProcess("claims", "--from-draws", draws, "--draws", "5").Error,
            StringComparison.Ordinal);

        if (sequence != "philox") return;

        // A receipt beside them says whose draws they are.
        var receipt = Path.Combine(kept, "run.json");
        File.WriteAllText(receipt, File.ReadAllText(receipt).Replace(
            JsonSerializer.Serialize(study.Name), "\"Another\"", StringComparison.Ordinal));
        Assert.Contains("found draws of the study \"Another\"",
            CommandLineRunner.InProcess("claims", "--from-draws", draws).Error, StringComparison.Ordinal);

        // The first column alone, which does not hold what the claims name.
        var lines = File.ReadLines(draws).Select(l => l[..l.IndexOf(',', StringComparison.Ordinal)]);
        File.WriteAllLines(Path.Combine(_folder, "one.csv"), lines.ToArray());
        Assert.Contains("that the claims name, such as",
            CommandLineRunner.InProcess("claims", "--from-draws", Path.Combine(_folder, "one.csv")).Error, StringComparison.Ordinal);
    }
}
