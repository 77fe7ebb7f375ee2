using IIKernel.Growth;

namespace IIKernel.Model;

/// <summary>
/// The figures of a study with every input at its point value. Money in the study's unit. Entities are
/// numbered as in <see cref="EntityList"/>; years as in <see cref="Studies.Study.Years"/>.
/// </summary>
public sealed record PointEstimate
{
    /// <summary>(1) Zd_i of the base year; n values, 0 for sectors that are not related.</summary>
    public required double[] SectorDirect { get; init; }

    /// <summary>(6) Zi_i of the base year; n values.</summary>
    public required double[] SectorIndirect { get; init; }

    /// <summary>Direct value added; years × entities.</summary>
    public required double[,] Direct { get; init; }

    /// <summary>Indirect value added; years × entities.</summary>
    public required double[,] Indirect { get; init; }

    /// <summary>The entity's whole value added (regions: GDP), the denominator of its share; years × entities.</summary>
    public required double[,] OwnValueAdded { get; init; }

    /// <summary>The growth accounting behind the years after the base year.</summary>
    public required GrowthModel Growth { get; init; }

    /// <summary>Direct plus indirect value added.</summary>
    public double Total(int year, int entity) => Direct[year, entity] + Indirect[year, entity];

    /// <summary>Total as a percentage of the entity's own value added.</summary>
    public double SharePercent(int year, int entity) => 100 * Total(year, entity) / OwnValueAdded[year, entity];

    /// <summary>Nominal growth of the total on the year before, percent; <paramref name="year"/> is at least 1.</summary>
    public double GrowthPercent(int year, int entity) => 100 * (Total(year, entity) / Total(year - 1, entity) - 1);
}
