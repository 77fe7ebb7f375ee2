using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class SampleQuestionTests
{
    // Discrete growth that is no number in a third of the draws, a share that is infinite, one that is the same in every draw, multiples.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(700, 16)]
    [InlineData(20_001, 100)]
    public void Levels_thresholds_and_densities_equal_counts_over_all_draws(int draws, int bins)
    {
        var plan = ConformancePlan.Points([0, 0.2, 0.4]);
        var map = plan.Outputs;
        plan.PercentScale[map.Category(1)] = double.PositiveInfinity;
        int[] outputs =
        [
            .. ConformancePlan.WrittenOutputs(plan)
                .Where((o, i) => i % 9 == 0 || plan.Aliases[o].Column < 0 || plan.Aliases[o].Factors.Length > 1),
            map.Index(1, map.Category(plan.CategoryCount - 1), OutputMap.Growth), map.Index(0, map.Category(1), OutputMap.Share),
        ];
        outputs = [.. outputs.Distinct()];
        Assert.Contains(outputs, o => plan.Aliases[o].Column >= 0 && plan.Aliases[o].Column != o);
        using var program = new SimdBackend(2).Load(plan);
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        double[][] rows = [.. Enumerable.Range(0, outputs.Length).Select(i => values.AsSpan(i * draws, draws).ToArray())];
        var thresholds = outputs.SelectMany((o, i) => new[] { rows[i][draws / 2], 0.5 }.Where(double.IsFinite).Select(v => (o, v)))
            .ToArray();
        QuantileRanks[] levels = [SortedSamples.Ranks(draws, 0.5), SortedSamples.Ranks(draws, 0.95)];
        var answer = new SampleQuestion(levels, outputs) { Thresholds = thresholds, DensityBins = bins }
            .Answer(program, program.EvaluatePoint(), 2);
        for (var t = 0; t < thresholds.Length; t++)
        {
            var row = rows[Array.IndexOf(outputs, thresholds[t].o)];
            var (value, undefined) = (thresholds[t].v, row.LongCount(double.IsNaN));
            Assert.Equal(new(row.LongCount(x => x < value), row.LongCount(x => x == value), undefined), answer.Thresholds[t]);
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            var (row, density) = (rows[i], answer.Densities[i]);
            for (var level = 0; level < levels.Length; level++)
                Assert.Equal(SampleStatistics.Describe(row, 0, levels[level]).Median, answer.Statistics[level][i].Median);
            Assert.Equal(density.Counts.Length + 1, density.Edges.Length);
            Assert.Equal(density.Edges.Order(), density.Edges);
            Assert.Equal(row.LongCount(double.IsNaN), density.Undefined);
            Assert.Equal(row.LongCount(double.IsNegativeInfinity), density.Below);
            Assert.Equal(row.LongCount(double.IsPositiveInfinity), density.Above);
            Assert.Equal(row.LongCount(double.IsFinite), density.Counts.Sum());

            // Edges of a multiple are rounded as its values are.
            if (plan.Aliases[outputs[i]].Column != outputs[i]) continue;
            for (var bin = 0; bin < density.Counts.Length; bin++)
                Assert.Equal(row.LongCount(x => density.Edges[bin] <= x && x < density.Edges[bin + 1]), density.Counts[bin]);
        }

        Assert.Empty(new SampleQuestion(levels, outputs).Answer(program, program.EvaluatePoint(), 2).Densities);
    }
}
