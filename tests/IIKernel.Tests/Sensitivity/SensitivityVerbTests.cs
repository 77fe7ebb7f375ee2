using System.Text.Json;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class SensitivityVerbTests
{
    [Fact]
    public void Files_hold_a_number_a_row_with_its_method()
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-sensitivity-").FullName;
        try
        {
            string[] arguments =
            [
                "sensitivity", "--draws", "1024", "--figures", "nation.total.2023,category:C.indirect.2017", "--second-order",
                "--width", "20%", "--out", folder,
            ];
            var (exitCode, text, error) = CommandLineRunner.OnPage(200, arguments);
            Assert.True(exitCode == 0, error);
            Assert.Contains("panel (group)", text, StringComparison.Ordinal);
            Assert.Contains("a width of 20 % of the point is not reached by panel, ", text, StringComparison.Ordinal);
            Assert.Contains("by 64 draws; the others are within their groups", text, StringComparison.Ordinal);

            var rows = File.ReadAllLines(Path.Combine(folder, "sensitivity.csv")).Select(StudyEditor.Split).ToArray();
            Assert.Equal(
                "scope,code,name,year,component,measure,unit,point,input,with,group,kind,statistic,value,lower,upper,estimate,method,level,"
                    + "draws,flags",
                string.Join(',', rows[0]).TrimStart('\uFEFF'));
            Assert.All(rows.Skip(1), r => Assert.Contains(r[17], new[] { "exact", "sampled", "linear-normal" }));
            string[] statistics =
            [
                "first-order", "total-order", "second-order", "shapley-effect", "linear-r-squared", "pawn-median", "pawn-largest",
                "effect-mean", "effect-mean-size", "effect-sd", "mean", "width", "width-if-known", "width-if-twice-the-experts",
                "spread-needed",
            ];
            Assert.Equal(statistics.Order(), rows.Skip(1).Select(r => r[12]).Distinct().Order());
            Assert.All(rows.Skip(1).Where(r => r[12] is "first-order" or "total-order" or "second-order"),
                r => Assert.True(TestData.Number(r[13]) >= 0));
            Assert.Contains(rows, r => r[20] == "not-told-from-zero");
            Assert.Contains(rows, r => r[20] == "no-part");
            Assert.Contains(rows, r => r[20] == "not-reachable-alone" && r[13].Length == 0);

            var swings = File.ReadAllLines(Path.Combine(folder, "swings.csv")).Select(StudyEditor.Split).ToArray();
            Assert.All(swings.Skip(1), s => Assert.True(
                TestData.Number(s[13]) <= Math.Min(TestData.Number(s[11]), TestData.Number(s[12]))
                && TestData.Number(s[15]) >= Math.Max(TestData.Number(s[11]), TestData.Number(s[12]))));
            Assert.Contains(swings, s => s[8] == "expert:E12");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Json_holds_what_the_files_hold()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            100, "sensitivity", "--draws", "1024", "--figures", "nation.direct.2017", "--json", "--quiet");
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(text);
        var indices = json.RootElement.GetProperty("indices").EnumerateArray().ToArray();
        Assert.Contains(indices, r => r.GetProperty("input").GetString() == "expert:E12"
            && r.GetProperty("statistic").GetString() == "total-order" && r.GetProperty("value").GetDouble() > 0.2);
        Assert.NotEmpty(json.RootElement.GetProperty("swings").EnumerateArray());
    }

    [Theory]
    [InlineData("--draws", "1000", "expected a power of two from 1024 to 4194304")]
    [InlineData("--draws", "512", "expected a power of two")]
    [InlineData("--width", "0%", "expected a percentage of the figure above 0, such as 10%")]
    [InlineData("--width", "narrow", "expected a percentage")]
    [InlineData("--figures", "nation.profit", "found the unknown part profit")]
    [InlineData("--rows", "none", "expected a number of at least 1, or all")]
    public void What_cannot_be_done_is_said(string option, string value, string expected)
    {
        var (exitCode, error) = CommandLineRunner.InProcess("sensitivity", option, value, "--quiet");
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains($"{option} {value}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
