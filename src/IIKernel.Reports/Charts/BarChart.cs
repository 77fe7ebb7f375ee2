namespace IIKernel.Reports.Charts;

/// <summary>A row of a bar chart.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Parts">The ends of its bar's parts, each from 0 on: one for a single bar, two for a part within a larger one.</param>
/// <param name="Text">The figure as a reader sees it.</param>
public sealed record BarRow(string Label, IReadOnlyList<double> Parts, string Text)
{
    /// <summary>The interval of each part's end; empty where there are none.</summary>
    public IReadOnlyList<ChartInterval> Intervals { get; init; } = [];
}

/// <summary>Figures as bars below each other, from 0 on.</summary>
public static class BarChart
{
    private const double Width = 680;
    private const double Row = 24;
    private const double Top = 22;

    /// <summary>Draws it.</summary>
    /// <param name="rows">The rows, at least one.</param>
    public static Chart Of(IReadOnlyList<BarRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sketch = new Sketch();
        var bottom = Top + Row * rows.Count;
        var left = 10 + Sketch.LabelWidth(rows.Select(r => r.Label));
        var right = Width - 12 - rows.Max(r => Sketch.WidthOf(r.Text, 10));
        var x = new LinearScale(
            rows.SelectMany(r => r.Parts.Concat(r.Intervals.SelectMany(i => new[] { i.Lower, i.Upper }))).Append(0),
            left + 6, right - 6, 5);
        foreach (var tick in x.Ticks)
        {
            sketch.Line(x.At(tick), Top - 4, x.At(tick), bottom, Ink.Grid, 1);
            sketch.Text(x.At(tick), Top - 9, x.Name(tick), Anchor.Middle, Ink.Muted, 10);
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var (row, middle) = (rows[r], Top + Row * (r + 0.5));
            sketch.RowLabel(left - 2, middle, row.Label);
            for (var i = row.Parts.Count - 1; i >= 0; i--)
            {
                if (!double.IsFinite(row.Parts[i])) continue;
                var (from, to) = (x.At(0), x.At(row.Parts[i]));
                sketch.Add(new BoxShape(Math.Min(from, to), middle - 7, Math.Max(1, Math.Abs(to - from)), 14,
                    i == 0 ? Ink.Estimate : Ink.Second, i == 0 ? 0.85 : 0.6)
                { Tip = $"{row.Label}: {row.Text}" });
            }

            for (var i = 0; i < row.Intervals.Count; i++)
            {
                var height = middle + (2 * i - row.Intervals.Count + 1) * 3;
                var (from, to) = (x.At(row.Intervals[i].Lower), x.At(row.Intervals[i].Upper));
                if (row.Intervals[i].Exists) sketch.Line(from, height, to, height, Ink.Text, 1.2);
            }

            sketch.Text(right + 8, middle + 3.5, row.Text, Anchor.Start, Ink.Muted, 10);
        }

        sketch.Line(x.At(0), Top - 4, x.At(0), bottom, Ink.Muted, 1);
        return sketch.Chart(Width, bottom + 6);
    }
}
