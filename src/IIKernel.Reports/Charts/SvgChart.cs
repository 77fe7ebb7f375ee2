using System.Globalization;
using System.Text;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Charts;

/// <summary>Draws a chart as SVG within a page, whose style sheet gives the inks their colours.</summary>
public static class SvgChart
{
    /// <summary>A figure within a page.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="label">Id of the element that names it.</param>
    /// <param name="description">Id of the element that says what it shows.</param>
    public static string InPage(Chart chart, string label, string description)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Number(chart.Width)} {Number(chart.Height)}\" role=\"img\"");
        text.Append($" aria-labelledby=\"{Xml.Escaped(label)}\" aria-describedby=\"{Xml.Escaped(description)}\">");
        foreach (var shape in chart.Shapes) Add(text, shape);
        return text.Append("</svg>").ToString();
    }

    /// <summary>An ink's name in style sheets.</summary>
    internal static string Name(Ink ink) => ink.ToString().ToLowerInvariant();

    private static void Add(StringBuilder text, Shape shape)
    {
        var tag = shape switch { LineShape => "polyline", AreaShape => "polygon", BoxShape => "rect", DiscShape => "circle", _ => "text" };
        text.Append('<').Append(tag).Append(shape switch
        {
            LineShape s => $" points=\"{Points(s.Points)}\" fill=\"none\" class=\"s-{Name(s.Ink)}\" stroke-width=\"{Number(s.Width)}\""
                + (s.IsDashed ? " stroke-dasharray=\"4 3\"" : ""),
            AreaShape s => $" points=\"{Points(s.Points)}\" class=\"f-{Name(s.Ink)}\"{Opacity(s.Opacity)}",
            BoxShape s => $" x=\"{Number(s.X)}\" y=\"{Number(s.Y)}\" width=\"{Number(s.Width)}\" height=\"{Number(s.Height)}\""
                + $" class=\"f-{Name(s.Ink)}\"{Opacity(s.Opacity)}",
            DiscShape s => $" cx=\"{Number(s.X)}\" cy=\"{Number(s.Y)}\" r=\"{Number(s.Radius)}\" class=\"f-{Name(s.Ink)}\"",
            TextShape s => $" x=\"{Number(s.X)}\" y=\"{Number(s.Y)}\" font-size=\"{Number(s.Size)}\" class=\"f-{Name(s.Ink)}\""
                + (s.Anchor == Anchor.Start ? "" : $" text-anchor=\"{s.Anchor.ToString().ToLowerInvariant()}\"")
                + (s.IsBold ? " font-weight=\"600\"" : ""),
            _ => throw new ArgumentException($"{shape} cannot be drawn.", nameof(shape)),
        });
        var content = shape is TextShape { Text: var words } ? Xml.Escaped(words) : "";
        if (shape.Tip is { } tip) content += $"<title>{Xml.Escaped(tip)}</title>";
        if (content.Length == 0) text.Append("/>");
        else text.Append('>').Append(content).Append("</").Append(tag).Append('>');
    }

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" fill-opacity=\"{Number(opacity)}\"";

    private static string Points(IReadOnlyList<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    // A tenth of a point is less than anybody sees.
    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
