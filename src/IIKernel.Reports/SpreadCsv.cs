using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>intervals.csv: the coverage intervals of every figure at each level that was asked for, one interval pair a row.</summary>
public static class IntervalsCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "intervals.csv";

    /// <summary>The columns of a run's table.</summary>
    public static IReadOnlyList<TidyColumn<(double Level, UncertainEstimate Estimate)>> Columns(SamplingOptions sampling) =>
    [
        .. EstimatesCsv.KeyColumns.Select(c => c.Of(((double Level, UncertainEstimate Estimate) r) => r.Estimate.Key)),
        new("level", r => r.Level), new("lower", r => r.Estimate.Statistics.Lower), new("upper", r => r.Estimate.Statistics.Upper),
        new("shortest_lower", r => r.Estimate.Statistics.ShortestLower), new("shortest_upper", r => r.Estimate.Statistics.ShortestUpper),
        new("se_lower", r => r.Estimate.Statistics.LowerError), new("se_upper", r => r.Estimate.Statistics.UpperError),
        new("draws", _ => sampling.Draws), new("flags", r => r.Estimate.Key.Flags),
    ];

    /// <summary>The rows: figure by figure, level by level in the order that was asked for.</summary>
    public static IEnumerable<(double Level, UncertainEstimate Estimate)> Rows(UncertaintySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return Enumerable.Range(0, summary.Estimates.Count)
            .SelectMany(i => summary.Levels.Select(level => (level.Level, level.Estimates[i])));
    }

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary) =>
        TidyTable.Write(writer, Columns(summary.Sampling), Rows(summary));
}

/// <summary>
/// density.csv: how figures are spread, one bin a row: from its lower edge up to, but not including, its upper one. The outermost bins
/// reach to the least and the greatest draw.
/// </summary>
public static class DensityCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "density.csv";

    /// <summary>A bin.</summary>
    /// <param name="Key">Which figure.</param>
    /// <param name="Low">Lower edge.</param>
    /// <param name="High">Upper edge.</param>
    /// <param name="Count">Number of draws.</param>
    /// <param name="Density">Share of all draws, divided by the width of the bin.</param>
    public readonly record struct Row(EstimateKey Key, double Low, double High, long Count, double Density);

    /// <summary>The columns.</summary>
    public static IReadOnlyList<TidyColumn<Row>> Columns { get; } =
    [
        .. EstimatesCsv.KeyColumns.Select(c => c.Of((Row r) => r.Key)),
        new("low", r => r.Low), new("high", r => r.High), new("count", r => r.Count), new("density", r => r.Density),
    ];

    /// <summary>The rows: figure by figure, bins ascending. Draws that are no finite number are in none.</summary>
    /// <param name="densities">The figures.</param>
    /// <param name="draws">Number of draws.</param>
    public static IEnumerable<Row> Rows(IReadOnlyList<DensityEstimate> densities, long draws) =>
        from figure in densities
        let spread = figure.Density
        from bin in Enumerable.Range(0, spread.Counts.Length)
        let width = spread.Edges[bin + 1] - spread.Edges[bin]
        select new Row(figure.Key, spread.Edges[bin], spread.Edges[bin + 1], spread.Counts[bin], spread.Counts[bin] / (width * draws));

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<DensityEstimate> densities, long draws) =>
        TidyTable.Write(writer, Columns, Rows(densities, draws));
}

/// <summary>derived.csv: differences and ratios of two figures, draw by draw, one a row.</summary>
public static class DerivedCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "derived.csv";

    /// <summary>The columns of a run's table.</summary>
    public static IReadOnlyList<TidyColumn<DerivedEstimate>> Columns(SamplingOptions sampling) =>
    [
        new("kind", d => EstimatesCsv.Word(d.Figure.Kind)), new("first", d => FigureIndex.Reference(d.Figure.First).ToString()),
        new("second", d => FigureIndex.Reference(d.Figure.Second).ToString()), new("unit", d => d.Figure.Unit),
        new("point", d => d.Figure.Point),
        .. EstimatesCsv.StatisticsColumns.Select(c => c.Of((DerivedEstimate d) => d.Statistics)),
        new("probability_greater", d => d.Greater / (double)sampling.Draws),
        new("level", _ => sampling.Level), new("draws", _ => sampling.Draws), new("flags", d => d.Flags),
    ];

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<DerivedEstimate> derived, SamplingOptions sampling) =>
        TidyTable.Write(writer, Columns(sampling), derived);
}
