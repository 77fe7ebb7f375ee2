namespace IIKernel.Reports.Charts;

/// <summary>The charts of a figure as one that stands alone: its title, each chart below its heading, how to read it.</summary>
internal static class ChartGrid
{
    private const double Margin = 14;
    private const double TitleSize = 13;
    private const double CaptionSize = 10;
    private const double HeadingSize = 12;
    private const double HeadingLine = 17;

    // The most charts of which two stand side by side; more would be taller than a page.
    private const int MostPairs = 8;

    /// <summary>Puts charts together.</summary>
    /// <param name="title">What they show.</param>
    /// <param name="caption">How to read them.</param>
    /// <param name="charts">The charts, at least one, each with its heading, which may be empty.</param>
    public static Chart Of(string title, string caption, IReadOnlyList<(string Heading, Chart Chart)> charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        var columns = charts.Count == 1 ? 1 : charts.Count <= MostPairs ? 2 : 3;
        var cell = charts.Max(c => c.Chart.Width);
        var width = 2 * Margin + columns * cell + (columns - 1) * Margin;
        var shapes = new List<Shape>();
        var y = Text(title, TitleSize, Ink.Text, isBold: true, Margin) + Margin / 2;
        foreach (var row in charts.Chunk(columns))
        {
            string[][] headings = [.. row.Select(c => c.Heading.Length == 0 ? [] : Sketch.Lines(c.Heading, HeadingSize, cell).ToArray())];
            var heading = headings.Max(h => h.Length) * HeadingLine;
            for (var c = 0; c < row.Length; c++)
            {
                var x = Margin + c * (cell + Margin);
                for (var line = 0; line < headings[c].Length; line++)
                {
                    var at = y + heading - 6 - HeadingLine * (headings[c].Length - 1 - line);
                    shapes.Add(new TextShape(x, at, headings[c][line], Anchor.Start, HeadingSize, Ink.Text));
                }

                shapes.AddRange(row[c].Chart.Shapes.Select(s => Moved(s, x, y + heading)));
            }

            y += heading + row.Max(c => c.Chart.Height) + Margin;
        }

        return new(width, Text(caption, CaptionSize, Ink.Muted, isBold: false, y) + Margin, shapes);

        double Text(string text, double size, Ink ink, bool isBold, double top)
        {
            foreach (var line in Sketch.Lines(text, size, width - 2 * Margin))
                shapes.Add(new TextShape(Margin, (top += size * 1.4) - size * 0.3, line, Anchor.Start, size, ink, isBold));
            return top;
        }
    }

    private static Shape Moved(Shape shape, double x, double y) => shape switch
    {
        LineShape s => s with { Points = [.. s.Points.Select(p => (p.X + x, p.Y + y))] },
        AreaShape s => s with { Points = [.. s.Points.Select(p => (p.X + x, p.Y + y))] },
        BoxShape s => s with { X = s.X + x, Y = s.Y + y },
        DiscShape s => s with { X = s.X + x, Y = s.Y + y },
        TextShape s => s with { X = s.X + x, Y = s.Y + y },
        _ => throw new ArgumentException($"{shape} cannot be moved.", nameof(shape)),
    };
}
