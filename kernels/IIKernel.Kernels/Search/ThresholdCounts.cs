using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>How a sample of one output lies to a value.</summary>
/// <param name="Below">Number of draws below it.</param>
/// <param name="Equal">Number of draws that equal it.</param>
/// <param name="Undefined">Number of draws that are no number, which count in neither.</param>
public readonly record struct ThresholdCount(long Below, long Equal, long Undefined);

/// <summary>
/// Counts the draws of outputs below given values, by passes over the draws whose windows end at those values: in memory that does
/// not grow with the number of draws.
/// </summary>
public static class ThresholdCounts
{
    // As many as a pass that counts gaps takes for a column.
    private const int WindowsOfPass = 3;

    /// <summary>Counts over the draws 0 … draws − 1.</summary>
    /// <param name="program">A loaded plan.</param>
    /// <param name="draws">Number of draws, 1 to <see cref="SampleStatistics.MaximumDraws"/>.</param>
    /// <param name="thresholds">Indices of <see cref="OutputMap"/> with finite values, in any number and order.</param>
    /// <param name="progress">Takes the finished share of the current pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry for each threshold, in the given order; exact.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than <see cref="SampleStatistics.MaximumDraws"/> draws.</exception>
    public static ThresholdCount[] Collect(
        IProgram program, long draws, IReadOnlyList<(int Output, double Value)> thresholds,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, SampleStatistics.MaximumDraws);
        var aliases = program.Plan.Aliases;

        // Of a column, the first value whose multiple reaches the threshold, and the first whose multiple exceeds it.
        var edges = thresholds.Select(t => aliases[t.Output] is { Stream: >= 0 } alias
            ? (Reached: First(x => alias.Apply(x) >= t.Value), Exceeded: First(x => alias.Apply(x) > t.Value)) : default).ToArray();
        var below = new Dictionary<(int Stream, double Edge), long>();
        var undefined = new Dictionary<int, long>();
        foreach (var pass in Passes(thresholds.Select((t, i) => (aliases[t.Output].Stream, edges[i])).Where(x => x.Stream >= 0)))
        {
            var results = program.Accumulate(new()
            {
                Draws = draws,
                Columns = [.. pass.Select(x => x.Stream)],
                Windows = [.. pass.Select(x => x.Windows)],
                CountsGaps = true,
                Bins = 1,
            }, progress, cancellation);
            for (var s = 0; s < results.Length; s++)
            {
                var (column, windows) = pass[s];
                undefined[column] = results[s].Undefined;
                var counted = 0L;
                for (var w = 0; w < windows.Length; w++)
                {
                    below[(column, windows[w].Low)] = counted += results[s].Gaps[w];
                    below[(column, windows[w].High)] = counted += results[s].Bins[w];
                }
            }
        }

        return [.. thresholds.Select((t, i) => aliases[t.Output] is { Stream: >= 0 and var column }
            ? new ThresholdCount(below[(column, edges[i].Reached)], below[(column, edges[i].Exceeded)] - below[(column, edges[i].Reached)], undefined[column])
            : Constant(aliases[t.Output].Constant, t.Value, draws))];
    }

    // The edges of each column, ascending and each once: windows reach from one to the next, so that what lies below both is known.
    private static IEnumerable<(int Stream, Window[] Windows)[]> Passes(IEnumerable<(int Stream, (double Reached, double Exceeded) Edges)> thresholds) =>
        thresholds.GroupBy(t => t.Stream, t => t.Edges)
            .SelectMany(column => column.SelectMany(e => new[] { e.Reached, e.Exceeded }).Distinct().Order().Chunk(2)
                .Select(pair => new Window(pair[0], pair.Length > 1 ? pair[1] : Math.BitIncrement(pair[0])))
                .Chunk(WindowsOfPass).Select((windows, pass) => (Stream: column.Key, windows, pass)))
            .GroupBy(x => x.pass, x => (x.Stream, x.windows)).Select(pass => pass.OrderBy(x => x.Stream).ToArray());

    private static ThresholdCount Constant(double constant, double value, long draws) =>
        double.IsNaN(constant) ? new(0, 0, draws) : new(constant < value ? draws : 0, constant == value ? draws : 0, 0);

    private static double First(Func<double, bool> holds) => NumberOrder.First(double.MinValue, double.MaxValue, holds);
}
