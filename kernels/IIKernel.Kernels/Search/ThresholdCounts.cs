using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>How a sample of one output lies to a value.</summary>
/// <param name="Below">Number of draws below it.</param>
/// <param name="Equal">Number of draws that equal it.</param>
/// <param name="Undefined">Number of draws that are no number, which count in neither.</param>
public readonly record struct ThresholdCount(long Below, long Equal, long Undefined)
{
    /// <summary>Number of draws above it, of all draws.</summary>
    public long Above(long draws) => draws - Below - Equal - Undefined;
}

/// <summary>
/// Counts the draws of outputs below given values, by a pass over the draws whose windows hold those values alone: in memory that does
/// not grow with the number of draws.
/// </summary>
public static class ThresholdCounts
{
    /// <summary>Counts over the draws 0 … draws − 1.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="draws">Number of draws, 1 to <see cref="SampleStatistics.MaximumDraws"/>.</param>
    /// <param name="thresholds">Indices of outputs with finite values, in any number and order.</param>
    /// <param name="progress">Takes the finished share of the current pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry for each threshold, in the given order; exact.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Fewer than 1 or more than <see cref="SampleStatistics.MaximumDraws"/> draws.
    /// </exception>
    public static ThresholdCount[] Collect(
        IDrawSource source, long draws, IReadOnlyList<(int Output, double Value)> thresholds,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, SampleStatistics.MaximumDraws);
        var aliases = source.Layout.Aliases;

        var sets = thresholds.Select(t => aliases[t.Output] is { Column: >= 0 } alias ? Equals(alias, t.Value) : default).ToArray();
        var columns = thresholds.Select((t, i) => (Column: aliases[t.Output].Column, Set: sets[i])).Where(t => t.Column >= 0)
            .GroupBy(t => t.Column, t => t.Set).OrderBy(c => c.Key).Select(c => (Column: c.Key, Windows: Windows([.. c]))).ToArray();
        var below = new Dictionary<(int Column, double Edge), long>();
        var undefined = new Dictionary<int, long>();
        var results = columns.Length == 0 ? [] : source.Accumulate(new()
        {
            Draws = draws,
            Columns = [.. columns.Select(c => c.Column)],
            Windows = [.. columns.Select(c => c.Windows)],
            CountsGaps = true,
            Bins = 1,
        }, progress, cancellation).Columns;
        for (var c = 0; c < results.Length; c++)
        {
            var (column, windows) = columns[c];
            undefined[column] = results[c].Undefined;
            var counted = 0L;
            for (var w = 0; w < windows.Length; w++)
            {
                below[(column, windows[w].Low)] = counted += results[c].Gaps[w];
                below[(column, windows[w].High)] = counted += results[c].Bins[w];
            }
        }

        return [.. thresholds.Select((t, i) =>
        {
            if (aliases[t.Output] is not { Column: >= 0 and var column }) return Constant(aliases[t.Output].Constant, t.Value, draws);
            var first = below[(column, sets[i].Low)];
            return new ThresholdCount(first, below[(column, sets[i].High)] - first, undefined[column]);
        })];
    }

    // Windows that tell how many values lie below each end of some sets: their union, divided there. Sets of other multiples of a column
    // may overlap; one that holds nothing has a window that holds nothing.
    private static Window[] Windows(Window[] sets)
    {
        double[] edges = [.. sets.SelectMany(s => new[] { s.Low, s.High }).Distinct().Order()];
        Window[] parts = [.. edges.Zip(edges.Skip(1), (low, high) => new Window(low, high))
            .Where(part => sets.Any(s => s.Low <= part.Low && part.High <= s.High))];
        var bare = edges.Where(e => !parts.Any(part => part.Low == e || part.High == e)).Select(e => new Window(e, e));
        return [.. bare.Concat(parts).OrderBy(w => w.Low)];
    }

    // The values whose multiple is a threshold: from the first whose multiple reaches it to the first whose multiple exceeds it; perhaps
    // none.
    private static Window Equals(OutputAlias alias, double value) => alias.Factors.Length == 0 ? Window.Only(value) : new(
        NumberOrder.First(double.MinValue, double.MaxValue, x => alias.Apply(x) >= value),
        NumberOrder.First(double.MinValue, double.MaxValue, x => alias.Apply(x) > value));

    private static ThresholdCount Constant(double constant, double value, long draws) =>
        double.IsNaN(constant) ? new(0, 0, draws) : new(constant < value ? draws : 0, constant == value ? draws : 0, 0);
}
