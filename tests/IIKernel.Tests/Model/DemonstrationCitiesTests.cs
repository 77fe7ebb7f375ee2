using IIKernel.Kernels;
using IIKernel.Regions;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Model;

/// <summary>The demonstration's second region set, with the nation's denominators.</summary>
public class DemonstrationCitiesTests
{
    private const string Cities = "cities";

    [Fact]
    public void No_city_is_larger_than_its_province_and_a_city_that_is_one_is_as_large()
    {
        var (provinces, cities) = (Set("provinces"), Set(Cities));
        Assert.Equal(30, cities.Regions.Count);
        Assert.Equal(0, cities.Whole);
        for (var j = 0; j < 3; j++)
        {
            for (var t = 0; t < TestData.FullDemonstration.Years.Count; t++)
            {
                var held = new double[provinces.Regions.Count];
                for (var i = 0; i < cities.Regions.Count; i++)
                {
                    // The first two digits of a code are those of the province's.
                    var province = provinces.Regions.ToList().FindIndex(p => p.Code == cities.Regions[i].Code[..2] + "0000");
                    held[province] += cities.Gdp[i, j, t];
                    if (provinces.Regions[province].Code == cities.Regions[i].Code)
                        Assert.InRange(Math.Abs(provinces.Gdp[province, j, t] - cities.Gdp[i, j, t]), 0, t < 6 ? 0 : 5);
                }

                // What a line gives for 2023 is rounded to tens.
                for (var p = 0; p < held.Length; p++) Assert.True(held[p] <= provinces.Gdp[p, j, t] + (t < 6 ? 0 : 5));
            }
        }
    }

    [Fact]
    public void Without_the_cities_every_other_figure_has_the_same_draws()
    {
        var study = TestData.FullDemonstration;
        var (whole, less) = (new CompiledStudy(study), new CompiledStudy(study with
        {
            RegionSets = [.. study.RegionSets.Where(s => s.Name != Cities)],
        }));
        Assert.Equal(30 * (7 * 4 + 6), whole.Keys.Count - less.Keys.Count);
        const int draws = 40;
        var (all, some) = (Draws(whole, draws), Draws(less, draws));
        Assert.Equal(some.Keys.Order(), all.Keys.Where(k => !k.StartsWith(Cities, StringComparison.Ordinal)).Order());
        Assert.All(some, figure => Assert.Equal(figure.Value, all[figure.Key]));
    }

    private static RegionSet Set(string name) => TestData.FullDemonstration.RegionSets.Single(s => s.Name == name);

    private static Dictionary<string, double[]> Draws(CompiledStudy compiled, int draws)
    {
        using var program = new SimdBackend(1).Load(compiled.Plan(7));
        var values = new double[compiled.Keys.Count * draws];
        program.Evaluate(0, draws, [.. compiled.Keys.Select(k => k.Output)], values);
        return compiled.Keys.Select((k, i) => (Name: FigureIndex.Reference(k).ToString(), Values: values[(i * draws)..((i + 1) * draws)]))
            .ToDictionary(f => f.Name, f => f.Values);
    }
}
