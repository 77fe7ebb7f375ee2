using System.Globalization;
using System.Text.Json;
using IIKernel.Model;
using Xunit;

namespace IIKernel.Tests.Pages;

/// <summary>The page as a browser shows it.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Shown = "[...document.querySelectorAll('.lang')].filter(l => getComputedStyle(l).display !== 'none')";

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_browser_draws_every_chart_and_everything_on_the_page_works()
    {
        await using var browser = await Open();
        Assert.Equal("en", await browser.Evaluate($"{Shown}.map(l => l.dataset.lang).join()"));
        Assert.Equal("0", await Undrawn());
        Assert.Equal("true", await browser.Evaluate($"{Shown}[0].querySelectorAll('svg').length > 20"));

        // Language.
        await browser.Evaluate($"{Shown}[0].querySelector('[data-switch=lang]').click()");
        Assert.Equal("zh", await browser.Evaluate($"{Shown}.map(l => l.dataset.lang).join()"));
        Assert.Equal("zh-Hans", await browser.Evaluate("document.documentElement.lang"));
        Assert.Equal("0", await Undrawn());

        // Theme.
        var light = await Background();
        await browser.Evaluate($"{Shown}[0].querySelector('[data-switch=theme]').click()");
        var dark = await Background();
        Assert.NotEqual(light, dark);
        await browser.Evaluate($"{Shown}[0].querySelector('[data-switch=theme]').click()");
        Assert.Equal(light, await Background());

        // Search.
        const string rows = "[...document.querySelectorAll('#zh-sector-rows tbody tr')]";
        var sectors = TestData.FullDemonstration.Table.Sectors;
        Assert.Equal($"{sectors.Count}", await browser.Evaluate($"{rows}.filter(r => r.offsetParent).length"));
        var word = sectors[0].Name;
        await browser.Evaluate($"(() => {{ const f = document.getElementById('zh-search'); f.value = '{word}'; "
            + "f.dispatchEvent(new Event('input')); })()");
        Assert.Equal($"{sectors.Count(s => s.Name.Contains(word, StringComparison.Ordinal))}",
            await browser.Evaluate($"{rows}.filter(r => r.offsetParent).length"));

        // Links within the page lead somewhere.
        Assert.Equal("0", await browser.Evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.getAttribute('href'))).length"));

        // A slider moves the nation's total in both languages; the button takes it back.
        const string total = "document.querySelectorAll('[data-entity=\"0\"]')[0].cells[1].textContent";
        var before = await browser.Evaluate(total);
        await browser.Evaluate("(() => { const s = document.getElementById('zh-s-0'); s.value = 0.9; "
            + "s.dispatchEvent(new Event('input')); })()");
        Assert.NotEqual(before, await browser.Evaluate(total));
        Assert.Equal("0.9", await browser.Evaluate("document.getElementById('en-s-0').value"));
        await browser.Evaluate("document.querySelector('[data-reset]').click()");
        Assert.Equal(before, await browser.Evaluate(total));
        Assert.Empty(browser.Complaints);

        Task<string?> Background() => browser.Evaluate("getComputedStyle(document.body).backgroundColor");

        Task<string?> Undrawn() => browser.Evaluate($"{Shown}.flatMap(l => [...l.querySelectorAll('svg')])"
            + ".filter(s => { const b = s.getBoundingClientRect(); return !(b.width > 100 && b.height > 50 && s.childElementCount > 3); })"
            + ".length");
    }

    [Fact]
    public async Task What_if_is_the_estimate_of_the_study_with_other_coefficients()
    {
        var study = TestData.FullDemonstration with { Panel = null };
        await using var browser = await Open();
        var random = new Random(7);
        for (var trial = 0; trial < 10; trial++)
        {
            double[] s = [.. study.Coefficients.Select(_ => random.NextDouble())];
            var expected = PointModel.Estimate(study with
            {
                Coefficients = [.. study.Coefficients.Select((c, k) => c with { Point = s[k], Distribution = null })],
            });
            var text = await browser.Evaluate($"JSON.stringify(window.iikernel.evaluate([{string.Join(',',
                s.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]))");
            using var years = JsonDocument.Parse(text!);
            Assert.Equal(study.Years.Count, years.RootElement.GetArrayLength());
            for (var t = 0; t < study.Years.Count; t++)
            {
                var entities = years.RootElement[t];
                Assert.Equal(EntityList.Of(study).Count, entities.GetArrayLength());
                for (var e = 0; e < entities.GetArrayLength(); e++)
                {
                    Near(expected.Direct[t, e], entities[e].GetProperty("direct").GetDouble());
                    Near(expected.Indirect[t, e], entities[e].GetProperty("indirect").GetDouble());
                    Near(expected.Total(t, e), entities[e].GetProperty("total").GetDouble());
                }
            }
        }

        Assert.Empty(browser.Complaints);

        static void Near(double expected, double found) =>
            Assert.True(Math.Abs(found - expected) <= 1e-12 * Math.Max(Math.Abs(expected), 1e-3), $"{found} for {expected}");
    }

    [Fact]
    public async Task Readers_with_other_senses_can_use_it()
    {
        var axe = Environment.GetEnvironmentVariable("IIKERNEL_AXE");
        Assert.SkipUnless(axe is not null && File.Exists(axe), "no axe-core: IIKERNEL_AXE names no file; .ci/get-axe.sh gets it");
        await using var browser = await Open();
        await browser.Evaluate(await File.ReadAllTextAsync(axe!, TestContext.Current.CancellationToken));
        foreach (var theme in new[] { "light", "dark" })
        {
            foreach (var language in new[] { "en", "zh-Hans" })
            {
                await browser.Evaluate($"document.documentElement.lang = '{language}'; document.documentElement.dataset.theme = '{theme}'");
                Assert.Equal("", await browser.Evaluate("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations"
                    + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                    + ".map(v => v.id + ': ' + v.nodes[0].html.slice(0, 300) + v.nodes[0].failureSummary).join('\\n'))"));
            }
        }
    }

    private async Task<Chromium> Open()
    {
        Assert.SkipUnless(Chromium.Program is not null, "no Chromium on the PATH");
        var page = Path.Combine(_folder, "report.html");
        await File.WriteAllBytesAsync(page, PageOf.Bytes(PageOf.Demonstration), TestContext.Current.CancellationToken);
        return await Chromium.Open(page);
    }
}
