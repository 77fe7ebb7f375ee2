using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>How a sample of one output is spread over the line, by counts that add up to the number of draws.</summary>
/// <param name="Edges">
/// Ends of the bins, one more than bins, ascending: a bin holds the values from its lower edge up to, but not including, its upper one. The
/// outermost are the least value and the number behind the greatest.
/// </param>
/// <param name="Counts">Number of draws in each bin.</param>
/// <param name="Below">Number of draws that are −∞.</param>
/// <param name="Above">Number of draws that are +∞.</param>
/// <param name="Undefined">Number of draws that are no number.</param>
public sealed record SampleDensity(double[] Edges, long[] Counts, long Below, long Above, long Undefined)
{
    /// <summary>Counts the draws 0 … draws − 1 of some outputs in bins, by one pass. The first draws say where the bins lie.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="draws">Number of draws, 1 to <see cref="SampleStatistics.MaximumDraws"/>.</param>
    /// <param name="outputs">Indices of outputs.</param>
    /// <param name="bins">Number of bins, at least 1: as wide as each other but for the outermost two, which hold what lies beyond.</param>
    /// <param name="progress">Takes the finished share of the pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// One entry for each output, in the given order. That of a fixed multiple has the edges of the column times its factors.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Fewer than 1 or more than <see cref="SampleStatistics.MaximumDraws"/> draws, or no bins.
    /// </exception>
    public static SampleDensity[] Collect(
        IDrawSource source, long draws, IReadOnlyList<int> outputs, int bins,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, SampleStatistics.MaximumDraws);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var aliases = source.Layout.Aliases;
        int[] columns = [.. outputs.Select(o => aliases[o].Column).Where(c => c >= 0).Distinct().Order()];
        var of = new Dictionary<int, SampleDensity>();
        if (columns.Length > 0)
        {
            var pilot = (int)Math.Min(draws, SampleParts.PilotDraws);
            var values = new double[columns.Length * pilot];
            source.Evaluate(0, pilot, columns, values, cancellation);
            Window[][] windows = [.. columns.Select((_, c) => new[] { Line(values.AsSpan(c * pilot, pilot)) })];
            var pass = new AccumulationPass { Draws = draws, Columns = columns, Windows = windows, CountsGaps = true, Bins = bins };
            var found = source.Accumulate(pass, progress, cancellation).Columns;
            for (var c = 0; c < columns.Length; c++) of[columns[c]] = Of(windows[c][0], found[c]);
        }

        return [.. outputs.Select(o => aliases[o] is { Column: >= 0 } alias
            ? of[alias.Column] with { Edges = [.. of[alias.Column].Edges.Select(alias.Apply)] } : Constant(aliases[o].Constant, draws))];
    }

    // A window that holds all finite values, whose bins divide where those of the first draws lie.
    private static Window Line(ReadOnlySpan<double> pilot)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in pilot)
            if (double.IsFinite(value)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return new(double.MinValue, double.PositiveInfinity, least <= most ? least : 0, least <= most ? most : 0);
    }

    private static SampleDensity Of(Window window, ColumnResult found)
    {
        var bins = found.Bins.Length;
        var isEmpty = found.Smallest[0] > found.Largest[0];
        var (least, end) = isEmpty ? (window.GridLow, window.GridHigh) : (found.Smallest[0], Math.BitIncrement(found.Largest[0]));
        return new(
            [.. Enumerable.Range(0, bins + 1).Select(bin => Math.Clamp(window.Edge(bin, bins), least, end))],
            found.Bins, found.Gaps[0], found.Gaps[1], found.Undefined);
    }

    private static SampleDensity Constant(double value, long draws) => new(
        double.IsFinite(value) ? [value, Math.BitIncrement(value)] : [0, 0], [double.IsFinite(value) ? draws : 0],
        double.IsNegativeInfinity(value) ? draws : 0, double.IsPositiveInfinity(value) ? draws : 0, double.IsNaN(value) ? draws : 0);
}
