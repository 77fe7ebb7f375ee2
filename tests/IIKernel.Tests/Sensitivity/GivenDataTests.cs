using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using IIKernel.Sensitivity;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>What any sample tells: PAWN and elementary effects of y = b·x + √(1 − b²)·z, whose answers are known.</summary>
public sealed class GivenDataTests
{
    private const int Draws = 1 << 16;
    private const double Slope = 0.8;

    [Fact]
    public void Distances_of_a_linear_normal_model_are_those_of_its_distributions()
    {
        const int ranges = 10;
        var (x, z) = (Normals("x"), Normals("z"));
        double[] y = [.. x.Zip(z, (a, b) => Slope * a + Math.Sqrt(1 - Slope * Slope) * b)];
        var found = PawnIndex.Of(PawnIndex.OrderOf(y), y, PawnIndex.RangesOf(x, ranges), ranges);

        // Of the range of x between two of its deciles: the largest |P(y ≤ t | range) − Φ(t)| over a grid of t, by quadrature over x.
        var distances = new double[ranges];
        for (var r = 0; r < ranges; r++)
        {
            for (var t = -4.0; t <= 4; t += 0.02)
            {
                const int parts = 200;
                var inside = 0.0;
                for (var i = 0; i < parts; i++)
                {
                    var value = ScalarMath.NormalQuantile((r + (i + 0.5) / parts) / ranges);
                    inside += Phi((t - Slope * value) / Math.Sqrt(1 - Slope * Slope)) / parts;
                }

                distances[r] = Math.Max(distances[r], Math.Abs(inside - Phi(t)));
            }
        }

        // A range's distribution of 6,554 draws is off by 1.63/√6554 at most, at 99 %.
        var chance = 1.63 / Math.Sqrt(Draws / (double)ranges);
        Assert.Equal(distances.Max(), found.Largest, chance);
        var sorted = distances.Order().ToArray();
        Assert.Equal((sorted[4] + sorted[5]) / 2, found.Median, chance);
        Assert.True(found.IsToldFromZero);
    }

    [Fact]
    public void An_input_without_effect_is_not_told_from_zero_more_often_than_chance_has_it()
    {
        var told = 0;
        for (var i = 0; i < 100; i++)
        {
            var (x, y) = (Normals($"x{i}", 2000), Normals($"y{i}", 2000));
            if (PawnIndex.Of(PawnIndex.OrderOf(y), y, PawnIndex.RangesOf(x, 10), 10).IsToldFromZero) told++;
        }

        // At most 5 % each: more than 12 of 100 have probability 0.0015.
        Assert.InRange(told, 0, 12);
    }

    [Fact]
    public void Equal_outputs_are_one_step_and_equal_inputs_one_range()
    {
        double[] x = [1, 1, 1, 1, 2, 2, 2, 2];
        double[] y = [0, 0, 0, 1, 1, 1, 1, 1];
        Assert.Equal([0, 0, 0, 0, 2, 2, 2, 2], PawnIndex.RangesOf(x, 4));
        var found = PawnIndex.Of(PawnIndex.OrderOf(y), y, PawnIndex.RangesOf(x, 4), 4);

        // P(y = 0) is 3/8, 3/4 of the first value of x, and 0 of the second.
        Assert.Equal(0.375, found.Largest, 1e-15);
        Assert.Equal(0.375, found.Median, 1e-15);
    }

    [Fact]
    public void Effects_of_a_linear_model_are_its_slope_per_standard_deviation()
    {
        double[] Twice(double[] values) => [.. values.Select(v => 2 * v)];
        var (xa, xb, z) = (Twice(Normals("x")), Twice(Normals("other")), Normals("z"));
        double[] a = [.. xa.Zip(z, (x, e) => 3 * x + e)];
        double[] ab = [.. xb.Zip(z, (x, e) => 3 * x + e)];
        var found = ElementaryEffects.Of(a, ab, xa, xb);
        Assert.Equal(6, found.Mean, 0.05);
        Assert.Equal(found.Mean, found.Size, 1e-9);
        Assert.Equal(0, found.Spread, 1e-6);

        // −3x for x < 0: half of the effects have the other sign.
        double Fold(double x) => 3 * Math.Abs(x);
        var folded = ElementaryEffects.Of([.. xa.Select(Fold)], [.. xb.Select(Fold)], xa, xb);
        Assert.Equal(0, folded.Mean, 0.1);
        Assert.InRange(folded.Size, 3, 6);
        Assert.InRange(folded.Spread, 3, 6);
    }

    private static double Phi(double x) => LaneMath.NormalProbability(new ScalarLane(x)).Value;

    private static double[] Normals(string name, int count = Draws) =>
        [.. Enumerable.Range(0, count).Select(i => ScalarMath.NormalQuantile(
            ScalarLane.Uniform(new PhiloxBits(3, CounterLayout.InputId(name), CounterLayout.SampleStream), (ulong)i).Value))];
}
