using IIKernel.Reading;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class FigureIndexTests
{
    private static readonly CompiledStudy Compiled = new(StudyReader.ReadDemonstration());
    private static readonly FigureIndex Index = new(Compiled.Keys);

    [Fact]
    public void Every_figure_is_found_by_its_name_and_by_what_the_command_line_makes_of_it() => Assert.All(Compiled.Keys, key =>
    {
        var reference = FigureIndex.Reference(key);
        Assert.Same(key, Index.Find(reference));
        Assert.Same(key, Assert.Single(Index.Select(reference.ToString())));
    });

    [Theory]
    [InlineData("provinces.total.2022", 31)]
    [InlineData("provinces:440000.growth", 6)]
    [InlineData("nation.share", 7)]
    [InlineData("sector.direct", 149)]
    [InlineData("group.indirect.2017", 3)]
    public void A_pattern_selects_what_it_leaves_open(string pattern, int count) => Assert.Equal(count, Index.Select(pattern).Count);

    [Fact]
    public void The_figures_of_a_scope_come_in_the_order_of_the_study() => Assert.Equal(
        Compiled.Study.RegionSets[0].Regions.Select(r => r.Code),
        Index.Of("provinces", 2022, Component.Total, Measure.Value).Select(k => k.Code));

    [Theory]
    [InlineData("nation", "expected SCOPE[:CODE].PART[.YEAR]")]
    [InlineData("province.total.2022", "found the unknown scope province. Did you mean provinces? Expected nation, category")]
    [InlineData("nation.totl", "found the unknown part totl. Did you mean total?")]
    [InlineData("nation:86.total", "found the code 86 of the nation, which has none.")]
    [InlineData("provinces:X.total", "found the unknown code of provinces X. Expected 110000")]
    [InlineData("nation.growth.2017", "no growth of nation in 2017; expected 2018 to 2023.")]
    [InlineData("sector.growth", "sector has no figures of growth; expected direct, indirect, total.")]
    public void What_is_not_understood_is_told(string pattern, string message) =>
        Assert.StartsWith(message, Assert.Throws<FigurePatternException>(() => Index.Select(pattern)).Message, StringComparison.Ordinal);
}
