using System.Globalization;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;
using Xunit;
using Lane512 = IIKernel.Kernels.Lanes.QuadLane<System.Runtime.Intrinsics.Vector512<double>, IIKernel.Kernels.Lanes.Vector512Operations>;
using VectorLane = IIKernel.Kernels.Lanes.QuadLane<System.Numerics.Vector<double>, IIKernel.Kernels.Lanes.VectorOperations>;

namespace IIKernel.Kernels.Tests.Lanes;

public class LaneTests
{
    private static readonly double[] Magnitudes =
    [
        1e-300, 2.2250738585072014e-308, 1e-16, 0.1, 0.70710678118654746, 0.70710678118654757, 0.99999999999999989,
        1, 1.0000000000000002, 1.4142135623730951, 2, 3, 1e10, 1e300,
    ];

    [Fact]
    public void Logarithm_is_within_one_ulp()
    {
        var random = new System.Random(1);
        var drawn = Enumerable.Range(0, 200_000).Select(i => Math.Exp((random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 2)));
        foreach (var x in Magnitudes.Concat(drawn))
            AssertUlps(Math.Log(x), LaneMath.Log(new ScalarLane(x)).Value, 1, x);
    }

    [Fact]
    public void Exponential_is_within_one_ulp_and_clamped()
    {
        var random = new System.Random(2);
        foreach (var x in Enumerable.Range(0, 200_000).Select(i => (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1416 : 2)))
            AssertUlps(Math.Exp(x), LaneMath.Exp(new ScalarLane(x)).Value, 1, x);
        Assert.Equal(LaneMath.Exp(new ScalarLane(LaneMath.ExpLimit)), LaneMath.Exp(new ScalarLane(1e4)));
        Assert.Equal(LaneMath.Exp(new ScalarLane(-LaneMath.ExpLimit)), LaneMath.Exp(new ScalarLane(double.NegativeInfinity)));
    }

    [Fact]
    public void Normal_quantile_meets_the_reference_to_1e_15()
    {
        var rows = KnownAnswers.Rows("distribution_quantiles.csv").Where(r => r[0] == "normal").ToArray();
        Assert.True(rows.Length >= 19);
        foreach (var row in rows)
        {
            var p = double.Parse(row[2], CultureInfo.InvariantCulture);
            var expected = double.Parse(row[3], CultureInfo.InvariantCulture);
            var actual = LaneMath.NormalQuantile(new ScalarLane(p)).Value;
            Assert.True(Math.Abs(actual - expected) <= 1e-15 * Math.Abs(expected), $"p = {p}: {actual:R} instead of {expected:R}");
        }
    }

    // Computed with 40 digits: the centre, next to ½, and either side of the border between centre and tail.
    [Theory]
    [InlineData(0.4767324654120373, -0.058356164588815464)]
    [InlineData(0.9769766742667433, 1.9949654202150384)]
    [InlineData(0.22275262941017993, -0.76292980686578571)]
    [InlineData(0.6752250738169314, 0.45438763240913377)]
    [InlineData(0.16116298928181982, -0.98968935722321105)]
    [InlineData(0.4413979302289045, -0.14742590401974484)]
    [InlineData(0.5000000000000092, 2.3098206324775665e-14)]
    [InlineData(0.4990142361095348, -0.0024709461543724288)]
    [InlineData(0.5193171153646466, 0.048439764155794769)]
    [InlineData(0.0004828466749683588, -3.3003354217465977)]
    [InlineData(0.00048284667496844576, -3.3003354217465475)]
    [InlineData(0.0004828466749684506, -3.3003354217465444)]
    [InlineData(0.0004828466749684554, -3.3003354217465417)]
    [InlineData(0.00048284667496854714, -3.3003354217464884)]
    public void Normal_quantile_meets_40_digits_to_5e_16(double p, double expected)
    {
        var actual = LaneMath.NormalQuantile(new ScalarLane(p)).Value;
        Assert.True(Math.Abs(actual - expected) <= 5e-16 * Math.Abs(expected), $"p = {p:R}: {actual:R} instead of {expected:R}");
    }

    [Fact]
    public void Normal_quantile_increases_across_the_borders_of_its_pieces()
    {
        // −ln(4p(1 − p)) = 6.25, and √(−ln p) = 5.
        var centre = 0.5 - 0.5 * Math.Sqrt(1 - Math.Exp(-6.25));
        foreach (var border in new[] { centre, 0.5, 1 - centre, Math.Exp(-25), 1 - Math.Exp(-25) })
        {
            var previous = double.NegativeInfinity;
            for (var i = -1000; i <= 1000; i++)
            {
                var p = border * (1 + i * 1e-9);
                if (p >= 1) break;
                var value = LaneMath.NormalQuantile(new ScalarLane(p)).Value;
                Assert.True(value >= previous, $"falls at p = {p:R}");
                previous = value;
            }
        }
    }

    [Fact]
    public void Vector_operations_give_the_scalar_bits() => AssertScalarBits<VectorLane>();

    [Fact]
    public void Operations_on_512_bits_give_the_scalar_bits() => AssertScalarBits<Lane512>();

    private static void AssertScalarBits<TLane>()
        where TLane : unmanaged, IHostLane<TLane>
    {
        static TLane V(double value) => TLane.Broadcast(value);
        var random = new System.Random(3);
        var values = Magnitudes.SelectMany(m => new[] { m, -m }).Concat([0.0, -0.0, double.NaN, double.PositiveInfinity])
            .Concat(Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * Math.Exp(random.NextDouble() * 20))).ToArray();
        for (var i = 0; i + 2 < values.Length; i++)
        {
            var (a, b, c) = (values[i], values[i + 1], values[i + 2]);
            Same(ScalarLane.MultiplyAdd(new(a), new(b), new(c)), TLane.MultiplyAdd(V(a), V(b), V(c)));
            Same(new ScalarLane(a) + new ScalarLane(b), V(a) + V(b));
            Same(new ScalarLane(a) - new ScalarLane(b), V(a) - V(b));
            Same(new ScalarLane(a) * new ScalarLane(b), V(a) * V(b));
            Same(new ScalarLane(a) / new ScalarLane(b), V(a) / V(b));
            Same(ScalarLane.SelectLess(new(a), new(b), new(b), new(c)), TLane.SelectLess(V(a), V(b), V(b), V(c)));
            Same(ScalarLane.Floor(new(a)), TLane.Floor(V(a)));
            Same(ScalarLane.Sqrt(new(a)), TLane.Sqrt(V(a)));
            if (!double.IsNormal(a) || a <= 0) continue;
            Same(ScalarLane.Exponent(new(a)), TLane.Exponent(V(a)));
            Same(ScalarLane.Significand(new(a)), TLane.Significand(V(a)));
            Same(LaneMath.Log(new ScalarLane(a)), LaneMath.Log(V(a)));
            Same(LaneMath.Exp(new ScalarLane(b)), LaneMath.Exp(V(b)));
            if (a < 1) Same(LaneMath.NormalQuantile(new ScalarLane(a)), LaneMath.NormalQuantile(V(a)));
        }
    }

    [Fact]
    public void Powers_of_two_and_the_parts_of_a_number_are_exact()
    {
        for (var n = -1022; n <= 1023; n++)
        {
            var power = ScalarLane.PowerOfTwo(new(n)).Value;
            Assert.Equal(Math.ScaleB(1, n), power);
            Assert.Equal(VectorLane.PowerOfTwo(VectorLane.Broadcast(n))[0], power);
            Assert.Equal(n, ScalarLane.Exponent(new(power * 1.25)).Value);
            Assert.Equal(1.25, ScalarLane.Significand(new(power * 1.25)).Value);
        }
    }

    private static void Same<TLane>(ScalarLane scalar, TLane vector)
        where TLane : unmanaged, IHostLane<TLane>
    {
        foreach (var value in MemoryMarshal.Cast<TLane, double>(new Span<TLane>(ref vector)))
        {
            if (double.IsNaN(scalar.Value)) Assert.True(double.IsNaN(value));
            else Assert.Equal(BitConverter.DoubleToInt64Bits(scalar.Value), BitConverter.DoubleToInt64Bits(value));
        }
    }

    private static void AssertUlps(double expected, double actual, long ulps, double x) =>
        Assert.True(
            Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual)) <= ulps,
            $"x = {x:R}: {actual:R} instead of {expected:R}");

    [Fact]
    public void Values_are_found_in_intervals_by_their_keys()
    {
        Find<ScalarLane>();
        Find<VectorLane>();
        if (Vector512Operations.IsSupported) Find<Lane512>();
    }

    private static void Find<TLane>()
        where TLane : unmanaged, IHostLane<TLane>
    {
        const int blocks = 3;
        double[] ends =
        [
            double.NegativeInfinity, double.MinValue, -1e9, -2, -1, -double.Epsilon, -0.0,
            0.0, double.Epsilon, 1, Math.BitIncrement(1), 1 + 1e-7, 2, 1e9,
            double.MaxValue, double.PositiveInfinity,
        ];
        (double Low, double High)[] scales =
        [
            (-1, 1), (0, 0), (1, Math.BitIncrement(1)), (-1e9, -1e9 + 1), (1e300, 2e300),
            (double.MinValue, double.MaxValue), (-double.Epsilon, 0),
            (double.NegativeInfinity, 1),
        ];
        var random = new System.Random(5);
        var block = new double[blocks * SumBlock.Draws];
        var intervals = new CoarseInterval[CoarseInterval.Together];
        var bits = new ulong[blocks * CoarseInterval.Together];
        for (var turn = 0; turn < 4000; turn++)
        {
            var (from, to) = scales[turn % scales.Length];
            var inside = turn / scales.Length % 2 == 0;
            var scale = CoarseScale.Of(from, to, inside ? 1 << 14 : 1 << 15);
            double[] values =
                [.. ends, double.NaN, -double.NaN, Math.BitDecrement(-1), 0.5, 1.5, from, to, Math.BitIncrement(to), from / 2 + to / 2];
            for (var d = 0; d < block.Length; d++)
            {
                block[d] = values[random.Next(values.Length)];
                if (random.Next(2) == 0) block[d] = from + (to - from) * (3 * random.NextDouble() - 1);
            }

            var chosen = Enumerable.Range(0, CoarseInterval.Together).Select(_ => (Low: End(), High: End()))
                .Select(c => c.Low <= c.High ? c : (Low: c.High, High: c.Low)).ToArray();
            for (var i = 0; i < chosen.Length; i++)
                intervals[i] = inside
                    ? CoarseInterval.Inside(chosen[i].Low, chosen[i].High, scale)
                    : CoarseInterval.Around(chosen[i].Low, chosen[i].High, scale);
            TLane.Within(ref block[0], blocks, scale, ref intervals[0], ref bits[0]);
            for (var d = 0; d < block.Length; d++)
            {
                for (var i = 0; i < chosen.Length; i++)
                {
                    var found = ((bits[d / SumBlock.Draws * CoarseInterval.Together + i] >> (d % SumBlock.Draws)) & 1) != 0;
                    var isIn = chosen[i].Low <= block[d] && block[d] < chosen[i].High;
                    var what = $"{block[d]:R} and {chosen[i]}, {from:R} to {to:R}";
                    if (scale.Key(block[d]) is > short.MinValue and < short.MaxValue)
                        Assert.True(intervals[i].Contains(scale.Key(block[d])) == found, what);
                    if (inside) Assert.True(isIn || !found, what);
                    else Assert.True(found || !isIn, what);
                }
            }

            // A scale's own numbers, and for what is told surely any others.
            double End() => inside ? values[random.Next(values.Length)] is var end && double.IsNaN(end) ? 0 : end
                : Math.Clamp(from + (to - from) * random.NextDouble() is var x && double.IsNaN(x) ? 0 : x, from, to);
        }
    }

    [Fact]
    public void Between_edges_keys_are_exact()
    {
        double[] centres = [0, 1, -3.5, 1e9, 1e-300];
        var random = new System.Random(6);
        foreach (var centre in centres)
        {
            for (var turn = 0; turn < 2000; turn++)
            {
                var width = Math.ScaleB(1 + random.NextDouble(), random.Next(-60, 60));
                var scale = CoarseScale.Of(centre - width, centre + width, 1 << 14);
                var value = centre + 2 * width * (2 * random.NextDouble() - 1);
                var (low, high) = (scale.Edge(value, false), scale.Edge(value, true));
                Assert.True(low <= value && (value < high || (value == high && value == low)),
                    $"{low:R} {value:R} {high:R} about {centre:R}");
                if (low == high) continue;
                Assert.True(scale.IsEdge(low) && scale.IsEdge(high));
                Assert.True(high - low <= Math.Max(width / (1 << 12), 2 * (Math.BitIncrement(Math.Abs(value)) - Math.Abs(value))),
                    $"{low:R} {high:R} of {width:R}");
                var coarse = CoarseInterval.Inside(low, high, scale);
                Assert.True(coarse.Contains(scale.Key(low)) && coarse.Contains(scale.Key(Math.BitDecrement(high)))
                    && coarse.Contains(scale.Key(value)));
                Assert.False(coarse.Contains(scale.Key(Math.BitDecrement(low))) || coarse.Contains(scale.Key(high)));
            }
        }
    }

    // Neighbouring numbers have keys of their own where a scale is made for them, and what is far away has one that is not known.
    [Theory]
    [InlineData(1e9)]
    [InlineData(0.0)]
    [InlineData(-3.5)]
    public void Keys_tell_neighbours_apart_and_do_not_know_what_is_far_away(double number)
    {
        var next = Math.BitIncrement(number);
        var scale = CoarseScale.Of(number, next, 1 << 14);
        Assert.Equal(number != 0, scale.Key(number) < scale.Key(next));
        foreach (var far in new[] { -1e300, 1e300, double.NegativeInfinity, double.PositiveInfinity, double.NaN, -double.NaN })
            Assert.True(scale.Key(far) is short.MinValue or short.MaxValue);
        scale = CoarseScale.Of(number - 1, number + 1, 1 << 14);
        for (var at = -4.0; at <= 4; at += 0.125)
            Assert.InRange(scale.Key(number + at), Math.Max(at * 8192 - 1, short.MinValue), Math.Min(at * 8192 + 1, short.MaxValue));
        Assert.Equal(CoarseInterval.Empty, CoarseInterval.Around(number, number, scale));
        Assert.False(CoarseInterval.Empty.Contains(scale.Key(number)));
    }
}
