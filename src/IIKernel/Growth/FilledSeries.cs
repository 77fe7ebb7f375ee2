namespace IIKernel.Growth;

/// <summary>A yearly series whose end was filled by a straight line.</summary>
/// <param name="FirstYear">Year of the first value.</param>
/// <param name="Values">One value a year.</param>
/// <param name="Known">How many of the values, from the first on, are known; the others were filled.</param>
/// <param name="Line">The line that the others lie on; null where all are known.</param>
public sealed record FilledSeries(int FirstYear, double[] Values, int Known, TrendLine? Line)
{
    /// <summary>The value of a year.</summary>
    public double this[int year] => Values[year - FirstYear];

    /// <summary>Whether the value of a year was filled.</summary>
    public bool IsFilled(int year) => year - FirstYear >= Known;

    /// <summary>
    /// Fills the missing end of a series by the least-squares line through its last <paramref name="window"/>
    /// known years (METHOD §4).
    /// </summary>
    /// <param name="firstYear">Year of the first value.</param>
    /// <param name="values">One value a year; null from the first unknown year on.</param>
    /// <param name="window">w, at least 2 and at most the number of known years where any year is missing.</param>
    public static FilledSeries Extrapolate(int firstYear, IReadOnlyList<double?> values, int window)
    {
        var known = values.TakeWhile(v => v.HasValue).Count();
        var filled = values.Select(v => v.GetValueOrDefault()).ToArray();
        if (known == filled.Length) return new(firstYear, filled, known, null);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, known);

        var line = TrendLine.Fit(firstYear + known - window, filled.AsSpan(known - window, window));
        for (var i = known; i < filled.Length; i++) filled[i] = line[firstYear + i];
        return new(firstYear, filled, known, line);
    }
}
