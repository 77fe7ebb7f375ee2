using IIKernel.Experts;
using IIKernel.Growth;
using IIKernel.Kernels;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;
using static IIKernel.Tests.DrawnSamples;

namespace IIKernel.Tests.Uncertainty;

/// <summary>Every source of uncertainty against its theory, from the draws alone.</summary>
public sealed class SourceTests
{
    private const int Draws = 20_000;
    private static readonly Study Full = TestData.FullDemonstration;
    private static readonly PointEstimate Point = PointModel.Estimate(Full);

    [Theory]
    [InlineData(FuzzyOperator.WeightedAverage)]
    [InlineData(FuzzyOperator.MinMax)]
    [InlineData(FuzzyOperator.ProductMax)]
    [InlineData(FuzzyOperator.MinBoundedSum)]
    [InlineData(FuzzyOperator.ProductBoundedSum)]
    public void A_panels_draw_is_the_evaluation_with_the_drawn_weights(FuzzyOperator composition)
    {
        var study = Full with
        {
            Panel = Full.Panel! with { Operator = composition },
            Uncertainty = Full.Uncertainty with { FactorConcentration = null },
        };
        var point = new PanelEvaluation(study.Panel!).Point();
        study = study with { Coefficients = [.. point.Select((s, k) => new ExpertCoefficient(study.Panel!.Sectors[k], s, null))] };
        var drawn = Coefficients(study, 50);
        var evaluation = new PanelEvaluation(study.Panel!);
        for (var draw = 0; draw < 50; draw++)
        {
            var weights = study.Panel!.Experts.Select(e => -Math.Log(Uniform(study, $"expert:{e}", draw))).ToArray();
            var expected = evaluation.Evaluate(weights, study.Panel.FactorWeights);
            for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], drawn[k][draw], 1e-13);
        }
    }

    [Fact]
    public void Bootstrapped_coefficients_have_the_moments_of_a_Dirichlet_distribution()
    {
        var study = Full with { Uncertainty = Full.Uncertainty with { FactorConcentration = null } };
        var panel = study.Panel!;
        var drawn = Coefficients(study, Draws);

        // S_k = Σ w_e s_ke with w Dirichlet(1, …, 1): mean of s_ke, covariance Σ (s_ke − S_k)(s_le − S_l)/(E (E + 1)).
        var experts = panel.Experts.Count;
        var scores = Enumerable.Range(0, experts).Select(e =>
        {
            var weights = new double[experts];
            weights[e] = 1;
            return new PanelEvaluation(panel).Evaluate(weights, panel.FactorWeights);
        }).ToArray();
        for (var k = 0; k < drawn.Length; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                var expected = scores.Sum(s => (s[k] - scores.Average(x => x[k])) * (s[l] - scores.Average(x => x[l])))
                    / (experts * (experts + 1.0));
                Near(expected,
                    [.. drawn[k].Zip(drawn[l], (x, y) => (x - study.Coefficients[k].Point) * (y - study.Coefficients[l].Point))]);
            }

            Near(study.Coefficients[k].Point, drawn[k]);
        }
    }

    // At 0.05 one factor has nearly all the weight in nearly every draw; at 100,000 they hardly move.
    [Theory]
    [InlineData(50)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(100_000)]
    public void Factor_weights_have_the_moments_of_a_Dirichlet_distribution(double kappa)
    {
        // Only the factors are uncertain: S_k = Σ w_f s_kf, and Cov(w_f, w_g) = (δ w_f − w_f w_g)/(κ + 1).
        var study = Full with { Uncertainty = Full.Uncertainty with { Panel = false, FactorConcentration = kappa } };
        var panel = study.Panel!;
        var drawn = Coefficients(study, Draws);
        var equal = Enumerable.Repeat(1.0, panel.Experts.Count).ToArray();
        for (var k = 0; k < drawn.Length; k++)
        {
            double[] scores = [.. Enumerable.Range(0, 3).Select(f => new PanelEvaluation(panel)
                .Membership(k, equal)[f].Zip(panel.Grades, (share, grade) => share * grade.Score).Sum())];
            var mean = study.Coefficients[k].Point;
            Near(mean, drawn[k]);
            Near(panel.FactorWeights.Zip(scores, (w, s) => w * (s - mean) * (s - mean)).Sum() / (kappa + 1),
                [.. drawn[k].Select(x => (x - mean) * (x - mean))]);
        }
    }

    [Fact]
    public void Correlated_coefficients_have_their_rank_correlation_and_their_own_distributions()
    {
        using var editor = new StudyEditor();
        editor.Write("correlation.csv", "row,col,value\n088,089,0.7\n090,088,-0.4\n")
            .Replace("study.json", "\"coefficients.csv\"", "\"coefficients.csv\", \"correlation\": \"correlation.csv\"");
        var study = editor.Read();
        var (drawn, alone) = (Coefficients(study, Draws), Coefficients(TestData.Demonstration, Draws));
        foreach (var (k, l, rho) in new[] { (0, 1, 0.7), (2, 0, -0.4), (1, 2, 0.0) })
        {
            // 1/√N bounds the standard error of Spearman's ρ from above.
            var ranks = Ranks(drawn[k]).Zip(Ranks(drawn[l]), (x, y) => x * y).Average() * 12;
            if (rho != 0) Assert.InRange(ranks, rho - 4 / Math.Sqrt(Draws), rho + 4 / Math.Sqrt(Draws));
        }

        for (var k = 0; k < drawn.Length; k++)
        {
            Near(alone[k].Average(), drawn[k], 2);
            if (k > 2) Assert.Equal(alone[k], drawn[k]);
        }
    }

    [Fact]
    public void The_identity_as_correlation_is_bit_for_bit_no_correlation()
    {
        using var editor = new StudyEditor();
        editor.Write("correlation.csv", "row,col,value\n088,088,1\n088,089,0\n")
            .Replace("study.json", "\"coefficients.csv\"", "\"coefficients.csv\", \"correlation\": \"correlation.csv\"");
        Assert.Equal(Coefficients(TestData.Demonstration, 500), Coefficients(editor.Read(), 500));
    }

    [Fact]
    public void The_elasticities_have_the_t_distribution_of_their_fit_in_all_years_alike()
    {
        var f = Point.Growth.Function;
        var (map, values) = Draw(Full, UncertaintySources.Growth,
            t => [.. Enumerable.Range(1, 6).Select(y => t.Index(y, 0, OutputMap.Indirect))], Draws);
        double[] Alpha(int year)
        {
            double Ratio(FilledSeries series) => Math.Log(series[Full.Years[year]] / series[Full.BaseYear]);
            var slope = Ratio(Point.Growth.Labour) - Ratio(Point.Growth.Capital);
            return [.. values[year - 1].Select(x => Math.Log(x / Point.Indirect[year, 0]) / slope)];
        }

        var alpha = Alpha(6);
        for (var year = 1; year < 6; year++)
            foreach (var (x, y) in Alpha(year).Zip(alpha)) Assert.Equal(y, x, 1e-9);
        Student(alpha, f.AlphaError, f.Fit.DegreesOfFreedom);
        Assert.True(map.Count > 0);
    }

    [Fact]
    public void Free_elasticities_are_correlated_as_their_fit_says()
    {
        var study = Full with { Growth = Full.Growth with { Returns = ReturnsToScale.Free } };
        var point = PointModel.Estimate(study);
        var f = point.Growth.Function;
        var (_, values) = Draw(study, UncertaintySources.Growth,
            t => [t.Index(2, 0, OutputMap.Indirect), t.Index(6, 0, OutputMap.Indirect)], Draws);

        // Two years give two equations in the errors of α and β.
        double Ratio(FilledSeries series, int year) => Math.Log(series[study.Years[year]] / series[study.BaseYear]);
        var (k2, l2, k6, l6) = (Ratio(point.Growth.Capital, 2), Ratio(point.Growth.Labour, 2),
            Ratio(point.Growth.Capital, 6), Ratio(point.Growth.Labour, 6));
        var determinant = k2 * l6 - l2 * k6;
        double[] y2 = [.. values[0].Select(x => -Math.Log(x / point.Indirect[2, 0]))];
        double[] y6 = [.. values[1].Select(x => -Math.Log(x / point.Indirect[6, 0]))];
        double[] alpha = [.. y2.Zip(y6, (a, b) => (a * l6 - b * l2) / determinant)];
        double[] beta = [.. y2.Zip(y6, (a, b) => (b * k2 - a * k6) / determinant)];
        Student(alpha, f.AlphaError, f.Fit.DegreesOfFreedom);
        Student(beta, f.BetaError, f.Fit.DegreesOfFreedom);
        var nu = f.Fit.DegreesOfFreedom;
        Near(f.Fit.ResidualStandardDeviation * f.Fit.ResidualStandardDeviation * f.Fit.UnscaledCovariance[1, 2] * nu / (nu - 2.0),
            [.. alpha.Zip(beta, (a, b) => a * b)]);
    }

    [Fact]
    public void Reordering_every_list_or_dropping_a_source_changes_no_other_inputs_stream()
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-full.json"));
        foreach (var file in new[]
        {
            "panel-ballots.csv", "panel-factors.csv", "categories.csv",
            "category-value-added.csv", "groups.csv", "provinces.csv", "province-gdp.csv", "sectors.csv",
        })
            editor.MapRows(file, rows => rows.Reverse());
        var reordered = editor.Read();
        var (all, other) = (Inputs(Full, UncertaintySources.All), Inputs(reordered, UncertaintySources.All));
        Assert.Equal(all.Keys.Order(), other.Keys.Order());
        foreach (var (id, (kind, parameters)) in all)
        {
            // Sums in another order may change the last digits of an estimate behind a parameter.
            Assert.Equal(kind, other[id].Kind);
            for (var i = 0; i < parameters.Length; i++)
                Assert.Equal(parameters[i], other[id].Parameters[i], 1e-12 * Math.Abs(parameters[i]));
        }

        foreach (var source in UncertaintySource.Single)
            foreach (var (id, input) in Inputs(Full, source).Where(i => i.Value.Kind != MarginalKind.Constant))
                Assert.Equal(all[id].Parameters, input.Parameters);
    }

    [Fact]
    public void Drawing_allocates_nothing_that_grows_with_the_draws()
    {
        var plan = new CompiledStudy(Full).Plan(1);
        using var program = new ReferenceBackend().Load(plan);
        long Allocated(int draws)
        {
            var destination = new double[draws];
            var before = GC.GetAllocatedBytesForCurrentThread();
            program.Evaluate(0, draws, [plan.Outputs.Index(6, 0, OutputMap.Total)], destination);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The one thread of the reference is the calling one, if the pool leaves it so: the least of a few is what counts.
        Allocated(64);
        var (few, many) = (Enumerable.Range(0, 5).Min(_ => Allocated(64)), Enumerable.Range(0, 5).Min(_ => Allocated(4096)));
        Assert.True(many - few < 4096, $"{few} and {many} bytes for 64 and 4,096 draws");
    }

    private static Dictionary<ulong, (int Kind, double[] Parameters)> Inputs(Study study, UncertaintySources sources)
    {
        var table = new CompiledStudy(study).Plan(1, sources).Marginals;

        // Offsets of tables are not what an input is.
        int Length(int kind) => kind is MarginalKind.SymmetricTable ? 0 : kind is MarginalKind.PositiveTable ? 2 : 6;
        return Enumerable.Range(0, table.Kinds.Length).ToDictionary(i => table.InputIds[i],
            i => (table.Kinds[i], table.Parameters[(i * MarginalTable.Stride)..(i * MarginalTable.Stride + Length(table.Kinds[i]))]));
    }

    private static double Uniform(Study study, string input, int draw) =>
        ScalarLane.Uniform(
            new PhiloxBits(study.Sampling.Seed, CounterLayout.InputId(input), CounterLayout.SampleStream), (ulong)draw).Value;

    // The direct value added of a related sector is its S_k times a constant.
    private static double[][] Coefficients(Study study, int draws)
    {
        var (_, values) = Draw(study, UncertaintySources.Coefficients,
            t => [.. study.Coefficients.Select(k => t.Sector(k.Sector, 0))], draws);
        return [.. values.Select((v, k) => v.Select(x => x / study.Table.ValueAdded(study.Coefficients[k].Sector)).ToArray())];
    }

    // Ranks from −1/2 to 1/2.
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var r = 0; r < order.Length; r++) ranks[order[r]] = (r + 0.5) / values.Length - 0.5;
        return ranks;
    }
}
