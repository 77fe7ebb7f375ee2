namespace IIKernel.Calibration;

/// <summary>How a study is calibrated.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Standard deviation of a certain coefficient's prior: that of a uniform distribution on [0, 1].</summary>
    public const double WidePrior = 0.28867513459481287;

    /// <summary>
    /// Standard deviation of every prior; null for that of the study's own draws, by distribution or panel, and <see cref="WidePrior"/>
    /// where a coefficient is certain.
    /// </summary>
    public double? PriorSd { get; init; }

    /// <summary>
    /// How far the model itself may lie from a published figure, relative to the part of it that is modelled (the indirect
    /// part, and the whole of a region's figure): a target's variance is that of its rounding, unit²/12, plus
    /// (discrepancy · modelled part)². 0 trusts the model to the rounding.
    /// </summary>
    public double Discrepancy { get; init; }

    /// <summary>Whether the growth multiplier T_t of each year with a target is found too, within half and twice its own value.</summary>
    public bool FreeMultipliers { get; init; }
}
