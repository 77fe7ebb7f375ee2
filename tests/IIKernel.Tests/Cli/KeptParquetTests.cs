using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class KeptParquetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-parquet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Draws_in_Parquet_are_those_in_csv_and_are_described_alike()
    {
        string Run(string file)
        {
            var output = Path.Combine(_folder, file.Replace('.', '-'));
            var (exitCode, error) = CommandLineRunner.InProcess("run", "--draws", "1200", "--quiet", "--out", output, "--save-draws", file,
                "--figures", "nation.total,provinces.growth.2021", "--inputs", "S,expert");
            Assert.True(exitCode == 0, error);
            Assert.Equal(0, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
            var described = output + "-described";
            (exitCode, error) = CommandLineRunner.InProcess(
                "describe", Path.Combine(output, file), "--quiet", "--above", "45000", "--out", described);
            Assert.True(exitCode == 0, error);
            return described;
        }

        var (csv, parquet) = (Run("draws.csv"), Run("draws.parquet"));
        foreach (var file in new[] { "described.csv", "thresholds.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(csv, file)), File.ReadAllBytes(Path.Combine(parquet, file)));
    }

    [Theory]
    [InlineData("no such file", null)]
    [InlineData("no Parquet file that can be read", "a,b\n1,2\n")]
    [InlineData("no Parquet file that can be read", "PAR1 and what is none of its metadata PAR1")]
    [InlineData("no Parquet file that can be read", "")]
    public void What_is_no_file_of_draws_is_refused(string message, string? content)
    {
        var path = Path.Combine(_folder, "draws.parquet");
        if (content is not null) File.WriteAllText(path, content);
        var (exitCode, error) = CommandLineRunner.InProcess("describe", path, "--quiet");
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_no_number_is_refused()
    {
        var output = Path.Combine(_folder, "out");
        Assert.Equal(0,
            CommandLineRunner.InProcess("run", "--draws", "300", "--quiet", "--formats", "parquet", "--out", output).ExitCode);
        var (exitCode, error) = CommandLineRunner.InProcess("describe", Path.Combine(output, "estimates.parquet"), "--quiet");
        Assert.Equal(2, exitCode);
        Assert.Contains("column scope: found another type than a number of 64 bits", error, StringComparison.Ordinal);
    }
}
