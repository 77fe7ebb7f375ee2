using System.Text.Json;
using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class InfluenceVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-influence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_prints_the_largest_flows_and_writes_all()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "influence", "--rows", "3", "--out", _folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("nation.indirect.2017: ", text, StringComparison.Ordinal);
        Assert.Contains("Largest 3 of 22,201 flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => TextWidth.Of(line) > 80);
        var lines = File.ReadAllLines(Path.Combine(_folder, "influence.csv"));
        Assert.Equal(1 + 149 * 149, lines.Length);
        Assert.Equal("row,row_name,column,column_name,flow,coefficient,derivative,elasticity,total_field,relative_sd,change_lower,"
            + "change_upper,variance,share,cumulative", lines[0].TrimStart('\uFEFF'));
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "influence.json")));
        Assert.Equal("nation.indirect.2017", receipt.RootElement.GetProperty("figure").GetProperty("name").GetString());
        Assert.Equal(0, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
    }

    [Fact]
    public void Names_in_json_are_those_of_the_columns_and_rows_are_as_many_as_asked_for()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            80, "influence", "--json", "--rows", "4", "--figure", "category:C.share.2022", "--flow-sd-law", "0.5,0.2");
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(text);
        var cells = json.RootElement.GetProperty("cells");
        Assert.Equal(4, cells.GetArrayLength());
        Assert.Equal(["row", "row_name", "column", "column_name"], cells[0].EnumerateObject().Take(4).Select(p => p.Name));
        var flow = cells[0].GetProperty("flow").GetDouble();
        Assert.Equal(0.5 * Math.Pow(flow, -0.2), cells[0].GetProperty("relative_sd").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--figure nation.direct.2017", "expected indirect, total or share")]
    [InlineData("--figure nation.growth.2020", "expected indirect, total or share")]
    [InlineData("--figure nation.total", "found 7 figures; expected one, such as nation.total.2023.")]
    [InlineData("--figure nation.totl", "Did you mean total?")]
    [InlineData("--flow-sd 0", "expected a number above 0 and up to 1")]
    [InlineData("--flow-sd-law 0.5", "expected two numbers A,B")]
    [InlineData("--flow-sd-law 0.5,-1", "expected two numbers A,B")]
    [InlineData("--flow-sd 0.1 --flow-sd-law 0.5,0.2", "found both; expected one of them")]
    [InlineData("--rows none", "expected a number of at least 1, or all.")]
    public void What_is_wrong_is_said_and_nothing_is_written(string options, string message)
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, error) = CommandLineRunner.InProcess(["influence", .. options.Split(' '), "--out", output]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }
}
