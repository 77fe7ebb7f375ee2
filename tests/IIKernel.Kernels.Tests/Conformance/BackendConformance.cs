using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>What every backend must do. A backend joins by one sealed class that creates it.</summary>
public abstract class BackendConformance
{
    private static readonly SamplePlan Plan = ConformancePlan.Create();
    private static readonly Dictionary<ConformanceVariant, SamplePlan> Plans =
        Enum.GetValues<ConformanceVariant>().ToDictionary(v => v, v => ConformancePlan.Create(variant: v));
    private static readonly int[] Written = [.. ConformancePlan.WrittenOutputs(Plan)];

    protected abstract IBackend Create();

    /// <summary>Largest relative difference from the reference that the backend's contract allows; 0 is bitwise.</summary>
    protected virtual double Tolerance => 0;

    /// <summary>Draws of samples whose order statistics are searched, at least those of a pilot.</summary>
    protected virtual int SearchedDraws => 5000;

    /// <summary>Whether the backend hands out the values that it was allowed to cache.</summary>
    protected virtual bool Caches => false;

    [Theory]
    [InlineData(0, 1, ConformanceVariant.Coefficients)]
    [InlineData(0, 1009, ConformanceVariant.Coefficients)]
    [InlineData(0, 509, ConformanceVariant.Everything)]
    [InlineData(0, 509, ConformanceVariant.Panel)]
    [InlineData(0, 509, ConformanceVariant.Allocations)]
    [InlineData(1, 7, ConformanceVariant.Everything)]
    [InlineData(4093, 130, ConformanceVariant.Panel)]
    [InlineData((1L << 32) - 5, 61, ConformanceVariant.Coefficients)]
    [InlineData((1L << 32) - 5, 67, ConformanceVariant.Allocations)]
    [InlineData((1L << 53) + 1, 19, ConformanceVariant.Everything)]
    public void Every_output_of_every_draw_equals_the_reference(long first, int count, ConformanceVariant variant)
    {
        var plan = Plans[variant];
        var expected = Evaluate(new ReferenceBackend(), plan, first, count, Written);
        AssertEqual(expected, Evaluate(Create(), plan, first, count, Written));
    }

    [Fact]
    public void A_split_anywhere_gives_the_same_bits()
    {
        const int count = 203;
        var whole = Evaluate(Create(), Plan, 0, count, Written);
        foreach (var cut in new[] { 1, 2, 3, 63, 64, 65, 100, 202 })
        {
            var left = Evaluate(Create(), Plan, 0, cut, Written);
            var right = Evaluate(Create(), Plan, cut, count - cut, Written);
            for (var o = 0; o < Written.Length; o++)
            {
                Assert.Equal(whole.AsSpan(o * count, cut), left.AsSpan(o * cut, cut));
                Assert.Equal(whole.AsSpan(o * count + cut, count - cut), right.AsSpan(o * (count - cut), count - cut));
            }
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    [InlineData(ConformanceVariant.Allocations)]
    public void An_output_is_the_same_whichever_others_are_asked_for(ConformanceVariant variant)
    {
        const int count = 37;
        var plan = Plans[variant];
        var whole = Evaluate(Create(), plan, 5, count, Written);
        foreach (var pick in new[] { new[] { 0 }, [Written.Length - 1], [3, 1], [.. Enumerable.Range(0, Written.Length).Where(i => i % 7 == 2).Reverse()] })
        {
            var part = Evaluate(Create(), plan, 5, count, [.. pick.Select(i => Written[i])]);
            for (var i = 0; i < pick.Length; i++)
                Assert.Equal(whole.AsSpan(pick[i] * count, count), part.AsSpan(i * count, count));
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    [InlineData(ConformanceVariant.Panel)]
    [InlineData(ConformanceVariant.Allocations)]
    public void The_draw_at_the_point_inputs_equals_the_reference(ConformanceVariant variant)
    {
        using var reference = new ReferenceBackend().Load(Plans[variant]);
        using var program = Create().Load(Plans[variant]);
        var expected = reference.EvaluatePoint();
        var actual = program.EvaluatePoint();
        AssertEqual([.. Written.Select(o => expected[o])], [.. Written.Select(o => actual[o])]);
    }

    [Fact]
    public void Another_seed_gives_another_sample_and_the_same_seed_the_same()
    {
        const int count = 17;
        var first = Evaluate(Create(), Plan, 0, count, Written);
        var again = Evaluate(Create(), ConformancePlan.Create(), 0, count, Written);
        var other = Evaluate(Create(), ConformancePlan.Create(seed: 1UL << 63), 0, count, Written);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Renaming_one_input_changes_no_other_inputs_draws()
    {
        // The direct value added of a sector is its coefficient times a constant: it shows the input itself.
        const int count = 29;
        var renamed = ConformancePlan.Create();
        renamed.Marginals.InputIds[2] ^= 1UL << 59;
        for (var i = 0; i < ConformancePlan.Sectors; i++)
        {
            if (Plan.SectorRelated[i] < 0) continue;
            int[] output = [Plan.Outputs.Sector(i, 0)];
            var before = Evaluate(Create(), Plan, 0, count, output);
            var after = Evaluate(Create(), renamed, 0, count, output);
            if (Plan.SectorRelated[i] == 2) Assert.NotEqual(before, after);
            else Assert.Equal(before, after);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(2017)]
    [InlineData(40_001)]
    public void A_pass_counts_bins_keeps_and_adds_up_what_evaluation_gives(int draws)
    {
        int[] columns = [Written[3], Written[77], Written[^5]];
        var values = Evaluate(Create(), Plan, 0, draws, columns);
        double[][] rows = [.. columns.Select((_, s) => values.AsSpan(s * draws, draws).ToArray())];
        var point = new double[columns.Length];
        var windows = new Window[columns.Length][];
        for (var s = 0; s < columns.Length; s++)
        {
            var sorted = rows[s].Order().ToArray();
            double At(double p) => sorted[(int)(p * (draws - 1))];
            point[s] = At(0.5);
            windows[s] = s == 0
                ? [new(double.MinValue, At(0.1), At(0), At(0.1)), new(At(0.4), At(0.6)), new(At(0.9), double.PositiveInfinity, At(0.9), At(1))]
                : [new(At(0.02), At(0.1)), new(At(0.4), At(0.6)), new(At(0.9), At(0.99), At(0.91), At(0.98))];
        }

        using var program = Create().Load(Plan);
        const int bins = 32;
        AccumulationPass pass = new() { Draws = draws, Columns = columns, Centres = point, Windows = windows, CountsGaps = true, Bins = bins };
        var binned = program.Accumulate(pass);
        var cached = program.Accumulate(pass with { Caches = true });
        var kept = program.Accumulate(new() { Draws = draws, Columns = columns, Windows = windows, Intervals = [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())], CountsGaps = false, Bins = 0 });
        for (var s = 0; s < columns.Length; s++)
        {
            var w = windows[s];
            Assert.Equal(0, binned[s].Undefined);
            Assert.Equal(rows[s].Where(x => w.Any(v => v.Contains(x))).Order(), kept[s].Kept);
            Assert.Equal(
                [
                    rows[s].Count(x => x < w[0].Low), rows[s].Count(x => w[0].High <= x && x < w[1].Low),
                    rows[s].Count(x => w[1].High <= x && x < w[2].Low), rows[s].Count(x => w[2].High <= x),
                ],
                binned[s].Gaps);
            var expected = new long[3 * bins];
            foreach (var x in rows[s])
                for (var i = 0; i < 3; i++)
                    if (w[i].Contains(x)) expected[i * bins + w[i].Bin(x, bins, w[i].Scale(bins))]++;
            Assert.Equal(expected, binned[s].Bins);
            Assert.Equal(expected, cached[s].Bins);
            Assert.Equal(binned[s].Gaps, cached[s].Gaps);
            Assert.Equal(binned[s].Segments, cached[s].Segments);
            Assert.Equal(Caches, cached[s].Cached is not null);
            if (Caches) Assert.Equal(kept[s].Kept, cached[s].Cached!.SelectMany(v => v).Where(x => w.Any(v => v.Contains(x))).Order());
            var (mean, sd) = SampleMoments.Of(draws, point[s], binned[s].Segments);
            var (expectedMean, expectedSd) = SampleMoments.Of(rows[s], point[s]);
            Assert.Equal((expectedMean, expectedSd), (mean, sd));
        }
    }

    [Theory]
    [InlineData(2017, 1, true)]
    [InlineData(40_001, 4, true)]
    [InlineData(40_001, 4, false)]
    public void A_pass_goes_on_where_an_earlier_one_ended(int draws, int parts, bool caches)
    {
        int[] columns = [Written[3], Written[77]];
        using var program = Create().Load(Plan);
        var values = Evaluate(Create(), Plan, 0, draws, columns);
        double[][] sorted = [.. columns.Select((_, s) => values.AsSpan(s * draws, draws).ToArray().Order().ToArray())];

        // The windows of each part lie in those of the one before; those of the second column do not reach to the ends.
        Window[][] Windows(double tail) => [.. sorted.Select((row, s) =>
        {
            double At(double p) => row[(int)(p * (draws - 1))];
            return s == 0
                ? new[] { new Window(double.MinValue, At(tail), At(0), At(tail)), new(At(0.5 - tail), At(0.5 + tail)), new(At(1 - tail), double.PositiveInfinity, At(1 - tail), At(1)) }
                : [new(At(0.03 - 0.1 * tail), At(tail)), new(At(0.5 - tail), At(0.5 + tail)), new(At(1 - tail), At(0.97 + 0.1 * tail))];
        })];
        AccumulationPass whole = new()
        {
            Draws = draws,
            Sample = draws,
            Columns = columns,
            Centres = [.. sorted.Select(row => row[draws / 2])],
            Windows = Windows(0.05),
            CountsGaps = true,
            Bins = 16,
            Caches = caches,
        };
        var segment = whole.BlocksPerSegment * SumBlock.Draws;
        EarlierPass? earlier = null;
        for (var part = 1; part <= parts; part++)
        {
            var end = draws * part / (parts + 1) / segment * segment;
            earlier = new(end, program.Accumulate(whole with { Draws = end, Windows = Windows(0.3 / (part + 1)), Caches = true, Earlier = earlier }));
            if (earlier.Results[0].Cached is null) earlier = null;
        }

        Assert.Equal(Caches, earlier is not null);
        var fresh = program.Accumulate(whole);
        var gone = program.Accumulate(whole with { Earlier = earlier });
        for (var s = 0; s < columns.Length; s++)
        {
            Assert.Equal(fresh[s].Gaps, gone[s].Gaps);
            Assert.Equal(fresh[s].Bins, gone[s].Bins);
            Assert.Equal(fresh[s].Smallest, gone[s].Smallest);
            Assert.Equal(fresh[s].Largest, gone[s].Largest);
            Assert.Equal(fresh[s].Segments, gone[s].Segments);
            Assert.Equal(fresh[s].Cached?.SelectMany(v => v).Order(), gone[s].Cached?.SelectMany(v => v).Order());
        }
    }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Panel)]
    public void Draws_below_and_at_a_value_are_counted_as_evaluation_gives(ConformanceVariant variant)
    {
        const int draws = 150;
        var plan = Plans[variant];

        // Among them several multiples of one column.
        int[] outputs = [.. Written.GroupBy(o => plan.Aliases[o].Stream).OrderByDescending(g => g.Count()).Take(4).SelectMany(g => g.Take(3))];
        Assert.Contains(outputs.GroupBy(o => plan.Aliases[o].Stream), g => g.Key >= 0 && g.Count() > 1);
        var values = Evaluate(Create(), plan, 0, draws, outputs);
        var thresholds = new List<(int Output, double Value)>();
        var expected = new List<ThresholdCount>();
        for (var o = 0; o < outputs.Length; o++)
        {
            var row = values.AsSpan(o * draws, draws).ToArray();
            var sorted = row.Order().ToArray();
            foreach (var value in new[]
            {
                row[3], Math.BitIncrement(row[3]), row[3], sorted[0], Math.BitDecrement(sorted[0]), sorted[^1], Math.BitIncrement(sorted[^1]),
                (sorted[0] + sorted[^1]) / 2, 0, -1e300, 1e300,
            })
            {
                thresholds.Add((outputs[o], value));
                expected.Add(new(row.Count(x => x < value), row.Count(x => x == value), 0));
            }
        }

        using var program = Create().Load(plan);
        Assert.Equal(expected, ThresholdCounts.Collect(program, draws, thresholds));
    }

    [Fact]
    public void Values_at_the_edges_of_bins_are_counted_where_the_window_says()
    {
        // Windows end at values of scores, which are evenly spaced: many bins begin at one, but for rounding.
        const int draws = 300;
        var random = new System.Random(17);
        foreach (var seed in Enumerable.Range(1, 4))
        {
            var plan = ConformancePlan.Discrete(seed);
            using var program = Create().Load(plan);
            var values = Evaluate(Create(), plan, 0, draws, Written);
            var samples = Written.Select((o, i) => (Output: o, Row: values.AsSpan(i * draws, draws).ToArray()))
                .Where(c => plan.Aliases[c.Output].Stream == c.Output && c.Row.Distinct().Count() >= 6).ToArray();
            int[] columns = [.. samples.Select(c => c.Output)];
            double[][] rows = [.. samples.Select(c => c.Row)];
            foreach (var bins in new[] { 3, 10, 50, 64, 100 })
            {
                var windows = rows.Select(row =>
                {
                    double[] ends = [.. row.OrderBy(_ => random.Next()).Distinct().Take(6).Order()];
                    return Enumerable.Range(0, ends.Length / 2).Select(w => new Window(ends[2 * w], ends[2 * w + 1])).ToArray();
                }).ToArray();
                AccumulationPass pass = new() { Draws = draws, Columns = columns, Windows = windows, CountsGaps = true, Bins = bins };
                var intervals = windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray()).ToArray();
                AssertBins(rows, windows, program.Accumulate(pass), (window, x) => window.Bin(x, bins, window.Scale(bins)), bins);
                AssertBins(rows, windows, program.Accumulate(pass with { Caches = true }), (window, x) => window.Bin(x, bins, window.Scale(bins)), bins);
                AssertBins(
                    rows, windows, program.Accumulate(pass with { CountsGaps = false, Intervals = intervals }),
                    (window, x) => window.PositionBin(x, window.Shift(bins)), bins);
            }
        }
    }

    private static void AssertBins(double[][] rows, Window[][] windows, ColumnResult[] results, Func<Window, double, int> bin, int bins)
    {
        for (var s = 0; s < rows.Length; s++)
        {
            var expected = new long[windows[s].Length * bins];
            foreach (var x in rows[s])
                for (var w = 0; w < windows[s].Length; w++)
                    if (windows[s][w].Contains(x)) expected[w * bins + bin(windows[s][w], x)]++;
            Assert.Equal(expected, results[s].Bins);
        }
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(2, 0.9)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.8)]
    [InlineData(5, 0.99)]
    public void Figures_of_generated_scores_equal_their_full_sort(int seed, double level)
    {
        var plan = ConformancePlan.Discrete(seed);
        var ranks = SortedSamples.Ranks(SearchedDraws, level);
        using var program = Create().Load(plan);
        var point = program.EvaluatePoint();
        var values = Evaluate(Create(), plan, 0, SearchedDraws, Written);
        foreach (var (kept, cached) in new[] { (1L << 22, 0L), (1L << 22, 1L << 22), (1000, 0) })
        {
            var found = SampleStatistics.Collect(program, ranks, Written, point, 2, kept, cached, sortedDraws: 0);
            for (var i = 0; i < Written.Length; i++)
            {
                var expected = SampleStatistics.Describe(values.AsSpan(i * SearchedDraws, SearchedDraws), point[Written[i]], ranks);
                if (kept < 2 * SearchedDraws) found[i] = found[i] with { ShortestLower = expected.ShortestLower, ShortestUpper = expected.ShortestUpper };
                var isDiscrete = values.AsSpan(i * SearchedDraws, SampleParts.PilotDraws).ToArray().Distinct().Count() < SampleParts.PilotDraws;
                SortedSamples.AssertSorted(expected, found[i], $"output {Written[i]}", isDiscrete && plan.Aliases[Written[i]].Stream == Written[i]);
            }
        }
    }

    [Fact]
    public void Calls_that_make_no_sense_are_refused()
    {
        using var program = Create().Load(Plan);
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Evaluate(-1, 1, [0], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Evaluate(0, 0, [0], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Evaluate(0, 2, [0], new double[1]));
        Assert.Throws<ArgumentException>(() => program.Evaluate(0, 1, [0, 0], new double[2]));
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        using var program = Create().Load(Plan);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => program.Evaluate(0, 10, [0], new double[10], source.Token));
    }

    private static double[] Evaluate(IBackend backend, SamplePlan plan, long first, int count, int[] outputs)
    {
        using var program = backend.Load(plan);
        var values = new double[outputs.Length * count];
        Array.Fill(values, double.NaN);
        program.Evaluate(first, count, outputs, values);
        return values;
    }

    private void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(double.IsFinite(expected[i]));
            if (Tolerance == 0) Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i]), BitConverter.DoubleToInt64Bits(actual[i]));
            else Assert.InRange(actual[i], expected[i] - Tolerance * Math.Abs(expected[i]), expected[i] + Tolerance * Math.Abs(expected[i]));
        }
    }
}
