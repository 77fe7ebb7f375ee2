using System.Text.Json;
using IIKernel.Balances;
using IIKernel.Calibration;
using IIKernel.Cli;
using IIKernel.Growth;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class VocabularyTests
{
    // What number formats are called by, beside the phrases.
    private static readonly Dictionary<string, string[]> Formats = new()
    {
        ["times-more"] = ["is_about", "number"],
        ["times-less"] = ["is_about", "number"],
    };

    private static readonly Type[] Phrases =
    [
        .. new[] { typeof(Warning), typeof(RunReceipt), typeof(RunVerb) }
            .SelectMany(t => t.Assembly.GetTypes()).Where(t => t.IsSubclassOf(typeof(Phrase)) && !t.IsAbstract),
    ];

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_phrase_has_words_that_say_all_of_its_arguments(Language language)
    {
        var words = Vocabulary.Of(language);
        var wanted = Phrases.ToDictionary(Phrase.TemplateOf, t => Phrase.ArgumentsOf(t).Keys.ToArray());
        foreach (var (name, arguments) in Formats) wanted.Add(name, arguments);
        Assert.Equal(wanted.Keys.Order(), words.Names.Order());
        Assert.All(wanted, phrase => Assert.Equal(phrase.Value.Order(), words.ArgumentsOf(phrase.Key).Order()));
        // A code is all that programs go by.
        Assert.All(Phrases.Where(t => t.IsSubclassOf(typeof(Warning))),
            t => Assert.EndsWith(nameof(Warning), t.Name, StringComparison.Ordinal));
    }

    public static TheoryData<Phrase, string, string> Examples => new()
    {
        {
            new FewDrawsWarning(1), "1 draw is too few for a standard error of the interval's ends; its columns stay empty.",
            "1 次抽样不足以给出区间端点的标准误；相应的列留空。"
        },
        {
            new FewDrawsWarning(1200), "1,200 draws are too few for a standard error of the interval's ends; its columns stay empty.",
            "1,200 次抽样不足以给出区间端点的标准误；相应的列留空。"
        },
        {
            new NegativeValueAddedWarning("sectors.csv", [new("005", -2.5), new("007", -1)], 3),
            "sectors.csv: value added is negative in sector 005 (-2.5), 007 (-1) and 3 more, as table.allow accepts.",
            "sectors.csv：下列部门的增加值为负：005（-2.5）, 007（-1） 以及另外 3 个；table.allow 已允许。"
        },
        {
            new NegativeFlowsWarning("flows.csv", 1, [new("001", "005", -250)], 0),
            "flows.csv holds 1 negative flow (row 001 column 005: -250).",
            "flows.csv 中有 1 个负的流量（第 001 行第 005 列：-250）。"
        },
        {
            new GrowthElasticityWarning(ProductionFactor.Labour, 1.23456, 0.1, ReturnsToScale.Free),
            "The elasticity of labour β = 1.2346 (standard error 0.1) lies outside (0, 1). Consider \"returns\": \"constant\".",
            "劳动的弹性 β = 1.2346（标准误 0.1）在 (0, 1) 之外。可考虑 \"returns\": \"constant\"。"
        },
        {
            new PosteriorNotMixedWarning(double.NaN, 1.1),
            "The potential scale reduction is –; above 1.1 the chains have not met and their draws are not to be trusted. "
            + "More --draws make them longer; targets that contradict each other leave them too little room, "
            + "which a larger --discrepancy widens.",
            "潜在尺度缩减因子为 –；高于 1.1 说明各链尚未汇合，其抽样不可信。增加 --draws 可加长各链；互相矛盾的目标留给它们的余地太小，加大 --discrepancy 可放宽。"
        },
        {
            new FlaggedFiguresWarning(DrawFlag.Infinite, Measure.Growth, 2),
            "Over all draws 2 growth rates are infinite, where the total of the year before is 0, or that of the year is beyond "
            + "the range of 64-bit numbers; the figures concerned have no mean and no sd and carry the flag infinite.",
            "在全部抽样中，2 个增长率为无穷大，原因是上一年的合计为 0，或当年的合计超出 64 位数的范围；有关的数字没有均值和标准差，带有标记 infinite。"
        },
        {
            new MagnitudeUnitsWarning("gdp.csv", new(WitnessKind.Regions, "province"), 2017, 1.5e9, "亿元", 1000,
                [new(WitnessKind.Accounts), new(WitnessKind.Table), new(WitnessKind.Output)], 1.5e6,
                new("千亿元", "亿元", "regions[0].unit"), null, null),
            "gdp.csv: the value added of the province in 2017 is 1,500,000,000 亿元, 1,000 times that of the accounts, the table "
            + "and output of the growth series (1,500,000). 千亿元 in the place of 亿元 would fit (study.json, key regions[0].unit).",
            "gdp.csv：2017 年province的增加值为 1,500,000,000 亿元，是核算账户、投入产出表和增长序列的产出（1,500,000）的 1,000 倍。"
            + "若单位是千亿元而不是亿元，则相符（study.json 的键 regions[0].unit）。"
        },
        {
            new MagnitudeTableTotalWarning("sectors.csv", 1 / 2.1, null) { More = 2 },
            "sectors.csv: its sectors together hold 1/2.1 of the accounts' value added; look for a total_output, "
            + "an intermediate_input or an account with a slipped digit. 2 more of the kind.",
            "sectors.csv：其全部部门的增加值是核算账户的 1/2.1；请检查 total_output、intermediate_input 或账户是否错位。同类情况还有 2 处。"
        },
        {
            new TargetsContradictWarning(
                12.34, 2, 0.0021, [new("nation", "", Component.Direct, 2022), new("category", "C", Component.Total, 2023)]),
            "No coefficients meet the targets together: chi-square 12.3 on 2 degrees of freedom, p = 2.1e-3; missed by the fit: "
            + "nation direct 2022, category C total 2023.",
            "没有系数能同时满足各目标：2 个自由度下卡方为 12.3，p = 2.1e-3；拟合未达到的有：全国 2022 年直接部分, 门类 C 2023 年合计。"
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_warning_becomes_sentences(Phrase phrase, string english, string chinese)
    {
        Assert.Equal(english, Vocabulary.English.Text(phrase));
        Assert.Equal(chinese, Vocabulary.Of(Language.Chinese).Text(phrase));
    }

    [Fact]
    public void A_warning_is_data_in_json_beside_its_words()
    {
        Warning warning = new PanelSkippedSectorsWarning("ballots.csv", [new("E02", ["121", "122"])], 0);
        var json = JsonSerializer.SerializeToElement(warning, JsonText.Options);
        Assert.Equal(["code", "message", "arguments"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("panel-skipped-sectors", json.GetProperty("code").GetString());
        Assert.Equal("ballots.csv: not every expert judges every sector (expert E02 sector 121, 122); "
            + "a sector's coefficient is that of the experts who judge it.", json.GetProperty("message").GetString());
        Assert.Equal("""{"file":"ballots.csv","skipped":[{"expert":"E02","sectors":["121","122"]}],"more":0}""",
            JsonSerializer.Serialize(json.GetProperty("arguments")));
    }

    [Fact]
    public void Kinds_that_are_worded_differently_share_a_code()
    {
        Assert.Equal("magnitude-regions", new MagnitudeRegionsWholeWarning("a.csv", "province", 50, 2017, true, "regions[0]").Code);
        Assert.Equal("undefined-share", new FlaggedFiguresWarning(DrawFlag.Undefined, Measure.Share, 1).Code);
        Assert.Equal("targets-contradict", new TargetPartsContradictWarning(new("nation", "", Component.Total, 2022), 3, 1, 1, 2).Code);
    }

    [Theory]
    [InlineData("a {b")]
    [InlineData("a b}")]
    [InlineData("{a, plural, one {x}}")]
    [InlineData("{a, choose, other {x}}")]
    public void A_template_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => MessageTemplate.Parse(text));
}
