using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Device;

/// <summary>Balanced tables, against what defines them.</summary>
public class FlowBalancingTests
{
    // From 1, 2; 3, 4 to rows 5, 6 and columns 4, 7: x11 = x, x12 = 5 − x, x21 = 4 − x, x22 = x + 2 with the odds ratio of the start,
    // x(x + 2)/((5 − x)(4 − x)) = 1·4/(2·3): x² + 24x − 40 = 0.
    [Fact]
    public void Scaling_of_two_sectors_is_the_root_of_its_quadratic()
    {
        var x = -12 + Math.Sqrt(184);
        double[] expected = [x, 5 - x, 4 - x, x + 2];
        var balanced = Balanced(BalanceMethod.Scaling, [1, 2, 3, 4], [5, 6], [4, 7]);
        for (var c = 0; c < 4; c++) Assert.Equal(expected[c], balanced[c], 1e-10);
    }

    // Of all tables that meet the sums the one whose quotients with the start are products of a row's and a column's.
    [Fact]
    public void Scaling_meets_the_sums_and_keeps_odds_ratios()
    {
        double[] start = [8, 0, 31, 44, 5, 17, 25, 36, 70], rows = [50, 61, 122], columns = [80, 43, 110];
        var balanced = Balanced(BalanceMethod.Scaling, start, rows, columns);
        Meets(balanced, rows, columns);
        Assert.Equal(0, balanced[1]);
        double Quotient(int i, int j) => balanced[3 * i + j] / start[3 * i + j];
        Assert.Equal(Quotient(0, 0) * Quotient(1, 2), Quotient(0, 2) * Quotient(1, 0), 1e-10);
        Assert.Equal(Quotient(1, 0) * Quotient(2, 1), Quotient(1, 1) * Quotient(2, 0), 1e-10);
        Assert.Equal(Quotient(1, 1) * Quotient(2, 2), Quotient(1, 2) * Quotient(2, 1), 1e-10);
    }

    // (x̃ − x)/w is a row's number plus a column's: no direction along the sums makes Σ (x − x̃)²/w smaller.
    [Fact]
    public void Least_squares_meet_the_sums_and_move_flows_by_their_variances()
    {
        double[] start = [8, 3, 31, 44, 5, 17, 25, 36, 70], rows = [50, 61, 122], columns = [80, 43, 110];
        var balanced = Balanced(BalanceMethod.LeastSquares, start, rows, columns);
        Meets(balanced, rows, columns);
        double Pull(int i, int j) => (start[3 * i + j] - balanced[3 * i + j]) / Math.Pow(start[3 * i + j], 2);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
                Assert.Equal(0, Pull(i, j) + Pull(i + 1, j + 1) - Pull(i, j + 1) - Pull(i + 1, j), 1e-12);
        }

        Assert.NotEqual(0, Pull(0, 0), 1e-3);
    }

    [Theory]
    [InlineData(ConformanceVariant.FlowsScaled)]
    [InlineData(ConformanceVariant.FlowsOfLeastSquares)]
    public void Draws_meet_the_sums_of_the_table_and_leave_flows_without_errors(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        var (flows, n) = (plan.Flows, plan.Flows.Count);
        var (sample, free) = (new FlowSample(plan), new FlowSample(plan with { Flows = flows with { Balance = BalancePlan.None } }));
        double Point(int i, int j) => flows.Flows[i * flows.Stride + j];
        double[] rows = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => Point(i, j)))];
        double[] columns = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => Point(i, j)))];
        for (var draw = 0; draw < 20; draw++)
        {
            var table = sample.Table(draw);
            Assert.True(table.IsBalanced);
            Meets(table.Flows, rows, columns);
            Assert.Equal([.. flows.Output, .. flows.ValueAdded], [.. table.Output, .. table.ValueAdded]);
            var unbalanced = free.Table(draw).Flows;
            Assert.NotEqual(rows[0], unbalanced[..n].Sum(), 1e-3);
            for (var c = 0; c < n * n; c++)
                if (flows.Spreads[c / n * flows.Stride + c % n] == 0) Assert.Equal(unbalanced[c], table.Flows[c]);
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.FlowsScaled)]
    [InlineData(ConformanceVariant.FlowsOfLeastSquares)]
    public void Draws_that_do_not_meet_the_sums_are_marked_and_have_no_figures(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        double[] more = [.. plan.Flows.Balance.RowTotals.Select((x, i) => i == 2 ? 2 * x : x)];
        plan = plan with { Flows = plan.Flows with { Balance = plan.Flows.Balance with { RowTotals = more } } };
        var map = plan.Outputs;
        int[] marks = [map.Mark(TableMark.NoSolution), map.Mark(TableMark.Growth), map.Mark(TableMark.Unbalanced)];
        var values = new double[4 * 5];
        using var program = new SimdBackend(1).Load(plan);
        program.Evaluate(0, 5, [.. marks, map.Index(0, map.Nation, OutputMap.Indirect)], values);
        Assert.All(values[..10], v => Assert.Equal(0, v));
        Assert.All(values[10..15], v => Assert.Equal(1, v));
        Assert.All(values[15..], v => Assert.Equal(double.NaN, v));
    }

    [Fact]
    public void Another_device_refuses_to_balance()
    {
        using var backend = new IlgpuBackend(DeviceCatalog.Of(DeviceCatalog.IlgpuCpu).First(d => d.Refusal is null), 1);
        var refusal = Assert.Throws<DeviceException>(() => backend.Load(ConformancePlan.Create(variant: ConformanceVariant.FlowsScaled)));
        Assert.Contains(SimdBackend.Name, refusal.Message, StringComparison.Ordinal);
    }

    private static void Meets(double[] flows, double[] rows, double[] columns)
    {
        var n = rows.Length;
        for (var k = 0; k < n; k++)
        {
            Assert.Equal(rows[k], Enumerable.Range(0, n).Sum(j => flows[k * n + j]), 1e-10 * rows[k]);
            Assert.Equal(columns[k], Enumerable.Range(0, n).Sum(i => flows[i * n + k]), 1e-10 * columns[k]);
        }
    }

    // A table whose draws are its flows themselves, but for other sums.
    private static double[] Balanced(int method, double[] start, double[] rows, double[] columns)
    {
        var n = rows.Length;
        var stride = FlowPlan.StrideOf(n);
        var (flows, ones) = (new double[n * stride], new double[n * stride]);
        for (var c = 0; c < n * n; c++) (flows[c / n * stride + c % n], ones[c / n * stride + c % n]) = (start[c], 1);
        var balance = BalancePlans.Of(method, flows, ones, n);
        var plan = ConformancePlan.Create();
        var table = new FlowSample(plan with
        {
            Flows = FlowPlan.None with
            {
                Sectors = [.. Enumerable.Range(0, n)],
                Flows = flows,
                Spreads = new double[n * stride],
                RowKeys = new int[n],
                ColumnKeys = new int[n],
                Output = new double[n],
                ValueAdded = new double[n],
                OtherInputs = new double[n],
                MostInputs = new double[n],
                Balance = balance with { RowTotals = rows, ColumnTotals = columns },
            },
        }).Table(0);
        Assert.True(table.IsBalanced);
        return table.Flows;
    }
}
