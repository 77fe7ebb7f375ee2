using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Device;

public class SequenceTests
{
    private const int Points = 256;

    private static readonly SamplePlan Plan = ConformancePlan.Create(variant: ConformanceVariant.Everything);
    private static readonly int[] Drawn =
        [.. Enumerable.Range(0, Plan.Marginals.Kinds.Length).Where(i => Plan.Marginals.Kinds[i] != MarginalKind.Constant)];

    // Index 0 is the origin, and points follow in the order of Gray's code: what the direction numbers alone give, digit by digit.
    [Fact]
    public void Points_before_scrambling_are_those_of_the_direction_numbers()
    {
        foreach (var dimension in new[] { 0, 1, 5, 23, 4095 })
        {
            var numbers = DirectionNumbers.Of(dimension);
            int[] reversed = [.. numbers.Select(n => unchecked((int)OwenScramble.Reverse(new ScalarWord(n)).Value))];
            var bits = new SobolBits<HostArray<int>>(new(reversed), 0, DirectionNumbers.Bits, default);
            var expected = 0u;
            for (var point = 0UL; point < 300; point++)
            {
                Assert.Equal(expected, OwenScramble.Reverse(bits.Reversed(new ScalarWord(point))).Value);
                expected ^= numbers[System.Numerics.BitOperations.TrailingZeroCount(point + 1)];
            }
        }
    }

    [Theory]
    [InlineData(SequenceKind.Sobol, 0)]
    [InlineData(SequenceKind.Sobol, 1)]
    [InlineData(SequenceKind.LatinHypercube, 0)]
    [InlineData(SequenceKind.LatinHypercube, 1)]
    public void A_replicate_has_one_point_in_each_stratum_of_every_input(int kind, int side)
    {
        var plan = With(kind, 4) with
        {
            Marginals = Plan.Marginals with { Sides = [.. Plan.Marginals.Kinds.Select(_ => side)] },
        };
        foreach (var input in Drawn)
        {
            for (var replicate = 0; replicate < 4; replicate++)
            {
                var u = Uniforms(plan with { Sequence = plan.Sequence.Replicate(replicate) }, input, Points);
                Assert.Equal(Enumerable.Range(0, Points), u.Select(x => (int)(x * Points)).Order());
            }
        }
    }

    [Fact]
    public void A_latin_hypercube_has_any_number_of_points()
    {
        var plan = Plan with { Sequence = new() { Kind = SequenceKind.LatinHypercube, Points = 1000 } };
        Assert.Equal(Enumerable.Range(0, 1000), Uniforms(plan, Drawn[0], 1000).Select(x => (int)(x * 1000)).Order());
    }

    // Of two inputs each rectangle of 2^−a by 2^−b with a + b = 6 has as many of 256 points: the first two dimensions are a (0, 8, 2)-net.
    [Fact]
    public void Scrambling_keeps_elementary_intervals()
    {
        var plan = With(SequenceKind.Sobol, 1);
        var (x, y) = (Uniforms(plan, Drawn[0], Points), Uniforms(plan, Drawn[1], Points));
        for (var a = 0; a <= 8; a++)
        {
            var (columns, rows) = (1 << a, 1 << (8 - a));
            Assert.Equal(Points, x.Zip(y, (u, v) => ((int)(u * columns), (int)(v * rows))).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(SequenceKind.Sobol)]
    [InlineData(SequenceKind.LatinHypercube)]
    public void Replicates_take_turns_and_differ(int kind)
    {
        var plan = With(kind, 8);
        var all = Uniforms(plan, Drawn[2], 8 * Points);
        var seen = new HashSet<double>();
        for (var replicate = 0; replicate < 8; replicate++)
        {
            var own = Uniforms(plan with { Sequence = plan.Sequence.Replicate(replicate) }, Drawn[2], Points);
            Assert.Equal(Enumerable.Range(0, Points).Select(p => all[8 * p + replicate]), own);
            Assert.All(own, u => Assert.True(seen.Add(u)));
        }
    }

    [Theory]
    [InlineData(SequenceKind.Philox)]
    [InlineData(SequenceKind.Sobol)]
    [InlineData(SequenceKind.LatinHypercube)]
    public void The_second_sample_is_another(int kind)
    {
        var (first, second) = (With(kind, 1), With(kind, 1));
        second = second with { Marginals = second.Marginals with { Sides = [.. second.Marginals.Kinds.Select(_ => 1)] } };
        foreach (var input in Drawn)
        {
            var (a, b) = (Uniforms(first, input, Points), Uniforms(second, input, Points));
            Assert.Empty(a.Intersect(b));
            var (meanA, meanB) = (a.Average(), b.Average());
            var correlation = a.Zip(b, (u, v) => (u - meanA) * (v - meanB)).Sum()
                / Math.Sqrt(a.Sum(u => Math.Pow(u - meanA, 2)) * b.Sum(v => Math.Pow(v - meanB, 2)));
            Assert.InRange(correlation, -5 / Math.Sqrt(Points), 5 / Math.Sqrt(Points));
        }
    }

    // Over 2,000 seeds each point of each sequence is uniform: mean ½ and variance 1/12 within five standard errors.
    [Theory]
    [InlineData(SequenceKind.Sobol)]
    [InlineData(SequenceKind.LatinHypercube)]
    public void A_point_is_uniform_over_the_seeds(int kind)
    {
        const int seeds = 2000;
        foreach (var point in new[] { 0, 1, 100 })
        {
            var u = new double[seeds];
            for (var seed = 0; seed < seeds; seed++)
                new InputSample(With(kind, 1) with { Seed = (ulong)seed }).Uniforms(Drawn[3], point, u.AsSpan(seed, 1));
            Assert.InRange(u.Average() - 0.5, -5 * Math.Sqrt(1 / 12.0 / seeds), 5 * Math.Sqrt(1 / 12.0 / seeds));
            var error = 5 * Math.Sqrt(1 / 180.0 / seeds);
            Assert.InRange(u.Average(x => Math.Pow(x - 0.5, 2)) - 1 / 12.0, -error, error);
        }
    }

    [Fact]
    public void A_spread_moves_a_draw_to_its_point_or_away()
    {
        var table = Plan.Marginals;
        var input = Drawn[0];
        double[] Drawn1(double spread, double least, double most)
        {
            double[] spreads = [.. table.Kinds.Select((_, i) => i == input ? spread : 1)];
            double[] domains = [.. table.Kinds.SelectMany((_, i) =>
                i == input ? new[] { least, most } : [double.NegativeInfinity, double.PositiveInfinity])];
            var values = new double[Points];
            new InputSample(Plan with { Marginals = table with { Spreads = spreads, Domains = domains } }).Inputs(input, 0, values);
            return values;
        }

        var (point, asIs) = (table.Points[input], Drawn1(1, 0, 0));
        Assert.All(Drawn1(0, -1e9, 1e9), value => Assert.Equal(point, value));
        Assert.All(Drawn1(0.5, -1e9, 1e9).Zip(asIs), p => Assert.Equal((p.Second + point) / 2, p.First, 1e-12));
        Assert.All(Drawn1(3, 0.1, 0.9).Zip(asIs), p => Assert.Equal(Math.Clamp(3 * p.Second - 2 * point, 0.1, 0.9), p.First, 1e-12));
    }

    [Fact]
    public void Points_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ReferenceBackend().Load(Plan with { Sequence = Plan.Sequence with { Replicates = 3 } }));

    private static SamplePlan With(int kind, int replicates) =>
        Plan with { Sequence = new() { Kind = kind, Replicates = replicates, Points = Points } };

    private static double[] Uniforms(SamplePlan plan, int input, int count)
    {
        var u = new double[count];
        new InputSample(plan).Uniforms(input, 0, u);
        return u;
    }
}
