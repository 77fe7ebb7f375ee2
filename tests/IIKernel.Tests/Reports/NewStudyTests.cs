using IIKernel.Cli;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>Studies to begin with.</summary>
public sealed class NewStudyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-new-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_study_is_checked_and_run_at_once_with_its_tables_in_files_or_in_a_workbook()
    {
        var estimates = new[] { Run("csv"), Run("book", "--xlsx") };
        Assert.NotEmpty(estimates[0]);
        Assert.Equal(estimates[0], estimates[1]);
        Assert.Equal(["new.json", "study.json", "study.schema.json", "tables.xlsx"], Names("book"));
    }

    [Fact]
    public void The_demonstration_is_written_as_it_is_embedded_with_its_schema()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("new", "--demo", PathOf("demo"), "--quiet").ExitCode);
        Assert.Equal(EmbeddedStudyFiles.Demonstration.Names.Append("new.json").Append("study.schema.json").Order(StringComparer.Ordinal),
            Names("demo"));
        Assert.Equal(StudySchema.Export(), File.ReadAllText(Path.Combine(PathOf("demo"), "study.schema.json")));
        StudyEditor.AssertSame(StudyReader.ReadDemonstration(), StudyReader.ReadFolder(PathOf("demo")));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", PathOf("demo"), "--quiet").ExitCode);
    }

    [Fact]
    public void Nothing_is_replaced()
    {
        Directory.CreateDirectory(PathOf("full"));
        File.WriteAllText(PathOf("full/mine.txt"), "mine");
        var (exitCode, error) = CommandLineRunner.InProcess("new", PathOf("full"));
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("a folder that holds something", error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Names("full"));
        Directory.CreateDirectory(PathOf("empty"));
        Assert.Equal(0, CommandLineRunner.InProcess("new", PathOf("empty"), "--quiet").ExitCode);
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("new", PathOf("empty"), "--quiet").ExitCode);
        var (code, refusal) = CommandLineRunner.InProcess("new", PathOf("full/mine.txt"));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.StartsWith("DIR ", refusal, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("new", PathOf("x"), "--demo", "--xlsx").ExitCode);
    }

    private byte[] Run(string name, params string[] options)
    {
        Assert.Equal(0, CommandLineRunner.InProcess(["new", PathOf(name), "--quiet", .. options]).ExitCode);
        Assert.Empty(StudyReader.ReadFolder(PathOf(name)).Warnings);
        Assert.Equal(0, CommandLineRunner.InProcess("check", PathOf(name), "--quiet").ExitCode);
        var output = PathOf($"{name}-out");
        Assert.Equal(0, CommandLineRunner.InProcess("run", PathOf(name), "--draws", "256", "--out", output, "--quiet").ExitCode);
        return File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFiles(PathOf(folder)).Select(path => Path.GetFileName(path)).Where(n => n[0] != '.')
            .Order(StringComparer.Ordinal)];

    private string PathOf(string name) => Path.Combine(_folder, name);
}
