using System.Text.RegularExpressions;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Words;
using IIKernel.Tests.Repository;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed partial class ReportWordsTests
{
    [Fact]
    public void Both_languages_say_the_same_sentences_with_the_same_arguments()
    {
        var (english, chinese) = (Vocabulary.OfReports(Language.English), Vocabulary.OfReports(Language.Chinese));
        Assert.Equal(english.Names, chinese.Names);
        Assert.All(english.Names, name => Assert.Equal(english.ArgumentsOf(name).Order(), chinese.ArgumentsOf(name).Order()));
    }

    [Fact]
    public void Every_sentence_is_said_somewhere()
    {
        var text = string.Concat(Directory.GetFiles(Path.Combine(RepositoryTests.Root, "src", "IIKernel.Reports", "Pages"), "*.cs")
            .Select(File.ReadAllText));
        var literals = Literal().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();
        // Names that are made of two parts, of which the second is a word in the code or a value of an enumeration.
        string[] prefixes = ["section-", "measure-", "column-", "outcome-", "fact-", "reading-", "kind-", "verdict-"];
        string[] values = ["total", "direct", "indirect", "share", "growth", "nation", "category", "group", "holds", "fails", "undefined"];
        Assert.All(Vocabulary.OfReports(Language.English).Names, name => Assert.True(
            literals.Contains(name) || prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)
                && (literals.Contains(name[p.Length..]) || values.Contains(name[p.Length..]))), name));
    }

    [Fact]
    public void Names_of_things_are_translated_as_far_as_they_are_known()
    {
        Assert.Equal("Manufacturing", ReportWords.Of(Language.English).Name("制造业"));
        Assert.Equal("省份", ReportWords.Of(Language.Chinese).Name("provinces"));
        Assert.Equal("anything", ReportWords.Of(Language.Chinese).Name("anything"));
        foreach (var category in TestData.Demonstration.Categories.Categories)
            Assert.NotEqual(category.Name, ReportWords.Of(Language.English).Name(category.Name));
    }

    [GeneratedRegex("\"([a-z][a-z_-]*)\"")]
    private static partial Regex Literal();
}
