using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Kernels.Search;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>
/// JCGM 101:2008, clauses 9.3 to 9.5, through the project's marginals, copula and statistics. Exact values by quadrature
/// or closed form; where the standard prints more than noise allows, half a unit of its last digit is added.
/// </summary>
public sealed class SupplementOneTests
{
    private const int Draws = 200_000;
    private static readonly double Infinity = double.PositiveInfinity;

    [Fact]
    public void Mass_calibration_9_3()
    {
        var reference = Draw("mRc", new TruncatedNormalMarginal(100_000, 0.05, -Infinity, Infinity));
        var difference = Draw("dmRc", new TruncatedNormalMarginal(1.234, 0.02, -Infinity, Infinity));
        var air = Draw("ra", new UniformMarginal(1.1, 1.3));
        var weight = Draw("rW", new UniformMarginal(7000, 9000));
        var standard = Draw("rR", new UniformMarginal(7950, 8050));
        var sample = Sample(i => (reference[i] + difference[i]) * (1 + (air[i] - 1.2) * (1 / weight[i] - 1 / standard[i])) - 100_000);
        Moments(sample, 1.234, 0.0754797399554);
        Interval(sample, 0.95, 1.08443325975, 1.38356674026);
    }

    [Theory]
    [InlineData(0, 0, 50, 50, 1.26589039921, 184.443972706)]
    [InlineData(0.01, 0, 150, 111.803398875, 8.54684492299, 427.12328244)]
    [InlineData(0.05, 0, 2550, 502.493781056, 1638.47706988, 3603.35805392)]
    [InlineData(0, 0.9, 50, 67.26812023536856, double.NaN, double.NaN)]
    [InlineData(0.01, 0.9, 150, 120.5197079319395, double.NaN, double.NaN)]
    [InlineData(0.05, 0.9, 2550, 504.5047076093543, double.NaN, double.NaN)]
    public void Comparison_loss_9_4(double x1, double r, double mean, double sd, double lower, double upper)
    {
        // The second variate by the Gaussian copula, as the kernels join coefficients.
        var (first, second) = (Uniform("X1"), Uniform("X2"));
        double Normal(double u) => LaneMath.NormalQuantile(new ScalarLane(u)).Value;
        var joined =
            Sample(i => LaneMath.NormalProbability(new ScalarLane(r * Normal(first[i]) + Math.Sqrt(1 - r * r) * Normal(second[i]))).Value);
        var (a, b) = (Draw("X1", new TruncatedNormalMarginal(x1, 0.005, -Infinity, Infinity)),
            Quantiles(new TruncatedNormalMarginal(0, 0.005, -Infinity, Infinity), joined));
        var sample = Sample(i => 1e6 * (a[i] * a[i] + b[i] * b[i]));
        Moments(sample, mean, sd);
        if (!double.IsNaN(lower)) Interval(sample, 0.95, lower, upper);
    }

    [Fact]
    public void Gauge_block_9_5()
    {
        var standard = Student("Ls", 18);
        var (mean, random, systematic) = (Student("D", 24), Student("d1", 5), Student("d2", 8));
        var expansion = Draw("as", new UniformMarginal(9.5e-6, 13.5e-6));
        var temperature = Draw("th0", new TruncatedNormalMarginal(-0.1, 0.2, -Infinity, Infinity));
        var cycle = Draw("De", new BetaMarginal(0.5, 0.5, -0.5, 0.5));
        var coefficients = Trapezoid("da", -1e-6, 1e-6, 0.1e-6);
        var temperatures = Trapezoid("dth", -0.05, 0.05, 0.025);
        var sample = Sample(i =>
        {
            var length = 50_000_623 + 25 * standard[i];
            return length + 215 + 6 * mean[i] + 4 * random[i] + 7 * systematic[i]
                - length * (coefficients[i] * (temperature[i] + cycle[i]) + expansion[i] * temperatures[i]) - 5e7;
        });

        // Recomputed by others with 4 million draws: to the digits they state.
        var statistics = Describe(sample, 0.99);
        Assert.Equal(838.0, statistics.Mean, 4 * statistics.StandardDeviation / Math.Sqrt(Draws) + 0.05);
        Assert.Equal(35.8, statistics.StandardDeviation, 4 * 35.8 / Math.Sqrt(2.0 * Draws) + 0.05);
        Assert.Equal(744.4, statistics.Lower, 4 * statistics.LowerError + 0.05);
        Assert.Equal(931.4, statistics.Upper, 4 * statistics.UpperError + 0.05);
    }

    // t with ν degrees of freedom: a normal over the root of χ²/ν, as in the errors of growth and extrapolation.
    private static double[] Student(string name, int degreesOfFreedom)
    {
        var (normal, variance) = (Draw(name, MarginalCompiler.StandardNormal),
            Draw(name + " variance", MarginalCompiler.VarianceRatio(degreesOfFreedom)));
        return Sample(i => normal[i] / Math.Sqrt(variance[i]));
    }

    // JCGM 101:2008, 6.4.3.2: a rectangle whose ends are themselves uncertain.
    private static double[] Trapezoid(string name, double low, double high, double d)
    {
        var (first, second) = (Uniform(name), Uniform(name + " within"));
        return Sample(i =>
        {
            var start = low - d + 2 * d * first[i];
            return start + (low + high - 2 * start) * second[i];
        });
    }

    private static double[] Sample(Func<int, double> value) => [.. Enumerable.Range(0, Draws).Select(value)];

    private static double[] Uniform(string name) =>
        Sample(i => ScalarLane.Uniform(new PhiloxBits(1, CounterLayout.InputId(name), CounterLayout.SampleStream), (ulong)i).Value);

    private static double[] Draw(string name, Marginal marginal) => Quantiles(marginal, Uniform(name));

    private static double[] Quantiles(Marginal marginal, double[] uniforms)
    {
        var compiler = new MarginalCompiler(new());
        compiler.Add("x", marginal, 0);
        var table = compiler.Build();
        return Sample(i => MarginalDistribution.Quantile(table, 0, uniforms[i]));
    }

    private static OutputStatistics Describe(double[] sample, double level) =>
        SampleStatistics.Describe(sample, sample[0], CoverageRanks.For(sample.Length, level));

    private static void Moments(double[] sample, double mean, double sd)
    {
        var statistics = Describe(sample, 0.95);
        Assert.Equal(mean, statistics.Mean, 4 * sd / Math.Sqrt(Draws));
        var fourth = sample.Average(x => Math.Pow(x - mean, 4));
        Assert.Equal(sd, statistics.StandardDeviation, 4 * Math.Sqrt((fourth - Math.Pow(sd, 4)) / Draws) / (2 * sd));
    }

    private static void Interval(double[] sample, double level, double lower, double upper)
    {
        var statistics = Describe(sample, level);
        Assert.Equal(lower, statistics.Lower, 4 * statistics.LowerError);
        Assert.Equal(upper, statistics.Upper, 4 * statistics.UpperError);
    }
}
