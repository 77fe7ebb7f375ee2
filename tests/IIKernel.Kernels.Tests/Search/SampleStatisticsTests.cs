using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class SampleStatisticsTests
{
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
        Assert.All([s.Lower, s.ShortestLower, s.MedianError, s.StandardDeviation], x => Assert.True(double.IsNaN(x)));
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
            [.. Enumerable.Range(0, draws).Select(i => (double)i)], 0,
            new(draws, span, lower, (draws + 1) / 2, lower + span, (0, 1), (0, 1), (0, 1), 4));
        Assert.All([s.Lower, s.Upper, s.ShortestLower], x => Assert.Equal(expected, double.IsFinite(x)));
        Assert.True(double.IsFinite(s.Median));
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
        var ranks = SortedSamples.Ranks(draws);
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
            SortedSamples.AssertSorted(expected, first![i], $"output {outputs[i]}");
            SortedSamples.Close(expected.StandardDeviationError, first[i].StandardDeviationError, 1 + Math.Abs(expected.Mean));
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
            SampleStatistics.Collect(program, [SortedSamples.Ranks(20_001)], outputs, point, 2, 1L << 22, 0)[0],
            SampleStatistics.Collect(program, [SortedSamples.Ranks(20_001)], outputs, point, 2, keptTogether, 0)[0]);
    }

    // Lots of a year each, and of two.
    [Theory]
    [InlineData(ConformanceVariant.Everything, 7)]
    [InlineData(ConformanceVariant.Everything, 180)]
    [InlineData(ConformanceVariant.Allocations, 31)]
    public void Columns_searched_in_lots_give_the_same_bits(ConformanceVariant variant, int searchedTogether)
    {
        var plan = ConformancePlan.Create(11, variant);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        Assert.Equal(
            SampleStatistics.Collect(program, [SortedSamples.Ranks(20_001)], outputs, point, 2, 1L << 22, 0)[0],
            SampleStatistics.Collect(
                program, [SortedSamples.Ranks(20_001)], outputs, point, 2, 1L << 22, 0, searchedTogether: searchedTogether)[0]);
    }

    [Theory]
    [InlineData(20231201, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 1L << 25)]
    public void Every_output_of_a_million_draws_equals_its_full_sort(ulong seed, long cachedTogether)
    {
        var plan = ConformancePlan.Create(seed);
        const int draws = 1_000_000;
        const int together = 16;
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        var actual = SampleStatistics.Collect(program, [SortedSamples.Ranks(draws)], outputs, point, 2, 1L << 22, cachedTogether)[0];
        var columns = new double[together * draws];
        for (var first = 0; first < outputs.Length; first += together)
        {
            var from = first;
            var some = outputs[from..Math.Min(from + together, outputs.Length)];
            program.Evaluate(0, draws, some, columns);
            Parallel.For(0, some.Length, i => SortedSamples.AssertSorted(
                SampleStatistics.Describe(columns.AsSpan(i * draws, draws), point[some[i]], SortedSamples.Ranks(draws)),
                actual[from + i], $"output {some[i]}"));
        }
    }

    // Three values fill the windows: the first part is cached, the next ones are too much.
    [Fact]
    public void A_part_that_is_too_much_to_cache_is_counted_from_its_start()
    {
        var plan = ConformancePlan.Points([0.1, 0.2, 0.4]);
        const int draws = 300_000;
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        var columns = plan.Aliases.Where(a => a.Column >= 0).DistinctBy(a => a.Column).Count();
        using var program = new SimdBackend(2).Load(plan);
        var point = program.EvaluatePoint();
        var budget = (long)(SampleParts.LastShare(draws) * draws * columns) + 1;
        var found = SampleStatistics.Collect(program, [SortedSamples.Ranks(draws)], outputs, point, 2, 1L << 22, budget)[0];
        var column = new double[draws];
        for (var i = 0; i < outputs.Length; i += 7)
        {
            program.Evaluate(0, draws, [outputs[i]], column);
            var expected = SampleStatistics.Describe(column, point[outputs[i]], SortedSamples.Ranks(draws));
            SortedSamples.AssertSorted(expected, found[i], $"output {outputs[i]}");
        }
    }

    // Cached and counted, kept by and by; by evaluation alone, and in shares.
    [Theory]
    [InlineData(20_001, 1L << 22, 1L << 23)]
    [InlineData(20_001, 500, 0)]
    public void A_program_that_only_evaluates_and_one_that_shares_its_passes_out_give_the_same_bits(
        int draws, long keptTogether, long cachedTogether)
    {
        var plan = ConformancePlan.Create(10, ConformanceVariant.Everything);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan).Where((_, i) => i % 5 == 0)];
        QuantileRanks[] levels = [SortedSamples.Ranks(draws, 0.5), SortedSamples.Ranks(draws, 0.8), SortedSamples.Ranks(draws, 0.95)];
        using var whole = new SimdBackend(2).Load(plan);
        using var evaluating = new EvaluatingProgram(new SimdBackend(1).Load(plan));
        using var shared = new SharedProgram(new SimdBackend(1).Load(plan), draws);
        var point = whole.EvaluatePoint();
        var expected = SampleStatistics.Collect(whole, levels, outputs, point, 2, keptTogether, cachedTogether);
        Assert.Equal(expected, SampleStatistics.Collect(evaluating, levels, outputs, point, 2, keptTogether, cachedTogether));
        Assert.Equal(expected, SampleStatistics.Collect(shared, levels, outputs, point, 2, keptTogether, cachedTogether));
        Assert.True(shared.Most > 3);
    }
}
