using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using MathNet.Numerics.Integration;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>Variance without drawing, against closed forms, brute force and a million draws.</summary>
public sealed class ExactIndicesTests
{
    public static TheoryData<Marginal> Marginals =>
    [
        new UniformMarginal(0.1, 0.4), new TriangularMarginal(0.1, 0.2, 0.6), new TriangularMarginal(0, 0, 1),
        new TriangularMarginal(0, 1e-5, 1), new PertMarginal(0.05, 0.1, 0.9), new BetaMarginal(0.5, 0.7, 0, 1),
        new BetaMarginal(3, 40, 0, 1), new TruncatedNormalMarginal(0.3, 0.2, 0, 1), new LognormalMarginal(-2, 0.4, 0, 1),
        new EmpiricalMarginal([0.1, 0.2, 0.2, 0.7]),
    ];

    [Theory]
    [MemberData(nameof(Marginals))]
    public void Quadrature_meets_the_moments_of_a_distribution_in_ten_digits(Marginal marginal)
    {
        var inputs = new MarginalCompiler(new FittedTables());
        inputs.Add("S", marginal, 0.2);
        var (x, h) = (7.0, 0.4);
        var moments = new CoefficientMoments(inputs.Build(), 0, x, h);
        var (mean, sd) = MarginalMoments.Of(marginal);
        Assert.Equal(1, moments.Mean[0] / mean, 1e-10);
        Assert.Equal(1, moments.Covariance[0, 0] / (sd * sd), 1e-10);

        // u (1 + S·H) = X·S: E u + H·E S·u = X·E S.
        Assert.Equal(1, (moments.Mean[1] + h * moments.Mean[2]) / (x * mean), 1e-10);
        Assert.Equal(1, (moments.Covariance[0, 1] + h * moments.Covariance[0, 2]) / (x * sd * sd), 1e-10);
    }

    // u = X·S/(1 + H·S) of a uniform S has a mean in closed form: X/H − X/(H²·width)·ln((1 + H·high)/(1 + H·low)).
    [Fact]
    public void Quadrature_meets_a_closed_form_of_the_multiplier()
    {
        var (x, h, low, high) = (7.0, 0.4, 0.1, 0.4);
        var inputs = new MarginalCompiler(new FittedTables());
        inputs.Add("S", new UniformMarginal(low, high), 0.2);
        var moments = new CoefficientMoments(inputs.Build(), 0, x, h);
        Assert.Equal(x / h - x / (h * h * (high - low)) * Math.Log((1 + h * high) / (1 + h * low)), moments.Mean[1], 1e-12);
    }

    // Two uncertain sectors and the others certain: mean, variance and conditional means by quadrature over the square, of the draw's own
    // program.
    [Fact]
    public void Brute_force_over_two_sectors_gives_the_same()
    {
        var demonstration = TestData.Demonstration;
        var (first, second) = (new TriangularMarginal(0.1, 0.2, 0.5), new UniformMarginal(0.05, 0.45));
        var study = demonstration with
        {
            Coefficients = [.. demonstration.Coefficients.Select((c, k) => c with
            {
                Distribution = k == 0 ? first : k == 9 ? second : null,
            })],
        };
        var compiled = new CompiledStudy(study);
        var plan = compiled.Plan(1);
        var exact = new ExactIndices(plan);
        var response = new CoefficientResponse(plan);
        double[] s = [.. study.Coefficients.Select(c => c.Point)];
        (double S, double Weight)[] Density(Func<double, double> density, params double[] edges) =>
        [.. edges.Zip(edges.Skip(1)).SelectMany(e =>
        {
            var rule = new GaussLegendreRule(e.First, e.Second, 20);
            return Enumerable.Range(0, 20).Select(i => (rule.GetAbscissa(i), rule.GetWeight(i) * density(rule.GetAbscissa(i))));
        })];
        var ofFirst = Density(x => x < 0.2 ? (x - 0.1) * 2 / 0.4 / 0.1 : (0.5 - x) * 2 / 0.4 / 0.3, 0.1, 0.2, 0.5);
        var ofSecond = Density(_ => 1 / 0.4, 0.05, 0.45);
        var values = new double[ofFirst.Length, ofSecond.Length];
        for (var i = 0; i < ofFirst.Length; i++)
        {
            for (var j = 0; j < ofSecond.Length; j++)
            {
                (s[0], s[9]) = (ofFirst[i].S, ofSecond[j].S);
                response.Evaluate(s, slopes: false);
                values[i, j] = response.Indirect.Sum() + response.Direct.Sum();
            }
        }

        double[] rows = [.. Enumerable.Range(0, ofFirst.Length).Select(i => ofSecond.Select((q, j) => q.Weight * values[i, j]).Sum())];
        double[] columns = [.. Enumerable.Range(0, ofSecond.Length).Select(j => ofFirst.Select((q, i) => q.Weight * values[i, j]).Sum())];
        var mean = ofFirst.Select((q, i) => q.Weight * rows[i]).Sum();
        var variance = ofFirst.Select((p, i) => p.Weight * ofSecond.Select((q, j) => q.Weight * Square(values[i, j] - mean)).Sum()).Sum();
        var firstOnly = ofFirst.Select((q, i) => q.Weight * Square(rows[i] - mean)).Sum();
        var secondOnly = ofSecond.Select((q, j) => q.Weight * Square(columns[j] - mean)).Sum();

        // The sum of the sectors is what the draws' base categories sum to, before formula (9) scales them.
        var found = Sum(exact, plan);
        Assert.Equal(1, found.Mean / mean, 1e-12);
        Assert.Equal(1, found.Variance / variance, 1e-10);
        Assert.Equal(firstOnly / variance, found.First([0]), 1e-10);
        Assert.Equal(secondOnly / variance, found.First([9]), 1e-10);
        Assert.Equal(1 - secondOnly / variance, found.Total([0]), 1e-10);
        Assert.Equal(1 - (firstOnly + secondOnly) / variance, found.Second(0, 9), 1e-10);
        Assert.True(found.Second(0, 9) > 1e-8);
        Assert.Equal(1, found.First([.. Enumerable.Range(0, 11)]), 1e-14);
    }

    public static TheoryData<string> Studies => ["demonstration", "china-2017"];

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_million_draws_agree_within_four_standard_errors(string name)
    {
        const int draws = 1_000_000;
        var study = name == "demonstration" ? TestData.Demonstration : StudyReader.ReadFolder(TestData.OfficialStudy(name));
        var compiled = new CompiledStudy(study);
        var plan = compiled.Plan(7, UncertaintySources.Coefficients);
        var exact = new ExactIndices(plan);
        var map = plan.Outputs;
        var last = plan.YearCount - 1;
        int[] outputs =
        [
            map.Index(0, map.Nation, OutputMap.Direct), map.Index(0, map.Nation, OutputMap.Indirect),
            map.Index(0, map.Nation, OutputMap.Total),
            map.Index(last, map.Nation, OutputMap.Indirect), map.Index(0, map.Category(2), OutputMap.Share),
            map.Index(0, map.Group(1), OutputMap.Total), map.Index(last, map.Row(0), OutputMap.Indirect),
            map.Index(0, map.Row(plan.RowCount - 1), OutputMap.Share), map.Sector(3, OutputMap.Indirect),
            map.Sector(plan.SectorRelated.AsSpan().IndexOf(2), OutputMap.Total),
        ];
        using var program = new SimdBackend(2).Load(plan);
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        for (var i = 0; i < outputs.Length; i++)
        {
            var found = exact.Of(outputs[i]);
            Assert.NotNull(found);
            var sample = values.AsSpan(i * draws, draws);
            var moments = SampleMoments.Of(sample, sample[0]);
            Assert.True(Math.Abs(moments.Mean - found.Mean) <= 4 * moments.MeanError, $"mean of {outputs[i]}");
            var sd = Math.Sqrt(found.Variance);
            Assert.True(Math.Abs(moments.StandardDeviation - sd) <= 4 * moments.StandardDeviationError, $"sd of {outputs[i]}");
        }
    }

    [Fact]
    public void Figures_that_more_takes_part_in_are_none()
    {
        var plan = new CompiledStudy(TestData.FullDemonstration).Plan(1);
        Assert.False(ExactIndices.Apply(plan));
        var last = plan.YearCount - 1;
        Assert.Null(LinearFigure.Of(plan, plan.Outputs.Index(last, 0, OutputMap.Indirect)));
        Assert.Null(LinearFigure.Of(plan, plan.Outputs.Index(last, 0, OutputMap.Growth)));
        Assert.NotNull(LinearFigure.Of(plan, plan.Outputs.Index(0, 0, OutputMap.Indirect)));
    }

    // The variance of all sectors' total.
    private static ExactVariance Sum(ExactIndices exact, SamplePlan plan)
    {
        LinearFigure[] all =
            [.. Enumerable.Range(0, plan.SectorCount).Select(i => LinearFigure.Of(plan, plan.Outputs.Sector(i, OutputMap.Total))!)];
        var m = plan.RelatedCount;
        var related = new double[m, m];
        foreach (var figure in all)
            for (var k = 0; k < m; k++)
                for (var j = 0; j < m; j++) related[k, j] += figure.OfRelated[k, j];
        double[] Added(Func<LinearFigure, double[]> part) => [.. Enumerable.Range(0, m).Select(k => all.Sum(f => part(f)[k]))];
        return exact.Of(new LinearFigure(Added(f => f.OfCoefficients), Added(f => f.OfInduction), related));
    }

    private static double Square(double x) => x * x;
}
