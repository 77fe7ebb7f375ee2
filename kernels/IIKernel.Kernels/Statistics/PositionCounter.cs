namespace IIKernel.Kernels.Statistics;

/// <summary>
/// Counts one column's values in the bins of its windows in a later pass: <see cref="Window.PositionBin"/>. Few values come, so one at a
/// time will do.
/// </summary>
internal sealed class PositionCounter
{
    private readonly Window[] _windows;
    private readonly int[] _shifts;
    private readonly int _bins;
    private readonly long[] _counts;
    private readonly double[] _smallest;
    private readonly double[] _largest;

    /// <summary>One for a column of a pass.</summary>
    public PositionCounter(AccumulationPass pass, int column)
    {
        _windows = pass.Windows[column];
        _bins = pass.Bins;
        _shifts = [.. _windows.Select(w => w.Shift(_bins))];
        _counts = new long[_windows.Length * _bins];
        _smallest = new double[_windows.Length];
        _largest = new double[_windows.Length];
        Array.Fill(_smallest, double.PositiveInfinity);
        Array.Fill(_largest, double.NegativeInfinity);
    }

    /// <summary>Counts those of some values that lie in a window.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            var w = 0;
            while (w < _windows.Length && !(value < _windows[w].High)) w++;
            if (w == _windows.Length || !(value >= _windows[w].Low)) continue;
            _counts[w * _bins + _windows[w].PositionBin(value, _shifts[w])]++;
            _smallest[w] = Math.Min(_smallest[w], value);
            _largest[w] = Math.Max(_largest[w], value);
        }
    }

    /// <summary>Adds what was counted to a result.</summary>
    public void AddTo(ColumnResult result)
    {
        for (var i = 0; i < _counts.Length; i++) result.Bins[i] += _counts[i];
        for (var w = 0; w < _windows.Length; w++)
        {
            result.Smallest[w] = Math.Min(result.Smallest[w], _smallest[w]);
            result.Largest[w] = Math.Max(result.Largest[w], _largest[w]);
        }
    }
}
