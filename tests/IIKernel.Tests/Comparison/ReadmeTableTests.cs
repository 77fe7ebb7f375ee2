using IIKernel.Tests.Repository;
using Xunit;

namespace IIKernel.Tests.Comparison;

public sealed class ReadmeTableTests
{
    [Fact]
    public void The_readmes_table_is_what_compare_prints_for_the_official_study()
    {
        var (exitCode, text, error) = CommandLineRunner.Process(
            ["compare", TestData.OfficialStudy("china-2017"), "--markdown", "--backend", "simd"]);
        Assert.True(exitCode == 0, error);
        var readme = File.ReadAllText(Path.Combine(RepositoryTests.Root, "README.md"));
        const string begin = "<!-- compare: china-2017 -->\n";
        var start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.Equal(text, readme[start..readme.IndexOf("<!-- end -->", start, StringComparison.Ordinal)]);
    }
}
