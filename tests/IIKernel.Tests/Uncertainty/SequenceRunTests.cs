using IIKernel.Claims;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class SequenceRunTests
{
    private const int Draws = 4096;
    private static readonly CompiledStudy Compiled = new(TestData.FullDemonstration);
    private static readonly int[] Outputs =
        [.. new FigureIndex(Compiled.Keys).Select("nation.total").Select(k => k.Output), Compiled.Keys[0].Output];

    [Theory]
    [InlineData(SamplingSequence.Philox, 100_000, true, "100000")]
    [InlineData(SamplingSequence.Sobol, 65_536, true, "65536")]
    [InlineData(SamplingSequence.Sobol, 16, true, "16")]
    [InlineData(SamplingSequence.Sobol, 100_000, false, "65536 131072")]
    [InlineData(SamplingSequence.Sobol, 3, false, "16")]
    [InlineData(SamplingSequence.Sobol, 1L << 40, false, "4294967296")]
    [InlineData(SamplingSequence.LatinHypercube, 100_000, true, "100000")]
    [InlineData(SamplingSequence.LatinHypercube, 100_001, false, "100000 100016")]
    [InlineData(SamplingSequence.LatinHypercube, 7, false, "16")]
    public void A_sequence_says_which_numbers_of_draws_it_has(SamplingSequence sequence, long draws, bool fits, string nearest)
    {
        var sampling = new SamplingOptions(draws, 1, 0.95) { Sequence = sequence };
        Assert.Equal((fits, nearest), (sampling.Fits, string.Join(' ', sampling.Nearest)));
        Assert.All(sampling.Nearest, n => Assert.True((sampling with { Draws = n }).Fits));
        Assert.Equal(sequence, SamplingOptions.Find(SamplingOptions.Word(sequence)));
    }

    [Theory]
    [InlineData(SamplingSequence.Sobol)]
    [InlineData(SamplingSequence.LatinHypercube)]
    public void Statistics_are_those_of_all_draws_and_errors_those_of_the_replicates(SamplingSequence sequence)
    {
        var sampling = new SamplingOptions(Draws, 7, 0.9) { Sequence = sequence };
        var ranks = CoverageRanks.For(Draws, sampling.Level);
        using var program = Compiled.Load(new SimdBackend(2), sampling);
        var found = program.Describe(ranks, Outputs, 2);
        var values = Values(program.Program, Draws);
        for (var o = 0; o < Outputs.Length; o++)
        {
            var row = values[o];
            var whole = SampleStatistics.Describe(row, row[0], ranks);
            Assert.Equal((whole.Lower, whole.Median, whole.Upper), (found[o].Lower, found[o].Median, found[o].Upper));
            Assert.Equal(whole.Mean, found[o].Mean, 1e-12 * whole.Mean);

            // Draw d belongs to replicate d mod 16.
            var each = Enumerable.Range(0, 16).Select(r => row.Where((_, d) => d % 16 == r).ToArray())
                .Select(r => SampleStatistics.Describe(r, r[0], CoverageRanks.For(Draws / 16, sampling.Level))).ToArray();
            Assert.Equal(Error([.. each.Select(e => e.Mean)]), found[o].MeanError, 1e-12 * whole.Mean);
            Assert.Equal(Error([.. each.Select(e => e.StandardDeviation)]), found[o].StandardDeviationError, 1e-12 * whole.Mean);
            Assert.Equal(Error([.. each.Select(e => e.Lower)]), found[o].LowerError, 1e-12 * whole.Mean);
            Assert.Equal(Error([.. each.Select(e => e.Median)]), found[o].MedianError, 1e-12 * whole.Mean);
            Assert.Equal(Error([.. each.Select(e => e.Upper)]), found[o].UpperError, 1e-12 * whole.Mean);
        }
    }

    [Fact]
    public void Means_of_Sobol_points_agree_with_independent_draws_and_err_less()
    {
        var ranks = CoverageRanks.For(Draws, 0.9);
        OutputStatistics[] Of(SamplingSequence sequence)
        {
            using var program = Compiled.Load(new SimdBackend(2), new SamplingOptions(Draws, 7, 0.9) { Sequence = sequence });
            return program.Describe(ranks, Outputs, 2);
        }

        foreach (var (sobol, philox) in Of(SamplingSequence.Sobol).Zip(Of(SamplingSequence.Philox)))
        {
            Assert.True(sobol.MeanError < philox.MeanError, $"{sobol.MeanError} {philox.MeanError}");
            Assert.InRange(Math.Abs(sobol.Mean - philox.Mean), 0, 5 * philox.MeanError);
        }
    }

    [Fact]
    public void Claims_and_differences_are_counted_over_all_draws_of_a_sequence()
    {
        var sampling = new SamplingOptions(1024, 7, 0.9) { Sequence = SamplingSequence.Sobol };
        var claims = ClaimReader.Of(TestData.FullDemonstration)!.Claims;
        using var program = Compiled.Load(new SimdBackend(2), sampling);
        var whole = ClaimEvaluation.Of(Compiled, claims, program.Program, sampling.Draws, 2);
        var found = ClaimEvaluation.Of(Compiled, claims, sampling, new SimdBackend(2), 2);
        Assert.Equal(whole.Claims.Select(c => (c.AtPoint, c.Share.Held, c.Share.Draws, c.Undefined)),
            found.Claims.Select(c => (c.AtPoint, c.Share.Held, c.Share.Draws, c.Undefined)));
        Assert.Equal(whole.Joint.Select(j => j.Share.Held), found.Joint.Select(j => j.Share.Held));
        Assert.Contains(found.Claims, c => c.Share.StandardError != new DrawShare(c.Share.Held, c.Share.Draws).StandardError);

        var derived = DerivedFigure.Parse(DerivedKind.Difference, "nation.total.2022-nation.total.2021", new(Compiled.Keys));
        var difference = Assert.Single(new SampleRequest { Derived = derived }.Answer(program, sampling, 2).Derived);
        Assert.InRange(difference.Statistics.MeanError, 0, difference.Statistics.StandardDeviation / Math.Sqrt(1024));
    }

    [Fact]
    public void A_run_of_a_sequence_has_sources_with_as_many_draws_as_that_has()
    {
        var sampling = new SamplingOptions(1 << 17, 7, 0.9) { Sequence = SamplingSequence.Sobol };
        Assert.Equal(1 << 16, SourceTable.DrawsEach(sampling));
        var summary = UncertaintyRun.Execute(TestData.Demonstration, sampling with { Draws = 512 }, new SimdBackend(2), 2);
        Assert.All(summary.Estimates.Where(e => e.Key.Scope == "nation"),
            e => Assert.False(double.IsNaN(e.Statistics.MeanError), e.ToString()));
    }

    private static double[][] Values(IProgram program, int draws)
    {
        var values = new double[Outputs.Length * draws];
        program.Evaluate(0, draws, Outputs, values);
        return [.. Outputs.Select((_, o) => values[(o * draws)..((o + 1) * draws)])];
    }

    private static double Error(double[] values) =>
        Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1) / values.Length);
}
