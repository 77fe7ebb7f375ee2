using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>What every backend must do. A backend joins by one sealed class that creates it.</summary>
public abstract partial class BackendConformance
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
    [InlineData(0, 509, ConformanceVariant.Sobol)]
    [InlineData(130, 300, ConformanceVariant.LatinHypercube)]
    [InlineData(0, 509, ConformanceVariant.SidesAndSpreads)]
    [InlineData((1L << 32) - 5, 67, ConformanceVariant.Sobol)]
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
        int[] backwards = [.. Enumerable.Range(0, Written.Length).Where(i => i % 7 == 2).Reverse()];
        foreach (var pick in new[] { new[] { 0 }, [Written.Length - 1], [3, 1], backwards })
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
            var found = SampleStatistics.Collect(program, [ranks], Written, point, 2, kept, cached, sortedDraws: 0)[0];
            for (var i = 0; i < Written.Length; i++)
            {
                var expected = SampleStatistics.Describe(values.AsSpan(i * SearchedDraws, SearchedDraws), point[Written[i]], ranks);
                if (kept < 2 * SearchedDraws)
                    found[i] = found[i] with { ShortestLower = expected.ShortestLower, ShortestUpper = expected.ShortestUpper };
                var pilot = values.AsSpan(i * SearchedDraws, SampleParts.PilotDraws).ToArray();
                var isExact = pilot.Distinct().Count() < pilot.Length && plan.Aliases[Written[i]].Column == Written[i];
                SortedSamples.AssertSorted(expected, found[i], $"output {Written[i]}", isExact);
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

    protected static double[] Evaluate(IBackend backend, SamplePlan plan, long first, int count, int[] outputs)
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
            var off = Tolerance * Math.Abs(expected[i]);
            if (Tolerance == 0) Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i]), BitConverter.DoubleToInt64Bits(actual[i]));
            else Assert.InRange(actual[i], expected[i] - off, expected[i] + off);
        }
    }
}
