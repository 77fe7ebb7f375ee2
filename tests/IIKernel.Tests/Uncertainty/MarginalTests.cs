using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Uncertainty;
using MathNet.Numerics;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class MarginalTests
{
    private static readonly Dictionary<string, Func<Dictionary<string, double>, Marginal>> Known = new()
    {
        ["normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], double.NegativeInfinity, double.PositiveInfinity),
        ["truncated_normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], p["min"], p["max"]),
        ["lognormal"] = p => new LognormalMarginal(p["meanlog"], p["sdlog"], p.GetValueOrDefault("min", 0),
            p.GetValueOrDefault("max", double.PositiveInfinity)),
        ["triangular"] = p => new TriangularMarginal(p["min"], p["mode"], p["max"]),
        ["pert"] = p => new PertMarginal(p["min"], p["mode"], p["max"], p["lambda"]),
        ["beta"] = p => new BetaMarginal(p["a"], p["b"], 0, 1),
        ["gamma"] = p => new GammaMarginal(p["shape"], p["scale"]),
        ["chi_square"] = p => new GammaMarginal(p["df"] / 2, 2),
        ["student_t"] = p => new StudentMarginal(p["df"]),
    };

    // The second file holds distributions at their ends: parameters far from 1, bounds far in a tail or a double apart.
    [Theory]
    [InlineData("distribution_quantiles.csv", 13 * 19)]
    [InlineData("distribution_ends.csv", 58 * 8)]
    public void Quantiles_meet_the_reference_to_1e_12(string file, int expectedRows)
    {
        var checkedRows = 0;
        var misses = new List<string>();
        foreach (var row in TestData.KnownAnswers(file))
        {
            if (!Known.TryGetValue(row[0], out var create)) continue;
            var parameters = row[1].Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => TestData.Number(p[1]));
            var (p, expected) = (TestData.Number(row[2]), TestData.Number(row[3]));
            var actual = Quantile(create(parameters), p);

            // A kernel's exponential ends at e^−708.
            var tolerance = Math.Max(1e-12 * Math.Abs(expected), row[0] is "beta" or "gamma" or "lognormal" ? 4e-308 : 0);
            if (!(Math.Abs(actual - expected) <= tolerance))
                misses.Add($"{row[0]} {row[1]}, p = {row[2]}: {actual:R} instead of {row[3]}, {actual / expected - 1:e1}");
            checkedRows++;
        }

        Assert.True(misses.Count == 0, string.Join('\n', misses));
        Assert.Equal(expectedRows, checkedRows);
    }

    [Fact]
    public void Beta_and_Student_quantiles_are_those_of_their_closed_forms()
    {
        var random = new Random(17);
        for (var i = 0; i < 60; i++)
        {
            var shape = Math.Pow(10, -4 + 16 * random.NextDouble());
            for (var j = 0; j < 40; j++)
            {
                // Beta(α, 1): x^α = u; Beta(1, β): (1 − x)^β = 1 − u.
                // Near α = 1e-3 a table has two units of the twelfth digit for x < 1e-180.
                var u = Probability(random);
                Near(Math.Exp(Math.Max(-708, (u < 0.5 ? Math.Log(u) : LogOf1Minus(1 - u)) / shape)),
                    Quantile(new BetaMarginal(shape, 1, 0, 1), u), 2e-12);
                Near(-Expm1((u > 0.5 ? Math.Log(1 - u) : LogOf1Minus(u)) / shape), Quantile(new BetaMarginal(1, shape, 0, 1), u), 1e-12);
            }
        }

        for (var j = 0; j < 400; j++)
        {
            var u = Probability(random);
            var v = 4 * u * (1 - u);
            Near(u < 0.25 ? -1 / Math.Tan(Math.PI * u) : u > 0.75 ? 1 / Math.Tan(Math.PI * (1 - u)) : Math.Tan(Math.PI * (u - 0.5)),
                Quantile(new StudentMarginal(1), u), 1e-12);
            Near(2 * (u - 0.5) * Math.Sqrt(2 / v), Quantile(new StudentMarginal(2), u), 1e-12);
        }

        void Near(double expected, double actual, double tolerance) =>
            Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected) + 1e-307, $"{actual:R} instead of {expected:R}");
    }

    // They are integrals of the density, of which the incomplete gamma functions know nothing; those of the package are 0 for the least
    // arguments.
    [Fact]
    public void Gamma_quantiles_have_their_probabilities()
    {
        foreach (var shape in new[] { 0.25, 0.3, 0.5, 1, 2.5, 7, 10, 33, 120, 500 })
        {
            for (var p = 1e-12; p <= 0.5; p *= 1.7)
            {
                var (low, high) = (Quantile(new GammaMarginal(shape, 1), p), Quantile(new GammaMarginal(shape, 1), 1 - p));
                if (low > 1e-12) Assert.Equal(1, SpecialFunctions.GammaLowerRegularized(shape, low) / p, 1e-11);
                Assert.Equal(1, SpecialFunctions.GammaUpperRegularized(shape, high) / (1 - (1 - p)), 1e-11);
            }
        }
    }

    [Fact]
    public void The_mean_of_a_far_tail_is_that_of_its_closed_form()
    {
        // Mills: a normal above z standard deviations has the mean sd·(1/M(z) − z) over the bound;
        // for large z that is sd·(1/z − 2/z³ + 10/z⁵).
        foreach (var z in new[] { 30.0, 36, 37.5, 38.6, 40, 100, 1e4 })
        {
            const int cells = 1 << 16;
            var marginal = new TruncatedNormalMarginal(-0.001 * z, 0.001, 0, 1);
            var mean = Enumerable.Range(0, cells).Average(i => Quantile(marginal, (i + 0.5) / cells));
            Assert.Equal(1, mean / (0.001 * (1 / z - 2 / Math.Pow(z, 3) + 10 / Math.Pow(z, 5))), 3e-5);
        }
    }

    // Bounds some thousand deviations from the mean whose distance is below a rounding of that: an exponential of rate z between them,
    // which is nearly uniform.
    [Theory]
    [InlineData(-40)]
    [InlineData(-50)]
    public void Bounds_far_from_the_mean_and_near_each_other_hold_their_distribution(int power)
    {
        var width = Math.ScaleB(1, power);
        foreach (var marginal in new Marginal[]
        {
            new TruncatedNormalMarginal(-15.75, 0.001953125, 0.5, 0.5 + width),
            new TruncatedNormalMarginal(16.75, 0.001953125, 0.5, 0.5 + width),
            new LognormalMarginal(-15.75, 0.001953125, 0.5, 0.5 + width),
        })
            foreach (var p in new[] { 0.1, 0.5, 0.75 })
                Assert.Equal(p, (Quantile(marginal, p) - 0.5) / width, 1e-4 + Math.ScaleB(1, -53) / width);
    }

    private static double Probability(Random random) => random.Next(3) switch
    {
        0 => Math.ScaleB(random.NextInt64(1L << 52) + 0.5, -52),
        1 => Math.Pow(2, -1 - 51 * random.NextDouble()),
        _ => 1 - Math.Pow(2, -1 - 51 * random.NextDouble()),
    };

    // e^x − 1, and ln(1 − x) by its series: neither needs what is tested.
    private static double Expm1(double x) => Math.Abs(x) > 0.5 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    private static double LogOf1Minus(double x) => x == 0 ? 0 : -2 * Math.Atanh(x / (2 - x));

    public static TheoryData<string> Shapes() => [.. Examples.Keys];

    private static readonly Dictionary<string, Marginal> Examples = new()
    {
        ["uniform"] = new UniformMarginal(0.2, 0.7),
        ["triangular, mode at the left"] = new TriangularMarginal(0, 0, 1),
        ["triangular, mode at the right"] = new TriangularMarginal(0, 1, 1),
        ["triangular"] = new TriangularMarginal(0.1, 0.12, 0.9),
        ["pert"] = new PertMarginal(0.1, 0.2, 0.6),
        ["pert, mode at an end"] = new PertMarginal(0, 0, 1),
        ["beta, U-shaped"] = new BetaMarginal(0.3, 0.2, 0, 1),
        ["beta, extreme"] = new BetaMarginal(0.05, 3, 0, 1),
        ["beta, narrow"] = new BetaMarginal(400, 900, 0, 1),
        ["normal, in its lower tail"] = new TruncatedNormalMarginal(2, 0.2, 0, 1),
        ["normal, in its upper tail"] = new TruncatedNormalMarginal(-1, 0.15, 0, 1),
        ["normal"] = new TruncatedNormalMarginal(0.4, 0.3, 0, 1),
        ["lognormal"] = new LognormalMarginal(-1.5, 0.8, 0, 1),
        ["lognormal, in its upper tail"] = new LognormalMarginal(-2, 0.2, 0.5, 1),
        ["empirical"] = new EmpiricalMarginal([0.1, 0.2, 0.2, 0.5]),
        ["student"] = new StudentMarginal(9),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_quantile_function_increases_and_stays_in_its_support(string shape)
    {
        var marginal = Examples[shape];
        var (low, high) = Support(marginal);
        var previous = double.NegativeInfinity;
        foreach (var u in Probabilities())
        {
            var value = Quantile(marginal, u);
            Assert.InRange(value, low, high);
            Assert.True(value >= previous - 4e-16 * Math.Abs(previous), $"falls at u = {u:R}: {previous:R}, {value:R}");
            previous = value;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_draws_have_the_moments_of_the_distribution(string shape)
    {
        // The mean and variance by the midpoint rule over 2^16 probabilities; the draws within four standard errors.
        var marginal = Examples[shape];
        const int cells = 1 << 16, draws = 40_000;
        double mean = 0, variance = 0, fourth = 0;
        var values = Enumerable.Range(0, cells).Select(i => Quantile(marginal, (i + 0.5) / cells)).ToArray();
        foreach (var v in values) mean += v / cells;
        foreach (var v in values) variance += (v - mean) * (v - mean) / cells;
        foreach (var v in values) fourth += Math.Pow(v - mean, 4) / cells;
        var bits = new PhiloxBits(3, 77, 0);
        var sample = Enumerable.Range(0, draws).Select(i => Quantile(marginal, ScalarLane.Uniform(bits, (ulong)i).Value)).ToArray();
        Assert.Equal(mean, sample.Average(), 4 * Math.Sqrt(variance / draws));
        Assert.Equal(variance, sample.Average(v => (v - mean) * (v - mean)), 4 * Math.Sqrt((fourth - variance * variance) / draws));
    }

    [Fact]
    public void A_certain_input_and_a_distribution_without_width_are_constant()
    {
        Assert.Equal(0.3, Quantile(null, 0.7, point: 0.3));
        Assert.Equal(0.25, Quantile(new UniformMarginal(0.25, 0.25), 0.7));
        Assert.Equal(0.25, Quantile(new TriangularMarginal(0.25, 0.25, 0.25), 0.7));
        Assert.Equal(0.25, Quantile(new PertMarginal(0.25, 0.25, 0.25), 0.7));
    }

    [Fact]
    public void An_empirical_sample_gives_each_value_its_share()
    {
        var marginal = Examples["empirical"];
        Assert.Equal([0.1, 0.1, 0.2, 0.2, 0.2, 0.5],
            new[] { 0.01, 0.2499, 0.2501, 0.5, 0.7499, 0.7501 }.Select(u => Quantile(marginal, u)));
    }

    [Fact]
    public void Inputs_of_one_hash_or_even_of_one_name_have_streams_of_their_own()
    {
        // The first two share the hash of their names; codes with a colon make one name of the last two.
        string[] names = ["coefficient:fuzx", "coefficient:42ad", "gdp:p:a:b:c:2020", "gdp:p:a:b:c:2020"];
        var compiler = new MarginalCompiler(new());
        foreach (var name in names) compiler.Add(name, null, 0);
        var ids = compiler.Build().InputIds;
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(CounterLayout.InputId(names[1]), ids[1]);
        Assert.Equal(ids[1], ids[0] & uint.MaxValue);
        Assert.Equal(CounterLayout.InputId(names[2]), ids[2]);

        // What a compiler of all inputs found holds where one of the two is alone.
        var alone = new MarginalCompiler(new(), compiler.Widened());
        alone.Add(names[0], null, 0);
        Assert.Equal(ids[0], Assert.Single(alone.Build().InputIds));
    }

    private static double Quantile(Marginal? marginal, double u, double point = 0)
    {
        if (!Compiled.TryGetValue((marginal, point), out var table))
        {
            var compiler = new MarginalCompiler(new());
            compiler.Add("x", marginal, point);
            Compiled[(marginal, point)] = table = compiler.Build();
        }

        return MarginalDistribution.Quantile(table, 0, u);
    }

    [ThreadStatic]
    private static Dictionary<(Marginal?, double), MarginalTable>? _compiled;

    private static Dictionary<(Marginal?, double), MarginalTable> Compiled => _compiled ??= [];

    private static IEnumerable<double> Probabilities()
    {
        for (var e = 52; e >= 2; e--)
            for (var i = 0; i < 16; i++) yield return Math.ScaleB(1 + i / 16.0, -e - 1);
        for (var i = 1; i < 4000; i++) yield return 0.25 + i / 8000.0;
        for (var e = 2; e <= 52; e++) yield return 1 - Math.ScaleB(1, -e);
    }

    private static (double Low, double High) Support(Marginal marginal) => marginal switch
    {
        UniformMarginal d => (d.Low, d.High),
        TriangularMarginal d => (d.Low, d.High),
        PertMarginal d => (d.Low, d.High),
        BetaMarginal d => (d.Low, d.High),
        TruncatedNormalMarginal d => (d.Low, d.High),
        LognormalMarginal d => (d.Low, d.High),
        EmpiricalMarginal d => (d.Sample[0], d.Sample[^1]),
        StudentMarginal => (double.NegativeInfinity, double.PositiveInfinity),
        _ => throw new NotSupportedException(),
    };
}
