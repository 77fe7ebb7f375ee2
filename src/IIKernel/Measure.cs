namespace IIKernel;

/// <summary>What is measured of an entity.</summary>
public enum Measure
{
    /// <summary>Value added in the study's unit.</summary>
    Value,

    /// <summary>Nominal growth on the year before, percent.</summary>
    Growth,

    /// <summary>Percentage of the entity's own value added or GDP.</summary>
    Share,
}
