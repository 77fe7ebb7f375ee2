using System.Globalization;
using System.Text;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Charts;

/// <summary>Draws a chart as SVG: within a page, whose style sheet gives the inks their colours, or as a file of its own.</summary>
public static class SvgChart
{
    // Fonts of labels, Latin and Chinese: what readers have.
    private const string Fonts =
        "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

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
        foreach (var shape in chart.Shapes) Add(text, shape, (kind, ink) => $"class=\"{kind[0]}-{Name(ink)}\"");
        return text.Append("</svg>").ToString();
    }

    /// <summary>A file of its own on white, which needs no style sheet; a length of 1 is a point of a page.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="title">What it shows.</param>
    public static string File(Chart chart, string title)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var (width, height) = (Number(chart.Width), Number(chart.Height));
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" ");
        text.Append($"font-family=\"{Fonts}\"><title>{Xml.Escaped(title)}</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        foreach (var shape in chart.Shapes) Add(text, shape, (kind, ink) => $"{kind}=\"{Inks.OnWhite(ink)}\"");
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>An ink's name in style sheets.</summary>
    internal static string Name(Ink ink) => ink.ToString().ToLowerInvariant();

    // An ink as an attribute, of "fill" or "stroke".
    private static void Add(StringBuilder text, Shape shape, Func<string, Ink, string> attribute)
    {
        var tag = shape switch { LineShape => "polyline", AreaShape => "polygon", BoxShape => "rect", DiscShape => "circle", _ => "text" };
        text.Append('<').Append(tag).Append(shape switch
        {
            LineShape s => $" points=\"{Points(s.Points)}\" fill=\"none\" {attribute("stroke", s.Ink)} stroke-width=\"{Number(s.Width)}\""
                + (s.IsDashed ? " stroke-dasharray=\"4 3\"" : ""),
            AreaShape s => $" points=\"{Points(s.Points)}\" {Fill(s.Ink)}{Opacity(s.Opacity)}",
            BoxShape s => $" x=\"{Number(s.X)}\" y=\"{Number(s.Y)}\" width=\"{Number(s.Width)}\" height=\"{Number(s.Height)}\""
                + $" {Fill(s.Ink)}{Opacity(s.Opacity)}",
            DiscShape s => $" cx=\"{Number(s.X)}\" cy=\"{Number(s.Y)}\" r=\"{Number(s.Radius)}\" {Fill(s.Ink)}",
            TextShape s => $" x=\"{Number(s.X)}\" y=\"{Number(s.Y)}\" font-size=\"{Number(s.Size)}\" {Fill(s.Ink)}"
                + (s.Anchor == Anchor.Start ? "" : $" text-anchor=\"{s.Anchor.ToString().ToLowerInvariant()}\"")
                + (s.IsBold ? " font-weight=\"600\"" : ""),
            _ => throw new ArgumentException($"{shape} cannot be drawn.", nameof(shape)),
        });
        var content = shape is TextShape { Text: var words } ? Xml.Escaped(words) : "";
        if (shape.Tip is { } tip) content += $"<title>{Xml.Escaped(tip)}</title>";
        if (content.Length == 0) text.Append("/>");
        else text.Append('>').Append(content).Append("</").Append(tag).Append('>');

        string Fill(Ink ink) => attribute("fill", ink);
    }

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" fill-opacity=\"{Number(opacity)}\"";

    private static string Points(IReadOnlyList<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    // A tenth of a point is less than anybody sees.
    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
