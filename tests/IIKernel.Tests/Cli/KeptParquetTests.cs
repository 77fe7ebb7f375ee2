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

    // A run's estimates have the errors of its replicates. Away from its receipt a Parquet file still says that it is of some; CSV
    // does not.
    [Fact]
    public void Draws_of_a_sequence_say_so_and_have_the_errors_of_its_replicates()
    {
        foreach (var file in new[] { "draws.csv", "draws.parquet" })
        {
            var output = Path.Combine(_folder, file + "-run");
            Assert.Equal(0, CommandLineRunner.InProcess("run", "--draws", "1024", "--sequence", "sobol", "--quiet", "--out", output,
                "--no-report", "--save-draws", file, "--figures", "nation.total.2022").ExitCode);
            var alone = Path.Combine(Directory.CreateDirectory(output + "-alone").FullName, file);
            File.Copy(Path.Combine(output, file), alone);
            string[] columns = ["mean", "sd", "lower", "median", "upper", "se_mean", "se_sd", "se_lower", "se_median", "se_upper"];
            var estimates = Rows(Path.Combine(output, "estimates.csv"));
            var expected = estimates.Single(
                r => (r["scope"], r["year"], r["component"], r["measure"]) == ("nation", "2022", "total", "value"));
            foreach (var (path, isOfReplicates) in new[] { (Path.Combine(output, file), true), (alone, file.EndsWith("parquet")) })
            {
                var described = path + "-described";
                var (exitCode, text, error) = CommandLineRunner.OnPage(200, "describe", path, "--out", described);
                Assert.True(exitCode == 0, error);
                Assert.Equal(isOfReplicates, text.Contains("1,024 draws of Sobol' points in 16 replicates", StringComparison.Ordinal));
                var row = Assert.Single(Rows(Path.Combine(described, "described.csv")));
                foreach (var column in columns)
                {
                    var (wanted, found) = (TestData.Number(expected[column]), TestData.Number(row[column]));
                    // Sums are taken about another centre.
                    if (isOfReplicates || !column.StartsWith("se_", StringComparison.Ordinal)) Assert.Equal(1, found / wanted, 1e-9);
                    else Assert.NotEqual(1, found / wanted, 1e-2);
                }
            }
        }
    }

    private static Dictionary<string, string>[] Rows(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => StudyEditor.Split(line.TrimStart('\uFEFF')))];
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(c => c.First, c => c.Second))];
    }

    [Theory]
    [InlineData("no such file", null)]
    [InlineData("found no Parquet file, or a damaged one", "a,b\n1,2\n")]
    [InlineData("found no Parquet file, or a damaged one", "PAR1 and what is none of its metadata PAR1")]
    [InlineData("found no Parquet file, or a damaged one", "")]
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
