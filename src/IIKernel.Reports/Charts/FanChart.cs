using System.Globalization;

namespace IIKernel.Reports.Charts;

/// <summary>An interval of a chart; NaN where there is none.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct ChartInterval(double Lower, double Upper)
{
    /// <summary>Whether it is one.</summary>
    public bool Exists => double.IsFinite(Lower) && double.IsFinite(Upper);
}

/// <summary>A figure of one year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Point">The figure at the point; NaN where it is undefined.</param>
/// <param name="Intervals">Its intervals, the widest first, as many in every year.</param>
/// <param name="IsExtrapolated">Whether it rests on filled values.</param>
/// <param name="Published">The published figure of the year; null where there is none.</param>
/// <param name="Tip">What a pointer over it is told.</param>
public sealed record FanYear(
    int Year, double Point, IReadOnlyList<ChartInterval> Intervals, bool IsExtrapolated, double? Published, string Tip);

/// <summary>A figure by years: its point as a line, its intervals as bands, published figures as diamonds.</summary>
public static class FanChart
{
    private const double Width = 340;
    private const double Height = 220;
    private const double Top = 12;
    private const double Bottom = 28;
    private const double Right = 14;

    /// <summary>Draws it; what is extrapolated is a dashed line.</summary>
    public static Chart Of(IReadOnlyList<FanYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        var sketch = new Sketch();
        var y = new LinearScale(
            years.SelectMany(f => f.Intervals.SelectMany(i => new[] { i.Lower, i.Upper }).Append(f.Published ?? f.Point).Append(f.Point)),
            Height - Bottom, Top, 5);
        var left = 8 + y.Ticks.Max(t => Sketch.WidthOf(y.Name(t)));
        var (first, last) = (years[0].Year, years[^1].Year);
        double X(int year) => first == last ? (left + Width - Right) / 2
            : left + 12 + (Width - Right - 8 - left - 12) * (year - first) / (last - first);
        foreach (var tick in y.Ticks)
        {
            sketch.Line(left, y.At(tick), Width - Right, y.At(tick), Ink.Grid, 1);
            sketch.Text(left - 5, y.At(tick) + 4, y.Name(tick), Anchor.End, Ink.Muted);
        }

        var every = Math.Max(1, (int)Math.Ceiling(36 * years.Count / (Width - Right - left)));
        for (var i = 0; i < years.Count; i++)
        {
            if ((years.Count - 1 - i) % every == 0)
                sketch.Text(X(years[i].Year), Height - 10, years[i].Year.ToString(CultureInfo.InvariantCulture), Anchor.Middle, Ink.Muted);
        }

        for (var band = 0; band < years[0].Intervals.Count; band++)
        {
            var shown = years.Where(f => f.Intervals[band].Exists).ToArray();
            if (shown.Length == 0) continue;
            (double X, double Upper, double Lower)[] edges =
                [.. shown.Select(f => (X(f.Year), y.At(f.Intervals[band].Upper), y.At(f.Intervals[band].Lower)))];

            // Of one year alone a bar.
            if (edges is [var (x, upper, lower)]) edges = [(x - 5, upper, lower), (x + 5, upper, lower)];
            sketch.Add(new AreaShape(
                [.. edges.Select(e => (e.X, e.Upper)), .. edges.Reverse().Select(e => (e.X, e.Lower))], Ink.Estimate, 0.2));
        }

        for (var i = 1; i < years.Count; i++)
        {
            if (double.IsFinite(years[i - 1].Point) && double.IsFinite(years[i].Point))
            {
                sketch.Line(X(years[i - 1].Year), y.At(years[i - 1].Point), X(years[i].Year), y.At(years[i].Point), Ink.Estimate, 2,
                    years[i].IsExtrapolated);
            }
        }

        foreach (var year in years)
        {
            if (double.IsFinite(year.Point))
                sketch.Add(new DiscShape(X(year.Year), y.At(year.Point), 3.5, Ink.Estimate) { Tip = year.Tip });
            if (year.Published is { } published) sketch.Diamond(X(year.Year), y.At(published), 5, year.Tip);
        }

        return sketch.Chart(Width, Height);
    }
}
