using System.Globalization;

namespace IIKernel.Reports.Charts;

/// <summary>Where values lie along an axis, and the round values that it names.</summary>
internal sealed class LinearScale
{
    private readonly double _low;
    private readonly double _start;
    private readonly double _perUnit;
    private readonly int _decimals;

    /// <summary>An axis from the round value at or below all of <paramref name="values"/> to that at or above them.</summary>
    /// <param name="values">What it must hold; those that are no finite numbers do not count.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="ticks">About how many values it names.</param>
    public LinearScale(IEnumerable<double> values, double start, double end, int ticks)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        var (low, high) = finite.Length == 0 ? (0.0, 1.0) : (finite.Min(), finite.Max());
        if (high - low <= 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high))) (low, high) = Widened(low, high);
        var rough = (high - low) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        var (first, last) = (Math.Floor(low / step), Math.Ceiling(high / step));
        _decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 10);
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
        (_low, _start) = (Ticks[0], start);
        _perUnit = (end - start) / (Ticks[^1] - Ticks[0]);
    }

    /// <summary>The values that it names.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The place of a value.</summary>
    public double At(double value) => _start + (value - _low) * _perUnit;

    /// <summary>A tick as a reader sees it.</summary>
    public string Name(double tick) => Wording.Minus(
        (Math.Abs(tick) < 1e-12 * Math.Abs(Ticks[^1]) ? 0 : tick).ToString($"N{_decimals}", CultureInfo.InvariantCulture));

    private static (double Low, double High) Widened(double low, double high)
    {
        var half = low == 0 && high == 0 ? 1 : 0.05 * Math.Max(Math.Abs(low), Math.Abs(high));
        return (low - half, high + half);
    }
}
