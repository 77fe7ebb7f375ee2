namespace IIKernel.Reports.Charts;

/// <summary>A row of a tornado plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Least">The least value of the figure.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="Text">The two as a reader sees them.</param>
public sealed record TornadoRow(string Label, double Least, double Greatest, string Text);

/// <summary>How far inputs move a figure: bars below and above its point, below each other.</summary>
public static class TornadoChart
{
    private const double Width = 680;
    private const double Row = 22;
    private const double Top = 22;

    /// <summary>Draws it.</summary>
    /// <param name="point">The figure at the point.</param>
    /// <param name="rows">The rows, at least one.</param>
    public static Chart Of(double point, IReadOnlyList<TornadoRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sketch = new Sketch();
        var bottom = Top + Row * rows.Count;
        var left = 10 + Sketch.LabelWidth(rows.Select(r => r.Label));
        var right = Width - 12 - rows.Max(r => Sketch.WidthOf(r.Text, 10));
        var x = new LinearScale(rows.SelectMany(r => new[] { r.Least, r.Greatest }).Append(point), left + 16, right - 16, 5);
        foreach (var tick in x.Ticks)
        {
            sketch.Line(x.At(tick), Top - 4, x.At(tick), bottom, Ink.Grid, 1);
            sketch.Text(x.At(tick), Top - 9, x.Name(tick), Anchor.Middle, Ink.Muted, 10);
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var (row, middle) = (rows[r], Top + Row * (r + 0.5));
            sketch.RowLabel(left - 2, middle, row.Label);
            Bar(row.Least, point, Ink.Second);
            Bar(point, row.Greatest, Ink.Estimate);
            sketch.Text(right + 8, middle + 3.5, row.Text, Anchor.Start, Ink.Muted, 10);

            void Bar(double from, double to, Ink ink)
            {
                if (double.IsFinite(from) && double.IsFinite(to) && to > from)
                {
                    sketch.Add(new BoxShape(x.At(from), middle - 6.5, x.At(to) - x.At(from), 13, ink, 0.85)
                    {
                        Tip = $"{row.Label}: {row.Text}",
                    });
                }
            }
        }

        sketch.Line(x.At(point), Top - 4, x.At(point), bottom, Ink.Muted, 1);
        return sketch.Chart(Width, bottom + 6);
    }
}
