using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class ChoicesVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-choices-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_prints_choices_against_chance_and_writes_every_combination()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            80, "sensitivity", "--choices", "choices.json", "--draws", "500", "--out", _folder);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain(text.Split('\n'), line => TextWidth.Of(line) > 80);
        foreach (var part in new[] { "16 combinations, all that there are", "First 5 of 16 combinations", "Share of the variance" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        var rows = File.ReadAllLines(Path.Combine(_folder, "choices.csv")).Select(StudyEditor.Split).ToArray();
        Assert.Equal("combination,returns,window,operator,fixed,year,component,unit,point,mean,sd,lower,upper,se_mean,se_sd,level,draws",
            string.Join(',', rows[0]).TrimStart('\uFEFF'));
        Assert.Equal(16 * 6, rows.Length - 1);

        // Shares of factors, interactions and chance add up; choices are the sum of the former.
        var parts = File.ReadAllLines(Path.Combine(_folder, "choice-variance.csv")).Skip(1).Select(StudyEditor.Split).ToArray();
        Assert.All(parts.GroupBy(p => (p[0], p[1])), figure =>
        {
            var shares = figure.ToDictionary(p => p[2], p => TestData.Number(p[4]));
            Assert.Equal(4 + 6 + 1 + 2, shares.Count);
            Assert.Equal(1, shares.Where(s => s.Key != "choices").Sum(s => s.Value), 1e-12);
            Assert.Equal(1 - shares["chance"], shares["choices"], 1e-12);
        });

        var receipt = Path.Combine(_folder, "sensitivity-choices.json");
        using (var document = JsonDocument.Parse(File.ReadAllText(receipt)))
        {
            Assert.Contains("choices.json", document.RootElement.GetProperty("inputs").EnumerateArray()
                .Select(i => i.GetProperty("path").GetString()));
        }

        Assert.Equal(0, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
        var changed = JsonNode.Parse(File.ReadAllText(receipt))!.AsObject();
        changed["outputs"] = new JsonArray();
        File.WriteAllText(receipt, changed.ToJsonString());
        Assert.Equal(1, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
    }

    [Fact]
    public void A_file_elsewhere_is_an_input_of_its_own_and_json_has_the_names_of_the_columns()
    {
        using var editor = new StudyEditor();
        var file = Path.Combine(_folder, "mine.json");
        File.WriteAllText(file, """
            { "factors": [{ "name": "returns", "options": [
              { "name": "a" }, { "name": "b", "set": { "growth": { "returns": "free" } } }] }] }
            """);
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.OnPage(
            80, "sensitivity", editor.Folder, "--choices", file, "--draws", "300", "--json", "--out", output);
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(text);
        var rows = json.RootElement.GetProperty("choices");
        Assert.Equal(2 * 6, rows.GetArrayLength());
        Assert.Equal(File.ReadLines(Path.Combine(output, "choices.csv")).First().TrimStart('\uFEFF').Split(','),
            rows[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
        File.AppendAllText(file, "\n");
        Assert.Equal(1, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
    }

    [Theory]
    [InlineData("--choices nowhere.json", "nowhere.json: found no such file; expected a file of choices")]
    [InlineData("--choices choices.json --width 10%", "--choices, --width: found both")]
    [InlineData("--choices choices.json --figures nation.total", "--choices, --figures: found both")]
    [InlineData("--choices choices.json --second-order", "--choices, --second-order: found both")]
    [InlineData("--choices choices.json --rows none", "expected a number of at least 1, or all.")]
    public void What_is_wrong_is_said_and_nothing_is_written(string options, string message)
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, error) = CommandLineRunner.InProcess(["sensitivity", .. options.Split(' '), "--out", output]);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }
}
