using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IIKernel.Cli;
using IIKernel.Reports.Charts;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Plots;
using IIKernel.Reports.Words;
using SkiaSharp;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed partial class PlotTests : IDisposable
{
    private const string WithoutChinese = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    private const string Hostile = "<script>alert(1)</script>\" onload='x' &amp; </svg>\u202E../../x";

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-plots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_figure_is_an_image_with_all_its_labels(Language language)
    {
        var content = PageOf.Demonstration;
        var study = content.Summary.Study;
        var figures = new ReportFigures(new(content), ReportWords.Of(language));
        var drivers = figures.Drivers().Select(f => f.Id).ToArray();
        Assert.Equal(figures.All().Select(f => f.Id).Except(drivers).Order(), ReportFigures.Plotted(study).Order());
        var characters = ReportFigures.Characters(study, ReportWords.Of(language)).ToHashSet();

        var plots = PlotFiles.Of(study, ["svg"], language, null);
        var files = plots.Of(content);
        Assert.Equal(plots.Names(study), files.Select(f => f.Name));
        foreach (var figure in figures.All().Where(f => !drivers.Contains(f.Id)))
        {
            var svg = Svg(files.Single(f => f.Name == $"plot-{figure.Id}.svg").Write);
            Assert.Equal(figure.Title, svg.Elements().First().Value);
            var texts = Texts(svg);
            Assert.All(figure.Panels.SelectMany(p => p.Chart.Shapes).OfType<TextShape>(), t => Assert.Contains(t.Text, texts));
            Assert.StartsWith(Letters(figure.Title), Letters(string.Concat(texts)), StringComparison.Ordinal);
            Assert.EndsWith(Letters(figure.Caption), Letters(string.Concat(texts)), StringComparison.Ordinal);
            // A font is chosen for these before anything is drawn.
            Assert.All(texts.SelectMany(ImageChart.Shown), c => Assert.Contains(c, characters));
        }
    }

    [Fact]
    public void Pixels_and_pages_hold_every_figure_and_are_the_same_for_the_same_run()
    {
        var content = PageOf.Demonstration;
        var study = content.Summary.Study;
        Assert.SkipUnless(PlotFont.Find(ReportFigures.Characters(study, ReportWords.Of(Language.Chinese))) is not null,
            "no font with Chinese characters on this machine");
        var plots = PlotFiles.Of(study, ["png", "pdf"], Language.Chinese, null);
        var files = plots.Of(content);
        Assert.Equal(plots.Names(study), files.Select(f => f.Name));
        foreach (var file in files)
        {
            var bytes = Bytes(file.Write);
            Assert.True(bytes.AsSpan().SequenceEqual(Bytes(file.Write)), file.Name);
            if (file.Name.EndsWith(".png", StringComparison.Ordinal))
            {
                using var image = SKBitmap.Decode(bytes);
                Assert.InRange(image.Width, 1200, 4000);
                Assert.True(image.Pixels.Distinct().Take(20).Count() == 20, file.Name);
            }
            else
            {
                AssertEmbedsFonts(bytes);
            }
        }
    }

    [Fact]
    public void A_pdf_embeds_a_TrueType_font_as_it_is()
    {
        Assert.SkipUnless(File.Exists(WithoutChinese), $"no {WithoutChinese} on this machine");
        var content = PageOf.Demonstration;
        var file = PlotFiles.Of(content.Summary.Study, ["pdf"], Language.English, WithoutChinese).Of(content)[0];
        var bytes = Bytes(file.Write);
        AssertEmbedsFonts(bytes);
        Assert.Contains("/FontFile2", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_says_how_large_it_is_on_paper()
    {
        Assert.SkipUnless(File.Exists(WithoutChinese), $"no {WithoutChinese} on this machine");
        var chart = new Chart(72, 36, [new TextShape(10, 20, "A", Anchor.Start, 11, Ink.Text)]);
        var bytes = Bytes(stream => ImageChart.WritePng(stream, chart, PlotFont.Of(WithoutChinese)!));
        using var image = SKBitmap.Decode(bytes);
        // 72 points are an inch.
        Assert.Equal((216, 108), (image.Width, image.Height));
        Assert.Equal("pHYs", Encoding.ASCII.GetString(bytes, 37, 4));
        // 216 pixels an inch, an inch being 0.0254 m: 8503.94 pixels a metre.
        Assert.Equal(8504, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(41)));
        Assert.Equal(8504, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(45)));
        Assert.Equal(1, bytes[49]);
        // The check sum is computed as the encoder computes that of its own first chunk.
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(29)), ImageChart.Crc32(bytes.AsSpan(12, 17)));
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(50)), ImageChart.Crc32(bytes.AsSpan(37, 13)));
    }

    [Fact]
    public void A_font_that_lacks_characters_and_what_is_no_font_are_refused()
    {
        Assert.SkipUnless(File.Exists(WithoutChinese), $"no {WithoutChinese} on this machine");
        var study = PageOf.Demonstration.Summary.Study;
        var refused = Assert.Throws<PlotException>(() => PlotFiles.Of(study, ["svg", "png"], Language.Chinese, WithoutChinese));
        Assert.Contains("DejaVu Sans, which lacks", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Noto Sans CJK", refused.Message, StringComparison.Ordinal);
        Assert.Equal("DejaVu Sans", PlotFiles.Of(study, ["png"], Language.English, WithoutChinese).Font!.Typeface.FamilyName);
        Assert.Null(PlotFont.Of(typeof(PlotTests).Assembly.Location));
    }

    [Fact]
    public void Names_stay_names()
    {
        var demonstration = TestData.Demonstration;
        var set = demonstration.RegionSets[0];
        var study = demonstration with
        {
            RegionSets =
            [
                set with { Name = Hostile, Regions = [.. set.Regions.Select(r => r with { Name = Hostile, NameEnglish = Hostile })] },
            ],
        };
        var plots = PlotFiles.Of(study, ["svg"], Language.English, null);
        foreach (var file in plots.Of(PageOf.Content(study, 200)))
        {
            Assert.Matches("^plot-[a-z0-9-]+\\.svg$", file.Name);
            var svg = Svg(file.Write);
            Assert.DoesNotContain('\u202E', svg.ToString());
            Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
            Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a => a.Name.LocalName == "onload");
        }
    }

    [Fact]
    public void Images_have_the_pages_colours()
    {
        var page = Encoding.UTF8.GetString(PageOf.Bytes(PageOf.Demonstration));
        var light = page[page.IndexOf(":root{", StringComparison.Ordinal)..];
        foreach (var (ink, name) in Enum.GetValues<Ink>().Select(i => (i, i == Ink.Text ? "fg" : i.ToString().ToLowerInvariant())))
        {
            var colour = Regex.Match(light, $"--{name}:#([0-9a-f]+);").Groups[1].Value;
            Assert.Equal(Inks.OnWhite(ink), "#" + (colour.Length == 3 ? string.Concat(colour.SelectMany(c => new[] { c, c })) : colour));
        }
    }

    [Fact]
    public void A_run_writes_them_beside_its_files_or_alone()
    {
        string[] command = ["run", "--draws", "100", "--quiet", "--no-report", "--plots", "svg", "--out", _folder];
        var (exitCode, error) = CommandLineRunner.InProcess(command);
        Assert.True(exitCode == 0, error);
        var names = Directory.GetFiles(_folder).Select(Path.GetFileName).ToArray();
        Assert.Contains("plot-nation.svg", names);
        Assert.DoesNotContain("report.html", names);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", _folder, "--quiet").ExitCode);
    }

    [Theory]
    [InlineData("--plots gif: found an unknown word; expected png, svg, pdf", "--plots", "gif", "--out", "x")]
    [InlineData("--plots: found no folder to write to", "--plots", "svg")]
    [InlineData("--font: found no labels to set", "--plots", "svg", "--font", "a.ttf", "--out", "x")]
    [InlineData("--font nowhere.ttf: found no font", "--plots", "png", "--font", "nowhere.ttf", "--out", "x")]
    public void What_cannot_be_drawn_is_refused_before_the_first_draw(string message, params string[] arguments)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(["run", "--draws", "100", .. arguments]);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }

    // A font is embedded whose file, or whose drawings of characters, stand in the document.
    private static void AssertEmbedsFonts(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        var fonts = PdfFont().Matches(text).Select(m => m.Groups[1].Value).ToArray();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, kind => Assert.Contains(kind, (string[])["Type0", "CIDFontType2", "Type3"]));
        Assert.Equal(fonts.Count(f => f == "CIDFontType2"), text.Split("/FontFile2 ").Length - 1);
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static XElement Svg(Action<Stream> write) => XDocument.Parse(Encoding.UTF8.GetString(Bytes(write))).Root!;

    private static string[] Texts(XElement svg) =>
        [.. svg.Elements().Where(e => e.Name.LocalName == "text").Select(e => ((XText)e.FirstNode!).Value)];

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex("<</Type /Font\\n[^>]*?/Subtype /(\\w+)")]
    private static partial Regex PdfFont();
}
