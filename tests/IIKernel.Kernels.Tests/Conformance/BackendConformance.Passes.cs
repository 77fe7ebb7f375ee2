using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

/// <content>Passes: what they gather, where they go on, and that shares of them are as good as the whole.</content>
public abstract partial class BackendConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(2017)]
    [InlineData(40_001)]
    public void A_pass_counts_bins_keeps_and_adds_up_what_evaluation_gives(int draws)
    {
        int[] columns = [Written[3], Written[77], Plan.Outputs.Bounded - 1];
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
                ? [
                    new(double.MinValue, At(0.1), At(0), At(0.1)), new(At(0.4), At(0.6)),
                    new(At(0.9), double.PositiveInfinity, At(0.9), At(1)),
                ]
                : [new(At(0.02), At(0.1)), new(At(0.4), At(0.6)), new(At(0.9), At(0.99), At(0.91), At(0.98))];
        }

        using var program = Create().Load(Plan);
        const int bins = 32;
        AccumulationPass pass = new()
        {
            Draws = draws,
            Columns = columns,
            Centres = point,
            Windows = windows,
            CountsGaps = true,
            Bins = bins,
        };
        var binned = program.Accumulate(pass).Columns;
        var cached = program.Accumulate(pass with { Caches = true }).Columns;
        var kept = program.Accumulate(pass with { Centres = null, Intervals = Intervals(windows), CountsGaps = false, Bins = 0 }).Columns;
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
                ? new[]
                {
                    new Window(double.MinValue, At(tail), At(0), At(tail)), new(At(0.5 - tail), At(0.5 + tail)),
                    new(At(1 - tail), double.PositiveInfinity, At(1 - tail), At(1)),
                }
                : [new(At(0.03 - 0.1 * tail), At(tail)), new(At(0.5 - tail), At(0.5 + tail)), new(At(1 - tail), At(0.97 + 0.1 * tail))];
        })];
        AccumulationPass whole = new()
        {
            Draws = draws,
            Columns = columns,
            Centres = [.. sorted.Select(row => row[draws / 2])],
            Windows = Windows(0.05),
            CountsGaps = true,
            Bins = 16,
            Caches = caches,
        };
        PassResult? earlier = null;
        for (var part = 1; part <= parts; part++)
        {
            earlier = program.Accumulate(whole with
            {
                Range = new(0, whole.Segments.Count * part / (parts + 1)),
                Windows = Windows(0.3 / (part + 1)),
                Caches = true,
                Earlier = earlier,
            });
            if (earlier.Columns[0].Cached is null) earlier = null;
        }

        Assert.Equal(Caches, earlier is not null);
        var fresh = program.Accumulate(whole).Columns;
        var gone = program.Accumulate(whole with { Earlier = earlier }).Columns;
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
        int[] outputs = [.. Written.GroupBy(o => plan.Aliases[o].Column).OrderByDescending(g => g.Count()).Take(4)
            .SelectMany(g => g.Take(3))];
        Assert.Contains(outputs.GroupBy(o => plan.Aliases[o].Column), g => g.Key >= 0 && g.Count() > 1);
        var values = Evaluate(Create(), plan, 0, draws, outputs);
        var thresholds = new List<(int Output, double Value)>();
        var expected = new List<ThresholdCount>();
        for (var o = 0; o < outputs.Length; o++)
        {
            var row = values.AsSpan(o * draws, draws).ToArray();
            var sorted = row.Order().ToArray();
            foreach (var value in new[]
            {
                row[3], Math.BitIncrement(row[3]), row[3], sorted[0], Math.BitDecrement(sorted[0]), sorted[^1],
                Math.BitIncrement(sorted[^1]), (sorted[0] + sorted[^1]) / 2, 0, -1e300, 1e300,
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
                .Where(c => plan.Aliases[c.Output].Column == c.Output && c.Row.Distinct().Count() >= 6).ToArray();
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
                int Bin(Window window, double x) => window.Bin(x, bins, window.Scale(bins));
                AssertBins(rows, windows, program.Accumulate(pass).Columns, Bin, bins);
                AssertBins(rows, windows, program.Accumulate(pass with { Caches = true }).Columns, Bin, bins);
                AssertBins(
                    rows, windows, program.Accumulate(pass with { CountsGaps = false, Intervals = Intervals(windows) }).Columns,
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

    // The growth of the second figure is no number in a third of the draws, the share of the third is infinite in all.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(700, 1)]
    [InlineData(700, 2)]
    [InlineData(20_001, 3)]
    [InlineData(20_001, 7)]
    [InlineData(2017, 30)]
    public void Shares_of_a_pass_merged_in_any_order_and_passes_by_evaluation_alone_give_the_same_bits(int draws, int windowCount)
    {
        var plan = ConformancePlan.Points([0, 0.2, 0.4]);
        var map = plan.Outputs;
        plan.PercentScale[map.Category(1)] = double.PositiveInfinity;
        int[] columns =
        [
            Written[3], map.Index(1, map.Category(plan.CategoryCount - 1), OutputMap.Growth),
            map.Index(0, map.Category(1), OutputMap.Share), Written[77],
        ];
        using var program = Create().Load(plan);
        var random = new System.Random(draws + windowCount);
        var values = Evaluate(Create(), plan, 0, draws, columns);
        var windows = columns.Select((_, c) =>
        {
            // Ends at values, between values and far away; some windows hold one number, some none.
            double[] numbers = [.. values.AsSpan(c * draws, draws).ToArray().Where(double.IsFinite), 0, 1, 1e9];
            double[] ends = [.. Enumerable.Range(0, 2 * windowCount)
                .Select(_ => numbers[random.Next(numbers.Length)] + random.Next(3) * 1e-3).Order()];
            var end = double.NegativeInfinity;
            return Enumerable.Range(0, c == 0 ? 1 + windowCount / 2 : windowCount).Select(w =>
            {
                var low = Math.Max(end, ends[2 * w]);
                end = w % 5 == 3 ? low : w % 5 == 4 ? Math.BitIncrement(low) : Math.Max(low, ends[2 * w + 1]);
                return new Window(low, end);
            }).ToArray();
        }).ToArray();
        AccumulationPass first = new()
        {
            Draws = draws,
            Columns = columns,
            Centres = [.. columns.Select(_ => 0.1)],
            Windows = windows,
            CountsGaps = true,
            Bins = 5,
        };
        var intervals = windows.Select(w => new[] { (w[0].Low, w[^1].High) }).ToArray();
        var later = first with { Centres = null, Intervals = intervals, CountsGaps = false, Bins = 64 };
        AccumulationPass[] passes =
            [first, first with { Caches = true }, first with { Bins = 1, Centres = null }, later, later with { Bins = 0 }];
        foreach (var pass in passes)
        {
            var whole = program.Accumulate(pass);
            Assert.True(whole.IsWhole);
            Assert.Equal(draws, whole.Draws);
            AssertSame(PlainPass.Run(program, pass, null, default), whole);
            var segments = pass.Segments.Count;
            for (var round = 0; round < 3; round++)
            {
                var cuts = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(segments)).Append(0).Append(segments)
                    .Distinct().Order().ToArray();
                PassResult[] shares = [.. cuts.Zip(cuts.Skip(1))
                    .Select(p => program.Accumulate(pass with { Range = new(p.First, p.Second - p.First) })).OrderBy(_ => random.Next())];
                var some = 1 + random.Next(shares.Length);
                var merged = PassResult.Merge([.. shares[some..], PassResult.Merge(shares[..some])]);
                Assert.True(merged.IsWhole);
                AssertSame(whole, merged);
                Assert.Throws<ArgumentException>(() => PassResult.Merge([merged, shares[0]]));
            }
        }

        Assert.Throws<ArgumentException>(() => PassResult.Merge([program.Accumulate(first), program.Accumulate(first with { Bins = 6 })]));
        Assert.Throws<ArgumentException>(() => program.Accumulate(first with { Range = new(0, first.Segments.Count + 1) }));
    }

    [Fact]
    public void Seven_windows_and_thirty_thresholds_equal_counts_over_a_full_sort()
    {
        const int draws = 3000;
        int[] columns = [Written[3], Written[77], Plan.Outputs.Bounded - 1];
        var values = Evaluate(Create(), Plan, 0, draws, columns);
        double[][] rows = [.. columns.Select((_, c) => values.AsSpan(c * draws, draws).ToArray().Order().ToArray())];
        double[] borders = [0.02, 0.03, 0.09, 0.11, 0.24, 0.26, 0.49, 0.51, 0.74, 0.76, 0.89, 0.91, 0.97, 0.98];
        Window[][] seven = [.. rows.Select(row => borders.Select(b => row[(int)(b * draws)]).Chunk(2)
            .Select(b => new Window(b[0], b[1])).ToArray())];

        // At values, next to values, and between them.
        Window[][] thirty = [.. rows.Select(row => Enumerable.Range(0, 30).Select(i => 100 * i).Select(i => (i % 3) switch
        {
            0 => row[i],
            1 => Math.BitIncrement(row[i]),
            _ => (row[i] + row[i + 1]) / 2,
        }).Select(Window.Only).ToArray())];
        using var program = Create().Load(Plan);
        foreach (var (windows, bins) in new[] { (seven, 16), (thirty, 1) })
        {
            foreach (var caches in new[] { false, true })
            {
                AccumulationPass pass = new() { Draws = draws, Columns = columns, Windows = windows, CountsGaps = true, Bins = bins };
                var found = program.Accumulate(pass with { Caches = caches }).Columns;
                for (var c = 0; c < columns.Length; c++)
                {
                    var w = windows[c];
                    Assert.Equal(w.Select(window => rows[c].LongCount(window.Contains)), found[c].Bins.Chunk(bins).Select(b => b.Sum()));
                    var gaps = Enumerable.Range(0, w.Length + 1).Select(g => rows[c].LongCount(
                        x => (g == 0 || x >= w[g - 1].High) && (g == w.Length || x < w[g].Low)));
                    Assert.Equal(gaps, found[c].Gaps);
                }
            }
        }
    }

    private static (double, double)[][] Intervals(Window[][] windows) => [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())];

    private static void AssertSame(PassResult expected, PassResult actual)
    {
        for (var c = 0; c < expected.Columns.Length; c++)
        {
            var (e, a) = (expected.Columns[c], actual.Columns[c]);
            Assert.Equal((e.Undefined, e.Infinite), (a.Undefined, a.Infinite));
            Assert.Equal(e.Gaps, a.Gaps);
            Assert.Equal(e.Bins, a.Bins);
            Assert.Equal(e.Smallest, a.Smallest);
            Assert.Equal(e.Largest, a.Largest);
            Assert.Equal(e.Kept.Select(BitConverter.DoubleToInt64Bits), a.Kept.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(e.Segments, a.Segments);
        }
    }
}
