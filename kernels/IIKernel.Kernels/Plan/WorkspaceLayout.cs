namespace IIKernel.Kernels.Plan;

/// <summary>
/// Where the intermediate quantities of one lane of draws lie in its scratch memory, counted in lanes: S (m), the memory of the Leontief
/// stage (L), direct and indirect value added of the base year by category (C each), direct and indirect value added by group in the
/// current year (J each), the total of the year before (entities), α, β, the mark of a bounded extrapolation and T_t of the current year
/// over its point value, the groups of the allocations in the current year (Q), and behind these what one stage needs while it runs.
/// </summary>
/// <param name="related">m.</param>
/// <param name="leontief">L.</param>
/// <param name="categories">C.</param>
/// <param name="groups">J.</param>
/// <param name="entities">Entities of <see cref="OutputMap"/>.</param>
/// <param name="allocated">Q.</param>
/// <param name="temporary">The most that a stage needs while it runs.</param>
public readonly struct WorkspaceLayout(
    int related, int leontief, int categories, int groups, int entities, int allocated, int temporary)
{
    // Eight offsets, 32 bytes: a copy goes with every lane of every output.

    /// <summary>What the Leontief stage keeps of a draw.</summary>
    public int Leontief { get; } = related;

    /// <summary>Zd_c of the base year.</summary>
    public int Direct { get; } = related + leontief;

    /// <summary>Zi_c of the base year.</summary>
    public int Indirect { get; } = related + leontief + categories;

    /// <summary>Direct value added of the groups.</summary>
    public int GroupDirect { get; } = related + leontief + 2 * categories;

    /// <summary>Indirect value added of the groups.</summary>
    public int GroupIndirect => (GroupDirect + Previous) / 2;

    /// <summary>Totals of the year before.</summary>
    public int Previous { get; } = related + leontief + 2 * (categories + groups);

    /// <summary>α, β, the mark of a bounded extrapolation, and T_t over its point value.</summary>
    public int Scalars { get; } = related + leontief + 2 * (categories + groups) + entities;

    /// <summary>Value added of the groups of the allocations.</summary>
    public int Allocated => Scalars + 4;

    /// <summary>What one stage needs while it runs.</summary>
    public int Temporary { get; } = related + leontief + 2 * (categories + groups) + entities + 4 + allocated;

    /// <summary>Number of lanes altogether.</summary>
    public int Length { get; } = related + leontief + 2 * (categories + groups) + entities + 4 + allocated + temporary;
}
