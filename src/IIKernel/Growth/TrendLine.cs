namespace IIKernel.Growth;

/// <summary>
/// A least-squares line through yearly values. Years are counted from the middle of the window, so that the errors of
/// level and slope are uncorrelated.
/// </summary>
/// <param name="Middle">Middle of the window, in years.</param>
/// <param name="Level">Value of the line there: the mean of the window.</param>
/// <param name="Slope">Change a year.</param>
/// <param name="Count">w, the number of years of the window.</param>
/// <param name="SumOfSquares">Σ (t − middle)² over the window.</param>
/// <param name="ResidualStandardDeviation">σ = √(RSS/(w − 2)); NaN for w = 2.</param>
public sealed record TrendLine(double Middle, double Level, double Slope, int Count, double SumOfSquares, double ResidualStandardDeviation)
{
    /// <summary>w − 2.</summary>
    public int DegreesOfFreedom => Count - 2;

    /// <summary>The line's value in a year.</summary>
    public double this[int year] => Level + Slope * (year - Middle);

    /// <summary>
    /// The prediction error of a year is σ·t, t with w − 2 degrees of freedom, times the root of the sum of these three
    /// squares: the share of the level, of the slope and of the year's own residual.
    /// </summary>
    public (double Level, double Slope, double Residual) ErrorParts(int year) =>
        (1 / Math.Sqrt(Count), (year - Middle) / Math.Sqrt(SumOfSquares), 1);

    /// <summary>Fits the line.</summary>
    /// <param name="firstYear">Year of the first value.</param>
    /// <param name="values">One value a year, at least two.</param>
    public static TrendLine Fit(int firstYear, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 2, nameof(values));
        var middle = (values.Length - 1) / 2.0;
        double mean = 0, slope = 0, squares = 0, rss = 0;
        foreach (var value in values) mean += value / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            slope += (i - middle) * (values[i] - mean);
            squares += (i - middle) * (i - middle);
        }

        slope /= squares;
        for (var i = 0; i < values.Length; i++)
        {
            var residual = values[i] - mean - slope * (i - middle);
            rss += residual * residual;
        }

        return new(firstYear + middle, mean, slope, values.Length, squares, Math.Sqrt(rss / (values.Length - 2)));
    }
}
