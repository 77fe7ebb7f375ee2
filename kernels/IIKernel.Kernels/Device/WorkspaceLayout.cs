namespace IIKernel.Kernels.Device;

/// <summary>
/// Where the intermediate quantities of one lane of draws lie in its scratch memory, counted in lanes: S and u
/// (m each), direct and indirect value added of the base year by category (C each), direct and indirect value
/// added by group in the current year (J each), the total of the year before (entities), α, β and the mark of a
/// bounded extrapolation, and behind these what one stage needs while it runs.
/// </summary>
public readonly struct WorkspaceLayout(int related, int categories, int groups, int entities, int temporary)
{
    /// <summary>u_k.</summary>
    public int Multiplier { get; } = related;

    /// <summary>Zd_c of the base year.</summary>
    public int Direct { get; } = 2 * related;

    /// <summary>Zi_c of the base year.</summary>
    public int Indirect { get; } = 2 * related + categories;

    /// <summary>Direct value added of the groups.</summary>
    public int GroupDirect { get; } = 2 * (related + categories);

    /// <summary>Indirect value added of the groups.</summary>
    public int GroupIndirect { get; } = 2 * (related + categories) + groups;

    /// <summary>Totals of the year before.</summary>
    public int Previous { get; } = 2 * (related + categories + groups);

    /// <summary>α, β, and the mark of a bounded extrapolation.</summary>
    public int Scalars { get; } = 2 * (related + categories + groups) + entities;

    /// <summary>What one stage needs while it runs.</summary>
    public int Temporary { get; } = 2 * (related + categories + groups) + entities + 3;

    /// <summary>Number of lanes altogether.</summary>
    public int Length { get; } = 2 * (related + categories + groups) + entities + 3 + temporary;
}
