using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>What the documents show of what is printed.</summary>
public sealed class DocumentedOutputTests
{
    [Fact]
    public void The_documented_table_is_what_compare_prints_for_the_official_study()
    {
        var (exitCode, text, error) = CommandLineRunner.Process(
            ["compare", TestData.OfficialStudy("china-2017"), "--markdown", "--backend", "simd"]);
        Assert.True(exitCode == 0, error);
        var document = File.ReadAllText(Path.Combine(RepositoryTests.Root, "docs", "analyses.md"));
        const string begin = "<!-- compare: china-2017 -->\n";
        var start = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.Equal(text, document[start..document.IndexOf("<!-- end -->", start, StringComparison.Ordinal)]);
    }

    // Some rows are left out there, and the two lines of the machine are of another one.
    [Fact]
    public void What_is_documented_of_the_first_command_is_what_it_prints()
    {
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "run");
        Assert.True(exitCode == 0, error);
        var document = File.ReadAllText(Path.Combine(RepositoryTests.Root, "docs", "commands.md"));
        const string begin = "```text\nDemonstration";
        var start = document.IndexOf(begin, StringComparison.Ordinal) + begin.IndexOf('D', StringComparison.Ordinal);
        var shown = document[start..document.IndexOf("```", start, StringComparison.Ordinal)].Split('\n').Where(IsOfEveryMachine).ToArray();
        Assert.True(shown.Length > 40);
        var printed = new Queue<string>(text.Split('\n').Select(line => line.TrimEnd()));
        foreach (var line in shown)
        {
            while (printed.TryPeek(out var next) && next != line) printed.Dequeue();
            Assert.True(printed.TryDequeue(out _), $"Not printed, or not in this order: {line}");
        }

        static bool IsOfEveryMachine(string line) => line.Length > 0
            && !line.Contains(" draws, seed ", StringComparison.Ordinal) && !line.Contains(" sampling", StringComparison.Ordinal);
    }
}
