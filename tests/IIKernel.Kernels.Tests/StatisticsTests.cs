using System.Numerics;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class StatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    public void Moments_equal_those_of_exact_arithmetic(int count)
    {
        // Whole numbers: every partial sum is exact, so the reference may be computed in integers.
        var random = new System.Random(count);
        var sample = Enumerable.Range(0, count).Select(_ => (double)random.Next(-1000, 1000)).ToArray();
        var (mean, sd) = BlockSums.Moments(sample, centre: 3);
        var sum = sample.Sum(x => (long)x);
        var squares = sample.Sum(x => (long)x * (long)x);
        Assert.Equal(sum / (double)count, mean, 1e-12 * 1000);
        if (count == 1) Assert.True(double.IsNaN(sd));
        else Assert.Equal(Math.Sqrt(((decimal.ToDouble((decimal)squares * count - (decimal)sum * sum)) / count) / (count - 1)), sd, 1e-12 * 1000);
    }

    // NIST StRD, NumAcc4: 1001 values 1e7 + 0.2, then 1e7 + 0.1 and 1e7 + 0.3 in turn; mean 1e7 + 0.2, sd 0.1.
    [Fact]
    public void Moments_keep_their_digits_on_the_hard_NIST_set()
    {
        var sample = Enumerable.Range(0, 1001).Select(i => i == 0 ? 10000000.2 : i % 2 == 1 ? 10000000.1 : 10000000.3).ToArray();
        var (mean, sd) = BlockSums.Moments(sample, centre: sample[0]);
        Assert.True(-Math.Log10(Math.Abs(mean - 10000000.2) / 10000000.2 + 1e-300) >= 14);
        Assert.True(-Math.Log10(Math.Abs(sd - 0.1) / 0.1) >= 8);
    }

    [Fact]
    public void A_constant_sample_has_its_own_value_as_mean_and_no_spread()
    {
        var (mean, sd) = BlockSums.Moments(Enumerable.Repeat(0.1, 3001).ToArray(), centre: 0.1);
        Assert.Equal(0.1, mean);
        Assert.Equal(0, sd);
    }

    [Fact]
    public void Order_statistics_are_those_of_the_sorted_sample_and_the_shortest_interval_is_the_shortest()
    {
        var random = new System.Random(5);
        var sample = Enumerable.Range(0, 999).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        var sorted = sample.Order().ToArray();
        var ranks = new QuantileRanks(999, 949, 25, 500, 974, (16, 36), (469, 531), (965, 985), 4);
        var s = SampleStatistics.Describe(sample, 1, ranks);
        Assert.Equal((sorted[24], sorted[499], sorted[973]), (s.Lower, s.Median, s.Upper));
        Assert.Equal((sorted[35] - sorted[15]) / 4, s.LowerError);
        Assert.Equal((sorted[530] - sorted[468]) / 4, s.MedianError);
        Assert.Equal((sorted[984] - sorted[964]) / 4, s.UpperError);
        var lengths = Enumerable.Range(0, 50).Select(r => sorted[r + 949] - sorted[r]).ToArray();
        Assert.Equal(lengths.Min(), s.ShortestUpper - s.ShortestLower);
        Assert.Contains(s.ShortestLower, sorted[..50]);
        Assert.True(s.ShortestUpper - s.ShortestLower < s.Upper - s.Lower);
    }

    [Fact]
    public void Ranks_that_a_sample_does_not_have_give_no_number()
    {
        var s = SampleStatistics.Describe([3.0], 3, new(1, 1, 0, 1, 1, (0, 2), (0, 2), (0, 2), 4));
        Assert.Equal(3, s.Mean);
        Assert.Equal(3, s.Median);
        Assert.True(double.IsNaN(s.Lower) && double.IsNaN(s.ShortestLower) && double.IsNaN(s.MedianError) && double.IsNaN(s.StandardDeviation));
    }

    [Fact]
    public void What_is_no_number_is_counted_and_nothing_else_is_said()
    {
        var s = SampleStatistics.Describe([1, double.NaN, 3, double.PositiveInfinity], 2, new(4, 3, 1, 2, 4, (1, 2), (1, 2), (1, 2), 4));
        Assert.Equal(1, s.Undefined);
        Assert.True(double.IsNaN(s.Mean) && double.IsNaN(s.Median) && double.IsNaN(s.Upper));
    }

    [Fact]
    public void Infinite_draws_stand_at_their_ends_of_the_order_and_leave_no_mean()
    {
        double[] sample = [4, double.PositiveInfinity, 1, 3, double.NegativeInfinity, 2, double.PositiveInfinity];
        var s = SampleStatistics.Describe(sample, 2, new(7, 4, 2, 4, 6, (1, 2), (3, 5), (5, 6), 2));
        Assert.Equal((0L, 3L), (s.Undefined, s.Infinite));
        Assert.Equal((1.0, 3.0, double.PositiveInfinity), (s.Lower, s.Median, s.Upper));
        Assert.Equal((double.NegativeInfinity, 4.0), (sample.Order().First(), sample.Order().ElementAt(4)));
        Assert.Equal(1, s.MedianError);
        Assert.True(double.IsNaN(s.Mean) && double.IsNaN(s.StandardDeviation) && double.IsNaN(s.LowerError) && double.IsNaN(s.UpperError));

        // Every interval of five draws has an infinite end: the first is as short as any.
        Assert.Equal((double.NegativeInfinity, 4.0), (s.ShortestLower, s.ShortestUpper));
    }

    [Theory]
    [InlineData(10, 0.95, false)]
    [InlineData(11, 0.95, true)]
    [InlineData(1, 0.5, false)]
    [InlineData(20, 0.01, false)]
    public void Both_ends_of_an_interval_are_there_or_neither(int draws, double level, bool expected)
    {
        var span = (long)Math.Floor(level * draws + 0.5);
        var lower = (draws - span + 1) / 2;
        var s = SampleStatistics.Describe(
            [.. Enumerable.Range(0, draws).Select(i => (double)i)], 0, new(draws, span, lower, (draws + 1) / 2, lower + span, (0, 1), (0, 1), (0, 1), 4));
        Assert.Equal((expected, expected, expected), (double.IsFinite(s.Lower), double.IsFinite(s.Upper), double.IsFinite(s.ShortestLower)));
        Assert.True(double.IsFinite(s.Median));
    }

    // Whole numbers plus a multiple of 1/8, exact in a double: their deviations from their mean are too.
    [Theory]
    [InlineData(1009)]
    [InlineData(40_000)]
    public void A_sample_far_from_its_point_keeps_the_digits_of_its_standard_deviation(int draws)
    {
        var random = new System.Random(draws);
        var near = Enumerable.Range(0, draws).Select(_ => random.Next(-40, 40) / 8.0).ToArray();
        var far = near.Select(x => x + 1e12).ToArray();
        var expected = BlockSums.Moments(near, 0).StandardDeviation;
        foreach (var point in new[] { 0, -1e15, double.NaN, double.PositiveInfinity })
            Assert.Equal(expected, SampleStatistics.Describe(far, point, Ranks(draws)).StandardDeviation, 1e-12 * expected);
    }

    // The standard error of s is √((μ₄ − σ⁴)/N)/(2σ), with μ₄ = 3 for a normal distribution of σ = 1, 1/80 for a uniform one, and 0.0657 for
    // one draw in ten that is 1 and not 0. Over many samples mean and s scatter as their errors say.
    [Theory]
    [InlineData(1000, 60)]
    [InlineData(20_000, 40)]
    public void Standard_errors_of_mean_and_standard_deviation_are_those_of_theory(int draws, int samples)
    {
        var random = new System.Random(draws);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        foreach (var (draw, sd, fourth) in new (Func<double>, double, double)[]
        {
            (() => 5 + Normal(), 1, 3), (random.NextDouble, Math.Sqrt(1 / 12.0), 1 / 80.0), (() => random.NextDouble() < 0.1 ? 1 : 0, 0.3, 0.0657),
        })
        {
            var found = Enumerable.Range(0, samples).Select(_ => SampleStatistics.Describe(
                [.. Enumerable.Range(0, draws).Select(_ => draw())], 0, Ranks(draws))).ToArray();
            var theory = Math.Sqrt((fourth - Math.Pow(sd, 4)) / draws) / (2 * sd);

            Assert.Equal(theory, found.Average(f => f.StandardDeviationError), 0.04 * theory);
            Assert.Equal(sd / Math.Sqrt(draws), found.Average(f => f.MeanError), 0.02 * sd / Math.Sqrt(draws));
            Assert.InRange(Spread(found.Select(f => f.StandardDeviation)) / theory, 0.6, 1.5);
            Assert.InRange(Spread(found.Select(f => f.Mean)) * Math.Sqrt(draws) / sd, 0.6, 1.5);
        }

        static double Spread(IEnumerable<double> values) => BlockSums.Moments([.. values], values.First()).StandardDeviation;
    }

    [Fact]
    public void Standard_errors_of_small_samples_are_those_of_their_draws()
    {
        // Deviations ±1 and ±3 from 10: s² = 20/3, squared deviations 1 and 9 lie 4 from their mean, their variance is 4·16/3.
        var s = SampleStatistics.Describe([9, 11, 7, 13], 10, new(4, 2, 1, 2, 3, (1, 2), (1, 2), (1, 2), 4));
        Assert.Equal(Math.Sqrt(20 / 3.0) / 2, s.MeanError, 1e-15);
        Assert.Equal(Math.Sqrt(64 / 3.0 / 4) / (2 * Math.Sqrt(20 / 3.0)), s.StandardDeviationError, 1e-15);
        Assert.True(double.IsNaN(SampleStatistics.Describe([9, 11, 7], 10, new(3, 1, 1, 2, 2, (1, 2), (1, 2), (1, 2), 4)).StandardDeviationError));
        var constant = OutputStatistics.Constant(7, Ranks(100));
        Assert.Equal((0.0, 0.0), (constant.MeanError, constant.StandardDeviationError));
    }

    public static TheoryData<ulong, int> Samples() => new()
    {
        { 20231201, 1 }, { 20231201, 2 }, { 1, 59 }, { 2, 4096 }, { 3, 5000 }, { 4, 16_384 }, { 5, 16_385 }, { 6, 30_000 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Order_statistics_equal_those_of_a_full_sort_to_the_bit_for_any_thread_count(ulong seed, int draws)
    {
        var plan = ConformancePlan.Create(seed);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        var ranks = Ranks(draws);
        using var reference = new ReferenceBackend().Load(plan);
        var point = reference.EvaluatePoint();
        OutputStatistics[]? first = null;
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var program = new SimdBackend(threads).Load(plan);
            var actual = SampleStatistics.Collect(program, ranks, outputs, point, threads);
            Assert.Equal(first ?? actual, actual);
            first = actual;
        }

        var column = new double[draws];
        for (var i = 0; i < outputs.Length; i++)
        {
            reference.Evaluate(0, draws, [outputs[i]], column);
            var expected = SampleStatistics.Describe(column, point[outputs[i]], ranks);
            AssertSorted(expected, first![i], $"output {outputs[i]}");
            Close(expected.StandardDeviationError, first[i].StandardDeviationError, 1 + Math.Abs(expected.Mean));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void More_passes_with_less_kept_give_the_same_bits(long keptTogether)
    {
        var plan = ConformancePlan.Create(9);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        Assert.Equal(
            SampleStatistics.Collect(program, Ranks(20_001), outputs, point, 2, 1L << 22, 0),
            SampleStatistics.Collect(program, Ranks(20_001), outputs, point, 2, keptTogether, 0));
    }

    // Lots of a year each, and of two.
    [Theory]
    [InlineData(ConformanceVariant.Everything, 7)]
    [InlineData(ConformanceVariant.Everything, 180)]
    [InlineData(ConformanceVariant.Allocations, 31)]
    public void Streams_searched_in_lots_give_the_same_bits(ConformanceVariant variant, int searchedTogether)
    {
        var plan = ConformancePlan.Create(11, variant);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        Assert.Equal(
            SampleStatistics.Collect(program, Ranks(20_001), outputs, point, 2, 1L << 22, 0),
            SampleStatistics.Collect(program, Ranks(20_001), outputs, point, 2, 1L << 22, 0, searchedTogether: searchedTogether));
    }

    [Theory]
    [InlineData(20231201, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 1L << 25)]
    public void Every_output_of_a_million_draws_equals_its_full_sort(ulong seed, long rememberedTogether)
    {
        var plan = ConformancePlan.Create(seed);
        const int draws = 1_000_000;
        const int together = 16;
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        var actual = SampleStatistics.Collect(program, Ranks(draws), outputs, point, 2, 1L << 22, rememberedTogether);
        var columns = new double[together * draws];
        for (var first = 0; first < outputs.Length; first += together)
        {
            var from = first;
            var some = outputs[from..Math.Min(from + together, outputs.Length)];
            program.Evaluate(0, draws, some, columns);
            Parallel.For(0, some.Length, i => AssertSorted(
                SampleStatistics.Describe(columns.AsSpan(i * draws, draws), point[some[i]], Ranks(draws)), actual[from + i], $"output {some[i]}"));
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients, 0.8)]
    [InlineData(ConformanceVariant.Allocations, 0.95)]
    public void Every_alias_gives_the_bits_of_its_output(ConformanceVariant variant, double mostStreams)
    {
        var plan = ConformancePlan.Create(variant: variant);

        // The last category has no related sector, and region 4 a share in one group only: both make multiples.
        for (var t = 0; t < ConformancePlan.Years; t++)
            for (var j = 1; j < ConformancePlan.Groups; j++) plan.RegionShare[(t * ConformancePlan.Rows + 4) * ConformancePlan.Groups + j] = 0;
        var aliases = OutputAliases.Of(plan);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        Assert.Contains(outputs, o => aliases[o].Stream < 0);
        Assert.Contains(outputs, o => aliases[o].Factors.Length == 2);
        Assert.True(outputs.Select(o => aliases[o].Stream).Distinct().Count() < outputs.Length * mostStreams);
        if (variant == ConformanceVariant.Allocations)
        {
            // One category alone is shared out to the first row; several to the others.
            var map = plan.Outputs;
            var category = aliases[map.Index(0, map.Category(0), OutputMap.Direct)];
            var row = aliases[map.Index(0, map.Row(0), OutputMap.Direct)];
            Assert.Equal(category.Stream, row.Stream);
            Assert.Equal([.. category.Factors, plan.Allocation.Share[3]], row.Factors);
            Assert.Equal(map.Index(0, map.Row(1), OutputMap.Direct), aliases[map.Index(0, map.Row(1), OutputMap.Direct)].Stream);
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
                Assert.Equal(values[i * draws + d], alias.Apply(alias.Stream < 0 ? double.NaN : values[index[alias.Stream] * draws + d]));
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
        Assert.Equal((-1, (now - before) / before * 100), (plan.Aliases[growth].Stream, plan.Aliases[growth].Constant));
        Assert.Equal(plan.Aliases[growth].Constant, OutputAliases.CertainGrowth(plan)[map.Entities + last]);

        // Of the first category the direct part grows at another rate than the indirect one.
        var drawn = map.Index(1, map.Category(0), OutputMap.Growth);
        Assert.Equal(drawn, plan.Aliases[drawn].Stream);
        Assert.True(double.IsNaN(OutputAliases.CertainGrowth(plan)[map.Entities + map.Category(0)]));

        using var program = new SimdBackend(2).Load(plan);
        const int draws = 20_000;
        var values = new double[draws];
        program.Evaluate(0, draws, [growth], values);
        Assert.All(values, v => Assert.Equal(plan.Aliases[growth].Constant, v));
        var found = SampleStatistics.Collect(program, Ranks(draws), [growth], program.EvaluatePoint(), 2)[0];
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
        var found = SampleStatistics.Collect(program, Ranks(draws), shares, program.EvaluatePoint(), 2);
        Assert.Equal([(draws, 0L), (0, (long)draws)], found.Select(f => (f.Undefined, f.Infinite)));
        Assert.True(double.IsNaN(found[0].Median) && double.IsNaN(found[1].Mean));
        Assert.Equal(double.PositiveInfinity, found[1].Lower);
    }

    [Fact]
    public void Growth_of_what_may_be_zero_is_drawn()
    {
        var zeros = ThreePoints([0, 0.2, 0.4]);
        var growth = zeros.Outputs.Index(1, zeros.Outputs.Category(zeros.CategoryCount - 1), OutputMap.Growth);
        Assert.Equal(growth, zeros.Aliases[growth].Stream);
        using var program = new SimdBackend(2).Load(zeros);
        const int draws = 20_000;
        var values = new double[draws];
        program.Evaluate(0, draws, [growth], values);
        var undefined = values.LongCount(double.IsNaN);
        Assert.InRange(undefined, draws / 4, draws / 2);
        Assert.Equal(undefined, SampleStatistics.Collect(program, Ranks(draws), [growth], program.EvaluatePoint(), 2)[0].Undefined);

        // With a least value above 0, even by the smallest number, it is certain again.
        Assert.Equal(-1, ThreePoints([double.Epsilon, 0.2, 0.4]).Aliases[growth].Stream);
    }

    // Three values fill the windows: the first part is remembered, the next ones are too much.
    [Fact]
    public void A_part_that_is_too_much_to_remember_is_counted_from_its_start()
    {
        var plan = ThreePoints([0.1, 0.2, 0.4]);
        const int draws = 300_000;
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        var streams = plan.Aliases.Where(a => a.Stream >= 0).DistinctBy(a => a.Stream).Count();
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        var budget = (long)(SampleParts.LastShare(draws) * draws * streams) + 1;
        var found = SampleStatistics.Collect(program, Ranks(draws), outputs, point, 2, 1L << 22, budget);
        var column = new double[draws];
        for (var i = 0; i < outputs.Length; i += 7)
        {
            program.Evaluate(0, draws, [outputs[i]], column);
            AssertSorted(SampleStatistics.Describe(column, point[outputs[i]], Ranks(draws)), found[i], $"output {outputs[i]}");
        }
    }

    // Every coefficient is one of three values, the same of them for all.
    private static SamplePlan ThreePoints(double[] values)
    {
        var plan = ConformancePlan.Create();
        var (table, sample) = (plan.Marginals, plan.Marginals.Table.Length);
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            table.InputIds[k] = table.InputIds[0];
            table.Kinds[k] = MarginalKind.Empirical;
            var parameters = table.Parameters.AsSpan(k * MarginalTable.Stride, MarginalTable.Stride);
            parameters.Clear();
            (parameters[0], parameters[1], parameters[MarginalTable.UpperBound]) = (sample, values.Length, 1);
        }

        return ConformancePlan.Create(marginals: new()
        {
            InputIds = table.InputIds,
            Kinds = table.Kinds,
            Parameters = table.Parameters,
            Points = table.Points,
            Table = [.. table.Table, .. values],
        });
    }

    [Theory]
    [InlineData(-3.5, 2.25)]
    [InlineData(1, 1.0000000000000009)]
    [InlineData(-1e-300, 5e200)]
    [InlineData(0.1, 0.3)]
    public void The_edge_of_a_bin_is_its_smallest_number(double low, double high)
    {
        const int bins = 1024;
        var window = new Window(low, high);
        for (var bin = 1; bin < bins; bin++)
        {
            var edge = window.Edge(bin, bins);
            Assert.InRange(edge, low, high);
            if (edge == high) continue;
            Assert.True(window.Bin(edge, bins, window.Scale(bins)) >= bin);
            Assert.True(window.Bin(Math.BitDecrement(edge), bins, window.Scale(bins)) < bin);
        }
    }

    // Ranks at a level with errors of about four standard deviations; out of range in tiny samples.
    internal static QuantileRanks Ranks(int draws, double level = 0.9)
    {
        var span = (long)Math.Floor(level * draws + 0.5);
        var lower = (draws - span + 1) / 2;
        (long, long) About(long rank, double p) => ((long)Math.Floor(rank - 2 * Math.Sqrt(draws * p * (1 - p))), (long)Math.Ceiling(rank + 2 * Math.Sqrt(draws * p * (1 - p))));
        return new(draws, span, lower, (draws + 1) / 2, lower + span, About(lower, (1 - level) / 2), About((draws + 1) / 2, 0.5), About(lower + span, (1 + level) / 2), 4);
    }

    // Quantiles to the bit; errors and moments, which a multiple scales, to rounding; the shortest interval to the bit where
    // all are looked at, else its length to 0.1 %.
    internal static void AssertSorted(OutputStatistics expected, OutputStatistics actual, string what, bool isExact = false)
    {
        Assert.True((expected.Lower, expected.Median, expected.Upper).Equals((actual.Lower, actual.Median, actual.Upper)), $"{what}: {expected} {actual}");
        Close(expected.LowerError, actual.LowerError, expected.Upper - expected.Lower);
        Close(expected.MedianError, actual.MedianError, expected.Upper - expected.Lower);
        Close(expected.UpperError, actual.UpperError, expected.Upper - expected.Lower);
        Close(expected.Mean, actual.Mean, 1 + Math.Abs(expected.Mean));
        Close(expected.StandardDeviation, actual.StandardDeviation, 1 + Math.Abs(expected.Mean));
        Close(expected.MeanError, actual.MeanError, 1 + Math.Abs(expected.Mean));
        Assert.Equal(double.IsNaN(expected.ShortestLower), double.IsNaN(actual.ShortestLower));
        if (double.IsNaN(expected.ShortestLower)) return;
        if (isExact) Assert.True((expected.ShortestLower, expected.ShortestUpper) == (actual.ShortestLower, actual.ShortestUpper), $"{what}: {expected} {actual}");
        if (double.IsInfinity(expected.ShortestUpper - expected.ShortestLower)) return;
        Assert.True(!(actual.ShortestUpper - actual.ShortestLower > actual.Upper - actual.Lower), $"{what}: longer than the equal-tailed interval");
        var (exact, found) = (expected.ShortestUpper - expected.ShortestLower, actual.ShortestUpper - actual.ShortestLower);
        Assert.True(found >= exact - 1e-15 * Math.Abs(expected.Median) && found <= exact * 1.001 + 1e-15 * Math.Abs(expected.Median), $"{what}: length {found:R}, shortest {exact:R}");
    }

    private static void Close(double expected, double actual, double scale)
    {
        if (double.IsNaN(expected) || double.IsNaN(scale)) Assert.Equal(double.IsNaN(expected), double.IsNaN(actual));
        else Assert.True(expected == actual || Math.Abs(expected - actual) <= 1e-12 * Math.Abs(scale), $"{actual:R}, not {expected:R}");
    }

    [Fact]
    public void The_catalogue_knows_the_processors_backends_and_no_others()
    {
        var catalog = new BackendCatalog();
        Assert.Equal(["reference", "simd"], catalog.Names);
        Assert.Equal("simd", catalog.Create(BackendCatalog.Auto, 2)!.Info.Name);
        Assert.Equal(2, catalog.Create("simd", 2)!.Info.Threads);
        Assert.Equal(Vector512Operations.IsSupported ? 8 : Vector<double>.Count, catalog.Create("simd", 2)!.Info.LaneWidth);
        Assert.Null(catalog.Create("abacus", 1));
    }
}
