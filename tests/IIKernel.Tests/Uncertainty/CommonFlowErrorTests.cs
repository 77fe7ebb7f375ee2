using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>Errors that flows have in common, against the moments of lognormal variates.</summary>
public class CommonFlowErrorTests
{
    private const int Draws = 6000;

    // Zd_k = S_k (V_k − Σ_i x_ik (F_i − 1)), with E F = 1 and Cov(F_ik, F_jl) = exp(σ_ik σ_jl ρ) − 1, where ρ is the sum of the shares that
    // the two flows have in common, and 1 of a flow with itself. Two rows of two columns; the first row of the first column and the
    // second of the second have one source, the other two flows none.
    [Theory]
    [InlineData(0.8, 0, 0)]
    [InlineData(0, 0.8, 0)]
    [InlineData(0, 0, 0.8)]
    [InlineData(0.3, 0.2, 0.4)]
    public void Flows_have_the_covariances_of_what_they_share(double row, double column, double source)
    {
        var study = TestData.FlowDemonstration;
        var (table, n) = (study.Table, study.Table.Sectors.Count);
        var (k, l) = (study.Coefficients[0], study.Coefficients[1]);
        int[] columns = [k.Sector, l.Sector];
        double Smaller(int i) => Math.Min(table.Flows[i, k.Sector], table.Flows[i, l.Sector]);
        int[] rows = [.. Enumerable.Range(0, n).OrderByDescending(Smaller).Take(2)];
        var (sd, sourceOf) = (new double[n, n], new int[n, n]);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                sd[rows[i], columns[j]] = 0.2 + 0.1 * i + 0.05 * j;
                sourceOf[rows[i], columns[j]] = i == j ? 1 : 0;
            }
        }

        var drawn = study with
        {
            Coefficients = [.. study.Coefficients.Select(c => c with { Distribution = null })],
            Uncertainty = study.Uncertainty with
            {
                Flows = new(sd, FixedSectorAccount.Output) { Common = new(row, column, source, sourceOf, ["survey"]) },
            },
        };
        var (_, values) = DrawnSamples.Draw(drawn, UncertaintySources.Flows,
            m => [m.Sector(k.Sector, OutputMap.Direct), m.Sector(l.Sector, OutputMap.Direct)], Draws);
        double[] s = [k.Point, l.Point];
        for (var a = 0; a < 2; a++) DrawnSamples.Near(s[a] * table.ValueAdded(columns[a]), values[a]);
        for (var a = 0; a < 2; a++)
        {
            for (var b = a; b < 2; b++)
            {
                var expected = 0.0;
                for (var i = 0; i < 2; i++)
                {
                    for (var j = 0; j < 2; j++)
                    {
                        var shared = (i, a) == (j, b) ? 1
                            : (i == j ? row : 0) + (a == b ? column : 0) + (i == a && j == b ? source : 0);
                        var (sigma, other) = (Sigma(sd[rows[i], columns[a]]), Sigma(sd[rows[j], columns[b]]));
                        expected += s[a] * s[b] * table.Flows[rows[i], columns[a]] * table.Flows[rows[j], columns[b]]
                            * (Math.Exp(sigma * other * shared) - 1);
                    }
                }

                var (first, second) = (s[a] * table.ValueAdded(columns[a]), s[b] * table.ValueAdded(columns[b]));
                DrawnSamples.Near(expected, [.. values[a].Zip(values[b], (x, y) => (x - first) * (y - second))]);
            }
        }

        static double Sigma(double rsd) => Math.Sqrt(Math.Log(1 + rsd * rsd));
    }

    // With no share of its own a row is one factor, whoever computes it: F_ij = exp(σ z_i − σ²/2) in every column.
    [Fact]
    public void A_row_that_has_all_in_common_moves_as_one()
    {
        var study = TestData.FlowDemonstration;
        var n = study.Table.Sectors.Count;
        var sd = new double[n, n];
        var (k, l) = (study.Coefficients[0], study.Coefficients[1]);
        var row = Enumerable.Range(0, n).MaxBy(i => Math.Min(study.Table.Flows[i, k.Sector], study.Table.Flows[i, l.Sector]));
        (sd[row, k.Sector], sd[row, l.Sector]) = (0.3, 0.3);
        var drawn = study with
        {
            Coefficients = [.. study.Coefficients.Select(c => c with { Distribution = null })],
            Uncertainty = study.Uncertainty with
            {
                Flows = new(sd, FixedSectorAccount.Output) { Common = new(1, 0, 0, new int[n, n], []) },
            },
        };
        var (_, values) = DrawnSamples.Draw(drawn, UncertaintySources.Flows,
            m => [m.Sector(k.Sector, OutputMap.Direct), m.Sector(l.Sector, OutputMap.Direct)], 50);
        double Factor(ExpertCoefficient c, double direct) =>
            (study.Table.ValueAdded(c.Sector) - direct / c.Point) / study.Table.Flows[row, c.Sector];
        for (var d = 0; d < 50; d++) Assert.Equal(Factor(k, values[0][d]), Factor(l, values[1][d]), 1e-9);
        Assert.Equal(50, values[0].Distinct().Count());
    }
}
