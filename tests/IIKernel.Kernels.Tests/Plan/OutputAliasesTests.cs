using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using IIKernel.Kernels.Tests.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Plan;

public class OutputAliasesTests
{
    [Theory]
    [InlineData(ConformanceVariant.Coefficients, 0.8)]
    [InlineData(ConformanceVariant.Allocations, 0.95)]
    public void Every_alias_gives_the_bits_of_its_output(ConformanceVariant variant, double mostColumns)
    {
        var plan = ConformancePlan.Create(variant: variant);

        // The last category has no related sector, and region 4 a share in one group only: both make multiples.
        for (var t = 0; t < ConformancePlan.Years; t++)
            for (var j = 1; j < ConformancePlan.Groups; j++)
                plan.RegionShare[(t * ConformancePlan.Rows + 4) * ConformancePlan.Groups + j] = 0;
        var aliases = OutputAliases.Of(plan);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        Assert.Contains(outputs, o => aliases[o].Column < 0);
        Assert.Contains(outputs, o => aliases[o].Factors.Length == 2);
        Assert.True(outputs.Select(o => aliases[o].Column).Distinct().Count() < outputs.Length * mostColumns);
        if (variant == ConformanceVariant.Allocations)
        {
            // One category alone is shared out to the first row; several to the others.
            var map = plan.Outputs;
            var category = aliases[map.Index(0, map.Category(0), OutputMap.Direct)];
            var row = aliases[map.Index(0, map.Row(0), OutputMap.Direct)];
            Assert.Equal(category.Column, row.Column);
            Assert.Equal([.. category.Factors, plan.Allocation.Share[3]], row.Factors);
            Assert.Equal(map.Index(0, map.Row(1), OutputMap.Direct), aliases[map.Index(0, map.Row(1), OutputMap.Direct)].Column);
        }

        using var program = new SimdBackend(1).Load(plan);
        const int draws = 33;
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        var index = outputs.Select((o, i) => (o, i)).ToDictionary(p => p.o, p => p.i);
        for (var i = 0; i < outputs.Length; i++)
        {
            var alias = aliases[outputs[i]];
            for (var d = 0; d < draws; d++)
                Assert.Equal(values[i * draws + d], alias.Apply(alias.Column < 0 ? double.NaN : values[index[alias.Column] * draws + d]));
        }
    }

    [Fact]
    public void Growth_of_a_multiple_is_certain_where_the_figure_is_never_zero()
    {
        var plan = ConformancePlan.Create();
        var map = plan.Outputs;

        // The last category has no related sector: its indirect part alone, a multiple of the base year's.
        var last = map.Category(plan.CategoryCount - 1);
        var (before, now) = (plan.IndirectScale[plan.CategoryCount - 1], plan.IndirectScale[2 * plan.CategoryCount - 1]);
        var growth = map.Index(1, last, OutputMap.Growth);
        Assert.Equal((-1, (now - before) / before * 100), (plan.Aliases[growth].Column, plan.Aliases[growth].Constant));
        Assert.Equal(plan.Aliases[growth].Constant, OutputAliases.CertainGrowth(plan)[map.Entities + last]);

        // Of the first category the direct part grows at another rate than the indirect one.
        var drawn = map.Index(1, map.Category(0), OutputMap.Growth);
        Assert.Equal(drawn, plan.Aliases[drawn].Column);
        Assert.True(double.IsNaN(OutputAliases.CertainGrowth(plan)[map.Entities + map.Category(0)]));

        using var program = new SimdBackend(2).Load(plan);
        const int draws = 20_000;
        var values = new double[draws];
        program.Evaluate(0, draws, [growth], values);
        Assert.All(values, v => Assert.Equal(plan.Aliases[growth].Constant, v));
        var found = SampleStatistics.Collect(program, SortedSamples.Ranks(draws), [growth], program.EvaluatePoint(), 2)[0];
        Assert.Equal((values[0], values[0], values[0], 0.0), (found.Lower, found.Median, found.Upper, found.StandardDeviation));
        Assert.Equal((values[0], 0.0, 0L), (found.Mean, found.MedianError, found.Undefined));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(20_000)]
    public void Nothing_has_no_share_of_an_empty_account(int draws)
    {
        // The first category has an empty account and nothing else; the second something to take a share of its empty account.
        var plan = ConformancePlan.Create();
        var map = plan.Outputs;
        (plan.DirectScale[0], plan.IndirectScale[0]) = (0, 0);
        foreach (var c in new[] { 0, 1 }) plan.PercentScale[map.Category(c)] = double.PositiveInfinity;
        int[] shares = [map.Index(0, map.Category(0), OutputMap.Share), map.Index(0, map.Category(1), OutputMap.Share)];
        using var program = new SimdBackend(2).Load(plan);
        var values = new double[2 * draws];
        program.Evaluate(0, draws, shares, values);
        Assert.All(values[..draws], v => Assert.True(double.IsNaN(v)));
        var found = SampleStatistics.Collect(program, SortedSamples.Ranks(draws), shares, program.EvaluatePoint(), 2);
        Assert.Equal([(draws, 0L), (0, (long)draws)], found.Select(f => (f.Undefined, f.Infinite)));
        Assert.True(double.IsNaN(found[0].Median) && double.IsNaN(found[1].Mean));
        Assert.Equal(double.PositiveInfinity, found[1].Lower);
    }

    [Fact]
    public void Growth_of_what_may_be_zero_is_drawn()
    {
        var zeros = ConformancePlan.Points([0, 0.2, 0.4]);
        var growth = zeros.Outputs.Index(1, zeros.Outputs.Category(zeros.CategoryCount - 1), OutputMap.Growth);
        Assert.Equal(growth, zeros.Aliases[growth].Column);
        using var program = new SimdBackend(2).Load(zeros);
        const int draws = 20_000;
        var values = new double[draws];
        program.Evaluate(0, draws, [growth], values);
        var undefined = values.LongCount(double.IsNaN);
        Assert.InRange(undefined, draws / 4, draws / 2);
        Assert.Equal(undefined,
            SampleStatistics.Collect(program, SortedSamples.Ranks(draws), [growth], program.EvaluatePoint(), 2)[0].Undefined);

        // With a least value above 0, even by the smallest number, it is certain again.
        Assert.Equal(-1, ConformancePlan.Points([double.Epsilon, 0.2, 0.4]).Aliases[growth].Column);
    }
}
