namespace IIKernel.Reports.Charts;

/// <summary>A row of a forest plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Point">The figure at the point.</param>
/// <param name="Intervals">Its intervals, the widest first, as many in every row.</param>
/// <param name="Published">The published figure; null where there is none.</param>
/// <param name="Text">The figure and its interval as a reader sees them.</param>
public sealed record ForestRow(string Label, double Point, IReadOnlyList<ChartInterval> Intervals, double? Published, string Text);

/// <summary>Figures below each other: the point as a disc, intervals as bars, the narrower the thicker, published as diamonds.</summary>
public static class ForestPlot
{
    private const double Width = 680;
    private const double Row = 19;
    private const double Top = 22;

    private static readonly double[] Thickness = [2, 5, 9];

    /// <summary>Draws it.</summary>
    public static Chart Of(IReadOnlyList<ForestRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sketch = new Sketch();
        var bottom = Top + Row * rows.Count;
        var left = 10 + Sketch.LabelWidth(rows.Select(r => r.Label));
        var right = Width - 12 - rows.Max(r => Sketch.WidthOf(r.Text, 10));
        var x = new LinearScale(
            rows.SelectMany(r => r.Intervals.SelectMany(i => new[] { i.Lower, i.Upper }).Append(r.Point).Append(r.Published ?? r.Point)),
            left + 6, right - 6, 5);
        foreach (var tick in x.Ticks)
        {
            sketch.Line(x.At(tick), Top - 4, x.At(tick), bottom + 2, Ink.Grid, 1);
            sketch.Text(x.At(tick), Top - 9, x.Name(tick), Anchor.Middle, Ink.Muted, 10);
            sketch.Text(x.At(tick), bottom + 14, x.Name(tick), Anchor.Middle, Ink.Muted, 10);
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var (row, middle) = (rows[r], Top + Row * (r + 0.5));
            var tip = $"{row.Label}: {row.Text}";
            sketch.RowLabel(left - 2, middle, row.Label);
            for (var i = 0; i < row.Intervals.Count; i++)
            {
                if (!row.Intervals[i].Exists) continue;
                var thickness = Thickness[Math.Min(i, Thickness.Length - 1)];
                var (from, to) = (x.At(row.Intervals[i].Lower), x.At(row.Intervals[i].Upper));
                sketch.Add(new BoxShape(from, middle - thickness / 2, Math.Max(1, to - from), thickness, Ink.Estimate, 0.4) { Tip = tip });
            }

            if (double.IsFinite(row.Point)) sketch.Add(new DiscShape(x.At(row.Point), middle, 3.2, Ink.Estimate) { Tip = tip });
            if (row.Published is { } published && double.IsFinite(published)) sketch.Diamond(x.At(published), middle, 4.5, tip);
            sketch.Text(right + 8, middle + 3.5, row.Text, Anchor.Start, Ink.Muted, 10);
        }

        return sketch.Chart(Width, bottom + 22);
    }
}
