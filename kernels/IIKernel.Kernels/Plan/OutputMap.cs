namespace IIKernel.Kernels.Plan;

/// <summary>
/// Numbers the outputs of one draw. An entity is the nation, a category, a group or a regional row (a region
/// or an area of a region set), in that order; for every year and entity there are five measures, and for
/// every sector the three components of the base year. Behind these come direct and indirect value added of
/// each category in the base year before formula (9) scales it: no figure of its own, but what many figures are
/// fixed multiples of; and last marks, which are 1 or 0: whether an extrapolated figure of the accounts had to be bounded, and those of
/// <see cref="TableMark"/>.
/// </summary>
public readonly struct OutputMap(int categories, int groups, int rows, int years, int sectors)
{
    /// <summary>Measures per year and entity.</summary>
    public const int Measures = 5;

    /// <summary>Measure: direct value added.</summary>
    public const int Direct = 0;

    /// <summary>Measure: indirect value added.</summary>
    public const int Indirect = 1;

    /// <summary>Measure: direct plus indirect value added.</summary>
    public const int Total = 2;

    /// <summary>Measure: total as a percentage of the entity's own value added or GDP.</summary>
    public const int Share = 3;

    /// <summary>Measure: growth of the total on the year before, percent; not written in the first year.</summary>
    public const int Growth = 4;

    /// <summary>Most adjacent outputs that belong together: the measures of an entity, or the marks of a table.</summary>
    internal const int MostTogether = TableMark.Count > Measures ? TableMark.Count : Measures;

    /// <summary>How many of the measures are written in a year (0 = base year).</summary>
    public static int WrittenMeasures(int year) => year > 0 ? Measures : Growth;

    /// <summary>Components per sector: direct, indirect, total.</summary>
    public const int SectorComponents = 3;

    /// <summary>Number of entities.</summary>
    public int Entities { get; } = 1 + categories + groups + rows;

    /// <summary>Index of the nation among the entities.</summary>
    public int Nation => 0;

    /// <summary>Number of outputs, the unwritten growth of the first year included.</summary>
    public int Count => Mark(TableMark.Count);

    /// <summary>Output index of the mark of bounded extrapolations.</summary>
    public int Bounded => BaseCategory(categories, 0);

    /// <summary>Output index of a mark of <see cref="TableMark"/>.</summary>
    public int Mark(int mark) => Bounded + 1 + mark;

    /// <summary>Entity index of category <paramref name="c"/>.</summary>
    public int Category(int c) => 1 + c;

    /// <summary>Entity index of group <paramref name="j"/>.</summary>
    public int Group(int j) => 1 + categories + j;

    /// <summary>Entity index of regional row <paramref name="r"/>.</summary>
    public int Row(int r) => 1 + categories + groups + r;

    /// <summary>Output index of a measure of an entity in a year (0 = base year).</summary>
    public int Index(int year, int entity, int measure) => (year * Entities + entity) * Measures + measure;

    /// <summary>Output index of base-year value added (0 direct, 1 indirect) of category <paramref name="c"/>.</summary>
    public int BaseCategory(int c, int component) =>
        years * Entities * Measures + sectors * SectorComponents + 2 * c + component;

    /// <summary>Output index of a component (0 direct, 1 indirect, 2 total) of a sector in the base year.</summary>
    public int Sector(int sector, int component) => years * Entities * Measures + sector * SectorComponents + component;
}
