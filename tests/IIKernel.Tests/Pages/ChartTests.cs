using System.Xml.Linq;
using IIKernel.Reports.Charts;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Words;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed class ChartTests
{
    public static TheoryData<string> Languages => ["English", "Chinese"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_chart_stays_within_its_page(string language)
    {
        var figures = new ReportFigures(new(PageOf.Demonstration), ReportWords.Of(Enum.Parse<Language>(language))).All().ToArray();
        Assert.Equal(figures.Length, figures.Select(f => f.Id).Distinct().Count());
        Assert.All(figures.SelectMany(f => f.Panels), panel =>
        {
            var chart = panel.Chart;
            Assert.NotEmpty(chart.Shapes);
            Assert.All(chart.Shapes.SelectMany(Corners), p =>
            {
                Assert.InRange(p.X, -0.5, chart.Width + 0.5);
                Assert.InRange(p.Y, -0.5, chart.Height + 0.5);
            });
        });
    }

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(23.4, 99.7, 20, 100)]
    [InlineData(-0.03, 0.012, -0.03, 0.02)]
    [InlineData(5, 5, 4.7, 5.3)]
    public void An_axis_begins_and_ends_at_round_values(double low, double high, double first, double last)
    {
        var scale = new LinearScale([low, double.NaN, high, double.PositiveInfinity], 100, 200, 5);
        Assert.Equal(first, scale.Ticks[0], 9);
        Assert.Equal(last, scale.Ticks[^1], 9);
        Assert.Equal(100, scale.At(scale.Ticks[0]), 9);
        Assert.Equal(200, scale.At(scale.Ticks[^1]), 9);
        Assert.InRange(scale.Ticks.Count, 3, 12);
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(scale.Name).Distinct().Count());
    }

    [Fact]
    public void Bars_of_a_forest_plot_lie_where_the_axis_says()
    {
        var chart = ForestPlot.Of(
        [
            new("a", 10, [new(5, 15), new(8, 12)], 14, "10"), new("b", 0, [new(double.NaN, double.NaN), new(-1, 1)], null, "0"),
        ]);
        var bars = chart.Shapes.OfType<BoxShape>().ToArray();
        Assert.Equal(3, bars.Length);
        // Lengths are proportional to widths: 10, 4 and 2.
        Assert.Equal(2.5, bars[0].Width / bars[1].Width, 9);
        Assert.Equal(5, bars[0].Width / bars[2].Width, 9);
        var disc = chart.Shapes.OfType<DiscShape>().First();
        Assert.Equal(bars[0].X + bars[0].Width / 2, disc.X, 9);
        Assert.Single(chart.Shapes.OfType<AreaShape>());
    }

    [Fact]
    public void A_chart_is_xml_with_what_names_it_and_its_tips()
    {
        var chart = FanChart.Of([new(2017, 1, [new(0, 2)], false, null, "<tip>"), new(2018, 2, [new(1, 3)], true, 2.5, "&")]);
        var svg = XDocument.Parse(SvgChart.InPage(chart, "<label> & more", "text")).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal("<label> & more", svg.Attribute("aria-labelledby")!.Value);
        Assert.Equal("text", svg.Attribute("aria-describedby")!.Value);
        Assert.Contains(svg.Descendants(ns + "polyline"), l => l.Attribute("stroke-dasharray") is not null);
        Assert.Equal("<tip>", svg.Descendants(ns + "circle").First().Element(ns + "title")!.Value);
    }

    [Fact]
    public void Provinces_alone_have_a_map()
    {
        Assert.True(TileMap.Holds(["110000", "44"]));
        Assert.False(TileMap.Holds(["110000"]));
        Assert.False(TileMap.Holds(["110000", "110100"]));
        Assert.False(TileMap.Holds(["110000", "11"]));
        Assert.False(TileMap.Holds(["110000", "XX"]));
    }

    // Corners, and where a text begins and ends at its widest.
    private static (double X, double Y)[] Corners(Shape shape) => shape switch
    {
        LineShape s => [.. s.Points],
        AreaShape s => [.. s.Points],
        BoxShape s => [(s.X, s.Y), (s.X + s.Width, s.Y + s.Height)],
        DiscShape s => [(s.X - s.Radius, s.Y - s.Radius), (s.X + s.Radius, s.Y + s.Radius)],
        TextShape s => Ends(s),
        _ => throw new ArgumentException("Unknown.", nameof(shape)),
    };

    private static (double X, double Y)[] Ends(TextShape text)
    {
        var width = Sketch.WidthOf(text.Text, text.Size);
        var start = text.Anchor switch { Anchor.Start => text.X, Anchor.Middle => text.X - width / 2, _ => text.X - width };
        return [(start, text.Y - 0.7 * text.Size), (start + width, text.Y)];
    }
}
