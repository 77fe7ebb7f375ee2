namespace IIKernel.Tables;

/// <summary>
/// Multipliers and linkages of an input–output table (Miller and Blair, Input–Output Analysis, 2nd ed. 2009, chapters 6
/// and 12). All lists have n values in the order of the sectors. A sector without output has none of them: 0.
/// </summary>
public sealed record LinkageAnalysis
{
    // Half a unit of the last digit that is shown.
    private const double ClosedWithin = 5e-5;

    /// <summary>Output multipliers Σ_i C_ij: output of all sectors per unit of final demand for sector j.</summary>
    public required double[] OutputMultipliers { get; init; }

    /// <summary>
    /// Value-added multipliers Σ_i (V_i/X_i) C_ij: value added of all sectors per unit of final demand for sector j. 1 where all inputs
    /// come from the table's own sectors, less by what inputs from outside them take.
    /// </summary>
    public required double[] ValueAddedMultipliers { get; init; }

    /// <summary>Backward linkages: output multipliers relative to their mean (Rasmussen's power of dispersion).</summary>
    public required double[] BackwardLinkages { get; init; }

    /// <summary>
    /// Forward linkages: row sums of the Ghosh inverse relative to their mean (Jones 1976; Miller and Blair, section 12.2).
    /// </summary>
    public required double[] ForwardLinkages { get; init; }

    /// <summary>
    /// The older forward linkages: row sums of the Leontief inverse relative to their mean (Rasmussen's sensitivity of dispersion; Miller
    /// and Blair, section 12.2), a unit of final demand for every sector, whatever its size.
    /// </summary>
    public required double[] LeontiefForwardLinkages { get; init; }

    /// <summary>Whether sector <paramref name="i"/> is a key sector: both linkages above 1.</summary>
    public bool IsKey(int i) => BackwardLinkages[i] > 1 && ForwardLinkages[i] > 1;

    /// <summary>
    /// Whether every sector's value-added multiplier is 1 but for rounding: all inputs come from the table's own sectors.
    /// </summary>
    public bool IsClosed => OutputMultipliers.Zip(ValueAddedMultipliers).All(m => m.First == 0 || Math.Abs(m.Second - 1) < ClosedWithin);

    /// <summary>The analysis of <paramref name="table"/>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static LinkageAnalysis Of(InputOutputTable table, CancellationToken cancellation = default) =>
        Of(TableSolution.Of(table, cancellation));

    /// <summary>The analysis of a table that has been solved.</summary>
    public static LinkageAnalysis Of(TableSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var (table, inverse, ghosh) = (solution.Table, solution.Leontief, solution.Ghosh);
        var output = table.TotalOutput;
        var n = output.Length;
        double[] Live(Func<int, double> value) => [.. Enumerable.Range(0, n).Select(i => output[i] == 0 ? 0 : value(i))];
        double[] Relative(double[] values)
        {
            var mean = values.Sum() / output.Count(x => x != 0);
            return [.. values.Select(v => v / mean)];
        }

        var multipliers = Live(j => inverse.Column(j).Sum());
        return new()
        {
            OutputMultipliers = multipliers,
            ValueAddedMultipliers = Live(j =>
                Enumerable.Range(0, n).Where(i => output[i] != 0).Sum(i => table.ValueAdded(i) / output[i] * inverse[i, j])),
            BackwardLinkages = Relative(multipliers),
            ForwardLinkages = Relative(Live(i => ghosh.Row(i).Sum())),
            LeontiefForwardLinkages = Relative(Live(i => inverse.Row(i).Sum())),
        };
    }
}
