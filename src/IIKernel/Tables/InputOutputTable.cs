namespace IIKernel.Tables;

/// <summary>One sector of an input–output table.</summary>
/// <param name="Code">Code, text with its leading zeros.</param>
/// <param name="Name">Name in the table's language.</param>
/// <param name="NameEnglish">English name; may be empty.</param>
/// <param name="Category">Index of its industry category.</param>
public sealed record Sector(string Code, string Name, string NameEnglish, int Category);

/// <summary>An input–output table of n sectors in the study's unit (METHOD §§2–3).</summary>
public sealed record InputOutputTable
{
    /// <summary>
    /// The share of all intermediate input that flows carry in published tables even where imports have no row; below it the indirect
    /// part is that of a fraction of the economy.
    /// </summary>
    public const double LeastFlowCoverage = 0.5;

    private const double CancelledPart = 1e-9;

    /// <summary>The n sectors in file order.</summary>
    public required IReadOnlyList<Sector> Sectors { get; init; }

    /// <summary>x_ij: what sector i (row) supplies to sector j (column); n × n.</summary>
    public required double[,] Flows { get; init; }

    /// <summary>X_i: total output; n values.</summary>
    public required double[] TotalOutput { get; init; }

    /// <summary>M_i: total intermediate input; n values. At least the column sum of <see cref="Flows"/>.</summary>
    public required double[] IntermediateInput { get; init; }

    /// <summary>V_i as the table's source prints it, to hold X − M against; n values, or empty where it prints none.</summary>
    public double[] PrintedValueAdded { get; init; } = [];

    /// <summary>Compensation of employees, a part of value added; n values, or empty where it is not known.</summary>
    public double[] Compensation { get; init; } = [];

    /// <summary>Employment in the unit of its source, which is not one of money; n values, or empty where it is not known.</summary>
    public double[] Employment { get; init; } = [];

    /// <summary>What households buy of each sector's product, a part of final demand; n values, or empty where it is not known.</summary>
    public double[] HouseholdConsumption { get; init; } = [];

    /// <summary>
    /// Whether M holds inputs that have no row in <see cref="Flows"/> (imports, taxes on products), so that column sums fall short of it.
    /// </summary>
    public bool InputsOutsideFlows { get; init; }

    /// <summary>Whether sectors may use more than they produce, so that V is negative.</summary>
    public bool AllowsNegativeValueAdded { get; init; }

    /// <summary>Whether column sums may miss M on either side by a statistical discrepancy.</summary>
    public bool AllowsDiscrepancy { get; init; }

    /// <summary>
    /// How far a column sum may lie from M_j: 10⁻⁶ of it and what the rounding of printed cells can do; n values in
    /// the study's unit, or empty where nothing is known about rounding.
    /// </summary>
    public double[] ColumnSumTolerance { get; init; } = [];

    /// <summary>V_c of the table: value added summed by category.</summary>
    /// <param name="categories">Number of categories.</param>
    public double[] ValueAddedByCategory(int categories)
    {
        var sums = new double[categories];
        for (var i = 0; i < Sectors.Count; i++) sums[Sectors[i].Category] += ValueAdded(i);
        return sums;
    }

    /// <summary>
    /// The categories whose sectors have value added of both signs that cancels within the rounding of doubles, so that nothing can be
    /// taken relative to the sum; indices, ascending.
    /// </summary>
    /// <param name="categories">Number of categories.</param>
    public IReadOnlyList<int> CancelledCategories(int categories)
    {
        var (sums, sizes) = (ValueAddedByCategory(categories), new double[categories]);
        for (var i = 0; i < Sectors.Count; i++) sizes[Sectors[i].Category] += Math.Abs(ValueAdded(i));
        return [.. Enumerable.Range(0, categories).Where(c => sizes[c] > 0 && Math.Abs(sums[c]) <= CancelledPart * sizes[c])];
    }

    /// <summary>V_i = X_i − M_i: value added of sector <paramref name="i"/>.</summary>
    public double ValueAdded(int i) => TotalOutput[i] - IntermediateInput[i];
}
