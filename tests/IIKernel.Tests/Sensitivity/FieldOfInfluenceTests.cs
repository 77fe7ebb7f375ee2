using IIKernel.Gauge;
using IIKernel.Inputs;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public class FieldOfInfluenceTests
{
    private static readonly CompiledStudy Demonstration = new(TestData.Demonstration);

    private static readonly FlowError TenPercent = new(0.1);

    public static TheoryData<string> Figures =>
        ["nation.indirect.2017", "nation.total.2022", "category:C.share.2020", "provinces:440000.total.2022", "sector:005.total.2017"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_finite_change_is_that_of_the_explicit_inverse(string figure) => AssertExplicit(Demonstration, figure);

    [Fact]
    public void So_it_is_of_the_official_table()
    {
        var official = new CompiledStudy(StudyReader.ReadFolder(TestData.OfficialStudy("china-2017")));
        foreach (var figure in new[] { "nation.indirect.2017", "provinces:440000.share.2022" }) AssertExplicit(official, figure);
    }

    [Fact]
    public void The_derivative_is_the_limit_of_finite_changes_and_the_elasticity_is_relative()
    {
        var field = Influence(Demonstration, "nation.total.2022").Field;
        foreach (var (p, q) in SomeCells(Demonstration.Study))
        {
            // Central differences at δ and δ/2: their errors of second order cancel.
            const double delta = 1e-4;
            double Slope(double d) => (field.Change(p, q, d) - field.Change(p, q, -d)) / (2 * d);
            var limit = (4 * Slope(delta / 2) - Slope(delta)) / 3;
            Assert.Equal(limit, field.Derivative(p, q), 1e-9 * Math.Abs(limit));
            Assert.Equal(field.Derivative(p, q) * field.Coefficient(p, q) / field.Value, field.Elasticity(p, q), 1e-15);
        }
    }

    [Fact]
    public void The_elasticities_add_up_to_that_of_the_whole_table()
    {
        var influence = Influence(Demonstration, "nation.indirect.2017");
        var sum = influence.Cells.Sum(c => c.Elasticity);
        double Scaled(double factor)
        {
            var flows = (double[,])Demonstration.Study.Table.Flows.Clone();
            for (var i = 0; i < flows.GetLength(0); i++)
                for (var j = 0; j < flows.GetLength(1); j++) flows[i, j] *= factor;
            return PointModel.Estimate(WithFlows(Demonstration.Study, flows)).Indirect[0, 0];
        }

        const double delta = 1e-3;
        double Slope(double d) => (Scaled(1 + d) - Scaled(1 - d)) / (2 * d) / influence.Field.Value;
        Assert.Equal((4 * Slope(delta / 2) - Slope(delta)) / 3, sum, 1e-7);
    }

    [Fact]
    public void The_total_field_is_the_sum_of_what_all_elements_of_the_inverse_gain()
    {
        var study = Demonstration.Study;
        var field = Influence(Demonstration, "nation.indirect.2017").Field;
        double Sum(Study s) => LeontiefModel.LeontiefInverse(LeontiefModel.TechnicalCoefficients(s.Table)).Enumerate().Sum();
        const double delta = 1e-4;
        foreach (var (p, q) in SomeCells(study).Take(4))
        {
            var slope = (Sum(Changed(study, p, q, delta)) - Sum(Changed(study, p, q, -delta))) / (2 * delta);
            Assert.Equal(slope, field.TotalField(p, q), 1e-6 * slope);
        }
    }

    [Fact]
    public void Cells_come_by_contribution_with_shares_that_add_up_and_flows_that_are_0_last()
    {
        var influence = Influence(Demonstration, "nation.total.2022");
        var cells = influence.Cells.ToArray();
        Assert.Equal(149 * 149, cells.Select(c => (c.Row, c.Column)).Distinct().Count());
        Assert.Equal(cells.Select(c => c.Variance).OrderDescending(), cells.Select(c => c.Variance));
        Assert.Equal(1, cells.Sum(c => c.Share), 1e-12);
        Assert.Equal(1, cells[^1].Cumulative, 1e-12);
        Assert.Equal(influence.Variance, cells.Sum(c => c.Variance), 1e-12 * influence.Variance);
        Assert.True(cells[0].Lower < 0 && cells[0].Upper > 0);
        var zero = cells.First(c => c.Flow == 0 && c.Derivative != 0);
        Assert.Equal((0, 0, 0, 0, 0), (zero.Elasticity, zero.RelativeSd, zero.Variance, zero.Upper, zero.Lower));
        Assert.All(cells.SkipWhile(c => c.Variance > 0), c => Assert.Equal(0, c.Variance));
    }

    [Fact]
    public void Contributions_add_up_to_the_variance_of_drawn_tables()
    {
        var study = GaugeData.Study("three-sectors");
        var influence = Influence(new(study), "nation.indirect." + study.BaseYear, new FlowError(0.01));
        var random = new System.Random(7);
        const int draws = 40_000;
        var values = new double[draws];
        for (var d = 0; d < draws; d++)
        {
            var flows = (double[,])study.Table.Flows.Clone();
            for (var i = 0; i < flows.GetLength(0); i++)
            {
                // A normal error by Box and Muller.
                for (var j = 0; j < flows.GetLength(1); j++)
                {
                    var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                    flows[i, j] *= 1 + 0.01 * radius * Math.Cos(2 * Math.PI * random.NextDouble());
                }
            }

            values[d] = PointModel.Estimate(WithFlows(study, flows)).Indirect[0, 0];
        }

        // A variance of N near-normal draws has the relative standard error √(2/N); what is of second order is 0.01² of it.
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (draws - 1);
        Assert.Equal(influence.Variance, variance, influence.Variance * (4 * Math.Sqrt(2.0 / draws) + 0.001));
    }

    [Fact]
    public void A_change_beyond_which_the_table_has_no_solution_is_no_number()
    {
        var field = Influence(Demonstration, "nation.indirect.2017").Field;
        Assert.True(double.IsNaN(field.Change(91, 91, 1)));
        Assert.False(double.IsNaN(field.Change(91, 91, -0.1)));
    }

    [Fact]
    public void A_law_falls_with_the_flow_and_ends_at_1()
    {
        var law = new FlowError(0.5, 0.25);
        Assert.Equal(0.5, law.RelativeSd(1), 1e-15);
        Assert.Equal(0.25, law.RelativeSd(16), 1e-15);
        Assert.Equal(0.25, law.RelativeSd(-16), 1e-15);
        Assert.Equal(1, law.RelativeSd(1e-9));
        Assert.Equal(0, law.RelativeSd(0));
        Assert.Equal(0.1, TenPercent.RelativeSd(1e9), 1e-15);
    }

    [Fact]
    public void Figures_that_no_flow_has_a_part_in_and_ratios_are_refused()
    {
        foreach (var figure in new[] { "nation.direct.2017", "nation.growth.2020" })
            Assert.Throws<ArgumentException>(() => Influence(Demonstration, figure));
    }

    private static void AssertExplicit(CompiledStudy compiled, string figure)
    {
        var (study, key) = (compiled.Study, Key(compiled, figure));
        var field = FlowInfluence.Of(compiled, key, TenPercent).Field;
        Assert.Equal(key.Point, field.Value, 1e-12 * key.Point);
        var at = compiled.Keys.ToList().IndexOf(key);
        foreach (var (p, q) in SomeCells(study))
        {
            var change = field.Coefficient(p, q) == 0 ? 0.01 : 0.2 * field.Coefficient(p, q);
            var changed = Changed(study, p, q, change);
            var expected = EstimateCatalog.Of(changed, PointModel.Estimate(changed))[at].Point;
            Assert.True(Math.Abs(field.Value + field.Change(p, q, change) - expected) <= 1e-12 * expected, $"{figure}, cell {p}, {q}");
        }
    }

    // Related with related and others, a sector with itself, and a flow that is 0.
    private static IEnumerable<(int Row, int Column)> SomeCells(Study study)
    {
        var (n, k) = (study.Table.Sectors.Count, study.Coefficients.Select(c => c.Sector).ToArray());
        yield return (k[0], k[0]);
        yield return (k[1], k[^1]);
        yield return (k[2], 3);
        yield return (7, k[3]);
        yield return (15, 16);
        yield return (n - 1, n - 1);
        yield return (from p in Enumerable.Range(0, n) from q in Enumerable.Range(0, n) where study.Table.Flows[p, q] == 0 select (p, q))
            .First(c => study.Table.TotalOutput[c.q] > 0);
    }

    private static FlowInfluence Influence(CompiledStudy compiled, string figure, FlowError? error = null) =>
        FlowInfluence.Of(compiled, Key(compiled, figure), error ?? TenPercent);

    private static EstimateKey Key(CompiledStudy compiled, string figure) => Assert.Single(new FigureIndex(compiled.Keys).Select(figure));

    private static Study Changed(Study study, int row, int column, double change)
    {
        var flows = (double[,])study.Table.Flows.Clone();
        flows[row, column] += change * study.Table.TotalOutput[column];
        return WithFlows(study, flows);
    }

    private static Study WithFlows(Study study, double[,] flows) => study with { Table = study.Table with { Flows = flows } };
}
