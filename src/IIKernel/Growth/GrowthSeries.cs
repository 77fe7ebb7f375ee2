namespace IIKernel.Growth;

/// <summary>Whether formula (7) is fitted with α + β = 1.</summary>
public enum ReturnsToScale
{
    /// <summary>α + β = 1.</summary>
    Constant,

    /// <summary>α and β are both free.</summary>
    Free,
}

/// <summary>Output, capital and labour by year, as the study gives them, and the options of the fit.</summary>
public sealed record GrowthSeries
{
    /// <summary>The years, ascending without a gap; they span the fit window and every reported year.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>Y_t, positive; null where the series has ended.</summary>
    public required IReadOnlyList<double?> Output { get; init; }

    /// <summary>K_t, positive; null where the series has ended.</summary>
    public required IReadOnlyList<double?> Capital { get; init; }

    /// <summary>L_t, positive; null where the series has ended.</summary>
    public required IReadOnlyList<double?> Labour { get; init; }

    /// <summary>First year of the fit window.</summary>
    public required int FitFirst { get; init; }

    /// <summary>Last year of the fit window.</summary>
    public required int FitLast { get; init; }

    /// <summary>Constant (the default) or free returns to scale.</summary>
    public required ReturnsToScale Returns { get; init; }

    /// <summary>w: how many last known years the filling line runs through.</summary>
    public required int ExtrapolationWindow { get; init; }

    /// <summary>Y, K and L with their ends filled.</summary>
    public (FilledSeries Output, FilledSeries Capital, FilledSeries Labour) Filled() => (Fill(Output), Fill(Capital), Fill(Labour));

    private FilledSeries Fill(IReadOnlyList<double?> values) => FilledSeries.Extrapolate(Years[0], values, ExtrapolationWindow);
}
