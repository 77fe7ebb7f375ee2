using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class MarginalTests
{
    private static readonly Dictionary<string, Func<Dictionary<string, double>, Marginal>> Known = new()
    {
        ["normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], double.NegativeInfinity, double.PositiveInfinity),
        ["truncated_normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], p["min"], p["max"]),
        ["lognormal"] = p => new LognormalMarginal(p["meanlog"], p["sdlog"], 0, double.PositiveInfinity),
        ["triangular"] = p => new TriangularMarginal(p["min"], p["mode"], p["max"]),
        ["pert"] = p => new PertMarginal(p["min"], p["mode"], p["max"], p["lambda"]),
        ["beta"] = p => new BetaMarginal(p["a"], p["b"], 0, 1),
        ["gamma"] = p => new GammaMarginal(p["shape"], p["scale"]),
        ["chi_square"] = p => new GammaMarginal(p["df"] / 2, 2),
        ["student_t"] = p => new StudentMarginal(p["df"]),
    };

    [Fact]
    public void Quantiles_meet_the_reference_to_1e_12()
    {
        var checkedRows = 0;
        foreach (var row in TestData.KnownAnswers("distribution_quantiles.csv"))
        {
            if (!Known.TryGetValue(row[0], out var create)) continue;
            var parameters = row[1].Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => TestData.Number(p[1]));
            var (p, expected) = (TestData.Number(row[2]), TestData.Number(row[3]));
            var actual = Quantile(create(parameters), p);
            Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{row[0]} {row[1]}, p = {row[2]}: {actual:R} instead of {row[3]}");
            checkedRows++;
        }

        Assert.Equal(13 * 19, checkedRows);
    }

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
        var sample = Enumerable.Range(0, draws).Select(i => Quantile(marginal, ScalarLane.Uniform(3, (ulong)i, 77, 0).Value)).ToArray();
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
        Assert.Equal([0.1, 0.1, 0.2, 0.2, 0.2, 0.5], new[] { 0.01, 0.2499, 0.2501, 0.5, 0.7499, 0.7501 }.Select(u => Quantile(marginal, u)));
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

        return Draw.Quantile(table.Kinds[0], new HostArray<double>(table.Parameters), 0, new HostArray<double>(table.Table), new ScalarLane(u)).Value;
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
