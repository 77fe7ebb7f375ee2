using IIKernel.Kernels;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class FlaggedTablesTests
{
    private const int Draws = 200;

    // A sector that uses nearly all of its own output: a larger draw of that flow leaves no solution.
    [Fact]
    public void A_table_without_a_solution_is_told_from_a_failed_elimination()
    {
        var study = TestData.FlowDemonstration;
        var k = study.Coefficients[2].Sector;
        var found = Solved(WithErrors(study, k, k, 0.95 * study.Table.TotalOutput[k]), out var unsolved);
        Assert.Equal((unsolved, 0, unsolved), (found.Again, found.Guard, found.Table));
        Assert.InRange(unsolved, 1, Draws - 1);
        Assert.Contains("None of their tables has a sensible solution", found.Message, StringComparison.Ordinal);
        Assert.Contains($"{found.Table} (draw {found.TableDraw} first) have none", found.Message, StringComparison.Ordinal);
    }

    // A sector that nobody buys from uses 900 times its output of another: no circle, so that the spectral radius stays below 1 whatever is
    // drawn, but elements above 1,024 in some draws.
    [Fact]
    public void A_failed_elimination_is_told_from_a_table_without_a_solution()
    {
        var study = TestData.FlowDemonstration;
        var n = study.Table.Sectors.Count;
        var related = study.Coefficients.Select(c => c.Sector).ToHashSet();
        var others = Enumerable.Range(0, n).Where(i => !related.Contains(i) && study.Table.TotalOutput[i] > 0)
            .OrderBy(i => study.Table.TotalOutput[i]).ToArray();
        var j = others[0];
        var flows = (double[,])study.Table.Flows.Clone();
        for (var i = 0; i < n; i++) (flows[j, i], flows[i, j]) = (0, 0);
        var found = Solved(WithErrors(study with { Table = study.Table with { Flows = flows } }, others[^1], j,
            900 * study.Table.TotalOutput[j]), out var unsolved);
        Assert.Equal((unsolved, unsolved, 0), (found.Again, found.Guard, found.Table));
        Assert.InRange(unsolved, 1, Draws - 1);
        Assert.Contains($"{found.Guard} (draw {found.GuardDraw} first) have tables with a sensible solution", found.Message,
            StringComparison.Ordinal);
    }

    // I − A of 1.1, −0.5; 0.9, −0.1 has the pivot −0.1 and the determinant 0.34, its inverse takes 1, 1 to 0.6/0.34 and 0.8/0.34, and
    // |λ|² is 0.34; that of 1.2, 0.9; −0.9, 0 takes them to 1.9/0.61 and −1.1/0.61.
    [Theory]
    [InlineData(new[] { 0.5, 0.4, 0.3, 0.6 }, true)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.6 }, false)]
    [InlineData(new[] { 0.0, 3000, 0, 0.2 }, true)]
    [InlineData(new[] { 0.0, 3000, 0.001, 0.2 }, false)]
    [InlineData(new[] { 1.2, 0.9, -0.9, 0.0 }, false)]
    [InlineData(new[] { 1.1, -0.5, 0.9, -0.1 }, true)]
    [InlineData(new[] { 0.5, 0.6, -0.1, 0.2 }, true)]
    public void A_sensible_solution_is_positive_and_its_series_converges(double[] coefficients, bool sensible)
    {
        double[] output = [50, 700];
        var table = new DrawnTable([.. coefficients.Select((a, c) => a * output[c % 2])], output, new double[2], IsBalanced: true);
        Assert.Equal(sensible, FlaggedTables.IsSensible(table));
    }

    [Fact]
    public void Runs_without_flagged_draws_say_nothing_of_it()
    {
        var summary = UncertaintyRun.Execute(TestData.FlowDemonstration, new(Draws, 1, 0.5), new SimdBackend(2), 2);
        Assert.DoesNotContain(summary.Warnings, w => w is TableSolvedAgainWarning);
    }

    private static TableSolvedAgainWarning Solved(Study study, out int unsolved)
    {
        var summary = UncertaintyRun.Execute(study, new(Draws, 1, 0.5), new SimdBackend(2), 2, UncertaintySources.Flows);
        unsolved = (int)(summary.FlaggedDraws.GetValueOrDefault("table-unsolved") + summary.FlaggedDraws.GetValueOrDefault("table-growth"));
        Assert.Equal(unsolved, summary.Estimates[0].Statistics.Undefined);
        return Assert.IsType<TableSolvedAgainWarning>(Assert.Single(summary.Warnings, w => w is TableSolvedAgainWarning));
    }

    // One flow of the given size has an error, all others have none; value added is what the inputs leave.
    internal static Study WithErrors(Study study, int row, int column, double flow)
    {
        var table = study.Table;
        var n = table.Sectors.Count;
        var (flows, inputs, sd) = ((double[,])table.Flows.Clone(), (double[])table.IntermediateInput.Clone(), new double[n, n]);
        flows[row, column] = flow;
        sd[row, column] = 0.3;
        for (var j = 0; j < n; j++) inputs[j] = Enumerable.Range(0, n).Sum(i => flows[i, j]);
        return study with
        {
            Table = table with { Flows = flows, IntermediateInput = inputs, AllowsNegativeValueAdded = true },
            Uncertainty = study.Uncertainty with { Flows = new(sd, FixedSectorAccount.Output) },
        };
    }
}
