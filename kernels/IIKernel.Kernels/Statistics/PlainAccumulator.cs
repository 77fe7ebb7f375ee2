using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Gathers a pass value by value, as its description says: what the faster accumulators are measured by, and what serves programs that
/// have none of their own. It caches nothing.
/// </summary>
/// <param name="pass">What is wanted.</param>
internal sealed class PlainAccumulator(AccumulationPass pass)
{
    private readonly ColumnResult[] _results = [.. pass.Windows.Select(windows => new ColumnResult(windows.Length, pass.Bins)
        { Segments = pass.Centres is null ? [] : new SegmentSums[pass.Range.Count] })];

    private readonly List<double>[] _kept = [.. pass.Columns.Select(_ => new List<double>())];

    /// <summary>Takes the values of adjacent draws of one column, blocks in ascending order.</summary>
    /// <param name="column">Position among the columns.</param>
    /// <param name="first">The first draw: that of a block.</param>
    /// <param name="values">The values; if they end within a block, so does the sample.</param>
    public void Take(int column, long first, ReadOnlySpan<double> values)
    {
        foreach (var value in values) Take(column, value);
        if (pass.Centres is not { } centres) return;
        for (; values.Length > 0; values = values[Math.Min(SumBlock.Draws, values.Length)..])
        {
            var (sum, squares) = SumBlock.Add(values[..Math.Min(SumBlock.Draws, values.Length)], centres[column]);
            ref var segment = ref _results[column].Segments[first / pass.Segments.DrawsEach - pass.Range.First];
            segment = new(segment.Sum + sum, segment.SumOfSquares + squares);
            first += SumBlock.Draws;
        }
    }

    /// <summary>What was found.</summary>
    public PassResult Result()
    {
        for (var c = 0; c < _results.Length; c++) _results[c].Kept = ColumnResult.Ascending([.. _kept[c]]);
        return new(pass, _results);
    }

    private void Take(int column, double value)
    {
        var (windows, result) = (pass.Windows[column], _results[column]);
        if (pass.CountsGaps && double.IsNaN(value)) result.Undefined++;
        if (pass.CountsGaps && double.IsInfinity(value)) result.Infinite++;
        if (double.IsNaN(value)) return;
        var w = Array.FindLastIndex(windows, window => window.Low <= value);
        if (w < 0 || !windows[w].Contains(value))
        {
            if (pass.CountsGaps) result.Gaps[w + 1]++;
            return;
        }

        if (pass.Bins == 0)
        {
            _kept[column].Add(value);
            return;
        }

        var bin = pass.CountsGaps
            ? windows[w].Bin(value, pass.Bins, windows[w].Scale(pass.Bins)) : windows[w].PositionBin(value, windows[w].Shift(pass.Bins));
        result.Bins[w * pass.Bins + bin]++;
        if (!pass.CountsGaps || w == 0) result.Smallest[w] = Math.Min(result.Smallest[w], value);
        if (!pass.CountsGaps || w == windows.Length - 1) result.Largest[w] = Math.Max(result.Largest[w], value);
    }
}
