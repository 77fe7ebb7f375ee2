using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Model;

/// <summary>What must hold for any study, whatever its numbers; drawn as well as at the point.</summary>
public class MethodPropertyTests
{
    private const int Draws = 40;

    private static readonly Study Study = TestData.Demonstration;

    [Fact]
    public void Permuting_sectors_permutes_results()
    {
        var random = new Random(11);
        var order = Enumerable.Range(0, Study.Table.Sectors.Count).OrderBy(_ => random.Next()).ToArray();
        AssertSame(Evaluate(Study), Evaluate(Permuted(Study, order)), (_, value) => value);
    }

    [Fact]
    public void The_order_of_the_related_sectors_does_not_matter()
    {
        var reversed = Study with { Coefficients = [.. Study.Coefficients.Reverse()] };
        AssertSame(Evaluate(Study), Evaluate(reversed), (_, value) => value);
    }

    [Fact]
    public void The_unit_of_money_scales_amounts_and_leaves_percentages()
    {
        const double factor = 1e4;
        double[,] Scale(double[,] a) => Map(a, v => v * factor);
        var scaled = Study with
        {
            Table = Study.Table with
            {
                Flows = Scale(Study.Table.Flows),
                TotalOutput = [.. Study.Table.TotalOutput.Select(v => v * factor)],
                IntermediateInput = [.. Study.Table.IntermediateInput.Select(v => v * factor)],
            },
            Categories = Study.Categories with { ValueAdded = Scale(Study.Categories.ValueAdded) },
            RegionSets = [.. Study.RegionSets.Select(set => set with { Gdp = Map(set.Gdp, v => v * factor) })],
        };
        AssertSame(Evaluate(Study), Evaluate(scaled), (key, value) => key.Measure == Measure.Value ? value * factor : value);
    }

    [Fact]
    public void No_coefficient_no_value_added()
    {
        var none = Study with { Coefficients = [.. Study.Coefficients.Select(k => k with { Point = 0, Distribution = null })] };
        foreach (var (key, values) in Evaluate(none))
        {
            if (key.Measure == Measure.Growth) Assert.All(values, value => Assert.True(double.IsNaN(value)));
            else Assert.All(values, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Categories_add_up_to_groups_groups_to_the_nation_and_regions_to_the_nation()
    {
        var results = Evaluate(Study);
        foreach (var year in Study.Years)
        {
            foreach (var component in Enum.GetValues<Component>())
            {
                var nation = Sum(results, "nation", year, component, _ => true);
                AssertClose(nation, Sum(results, "category", year, component, _ => true));
                AssertClose(nation, Sum(results, "group", year, component, _ => true));
                AssertClose(nation, Sum(results, "provinces", year, component, _ => true));
                AssertClose(nation, Sum(results, "area", year, component, _ => true));
                for (var j = 0; j < Study.Groups.Count; j++)
                {
                    var codes = Study.Categories.Categories.Where(c => c.Group == j).Select(c => c.Code).ToHashSet();
                    AssertClose(
                        Sum(results, "group", year, component, key => key.Code == Study.Groups[j].Code),
                        Sum(results, "category", year, component, key => codes.Contains(key.Code)));
                }
            }
        }

        // In the base year sectors add up to the nation once the accounts are the table's own.
        var own = new double[Study.Categories.Categories.Count, Study.Years.Count];
        for (var i = 0; i < Study.Table.Sectors.Count; i++)
            for (var t = 0; t < Study.Years.Count; t++) own[Study.Table.Sectors[i].Category, t] += Study.Table.ValueAdded(i);
        results = Evaluate(Study with { Categories = Study.Categories with { ValueAdded = own } });
        foreach (var component in Enum.GetValues<Component>())
            AssertClose(Sum(results, "nation", Study.BaseYear, component, _ => true),
                Sum(results, "sector", Study.BaseYear, component, _ => true));
    }

    [Fact]
    public void Two_identical_related_sectors_are_interchangeable()
    {
        // Sector b becomes a twin of a: same output, inputs and uses. Half of a's economy is b's.
        int a = Study.Coefficients[0].Sector, b = Study.Coefficients[1].Sector;
        var table = Study.Table;
        var flows = (double[,])table.Flows.Clone();
        var output = (double[])table.TotalOutput.Clone();
        var input = (double[])table.IntermediateInput.Clone();
        for (var i = 0; i < output.Length; i++) flows[i, b] = flows[i, a];
        for (var j = 0; j < output.Length; j++) flows[b, j] = flows[a, j];
        flows[a, b] = flows[b, a] = flows[b, b] = flows[a, a];
        (output[b], input[b]) = (output[a], input[a]);
        var twins = Study with
        {
            Table = table with
            {
                Flows = flows,
                TotalOutput = output,
                IntermediateInput = input,
                Sectors = [.. table.Sectors.Select((s, i) => i == b ? s with { Category = table.Sectors[a].Category } : s)],
            },
        };

        Study With(double first, double second) => twins with
        {
            Coefficients = [.. twins.Coefficients.Select((k, i) => i switch
            {
                0 => k with { Point = first, Distribution = null },
                1 => k with { Point = second, Distribution = null },
                _ => k,
            })],
        };
        string[] swapped = [table.Sectors[a].Code, table.Sectors[b].Code];
        var one = Evaluate(With(0.1, 0.3)).ToDictionary(r => Identity(r.Key), r => r.Values);
        foreach (var (key, values) in Evaluate(With(0.3, 0.1)))
        {
            var other = key.Scope == "sector" && swapped.Contains(key.Code) ? key with { Code = swapped.Single(c => c != key.Code) } : key;
            AssertClose(one[Identity(other)], values);
        }
    }

    [Fact]
    public void Regions_share_each_group_in_proportion_to_their_gdp()
    {
        // Doubling every region's GDP changes no region's value added and halves its share of GDP.
        var doubled = Study with { RegionSets = [.. Study.RegionSets.Select(set => set with { Gdp = Map(set.Gdp, v => 2 * v) })] };
        AssertSame(Evaluate(Study), Evaluate(doubled), (key, value) =>
            key.Measure == Measure.Share && key.Scope is "provinces" or "area" && key.Measure == Measure.Share ? value / 2 : value);
    }

    private static List<(EstimateKey Key, double[] Values)> Evaluate(Study study)
    {
        var point = PointModel.Estimate(study);
        var keys = EstimateCatalog.Of(study, point);
        using var program = new SimdBackend(1).Load(new CompiledStudy(study).Plan(5));
        var values = new double[keys.Count * Draws];
        program.Evaluate(0, Draws, [.. keys.Select(k => k.Output)], values);

        // The first value is the point model's, so that both routes are held to the property.
        return [.. keys.Select((key, i) => (key, (double[])[key.Point, .. values.AsSpan(i * Draws, Draws)]))];
    }

    private static (string Scope, string Code, int Year, Component Component, Measure Measure) Identity(EstimateKey key) =>
        (key.Scope, key.Code, key.Year, key.Component, key.Measure);

    private static void AssertSame(
        List<(EstimateKey Key, double[] Values)> expected, List<(EstimateKey Key, double[] Values)> actual,
        Func<EstimateKey, double, double> change)
    {
        var other = actual.ToDictionary(r => Identity(r.Key), r => r.Values);
        Assert.Equal(expected.Count, other.Count);
        foreach (var (key, values) in expected) AssertClose([.. values.Select(v => change(key, v))], other[Identity(key)]);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])));
    }

    private static double[] Sum(List<(EstimateKey Key, double[] Values)> results, string scope,
        int year, Component component, Func<EstimateKey, bool> where)
    {
        var sum = new double[Draws + 1];
        var any = false;
        foreach (var (key, values) in results)
        {
            if (key.Scope != scope || key.Year != year || key.Component != component || key.Measure != Measure.Value || !where(key))
                continue;
            any = true;
            for (var i = 0; i < sum.Length; i++) sum[i] += values[i];
        }

        Assert.True(any);
        return sum;
    }

    private static Study Permuted(Study study, int[] order)
    {
        var table = study.Table;
        var n = order.Length;
        var flows = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) flows[i, j] = table.Flows[order[i], order[j]];
        return study with
        {
            Table = table with
            {
                Sectors = [.. order.Select(i => table.Sectors[i])],
                Flows = flows,
                TotalOutput = [.. order.Select(i => table.TotalOutput[i])],
                IntermediateInput = [.. order.Select(i => table.IntermediateInput[i])],
            },
            Coefficients = [.. study.Coefficients.Select(k => k with { Sector = Array.IndexOf(order, k.Sector) })],
        };
    }

    private static double[,] Map(double[,] a, Func<double, double> f)
    {
        var result = (double[,])a.Clone();
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < a.GetLength(1); j++) result[i, j] = f(a[i, j]);
        return result;
    }

    private static double[,,] Map(double[,,] a, Func<double, double> f)
    {
        var result = (double[,,])a.Clone();
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < a.GetLength(1); j++)
                for (var k = 0; k < a.GetLength(2); k++) result[i, j, k] = f(a[i, j, k]);
        return result;
    }
}
