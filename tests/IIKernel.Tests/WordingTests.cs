using Xunit;

namespace IIKernel.Tests;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0, "draw", null, "0 draws")]
    [InlineData(1, "draw", null, "1 draw")]
    [InlineData(12_000, "draw", null, "12,000 draws")]
    [InlineData(1, "category", "categories", "1 category")]
    [InlineData(2, "category", "categories", "2 categories")]
    public void Nouns_are_counted(long count, string noun, string? plural, string expected) =>
        Assert.Equal(expected, Wording.Count(count, noun, plural));

    [Theory]
    [InlineData(1.5, "+1.50", "+1.50 %", "1.50")]
    [InlineData(-0.2, "−0.20", "−0.20 %", "−0.20")]
    [InlineData(0.001, "0.00", "0.00 %", "0.00")]
    [InlineData(-0.001, "0.00", "0.00 %", "0.00")]
    [InlineData(-0.0, "0.00", "0.00 %", "0.00")]
    [InlineData(-1234567, "−1234567.00", "−1234567.00 %", "−1234567.00")]
    [InlineData(double.NaN, "–", "–", "–")]
    [InlineData(double.PositiveInfinity, "–", "–", "–")]
    [InlineData(double.NegativeInfinity, "–", "–", "–")]
    public void Signs_belong_to_numbers_that_are_not_nothing(double value, string signed, string percent, string plain)
    {
        Assert.Equal(signed, Wording.Signed(value, 2));
        Assert.Equal(percent, Wording.Percent(value, 2));
        Assert.Equal(plain, Wording.Fixed(value, 2));
    }

    [Theory]
    [InlineData("plain 亿元 𠀀 naïve", "plain 亿元 𠀀 naïve")]
    [InlineData("a\nb\tc", @"a\u000Ab\u0009c")]
    [InlineData("\u001B[31mred", @"\u001B[31mred")]
    [InlineData("\u202Egpj", @"\u202Egpj")]
    public void A_line_of_a_terminal_shows_what_cannot_be_seen(string text, string expected) =>
        Assert.Equal(expected, Wording.OneLine(text));

    [Fact]
    public void Half_of_a_character_is_shown_as_an_escape() => Assert.Equal(@"a\uD800x\uDC00", Wording.OneLine("a\uD800x\uDC00"));
}
