namespace IIKernel;

/// <summary>Which part of the value added of the industrial internet a figure is.</summary>
public enum Component
{
    /// <summary>Value added of the industrial internet itself, formula (1).</summary>
    Direct,

    /// <summary>Value added that it induces elsewhere, formulas (5) and (6).</summary>
    Indirect,

    /// <summary>Direct plus indirect.</summary>
    Total,
}
