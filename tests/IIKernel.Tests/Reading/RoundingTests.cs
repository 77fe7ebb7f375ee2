using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class RoundingTests
{
    private const string Header = "scope,code,year,component,value,kind\n";

    [Theory]
    [InlineData("12600", "13500", 100, 100), InlineData("32000", "33400", 100, 100), InlineData("12600", "13512", 1, 1)]
    [InlineData("37.99", "13500", 0.01, 0.01), InlineData("40.0", "1e3", 0.1, 0.1), InlineData("1e3", "2000", 1000, 1000)]
    public void An_unstated_rounding_is_the_finest_place_printed_in_the_scope_and_part(string first,
        string second, double expected, double other)
    {
        var figures = Read($"nation,,2022,direct,{first},published\nnation,,2023,direct,{second},forecast\n");
        Assert.Equal(expected, figures[0].Rounding, 1e-12 * expected);
        Assert.Equal(other, figures[1].Rounding, 1e-12 * other);
        Assert.All(figures, f => Assert.False(f.RoundingStated));
    }

    [Fact]
    public void Other_scopes_and_parts_say_nothing_and_a_zero_has_the_place_of_its_siblings()
    {
        var figures =
            Read("nation,,2022,direct,12600,published\nnation,,2022,indirect,31999,published\nnation,,2023,direct,13500,forecast\n"
            + "nation,,2021,direct,0,published\ngroup,1,2022,direct,7,published\n");
        Assert.Equal([100.0, 1, 100, 100, 1], figures.Select(f => f.Rounding));
    }

    [Theory]
    [InlineData("1000"), InlineData("0"), InlineData("32000"), InlineData("7")]
    public void A_figure_without_another_beside_it_is_not_taken_for_rounded(string value)
    {
        Assert.Equal(1, Assert.Single(Read($"nation,,2022,direct,{value},published\n")).Rounding);
        // Nor are equal ones.
        Assert.All(Read($"nation,,2022,direct,{value},published\nnation,,2023,direct,{value},published\n"),
            f => Assert.Equal(1, f.Rounding));
    }

    [Fact]
    public void A_stated_rounding_counts_for_its_own_figure_and_for_those_beside_it()
    {
        using var editor = new StudyEditor();
        editor.Write("published.csv",
            "scope,code,year,component,value,kind,rounding\nnation,,2022,direct,12600,published,50\nnation,,2023,direct,13500,forecast,\n");
        Assert.Equal([(50.0, true), (50.0, false)], editor.Read().Published.Select(f => (f.Rounding, f.RoundingStated)));
        editor.SetCell("published.csv", "scope=nation,year=2022,component=direct", "rounding", "0");
        editor.Refuses("published.csv", "column rounding", "\"0\"", "a positive number");
    }

    private static IReadOnlyList<PublishedFigure> Read(string rows)
    {
        using var editor = new StudyEditor();
        editor.Write("published.csv", Header + rows);
        return editor.Read().Published;
    }
}
