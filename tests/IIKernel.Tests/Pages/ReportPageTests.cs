using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Reports.Pages;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed partial class ReportPageTests
{
    private const int MostBytes = 3_000_000;
    private const string Hostile = "<script>alert(1)</script>\" onload='x' &amp; </svg>\u202E";

    private static readonly string Page = Encoding.UTF8.GetString(PageOf.Bytes(PageOf.Demonstration));

    [Fact]
    public void A_page_is_well_formed_and_small_and_the_same_for_the_same_run()
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(Page), 100_000, MostBytes);
        Assert.Equal(Page, Encoding.UTF8.GetString(PageOf.Bytes(PageOf.Content(TestData.FullDemonstration, 2000))));
        var ids = Parsed(Page).Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>().ToArray();
        Assert.Equal(ids.Distinct().Count(), ids.Length);
    }

    [Fact]
    public void Both_languages_have_the_same_sections_and_figures()
    {
        var ids = Parsed(Page).Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>().ToArray();
        var (english, chinese) = (Of("en-"), Of("zh-"));
        Assert.Equal(english, chinese);
        foreach (var section in new[]
        {
            "headline", "notes", "nation", "regions", "industries", "sectors", "drivers", "claims", "what-if", "balances", "receipt",
            "reading", "figure-nation", "figure-regions-1", "figure-regions-1-map", "figure-categories", "figure-groups",
            "figure-swings", "figure-sources", "figure-indices",
        })
            Assert.Contains(section, english);

        string[] Of(string language) => [.. ids.Where(id => id.StartsWith(language, StringComparison.Ordinal)).Select(id => id[3..])];
    }

    [Fact]
    public void The_white_papers_figures_have_their_counterparts()
    {
        var list = File.ReadAllText(Path.Combine(Repository.RepositoryTests.Root, "docs", "report.md"));
        var anchors = Anchor().Matches(list[list.IndexOf("## The white paper", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value);
        Assert.Equal(12, anchors.Count());
        var ids = Parsed(Page).Descendants("figure").Select(e => e.Attribute("id")!.Value).ToHashSet();
        Assert.All(anchors, anchor =>
        {
            Assert.Contains("en-" + anchor, ids);
            Assert.Contains("zh-" + anchor, ids);
        });
    }

    [Fact]
    public void Inner_levels_are_told_from_the_first_draws_alone()
    {
        var most = ReportContent.MostCountedDraws;
        var (more, first) = (PageOf.Content(TestData.Demonstration, most + 1000), PageOf.Content(TestData.Demonstration, most));
        Assert.Equal(first.Inner.Select(l => l.Level), more.Inner.Select(l => l.Level));
        foreach (var (a, b) in first.Inner.Zip(more.Inner))
            Assert.Equal(a.Statistics.OrderBy(s => s.Key), b.Statistics.OrderBy(s => s.Key));
    }

    [Fact]
    public void Every_figure_has_a_caption_a_text_and_its_numbers()
    {
        var page = Parsed(Page);
        var ids = page.Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>().ToHashSet();
        var figures = page.Descendants("figure").ToArray();
        Assert.NotEmpty(figures);
        Assert.All(figures, figure =>
        {
            Assert.NotEmpty(figure.Element("figcaption")!.Value);
            Assert.All(figure.Descendants().Where(e => e.Name.LocalName == "svg"), svg =>
            {
                Assert.Equal("img", svg.Attribute("role")!.Value);
                Assert.Contains(svg.Attribute("aria-labelledby")!.Value, ids);
                Assert.Contains(svg.Attribute("aria-describedby")!.Value, ids);
                Assert.NotEmpty(svg.Elements());
            });
            var link = figure.Descendants("a").Single(a => a.Attribute("download") is not null).Attribute("href")!.Value;
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(link[(link.IndexOf(',', StringComparison.Ordinal) + 1)..]));
            var lines = text.TrimStart('\uFEFF').TrimEnd('\n').Split('\n');
            Assert.Equal(figure.Descendants("tbody").Single().Elements("tr").Count(), lines.Length - 1);
        });
    }

    [Fact]
    public void Files_of_numbers_hold_the_runs_own_in_full_precision()
    {
        var total = PageOf.Demonstration.Summary.Estimates.First(e => e.Key is { Year: 2022, Component: Component.Total });
        var link = Parsed(Page).Descendants("a").First(a => a.Attribute("download")?.Value == "nation.csv").Attribute("href")!.Value;
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(link[(link.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        var header = text.TrimStart('\uFEFF').Split('\n')[0].Split(',');
        var row = text.Split('\n').Select(l => l.Split(',')).First(l => l[0] == "2022" && l[1] == "total");
        Assert.Equal(total.Key.Point, TestData.Number(row[Array.IndexOf(header, "point")]));
        Assert.Equal(total.Statistics.Lower, TestData.Number(row[Array.IndexOf(header, "lower_95")]));
        Assert.Equal(total.Statistics.Upper, TestData.Number(row[Array.IndexOf(header, "upper_95")]));
        Assert.Equal("44600", row[Array.IndexOf(header, "published")]);
        // The narrower lies within the wider.
        Assert.True(TestData.Number(row[Array.IndexOf(header, "lower_80")]) > total.Statistics.Lower);
        Assert.True(TestData.Number(row[Array.IndexOf(header, "upper_50")]) < TestData.Number(row[Array.IndexOf(header, "upper_80")]));
    }

    [Fact]
    public void Nothing_runs_or_loads_but_what_stands_in_the_page()
    {
        var (style, script) = (Style().Match(Page).Groups[1].Value, Script().Match(Page).Groups[1].Value);
        var policy = Parsed(Page).Descendants("meta").Single(m => m.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        foreach (var text in new[] { style, script })
        {
            Assert.NotEmpty(text);
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);
        }

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        var others = Page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http://", others, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Parsed(Page).Descendants().Attributes(), a => a.Name.LocalName is "style" or "src"
            || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_stay_names()
    {
        var demonstration = TestData.Demonstration;
        var set = demonstration.RegionSets[0];
        var study = demonstration with
        {
            Name = Hostile,
            Note = Hostile,
            RegionSets =
            [
                set with { Name = Hostile, Regions = [.. set.Regions.Select(r => r with { Name = Hostile, NameEnglish = Hostile })] },
            ],
            Categories = demonstration.Categories with
            {
                Categories = [.. demonstration.Categories.Categories.Select(c => c with { Name = Hostile })],
            },
        };
        var page = Encoding.UTF8.GetString(PageOf.Bytes(PageOf.Content(study, 200)));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        var parsed = Parsed(page);
        Assert.Contains("<script>alert(1)</script>", parsed.Descendants("h1").First().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(parsed.Descendants().Attributes(), a => a.Name.LocalName == "onload");
        Assert.DoesNotContain('<', Plan().Match(page).Groups[1].Value);
        using var plan = JsonDocument.Parse(Plan().Match(page).Groups[1].Value);
    }

    [Fact]
    public void A_drawn_table_has_its_bias_on_the_page_and_a_certain_one_has_none()
    {
        Assert.DoesNotContain("en-bias", Page, StringComparison.Ordinal);
        var content = PageOf.Content(TestData.FlowDemonstration, 40);
        var ledger = BiasLedger.Of(
            new(TestData.FlowDemonstration), BackendCatalog.Processor(1), content.Summary.Sampling, UncertaintySources.All);
        var page = Parsed(Encoding.UTF8.GetString(PageOf.Bytes(content with { Summary = content.Summary with { Bias = ledger } })));
        foreach (var language in new[] { "en", "zh" })
        {
            var section = page.Descendants("section").Single(s => s.Attribute("id")!.Value == language + "-bias");
            Assert.Contains(section.Elements("p"), p => p.Value.Contains("40", StringComparison.Ordinal));
            Assert.Contains(page.Descendants("nav").Descendants("a"), a => a.Attribute("href")!.Value == $"#{language}-bias");
            var link = section.Descendants("a").Single().Attribute("href")!.Value;
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(link[(link.IndexOf(',', StringComparison.Ordinal) + 1)..]));
            var lines = text.TrimStart('\uFEFF').TrimEnd('\n').Split('\n');
            Assert.Equal("year,part,point,bias,se_bias,inputs,se_inputs,table,se_table", lines[0]);
            var nation = ledger.Where(e => e.Key.Kind == EntityKind.Nation).ToArray();
            Assert.Equal(3 * TestData.FlowDemonstration.Years.Count, nation.Length);
            Assert.Equal(nation.Length, section.Descendants("tbody").Single().Elements("tr").Count());
            foreach (var (e, line) in nation.Zip(lines[1..]))
            {
                Assert.Equal([e.Key.Point, e.Bias, e.BiasError, e.Inputs, e.InputsError, e.Table, e.TableError],
                    line.Split(',')[2..].Select(TestData.Number));
            }
        }
    }

    [Fact]
    public void One_draw_has_a_page_too()
    {
        var page = Parsed(Encoding.UTF8.GetString(PageOf.Bytes(PageOf.Content(TestData.FullDemonstration, 1))));
        Assert.NotEmpty(page.Descendants("figure"));
    }

    // Script and style are no markup; all else is XML too.
    private static XElement Parsed(string page)
    {
        var body = Style().Replace(Script().Replace(Plan().Replace(page, ""), ""), "");
        return XElement.Parse(body[body.IndexOf("<html", StringComparison.Ordinal)..]);
    }

    [GeneratedRegex(@"^\|.*\| `(figure-[a-z0-9-]+)` \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Anchor();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<script type=\"application/json\" id=\"plan\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Plan();
}
