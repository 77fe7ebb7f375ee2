using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests;

/// <summary>The search for order statistics in samples of every shape, against sorting them.</summary>
public class StreamSearchTests
{
    private static readonly (string Name, Func<double, double> Quantile)[] Shapes =
    [
        ("uniform", u => u),
        ("exponential", u => -Math.Log(1 - u)),
        ("exponential, mirrored", Math.Log),
        ("Student's t, 2 degrees of freedom", u => (2 * u - 1) / Math.Sqrt(2 * u * (1 - u))),
        ("Cauchy", u => Math.Tan(Math.PI * (u - 0.5))),
        ("lognormal of sd 3", u => Math.Exp(3 * Math.Log(u / (1 - u)) * 0.55)),
        ("logistic about a large number", u => 1e9 + Math.Log(u / (1 - u))),
        ("two points", u => u < 0.3 ? -1 : 2),
        ("ten points", u => Math.Floor(10 * u)),
        ("zero but for few", u => u < 0.97 ? 0 : u),
        ("two far clusters", u => u < 0.5 ? u : 1e6 + u),
        ("a point within a continuum", u => u is > 0.4 and < 0.9 ? 0.4 : u),
        ("ends at a point", u => Math.Min(u, 0.96)),
        ("constant", _ => 7),
    ];

    [Theory]
    [InlineData(16_385, 1L << 22, 0)]
    [InlineData(16_385, 1L << 22, 1L << 22)]
    [InlineData(70_001, 1L << 22, 0)]
    [InlineData(70_001, 20L, 0)]
    [InlineData(70_001, 20L, 1L << 22)]
    [InlineData(300_000, 1L << 22, 0)]
    [InlineData(300_000, 1L << 22, 1L << 22)]
    [InlineData(1_100_000, 1L << 22, 0)]
    public void Quantiles_are_those_of_a_full_sort_whatever_the_shape(int draws, long keptTogether, long rememberedTogether)
    {
        var program = new ColumnProgram(draws, seed: 11);
        var ranks = StatisticsTests.Ranks(draws);
        var found = SampleStatistics.Collect(program, ranks, program.Outputs, program.EvaluatePoint(), 2, keptTogether, rememberedTogether);
        for (var i = 0; i < found.Length; i++)
            StatisticsTests.AssertSorted(SampleStatistics.Describe(program.Columns[i], 0, ranks), found[i], Shapes[i].Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_ascend_to_the_whole_sample(bool remembers)
    {
        for (var draws = 16_385L; draws < SampleStatistics.MaximumDraws; draws = draws * 9 / 8 + 1)
        {
            var parts = SampleParts.Of(draws, remembers);
            Assert.Equal(draws, parts[^1]);
            Assert.True(parts[0] >= 2 * SampleParts.PilotDraws, $"{draws} draws: a first part of {parts[0]}");
            Assert.Equal(parts.Distinct().Order(), parts);
            Assert.All(parts[..^1], part => Assert.True(!remembers || part % (BlockSums.BlocksPerSegment(draws) * BlockSums.BlockDraws) == 0));
        }
    }

    // A pilot that saw another distribution than the sample: every window misses at first.
    [Fact]
    public void Windows_that_miss_are_set_anew()
    {
        const int draws = 40_000;
        var program = new ColumnProgram(draws, seed: 12);
        foreach (var column in program.Columns)
            for (var d = 0; d < SampleParts.PilotDraws; d++) column[d] = 1e-3 * d;
        var ranks = StatisticsTests.Ranks(draws);
        var found = SampleStatistics.Collect(program, ranks, program.Outputs, program.EvaluatePoint(), 1);
        for (var i = 0; i < found.Length; i++)
        {
            var sorted = program.Columns[i].Order().ToArray();
            Assert.Equal((sorted[ranks.Lower - 1], sorted[ranks.Median - 1], sorted[ranks.Upper - 1]), (found[i].Lower, found[i].Median, found[i].Upper));
        }
    }

    [Fact]
    public void One_value_that_is_not_finite_is_found_wherever_it_lies()
    {
        const int draws = 20_000;
        foreach (var at in new[] { 0, 1023, 5000, draws - 1 })
        {
            var program = new ColumnProgram(draws, seed: 13);
            program.Columns[0][at] = double.NaN;
            program.Columns[1][at] = double.NegativeInfinity;
            program.Columns[2][at] = double.PositiveInfinity;
            var found = SampleStatistics.Collect(program, StatisticsTests.Ranks(draws), program.Outputs[..4], program.EvaluatePoint(), 1);
            Assert.Equal([1L, 1L, 1L, 0L], found.Select(f => f.Undefined));
        }
    }

    // Samples of the shapes, accumulated in the plainest way; where anything is to be remembered, everything is.
    private sealed class ColumnProgram : IProgram
    {
        public ColumnProgram(int draws, int seed)
        {
            var random = new System.Random(seed);
            Columns = [.. Shapes.Select(s => Enumerable.Range(0, draws).Select(_ => s.Quantile(1 - random.NextDouble())).ToArray())];
            foreach (var column in Columns)
                for (var d = 0; d < draws; d++) column[d] = double.IsFinite(column[d]) ? column[d] : 0;
            var aliases = OutputAliases.Of(Plan);
            Outputs = [.. Enumerable.Range(0, aliases.Length).Where(o => aliases[o].Stream == o).Take(Shapes.Length)];
        }

        private Window[][] _earlier = [];

        public double[][] Columns { get; }

        public SamplePlan Plan { get; } = ConformancePlan.Create();

        // Outputs that stand for the shapes: none of them is a fixed multiple of another.
        public int[] Outputs { get; }

        public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
        {
            for (var i = 0; i < outputs.Length; i++) Columns[Array.IndexOf(Outputs, outputs[i])].AsSpan((int)first, count).CopyTo(destination.AsSpan(i * count));
        }

        public StreamResult[] Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            // What goes on from an earlier pass looks at no more than that one did.
            if (pass.Earlier is not null)
                Assert.All(pass.Windows.Zip(_earlier), p => Assert.All(p.First, w => Assert.Contains(p.Second, e => e.Low <= w.Low && w.High <= e.High)));
            _earlier = pass.Windows;
            return [.. pass.Streams.Select((s, i) => Accumulate(Columns[Array.IndexOf(Outputs, s)].AsSpan(0, (int)pass.Draws), pass, i))];
        }

        public double[] EvaluatePoint() => new double[Plan.Outputs.Count];

        public void Dispose()
        {
        }

        private static StreamResult Accumulate(ReadOnlySpan<double> sample, AccumulationPass pass, int stream)
        {
            var windows = pass.Windows[stream];
            var result = new StreamResult
            {
                Gaps = new long[windows.Length + 1],
                Bins = new long[windows.Length * pass.Bins],
                Smallest = [.. windows.Select(_ => double.PositiveInfinity)],
                Largest = [.. windows.Select(_ => double.NegativeInfinity)],
                Remembered = pass.Remembers ? [sample.ToArray()] : null,
                Undefined = pass.Bins == 0 ? 0 : sample.ToArray().LongCount(v => !double.IsFinite(v)),
            };
            var kept = new List<double>();
            foreach (var value in sample)
            {
                if (!double.IsFinite(value)) continue;
                var w = Array.FindIndex(windows, window => window.Contains(value));
                if (w < 0)
                {
                    if (pass.CountsGaps) result.Gaps[windows.Count(window => window.Low <= value)]++;
                    continue;
                }

                if (pass.Bins == 0) kept.Add(value);
                else result.Bins[w * pass.Bins + windows[w].Bin(value, pass.Bins, windows[w].Scale(pass.Bins))]++;
                if (pass.Bins == 0) continue;
                if (!pass.CountsGaps || w == 0) result.Smallest[w] = Math.Min(result.Smallest[w], value);
                if (!pass.CountsGaps || w == windows.Length - 1) result.Largest[w] = Math.Max(result.Largest[w], value);
            }

            result.Kept = [.. kept.Order()];
            if (pass.Centres is null) return result;
            var (mean, sd) = BlockSums.Moments(sample, pass.Centres[stream]);
            result.Sum = (mean - pass.Centres[stream]) * sample.Length;
            result.SumOfSquares = sd * sd * (sample.Length - 1) + result.Sum * result.Sum / sample.Length;
            return result;
        }
    }
}
