using IIKernel.Kernels.Plan;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

// Tables that are drawn.
public abstract partial class BackendConformance
{
    [Theory]
    [InlineData(0, 300, ConformanceVariant.Flows, FlowPrecision.Double)]
    [InlineData((1L << 32) - 5, 67, ConformanceVariant.FlowsOfFixedValueAdded, FlowPrecision.Double)]
    [InlineData((1L << 53) + 1, 130, ConformanceVariant.FlowsWithMarks, FlowPrecision.Double)]
    [InlineData(7, 70, ConformanceVariant.FlowsInCommon, FlowPrecision.Double)]
    [InlineData(0, 300, ConformanceVariant.Flows, FlowPrecision.Mixed)]
    [InlineData((1L << 32) - 5, 67, ConformanceVariant.FlowsOfFixedValueAdded, FlowPrecision.Mixed)]
    [InlineData((1L << 53) + 1, 130, ConformanceVariant.FlowsWithMarks, FlowPrecision.Mixed)]
    [InlineData(7, 70, ConformanceVariant.FlowsInCommon, FlowPrecision.Mixed)]
    public void A_drawn_table_has_the_bits_of_the_reference(long first, int count, ConformanceVariant variant, int precision)
    {
        var plan = ConformancePlan.Create(variant: variant).With(precision);
        int[] written = [.. ConformancePlan.WrittenOutputs(plan)];
        var expected = Evaluate(new ReferenceBackend(), plan, first, count, written);
        Assert.Equal(Bits(expected), Bits(Evaluate(Create(), plan, first, count, written)));
        Assert.Contains(expected[(Array.IndexOf(written, plan.Outputs.Sector(4, OutputMap.Indirect)) * count)..][..count], double.IsFinite);

        // Beside others or alone, from any draw on.
        var output = plan.Outputs.Sector(4, OutputMap.Indirect);
        var at = Array.IndexOf(written, output) * count;
        Assert.Equal(Bits(expected.AsSpan(at + 31, 36)), Bits(Evaluate(Create(), plan, first + 31, 36, [output])));
        using var reference = new ReferenceBackend().Load(plan);
        using var program = Create().Load(plan);
        Assert.Equal(Bits(reference.EvaluatePoint()), Bits(program.EvaluatePoint()));
    }

    [Theory]
    [InlineData(ConformanceVariant.Flows)]
    [InlineData(ConformanceVariant.FlowsInCommon)]
    public void Flows_of_the_second_sample_are_others_and_have_the_bits_of_the_reference(ConformanceVariant variant)
    {
        const int count = 40;
        var first = ConformancePlan.Create(variant: variant);
        var second = first.WithSecondSample([], true);
        int[] output = [first.Outputs.Sector(4, OutputMap.Indirect)];
        var expected = Evaluate(new ReferenceBackend(), second, 3, count, output);
        Assert.Equal(Bits(expected), Bits(Evaluate(Create(), second, 3, count, output)));
        Assert.Empty(expected.Intersect(Evaluate(Create(), first, 3, count, output)));
    }

    // What single precision cannot solve is solved in double: the same bits, and the same is said against it.
    [Fact]
    public void A_table_that_single_precision_cannot_solve_is_marked_and_has_the_bits_of_double_precision()
    {
        const int count = 400;
        var plan = ConformancePlan.Create(variant: ConformanceVariant.FlowsWithMarks);
        int[] outputs =
        [
            plan.Outputs.Sector(4, OutputMap.Indirect), plan.Outputs.Mark(TableMark.Unrefined),
            .. Enumerable.Range(0, TableMark.Unrefined).Select(plan.Outputs.Mark),
        ];
        var inDouble = Evaluate(Create(), plan, 0, count, outputs);
        var mixed = Evaluate(Create(), plan.With(FlowPrecision.Mixed), 0, count, outputs);
        Assert.Equal(inDouble[(2 * count)..], mixed[(2 * count)..]);
        Assert.All(inDouble[count..(2 * count)], mark => Assert.Equal(0, mark));
        var marked = 0;
        for (var d = 0; d < count; d++)
        {
            var (expected, actual) = (inDouble[d], mixed[d]);
            if (mixed[count + d] == 1)
            {
                marked++;
                Assert.Equal(Bits([expected]), Bits([actual]));
            }
            else
            {
                Assert.Equal(0, mixed[count + d]);
                Assert.InRange(Math.Abs(actual - expected), 0, 1e-9 * Math.Abs(expected));
            }
        }

        // Tables without a solution are among them.
        Assert.InRange(marked, inDouble[((2 + TableMark.NoSolution) * count)..((3 + TableMark.NoSolution) * count)].Sum(), count - 1);
    }

    [Fact]
    public void Draws_are_marked_by_what_is_wrong_with_their_table()
    {
        const int count = 400;
        var plan = ConformancePlan.Create(variant: ConformanceVariant.FlowsWithMarks);
        var map = plan.Outputs;
        int[] marks = [map.Mark(TableMark.Deficit), map.Mark(TableMark.NoSolution), map.Mark(TableMark.Growth)];
        var values = Evaluate(Create(), plan, 0, count, [.. marks, map.Index(0, map.Nation, OutputMap.Total)]);
        for (var d = 0; d < count; d++)
        {
            var (deficit, unsolved, grown) = (values[d], values[count + d], values[2 * count + d]);
            Assert.Contains(deficit, new[] { 0.0, 1.0 });
            Assert.Equal(unsolved + grown > 0, double.IsNaN(values[3 * count + d]));
            Assert.InRange(unsolved + grown, 0, 1);

            // Columns that sum to less than 1 have a solution.
            if (unsolved > 0) Assert.Equal(1, deficit);
        }

        foreach (var mark in new[] { TableMark.Deficit, TableMark.NoSolution })
            Assert.InRange(values.AsSpan(mark * count, count).ToArray().Sum(), 1, count - 1);
        var point = new double[map.Count];
        using (var program = Create().Load(plan)) point = program.EvaluatePoint();
        Assert.All(marks, m => Assert.Equal(0, point[m]));
    }

    [Fact]
    public void A_replicate_alone_has_its_flows_again()
    {
        const int points = 20;
        var plan = ConformancePlan.Create(variant: ConformanceVariant.Flows);
        int[] output = [plan.Outputs.Sector(4, OutputMap.Indirect)];
        var replicates = plan.Sequence.Replicates;
        var whole = Evaluate(Create(), plan, 0, points * replicates, output);
        for (var r = 0; r < replicates; r++)
        {
            var alone = Evaluate(Create(), plan with { Sequence = plan.Sequence.Replicate(r) }, 0, points, output);
            Assert.Equal(Bits([.. Enumerable.Range(0, points).Select(p => whole[p * replicates + r])]), Bits(alone));
        }

        Assert.Equal(whole.Length, whole.Distinct().Count());
    }

    private static IEnumerable<long> Bits(ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        return bits;
    }
}
