using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>Drawn tables whose factors are in single precision.</summary>
public class MixedPrecisionTests
{
    private static readonly SamplingOptions InDouble = new(60, 1, 0.5);

    private static readonly SamplingOptions Mixed = InDouble with { Precision = TablePrecision.Mixed };

    [Fact]
    public void Every_draw_of_the_demonstration_is_that_of_double_precision()
    {
        var compiled = new CompiledStudy(TestData.FlowDemonstration);
        int[] outputs = [.. compiled.Keys.Where(k => k.Measure == Measure.Value).Select(k => k.Output)];
        var expected = Draw(compiled, InDouble, outputs);
        var actual = Draw(compiled, Mixed, outputs);
        Assert.NotEqual(expected, actual);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(Math.Abs(actual[i] - expected[i]), 0, 1e-12 * Math.Abs(expected[i]));
        Assert.All(Draw(compiled, Mixed, [compiled.Plan(Mixed).Outputs.Mark(TableMark.Unrefined)]), mark => Assert.Equal(0, mark));
    }

    // The one source that draws flows has the precision; the others draw no table.
    [Fact]
    public void The_precision_is_that_of_drawn_tables_alone()
    {
        var compiled = new CompiledStudy(TestData.FlowDemonstration);
        Assert.Equal(FlowPrecision.Mixed, compiled.Plan(Mixed).Flows.Precision);
        Assert.Equal(FlowPrecision.Double, compiled.Plan(InDouble).Flows.Precision);
        Assert.Same(FlowPlan.None, compiled.Plan(Mixed, UncertaintySources.Coefficients).Flows);
    }

    [Fact]
    public void A_run_says_what_bound_held()
    {
        var summary = UncertaintyRun.Execute(TestData.FlowDemonstration, Mixed, new SimdBackend(2), 2, UncertaintySources.Flows);
        var n = summary.Study.Table.TotalOutput.Count(x => x > 0);
        var bound = Math.Sqrt(n) * Math.Pow(2, -52);
        Assert.Equal(new TableRefinement(TablePrecision.Mixed, bound, FlowPrecision.MostCorrections, 0), summary.Refinement);
        Assert.Equal(new ReceiptTables("mixed", bound, FlowPrecision.MostCorrections, 0), RunReceipt.Of(summary).Tables);
        Assert.DoesNotContain(summary.Warnings, w => w is TableUnrefinedWarning);

        summary = UncertaintyRun.Execute(TestData.FlowDemonstration, InDouble, new SimdBackend(2), 2, UncertaintySources.Flows);
        Assert.Null(summary.Refinement);
        Assert.Null(RunReceipt.Of(summary).Tables);
    }

    // A sector that uses nearly all of its own output: some draws have no solution. Those are for double precision to tell.
    [Fact]
    public void Draws_without_a_solution_are_those_of_double_precision()
    {
        var study = TestData.FlowDemonstration;
        var k = study.Coefficients[2].Sector;
        study = FlaggedTablesTests.WithErrors(study, k, k, 0.95 * study.Table.TotalOutput[k]);
        var sampling = Mixed with { Draws = 200 };
        var mixed = UncertaintyRun.Execute(study, sampling, new SimdBackend(2), 2, UncertaintySources.Flows);
        var inDouble = UncertaintyRun.Execute(
            study, sampling with { Precision = TablePrecision.Double }, new SimdBackend(2), 2, UncertaintySources.Flows);
        var unsolved = inDouble.FlaggedDraws["table-unsolved"];
        Assert.Equal(unsolved, mixed.FlaggedDraws["table-unsolved"]);
        var unrefined = mixed.FlaggedDraws["table-unrefined"];
        Assert.InRange(unrefined, unsolved, sampling.Draws - 1);
        Assert.Equal(unrefined, Assert.Single(mixed.Warnings.OfType<TableUnrefinedWarning>()).Draws);
        Assert.Equal(unrefined, mixed.Refinement!.InDouble);
        Assert.DoesNotContain("table-unrefined", inDouble.FlaggedDraws.Keys);
        Assert.Equal(inDouble.Estimates[0].Statistics.Undefined, mixed.Estimates[0].Statistics.Undefined);
    }

    private static double[] Draw(CompiledStudy compiled, SamplingOptions sampling, int[] outputs)
    {
        using var program = compiled.Load(new SimdBackend(2), sampling);
        var values = new double[outputs.Length * sampling.Draws];
        program.Program.Evaluate(0, (int)sampling.Draws, outputs, values);
        return values;
    }
}
