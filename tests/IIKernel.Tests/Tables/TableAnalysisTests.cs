using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace IIKernel.Tests.Tables;

/// <summary>
/// Multipliers and extraction of the two-sector example of Miller and Blair, Input–Output Analysis, 2nd ed. 2009,
/// A = [0.15 0.25; 0.20 0.05], det(I − A) = 0.7575; and of larger tables against solutions that are found another way.
/// </summary>
public sealed class TableAnalysisTests
{
    private const double Determinant = 0.85 * 0.95 - 0.25 * 0.2;

    private static readonly InputOutputTable TwoSectors = new()
    {
        Sectors = [new("1", "", "", 0), new("2", "", "", 0)],
        Flows = new double[,] { { 150, 500 }, { 200, 100 } },
        TotalOutput = [1000, 2000],
        IntermediateInput = [350, 600],
        Compensation = [300, 500],
        Employment = [200, 150],
    };

    // Sections 2.5 and 6.2: households earn 0.30 and 0.25 of outputs and spend 0.05 and 0.40 of their income on the products, and 0.05 on
    // each other's labour, which here is taken out of income: 0.95 of a unit counts as one.
    private static readonly InputOutputTable Closed = TwoSectors with { HouseholdConsumption = [800 * 0.05 / 0.95, 800 * 0.4 / 0.95] };

    private static InputOutputTable Larger
    {
        get
        {
            var table = TestData.Demonstration.Table;
            return table with
            {
                Compensation = [.. table.TotalOutput.Select((x, i) => (0.1 + 0.01 * (i % 7)) * (x - table.IntermediateInput[i]))],
                Employment = [.. table.TotalOutput.Select((x, i) => x * (1 + i % 5))],
                HouseholdConsumption = [.. table.TotalOutput.Select((x, i) => 0.02 * x * (i % 3))],
            };
        }
    }

    [Fact]
    public void Simple_and_type_I_income_multipliers_are_those_of_the_example()
    {
        var income = FactorMultipliers.Of(TableSolution.Of(TwoSectors)).Income!;
        Equal([0.335 / Determinant, 0.2875 / Determinant], income.Simple, 1e-15);
        Equal([1.474, 1.518], income.TypeOne, 5e-4);
        Assert.All(income.TypeTwo, m => Assert.Equal(double.NaN, m));
    }

    [Fact]
    public void Type_II_income_multipliers_are_those_of_the_example()
    {
        // The closed inverse of the book has the last row 0.570, 0.489, 1.289.
        var factors = FactorMultipliers.Of(TableSolution.Of(Closed));
        Equal([0.570, 0.489], [.. factors.Income!.TypeTwo.Select((m, j) => m * new[] { 0.3, 0.25 }[j] / 0.95)], 5e-4);
        Equal([1.90, 1.955], [.. factors.Income!.TypeTwo.Select(m => m / 0.95)], 5e-3);
    }

    [Fact]
    public void Employment_multipliers_follow_from_workers_per_output()
    {
        // 0.2 and 0.075 workers per unit: (0.2 · 0.95 + 0.075 · 0.20) / det, (0.2 · 0.25 + 0.075 · 0.85) / det.
        var employment = FactorMultipliers.Of(TableSolution.Of(TwoSectors)).Employment!;
        Equal([0.205 / Determinant, 0.11375 / Determinant], employment.Simple, 1e-15);
        Equal([0.205 / Determinant / 0.2, 0.11375 / Determinant / 0.075], employment.TypeOne, 1e-14);
    }

    [Fact]
    public void The_closed_model_is_the_inverse_with_households_as_a_sector()
    {
        var table = Larger;
        var n = table.Sectors.Count;
        var total = table.Compensation.Sum();
        var closed = Matrix<double>.Build.Dense(n + 1, n + 1, (i, j) =>
            i == n && j == n ? 0
            : i == n ? table.Compensation[j] / table.TotalOutput[j]
            : j == n ? table.HouseholdConsumption[i] / total
            : table.Flows[i, j] / table.TotalOutput[j]);
        var inverse = (Matrix<double>.Build.DenseIdentity(n + 1) - closed).Inverse();
        var factors = FactorMultipliers.Of(TableSolution.Of(table));
        Assert.InRange(factors.ReturnedIncome, 0.01, 0.99);
        Equal([.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => inverse[i, j]))], factors.ClosedOutput!, 1e-11);
        for (var j = 0; j < n; j++)
        {
            var own = table.Compensation[j] / table.TotalOutput[j];
            Relative(inverse[n, j] / own, factors.Income!.TypeTwo[j]);
            // Miller and Blair, 6.3: the ratio of type II to type I is the same for all sectors, the last element of the closed inverse.
            Relative(inverse[n, n], factors.Income!.TypeTwo[j] / factors.Income!.TypeOne[j]);
            var jobs = Enumerable.Range(0, n).Sum(i => table.Employment[i] / table.TotalOutput[i] * inverse[i, j]);
            Relative(jobs * table.TotalOutput[j] / table.Employment[j], factors.Employment!.TypeTwo[j]);
        }
    }

    [Fact]
    public void Households_that_would_spend_more_than_all_have_no_closed_model()
    {
        var factors = FactorMultipliers.Of(TableSolution.Of(TwoSectors with { HouseholdConsumption = [1600, 1600] }));
        Assert.True(factors.ReturnedIncome >= 1);
        Assert.Null(factors.ClosedOutput);
        Assert.All(factors.Income!.TypeTwo, m => Assert.Equal(double.NaN, m));
        Assert.Equal(4, factors.Spending);
    }

    [Fact]
    public void What_a_table_does_not_say_has_no_multiplier()
    {
        var factors = FactorMultipliers.Of(TableSolution.Of(TestData.Demonstration.Table));
        Assert.Equal((null, null, null), (factors.Income, factors.Employment, factors.ClosedOutput));
        Assert.Equal(double.NaN, factors.ReturnedIncome);
    }

    [Fact]
    public void Extraction_of_the_example_is_what_is_left_of_it_by_hand()
    {
        // Without sector 1, x₂ = 1700/0.95; where it only buys nothing, x₁ = 350 + 0.25 · 1700/0.95 too. Sector 2 likewise. In Ghosh's
        // model B = [0.15 0.5; 0.1 0.05] and primary inputs are 650 and 1400.
        var extraction = HypotheticalExtraction.Of(TableSolution.Of(TwoSectors));
        Equal([3000 - 1700 / 0.95, 3000 - 350 / 0.85], extraction.Total, 1e-9);
        Equal([3000 - 1700 / 0.95 - (350 + 0.25 * 1700 / 0.95), 3000 - 350 / 0.85 - (1700 + 0.2 * 350 / 0.85)],
            extraction.Backward, 1e-9);
        Equal([3000 - 1400 / 0.95 - (650 + 0.1 * 1400 / 0.95), 3000 - 650 / 0.85 - (1400 + 0.5 * 650 / 0.85)],
            extraction.Forward, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(148)]
    public void Extraction_of_a_larger_table_is_the_solution_of_the_table_that_is_left(int sector)
    {
        var table = TestData.Demonstration.Table;
        var n = table.Sectors.Count;
        var a = Matrix<double>.Build.Dense(n, n, (i, j) => table.Flows[i, j] / table.TotalOutput[j]);
        var b = Matrix<double>.Build.Dense(n, n, (i, j) => table.Flows[i, j] / table.TotalOutput[i]);
        var output = Vector<double>.Build.Dense(table.TotalOutput);
        var (demand, primary) = (output - a * output, output - b.LeftMultiply(output));
        var unit = Matrix<double>.Build.DenseIdentity(n);
        var whole = output.Sum();
        var extraction = HypotheticalExtraction.Of(TableSolution.Of(table));

        var noColumn = a.Clone();
        noColumn.ClearColumn(sector);
        Relative(whole - (unit - noColumn).Solve(demand).Sum(), extraction.Backward[sector], 1e-8);
        var neither = noColumn.Clone();
        neither.ClearRow(sector);
        var left = demand.Clone();
        left[sector] = 0;
        Relative(whole - (unit - neither).Solve(left).Sum(), extraction.Total[sector], 1e-8);
        var noRow = b.Clone();
        noRow.ClearRow(sector);
        Relative(whole - (unit - noRow).Transpose().Solve(primary).Sum(), extraction.Forward[sector], 1e-8);
    }

    [Fact]
    public void Leontief_rows_are_the_other_forward_linkages()
    {
        // Row sums 1.20 and 1.05 over det, relative to their mean.
        var analysis = LinkageAnalysis.Of(TwoSectors);
        Equal([2 * 1.2 / 2.25, 2 * 1.05 / 2.25], analysis.LeontiefForwardLinkages, 1e-14);
    }

    [Fact]
    public void A_sector_without_output_loses_nothing_and_adding_up_keeps_what_a_table_says()
    {
        var table = TwoSectors with
        {
            Sectors = [.. TwoSectors.Sectors, new("3", "", "", 0)],
            Flows = new double[,] { { 150, 500, 0 }, { 200, 100, 0 }, { 0, 0, 0 } },
            TotalOutput = [1000, 2000, 0],
            IntermediateInput = [350, 600, 0],
            Compensation = [300, 500, 0],
            Employment = [200, 150, 0],
            HouseholdConsumption = [40, 320, 0],
        };
        var solution = TableSolution.Of(table);
        Assert.Equal((0, 0), (HypotheticalExtraction.Of(solution).Total[2], FactorMultipliers.Of(solution).Income!.TypeTwo[2]));
        var sums = TableReshaping.Aggregate(table, [new("a", "", "", 0), new("b", "", "", 0)], [0, 1, 1]);
        Assert.Equal([300, 500], sums.Compensation);
        Assert.Equal([200, 150], sums.Employment);
        Assert.Equal([40, 320], sums.HouseholdConsumption);
        var parts = TableReshaping.Split(table, 1, [new("x", 0.25), new("y", 0.75)]);
        Assert.Equal([300, 125, 375, 0], parts.Compensation);
        Assert.Equal([40, 80, 240, 0], parts.HouseholdConsumption);
    }

    private static void Equal(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }

    private static void Relative(double expected, double actual, double tolerance = 1e-10) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");
}
