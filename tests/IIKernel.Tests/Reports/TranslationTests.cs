using System.Text.RegularExpressions;
using IIKernel.Reports.Words;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>What people read on a terminal is said in both languages.</summary>
public sealed partial class TranslationTests
{
    [Fact]
    public void Every_sentence_of_the_sources_has_a_translation_and_none_is_left_over()
    {
        var said = SourceSentences.Of("src/IIKernel.Reports", "src/IIKernel.Cli");
        var own = Vocabulary.File("terminal-zh.json");
        var shared = Translation.Shared();
        var missing = said.Where(s => !own.ContainsKey(s.Key) && !shared.ContainsKey(s.Key))
            .Select(s => $"\"{s.Key}\": {string.Join(", ", s)}");
        Assert.True(!missing.Any(), string.Join('\n', missing));
        Assert.DoesNotContain(own.Keys, format => !said.Contains(format));
        // One term, one word: what the page says already is not translated again.
        Assert.DoesNotContain(own.Keys, shared.ContainsKey);
    }

    // Outcomes of known answers are codes, alike in every language, and notes a sheet of the workbook that new writes.
    [Fact]
    public void Nothing_is_shown_that_is_not_said() => Assert.Equal(
        "\"PASS\" \"NOTE\" \"DIFF\" \"notes\"", string.Join(' ', SourceSentences.Unsaid("src/IIKernel.Reports", "src/IIKernel.Cli")));

    [Fact]
    public void A_translation_says_every_argument_of_its_sentence()
    {
        var own = Vocabulary.File("terminal-zh.json");
        Assert.NotEmpty(own);
        foreach (var (english, chinese) in own)
        {
            Assert.Equal(Places(english), Places(chinese));
            Assert.Contains(chinese, c => c is >= '\u4E00' and <= '\u9FFF' || c is '。' or '，' or '：');
        }

        static IEnumerable<string> Places(string format) => Place().Matches(format).Select(m => m.Value).Distinct().Order();
    }

    [GeneratedRegex(@"\{[0-9]+[^}]*\}")]
    private static partial Regex Place();
}
