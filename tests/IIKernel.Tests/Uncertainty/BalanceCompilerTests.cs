using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class BalanceCompilerTests
{
    // The smallest Σ (x − x̃)²/v with the sums: y = (x − x̃)/√v is the shortest vector that closes the gaps, M⁺ times them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Least_squares_are_the_shortest_correction_in_standard_deviations(bool divided)
    {
        // Flows of the first sectors alone have errors; where they are divided, in two parts that share no row and no column.
        const int most = 9;
        bool Drawn(int i, int j) => i < most && j < most && (!divided || i % 2 == (j + 1) % 2);
        var study = WithErrors((i, j) => Drawn(i, j) ? 0.1 + 0.05 * ((i + 2 * j) % 4) : 0, FlowBalance.LeastSquares);
        var plan = new CompiledStudy(study).Plan(3, UncertaintySources.Flows);
        var flows = plan.Flows;
        int[] cells = [.. Enumerable.Range(0, flows.Count * flows.Count).Where(c => Spread(flows, c) > 0)];
        Assert.InRange(cells.Length, 25, most * most);
        var (sample, free) = (new FlowSample(plan), new FlowSample(plan with { Flows = flows with { Balance = BalancePlan.None } }));
        double Sd(int c) => Math.Sqrt(Math.Exp(Spread(flows, c) * Spread(flows, c)) - 1) * Point(flows, c);
        for (var draw = 0; draw < 5; draw++)
        {
            var (start, balanced) = (free.Table(draw).Flows, sample.Table(draw).Flows);
            var sums = Matrix<double>.Build.Dense(2 * flows.Count, cells.Length);
            var gaps = Vector<double>.Build.Dense(2 * flows.Count);
            for (var k = 0; k < cells.Length; k++)
            {
                foreach (var sum in new[] { cells[k] / flows.Count, flows.Count + cells[k] % flows.Count })
                {
                    sums[sum, k] = Sd(cells[k]);
                    gaps[sum] += Point(flows, cells[k]) - start[cells[k]];
                }
            }

            // Every sum in standard deviations of its own, so that small sectors count.
            for (var s = 0; s < sums.RowCount; s++)
            {
                var norm = sums.Row(s).L2Norm();
                if (norm == 0) continue;
                sums.SetRow(s, sums.Row(s) / norm);
                gaps[s] /= norm;
            }

            var correction = sums.PseudoInverse() * gaps;
            for (var k = 0; k < cells.Length; k++)
                Assert.Equal(start[cells[k]] + Sd(cells[k]) * correction[k], balanced[cells[k]], 1e-9 * Sd(cells[k]));
        }
    }

    // A balance that R 4.2.2 computed by 20,000 sweeps over rows and columns, to the sums 70, 75, 130 and 85, 80, 110. The first cell of
    // its last row is what these leave: the answer prints 25.22403343483515, which misses both by 2e-9. The sums are compiled from the
    // answer, the draw is the table that it was made of.
    [Fact]
    public void Scaling_to_the_sums_of_a_known_answer_gives_it()
    {
        const int n = 3;
        double[] start = [10, 20, 30, 40, 5, 15, 25, 35, 60];
        double[] known =
        [
            10.75269386355863, 27.33144644045995, 31.91585969598142,
            49.02327270359621, 7.788030662572541, 18.18869663383124,
            85 - 10.75269386355863 - 49.02327270359621, 44.88052289696751, 59.89544367018733,
        ];
        var stride = FlowPlan.StrideOf(n);
        double[] Rows(double[] values) =>
            [.. Enumerable.Range(0, n * stride).Select(c => c % stride < n ? values[c / stride * n + c % stride] : 0)];
        var balance = BalanceCompiler.Compile(FlowBalance.Scaling, Rows(known), n, (_, _) => 0.1);
        double[] sums = [.. balance.RowTotals, .. balance.ColumnTotals];
        double[] targets = [70, 75, 130, 85, 80, 110];
        for (var k = 0; k < sums.Length; k++) Assert.Equal(targets[k], sums[k], 1e-12 * targets[k]);
        var plan = new CompiledStudy(TestData.FlowDemonstration).Plan(1);
        var table = new FlowSample(plan with
        {
            Flows = FlowPlan.None with
            {
                Sectors = [.. Enumerable.Range(0, n)],
                Flows = Rows(start),
                Spreads = new double[n * stride],
                RowKeys = new int[n],
                ColumnKeys = new int[n],
                Output = new double[n],
                ValueAdded = new double[n],
                OtherInputs = new double[n],
                MostInputs = new double[n],
                Balance = balance,
            },
        }).Table(0);
        Assert.True(table.IsBalanced);
        for (var c = 0; c < n * n; c++) Assert.Equal(known[c], table.Flows[c], 1e-10);
        Assert.Equal(0.0625, table.Flows[0] * table.Flows[4] / (table.Flows[1] * table.Flows[3]), 1e-12);
    }

    // Sums of large and small sectors, each relative to itself.
    [Theory]
    [InlineData(FlowBalance.Scaling)]
    [InlineData(FlowBalance.LeastSquares)]
    public void Balanced_draws_of_the_demonstration_meet_their_margins(FlowBalance balance)
    {
        var study = WithErrors((i, j) => TestData.FlowDemonstration.Uncertainty.Flows!.RelativeSd[i, j], balance);
        var plan = new CompiledStudy(study).Plan(3);
        var (sample, flows, n) = (new FlowSample(plan), plan.Flows, plan.Flows.Count);
        for (var draw = 0; draw < 20; draw++)
        {
            var table = sample.Table(draw);
            Assert.True(table.IsBalanced);
            for (var k = 0; k < n; k++)
            {
                double Row(Func<int, double> of) => Enumerable.Range(k * n, n).Sum(of);
                double Column(Func<int, double> of) => Enumerable.Range(0, n).Sum(i => of(i * n + k));
                Assert.Equal(Row(c => Point(flows, c)), Row(c => table.Flows[c]), 1e-10 * Row(c => Point(flows, c)));
                Assert.Equal(Column(c => Point(flows, c)), Column(c => table.Flows[c]), 1e-10 * Column(c => Point(flows, c)));
            }
        }
    }

    [Fact]
    public void Draws_that_least_squares_make_negative_are_counted_and_count()
    {
        var study = WithErrors((i, j) => (i * j) % 3 == 0 ? 1 : 0.3, FlowBalance.LeastSquares);
        const int draws = 60;
        var summary = UncertaintyRun.Execute(study, new(draws, 1, 0.5), new SimdBackend(2), 2, UncertaintySources.Flows);
        var plan = new CompiledStudy(study).Plan(1, UncertaintySources.Flows);
        var sample = new FlowSample(plan);
        var expected = Enumerable.Range(0, draws).Count(d => sample.Table(d).Flows.Any(x => x < 0));
        Assert.InRange(expected, 1, draws);
        Assert.Equal(expected, summary.FlaggedDraws["table-negative"]);
        Assert.Contains(new TableNegativeWarning(expected), summary.Warnings);
        Assert.Equal(0, summary.Estimates[0].Statistics.Undefined);
    }

    private static double Spread(FlowPlan flows, int cell) => flows.Spreads[cell / flows.Count * flows.Stride + cell % flows.Count];

    private static double Point(FlowPlan flows, int cell) => flows.Flows[cell / flows.Count * flows.Stride + cell % flows.Count];

    private static Study WithErrors(Func<int, int, double> relativeSd, FlowBalance balance)
    {
        var study = TestData.FlowDemonstration;
        var n = study.Table.Sectors.Count;
        var sd = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sd[i, j] = study.Table.Flows[i, j] == 0 ? 0 : relativeSd(i, j);
        return study with { Uncertainty = study.Uncertainty with { Flows = new(sd, FixedSectorAccount.Output) { Balance = balance } } };
    }
}
