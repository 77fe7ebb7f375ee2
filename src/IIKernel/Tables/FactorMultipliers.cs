using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Tables;

/// <summary>
/// What a unit of final demand for a sector brings of income or employment (Miller and Blair, Input–Output Analysis, 2nd ed. 2009, section
/// 6.2). All lists have n values in the order of the sectors: 0 for a sector without output, not a number where there is none.
/// </summary>
/// <param name="Simple">Σ_i h_i C_ij, with h_i income or employment per unit of output of sector i.</param>
/// <param name="TypeOne">The same relative to the sector's own h_j.</param>
/// <param name="TypeTwo">Likewise in the model that is closed for households: what they buy of their income counts too.</param>
public sealed record FactorMultiplier(double[] Simple, double[] TypeOne, double[] TypeTwo);

/// <summary>Multipliers of what the sectors pay and employ; null where the table does not say it.</summary>
public sealed record FactorMultipliers
{
    /// <summary>Of compensation of employees.</summary>
    public FactorMultiplier? Income { get; init; }

    /// <summary>Of employment, in the unit of the table's column per unit of money.</summary>
    public FactorMultiplier? Employment { get; init; }

    /// <summary>
    /// Output of the table's sectors per unit of final demand for sector j in the closed model (the truncated total output multiplier of
    /// Miller and Blair); n values, or null where the model cannot be closed.
    /// </summary>
    public double[]? ClosedOutput { get; init; }

    /// <summary>
    /// What part of a unit of final demand that is spent as households spend comes back to them as income, h C c; not a number where
    /// compensation or household consumption is not known. From 1 on the closed model has no solution.
    /// </summary>
    public double ReturnedIncome { get; init; } = double.NaN;

    /// <summary>Household consumption of the table's products relative to the compensation that its sectors pay.</summary>
    public double Spending { get; init; } = double.NaN;

    /// <summary>The multipliers that a table allows.</summary>
    public static FactorMultipliers Of(TableSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var (table, c) = (solution.Table, solution.Leontief);
        var income = PerOutput(table.Compensation, table.TotalOutput);
        var employment = PerOutput(table.Employment, table.TotalOutput);
        var households = income is not null && table.HouseholdConsumption.Length > 0 && table.Compensation.Sum() > 0
            ? Households.Of(table, c, income) : null;
        var closed = households is { Returned: < 1 } ? households : null;
        return new()
        {
            Income = Multiplier(table, c, income, closed),
            Employment = Multiplier(table, c, employment, closed),
            ClosedOutput = closed is null ? null : Live(table, j => c.Column(j).Sum() + closed.Bought.Sum() * closed.Earned[j]),
            ReturnedIncome = households?.Returned ?? double.NaN,
            Spending = households is null ? double.NaN : table.HouseholdConsumption.Sum() / table.Compensation.Sum(),
        };
    }

    private static FactorMultiplier? Multiplier(InputOutputTable table, Matrix<double> c, double[]? perOutput, Households? closed)
    {
        if (perOutput is null) return null;
        var simple = Live(table, j => Product(perOutput, c.Column(j)));
        // What a unit that households spend brings.
        var spent = closed is null ? double.NaN : Product(perOutput, closed.Bought);
        return new(simple, Relative(j => simple[j]), Relative(j => simple[j] + spent * (closed?.Earned[j] ?? double.NaN)));

        double[] Relative(Func<int, double> value) =>
            Live(table, j => perOutput[j] == 0 ? double.NaN : value(j) / perOutput[j]);
    }

    private static double[] Live(InputOutputTable table, Func<int, double> value) =>
        [.. table.TotalOutput.Select((x, i) => x == 0 ? 0 : value(i))];

    private static double[]? PerOutput(double[] amounts, double[] output) =>
        amounts.Length == 0 ? null : [.. amounts.Zip(output, (amount, x) => x == 0 ? 0 : amount / x)];

    private static double Product(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>
    /// Households as a sector of their own: a row h of income per unit of output, a column c of consumption per unit of income. By blocks,
    /// the inverse of the closed model is C + C c r, with r = h C / (1 − h C c) its last row.
    /// </summary>
    /// <param name="Bought">C c: output that a unit of spending requires.</param>
    /// <param name="Earned">r: income that a unit of final demand for each sector brings.</param>
    /// <param name="Returned">h C c.</param>
    private sealed record Households(double[] Bought, double[] Earned, double Returned)
    {
        public static Households Of(InputOutputTable table, Matrix<double> c, double[] income)
        {
            var total = table.Compensation.Sum();
            double[] spent = [.. table.HouseholdConsumption.Select(x => x / total)];
            double[] bought = [.. spent.Select((_, i) => Product(c.Row(i), spent))];
            var returned = Product(income, bought);
            return new(bought, [.. income.Select((_, j) => Product(income, c.Column(j)) / (1 - returned))], returned);
        }
    }
}
