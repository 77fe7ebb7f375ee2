namespace IIKernel.Sensitivity;

/// <summary>A sensitivity index with its coverage interval.</summary>
/// <param name="Value">The index; 0 where it cannot be told from zero by what may be negative by chance.</param>
/// <param name="Lower">Lower end of the interval, at least 0 where the index cannot be negative; NaN where there is none.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="IsToldFromZero">Whether the interval lies above 0; true where the value is exact and not 0.</param>
/// <param name="Raw">What the estimator gave.</param>
public readonly record struct IndexEstimate(double Value, double Lower, double Upper, bool IsToldFromZero, double Raw)
{
    /// <summary>A value without error.</summary>
    public static IndexEstimate Exact(double value) => new(value, value, value, value != 0, value);

    /// <summary>An index that is never negative, and 0 where its interval reaches 0.</summary>
    public static IndexEstimate Of(double raw, double halfWidth) => OfSquares(raw, halfWidth) with
    {
        Value = raw - halfWidth <= 0 || raw < 0 ? 0 : raw,
        Upper = Math.Max(0, raw + halfWidth),
    };

    /// <summary>An index whose estimator is a mean of squares: never negative, it stays where its interval reaches 0.</summary>
    public static IndexEstimate OfSquares(double raw, double halfWidth) =>
        new(raw, Math.Max(0, raw - halfWidth), raw + halfWidth, raw - halfWidth > 0, raw);

    /// <summary>A quantity of either sign.</summary>
    public static IndexEstimate Signed(double raw, double halfWidth) =>
        new(raw, raw - halfWidth, raw + halfWidth, Math.Abs(raw) > halfWidth, raw);

    /// <summary>A share of a variance, which is no more than all of it, whatever the estimator gave.</summary>
    public IndexEstimate AtMostAll() => this with { Value = Math.Min(Value, 1) };

    /// <summary>A number whose error is not known.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isToldFromZero">Whether it is more than chance brings.</param>
    public static IndexEstimate Plain(double value, bool isToldFromZero = true) =>
        new(value, double.NaN, double.NaN, isToldFromZero, value);
}
