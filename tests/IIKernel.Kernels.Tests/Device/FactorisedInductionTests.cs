using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Device;

/// <summary>Tables of one and two sectors, whose solutions can be written down.</summary>
public class FactorisedInductionTests
{
    private const int Draws = 40_000;
    private const double Output = 1000, Other = 200, S = 0.25;

    // X S (1 − S) a (1 − a) / (1 − (1 − S) a) with a random a: ΔY = (1 − S) H u, H = a/(1 − a), u = X S/(1 + S H), V = X (1 − a).
    [Fact]
    public void The_moments_of_one_sector_are_those_of_its_closed_form()
    {
        const double a = 0.2, rsd = 0.2;
        var values = Draw(Plan([[a * Output]], [[rsd]], [Output]));
        double Indirect(double z) => a * Factor(rsd, z) is var b ? Output * S * (1 - S) * b * (1 - b) / (1 - (1 - S) * b) : 0;
        Near(Integral(Indirect), values);
        var mean = Integral(Indirect);
        Near(Integral(z => Math.Pow(Indirect(z) - mean, 2)), [.. values.Select(v => (v - mean) * (v - mean))]);
    }

    // The second sector is related: C_22 = (1 − a_11)/det, H_22 = C_22 − 1, Zi_2 = V_2/X_2 (1 − S) H_22 X_2 S / (1 + S H_22).
    [Fact]
    public void The_moments_of_two_sectors_are_those_of_their_closed_form()
    {
        const double x12 = 40, x21 = 250, r12 = 0.3, r21 = 0.25;
        var values = Draw(Plan([[100, x12], [x21, 30]], [[0, r12], [r21, 0]], [Output, Other]));
        double Indirect(double z, double w)
        {
            var (a12, a21) = (x12 * Factor(r12, z) / Other, x21 * Factor(r21, w) / Output);
            var (a11, a22) = (100 / Output, 30 / Other);
            var h = (1 - a11) / ((1 - a11) * (1 - a22) - a12 * a21) - 1;
            return (1 - a12 - a22) * (1 - S) * h * Other * S / (1 + S * h);
        }

        var mean = Integral(z => Integral(w => Indirect(z, w)));
        Near(mean, values);
        Near(Integral(z => Integral(w => Math.Pow(Indirect(z, w) - mean, 2))), [.. values.Select(v => (v - mean) * (v - mean))]);
    }

    // X_2 = V_2 + x_12 e with V_2 = −250 and x_12 = 300 is above 0 where e is above 250/300, though both pivots always are.
    [Fact]
    public void An_output_that_is_not_above_zero_is_no_solution()
    {
        const double rsd = 0.3;
        var plan = Plan([[100, 300], [0, 0]], [[0, rsd], [0, 0]], [Output, 50]);
        plan = plan with { Flows = plan.Flows with { Fixed = FixedAccount.ValueAdded } };
        var values = Draw(plan, plan.Outputs.Mark(TableMark.NoSolution));
        Near(Integral(z => Factor(rsd, z) <= 250.0 / 300 ? 1 : 0, perUnit: 4096), values);
        var (figures, grown) = (Draw(plan), Draw(plan, plan.Outputs.Mark(TableMark.Growth)));
        for (var d = 0; d < Draws; d++) Assert.Equal(values[d] + grown[d] > 0, double.IsNaN(figures[d]));
    }

    // The second sector, the only one of its category, has V = 200 − 180 e, below 0 where e is above 10/9, though both pivots are positive.
    [Fact]
    public void A_category_whose_value_added_changes_its_sign_is_marked()
    {
        const double rsd = 0.1;
        var plan = Plan([[100, 180], [0, 0]], [[0, rsd], [0, 0]], [Output, Other]);
        var categories = new int[plan.SectorCount];
        categories[1] = 1;
        plan = plan with
        {
            Flows = plan.Flows with
            {
                SectorCategory = categories,
                CategoryValueAdded = [Output - 100, 20, .. new double[plan.CategoryCount - 2]],
            },
        };
        var values = Draw(plan, plan.Outputs.Mark(TableMark.Turned));
        Near(Integral(z => Factor(rsd, z) > 10.0 / 9 ? 1 : 0, perUnit: 4096), values);
        Assert.Equal(Draw(plan, plan.Outputs.Mark(TableMark.Deficit)), values);
        Assert.All(Draw(plan), v => Assert.True(double.IsFinite(v)));
    }

    // I − A is 0.5, −0.5; −0.6 (1 − d), 0.6, whose second pivot is 0.6 d: with d = 1e-9 that is rounding in single precision.
    [Fact]
    public void A_system_that_single_precision_takes_for_singular_is_solved_in_double_precision()
    {
        SamplePlan Plan(double d) => FactorisedInductionTests.Plan(
            [[0.5 * Output, 0.5 * Other], [0.6 * (1 - d) * Output, 0.4 * Other]], [[0, 0], [0, 0]], [Output, Other]);
        var plan = Plan(1e-9);
        var mixed = plan.With(FlowPrecision.Mixed);
        Assert.All(Draw(mixed, plan.Outputs.Mark(TableMark.Unrefined)), mark => Assert.Equal(1, mark));
        Assert.Equal(Draw(plan)[0], Draw(mixed)[0]);
        Assert.InRange(Math.Abs(Draw(plan)[0]), 1, double.MaxValue);

        // 1e-4 is told from nothing, and takes several corrections.
        plan = Plan(1e-4);
        mixed = plan.With(FlowPrecision.Mixed);
        Assert.All(Draw(mixed, plan.Outputs.Mark(TableMark.Unrefined)), mark => Assert.Equal(0, mark));
        Assert.InRange(Draw(mixed)[0] / Draw(plan)[0], 1 - 1e-11, 1 + 1e-11);
    }

    // The sectors of a table come first in a plan whose others have no output; the last of them is the first related one, sector 1.
    private static SamplePlan Plan(double[][] flows, double[][] rsd, double[] output)
    {
        var n = output.Length;
        var plan = ConformancePlan.Create();
        Assert.Equal((MarginalKind.Constant, S, 0), (plan.Marginals.Kinds[0], plan.Marginals.Parameters[0], plan.SectorRelated[1]));
        var stride = FlowPlan.StrideOf(n);
        var (cells, spreads) = (new double[n * stride], new double[n * stride]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) (cells[i * stride + j], spreads[i * stride + j]) = (flows[i][j], Spread(rsd[i][j]));
        var (rows, columns) = CounterLayout.FlowKeys([.. Enumerable.Range(0, n).Select(i => $"{i}")]);
        return plan with
        {
            Flows = new()
            {
                Sectors = n == 1 ? [1] : [0, 1],
                Related = [0],
                Flows = cells,
                Spreads = spreads,
                RowKeys = [.. rows.Select(k => unchecked((int)k))],
                ColumnKeys = [.. columns.Select(k => unchecked((int)k))],
                Fixed = FixedAccount.Output,
                Output = output,
                ValueAdded = [.. output.Select((x, j) => x - flows.Sum(row => row[j]))],
                OtherInputs = new double[n],
                MostInputs = output,
                SectorCategory = new int[plan.SectorCount],
                CategoryValueAdded = new double[plan.CategoryCount],
            },
        };
    }

    private static double[] Draw(SamplePlan plan) => Draw(plan, plan.Outputs.Sector(1, OutputMap.Indirect));

    private static double[] Draw(SamplePlan plan, int output)
    {
        var values = new double[Draws];
        using var program = new SimdBackend(2).Load(plan);
        program.Evaluate(0, Draws, [output], values);
        return values;
    }

    private static double Spread(double rsd) => Math.Sqrt(Math.Log(1 + rsd * rsd));

    private static double Factor(double rsd, double z) => Math.Exp(Spread(rsd) * z - Spread(rsd) * Spread(rsd) / 2);

    // Over the standard normal distribution, by the trapezoidal rule.
    private static double Integral(Func<double, double> of, int perUnit = 16)
    {
        var step = 1.0 / perUnit;
        var sum = 0.0;
        for (var k = -7 * perUnit; k <= 7 * perUnit; k++) sum += of(k * step) * Math.Exp(-k * step * k * step / 2);
        return sum * step / Math.Sqrt(2 * Math.PI);
    }

    private static void Near(double expected, double[] sample)
    {
        var mean = sample.Average();
        var error = Math.Sqrt(sample.Sum(x => (x - mean) * (x - mean)) / (sample.Length - 1.0) / sample.Length);
        Assert.True(Math.Abs(mean - expected) <= 4 * error, $"{mean:R} instead of {expected:R}, standard error {error:R}");
        Assert.True(error > 0);
    }
}
