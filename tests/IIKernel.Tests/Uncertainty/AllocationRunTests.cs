using IIKernel.Comparison;
using IIKernel.Growth;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>Draws of regions with weights of their own: the direct part of one set, the indirect part of another.</summary>
public sealed class AllocationRunTests
{
    private const int Draws = 200;
    private const ulong Seed = 20231201;
    private static readonly SamplingOptions Sampling = new(2000, Seed, 0.95);
    private static readonly Study Plain = TwoSets(TestData.FullDemonstration);
    private static readonly Study Full = WithWeights(Plain);

    [Fact]
    public void The_draw_at_the_point_equals_the_point_model_on_every_processor_backend()
    {
        foreach (var backend in new IBackend[] { new ReferenceBackend(), new SimdBackend(2) })
            Assert.InRange(UncertaintyRun.Execute(Full, new(20, 1, 0.5), backend, 1).PointDistance, 0, 1e-12);
    }

    [Fact]
    public void A_part_with_weights_is_the_weighted_sum_of_the_categories_in_every_draw()
    {
        var sample = new Sample(Full);
        foreach (var entity in sample.Regional)
        {
            var part = entity.Set == 0 ? Component.Direct : Component.Indirect;
            for (var t = 0; t < Full.Years.Count; t++)
            {
                var drawn = sample.Of(entity, t, part);
                var expected = ByWeights(sample, entity, t, part);
                for (var d = 0; d < Draws; d++) Near(expected[d], drawn[d]);
            }
        }
    }

    [Fact]
    public void The_interval_of_a_run_is_that_of_the_weighted_categories()
    {
        var sample = new Sample(Full);
        var ranks = CoverageRanks.For(Draws, 0.9);
        var run = UncertaintyRun.Execute(Full, new(Draws, Seed, 0.9), new SimdBackend(2), 2).Estimates
            .Where(e => e.Key.Measure == Measure.Value)
            .ToDictionary(e => (e.Key.Scope, e.Key.Name, e.Key.Year, e.Key.Component));
        foreach (var entity in sample.Regional)
        {
            var part = entity.Set == 0 ? Component.Direct : Component.Indirect;
            for (var t = 0; t < Full.Years.Count; t++)
            {
                double[] sorted = [.. ByWeights(sample, entity, t, part).Order()];
                var statistics = run[(entity.Scope, entity.Name, Full.Years[t], part)].Statistics;
                Near(sorted[ranks.Lower - 1], statistics.Lower);
                Near(sorted[ranks.Upper - 1], statistics.Upper);
            }
        }
    }

    [Fact]
    public void Regions_of_a_set_add_up_to_the_nation_in_every_draw()
    {
        var sample = new Sample(Full);
        foreach (var part in new[] { Component.Direct, Component.Indirect })
        {
            for (var t = 0; t < Full.Years.Count; t++)
            {
                var nation = sample.Of(sample.Entities[0], t, part);
                foreach (var set in sample.Regional.Where(e => e.Kind == EntityKind.Region).GroupBy(e => e.Set))
                {
                    var regions = set.Select(e => sample.Of(e, t, part)).ToArray();
                    for (var d = 0; d < Draws; d++) Near(nation[d], regions.Sum(r => r[d]));
                }
            }
        }
    }

    [Fact]
    public void The_other_part_and_the_share_of_GDP_follow_the_drawn_GDP_as_without_weights()
    {
        var (own, plain) = (new Sample(Full), new Sample(Plain));
        const int revised = 5;
        var gdpIsDrawn = false;
        foreach (var entity in own.Regional)
        {
            var part = entity.Set == 0 ? Component.Indirect : Component.Direct;
            Assert.Equal(plain.Of(entity, revised, part), own.Of(entity, revised, part));
            var gdp = Gdp(plain, entity);
            var other = Gdp(own, entity);
            for (var d = 0; d < Draws; d++) Near(gdp[d], other[d]);
            gdpIsDrawn |= gdp.Distinct().Count() > Draws / 2;
        }

        Assert.True(gdpIsDrawn);

        static double[] Gdp(Sample sample, Entity entity) => [.. sample.Output(entity, revised, OutputMap.Total)
            .Zip(sample.Output(entity, revised, OutputMap.Share), (z, s) => 100 * z / s)];
    }

    [Fact]
    public void Weights_that_repeat_groups_and_GDP_give_the_figures_of_none()
    {
        var plain = TwoSets(TestData.Demonstration);
        var repeated = plain with
        {
            RegionSets = [.. plain.RegionSets.Select(s => s with { DirectAllocation = OfGdp(s, 1), IndirectAllocation = OfGdp(s, 1000) })],
        };
        var expected = Run(plain);
        var actual = Run(repeated);
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var (x, y) = (expected[i].Statistics, actual[i].Statistics);
            Assert.Equal(expected[i].Key.Flags, actual[i].Key.Flags);
            foreach (var (a, b) in new[]
            {
                (x.Mean, y.Mean), (x.StandardDeviation, y.StandardDeviation),
                (x.Lower, y.Lower), (x.Median, y.Median), (x.Upper, y.Upper),
            })
                Near(a, b, expected[i].Key.Measure == Measure.Value ? Math.Abs(x.Mean) : 100);
        }

        // Only proportions matter.
        RegionAllocation OfGdp(RegionSet set, double scale)
        {
            var weights = (double[,,])set.Gdp.Clone();
            for (var i = 0; i < set.Regions.Count; i++)
                for (var j = 0; j < plain.Groups.Count; j++)
                    for (var t = 0; t < plain.Years.Count; t++) weights[i, j, t] *= scale * (1 + j + t);
            return new()
            {
                Groups = [.. plain.Groups.Select(g => g.Code)],
                CategoryGroup = [.. plain.Categories.Categories.Select(c => c.Group)],
                Weights = weights,
            };
        }
    }

    [Fact]
    public void The_interval_of_a_run_is_that_of_the_comparison()
    {
        var compared = StudyComparison.Of(new(Full), Sampling, new SimdBackend(2), 2).Where(f => f.Allocation == "own").ToArray();
        var run = Run(Full).Where(e => e.Key.Measure == Measure.Value)
            .ToDictionary(e => (e.Key.Scope, e.Key.Code, e.Key.Year, e.Key.Component));
        Assert.Equal(3, compared.Select(f => f.Published.Component).Distinct().Count());
        foreach (var figure in compared)
        {
            var p = figure.Published;
            var (key, statistics) = run[(p.Scope, p.Code, p.Year, p.Component)];
            Near(key.Point, figure.Point);
            Near(statistics.Lower, figure.Statistics.Lower);
            Near(statistics.Upper, figure.Statistics.Upper);
            Near(statistics.Mean, figure.Statistics.Mean);
        }
    }

    [Fact]
    public void Permuting_the_regions_permutes_the_results()
    {
        int[] order =
            [.. Enumerable.Range(0, Full.RegionSets[0].Regions.Count).Select(i => (i * 7 + 3) % Full.RegionSets[0].Regions.Count)];
        Assert.Equal(order.Length, order.Distinct().Count());
        var permuted = Full with { RegionSets = [Permuted(Full.RegionSets[0], order), Full.RegionSets[1]] };
        var expected = Run(Full).ToDictionary(e => (e.Key.Scope, e.Key.Code, e.Key.Year, e.Key.Component, e.Key.Measure));
        foreach (var (key, statistics) in Run(permuted))
        {
            var other = expected[(key.Scope, key.Code, key.Year, key.Component, key.Measure)];
            Assert.Equal(other.Key.Flags, key.Flags);
            var scale = key.Measure == Measure.Value ? Math.Abs(statistics.Mean) : 100;
            Near(other.Statistics.Mean, statistics.Mean, scale);
            Near(other.Statistics.Lower, statistics.Lower, scale);
            Near(other.Statistics.Upper, statistics.Upper, scale);
        }
    }

    [Fact]
    public void Weights_do_not_rest_on_filled_GDP()
    {
        // Value added by category taken as known: GDP alone is filled.
        Study Known(Study study) => study with
        {
            Categories = study.Categories with { Filled = [.. study.Categories.Categories.Select(_ => (FilledSeries?)null)] },
        };
        string[] Flags(Study study, Component part) => [.. EstimateCatalog.Of(study, PointModel.Estimate(study)).Single(k =>
            k.Scope == study.RegionSets[0].Name && k.Code == study.RegionSets[0].Regions[0].Code
            && k.Year == study.Years[^1] && k.Component == part && k.Measure == Measure.Value).Flags];
        Assert.Equal([EstimateCatalog.Extrapolated], Flags(Known(Plain), Component.Direct));
        Assert.Empty(Flags(Known(Full), Component.Direct));
        Assert.Equal([EstimateCatalog.Extrapolated], Flags(Known(Full), Component.Indirect));
        Assert.Equal([EstimateCatalog.Extrapolated], Flags(Full, Component.Direct));
    }

    // Σ_c weight · category in every draw; the weights' proportions are written out.
    private static double[] ByWeights(Sample sample, Entity entity, int t, Component part)
    {
        var set = Full.RegionSets[entity.Set];
        var allocation = set.Allocation(part)!;
        var members = Enumerable.Range(0, set.Regions.Count);
        var own = members.Where(i => entity.Kind == EntityKind.Region ? i == entity.Index : set.Regions[i].Area == entity.Index);
        double Weight(int q) => own.Sum(i => allocation.Weights[i, q, t]) / members.Sum(i => allocation.Weights[i, q, t]);
        double[] weights = [.. allocation.CategoryGroup.Select(Weight)];
        var categories = weights.Select((_, c) => sample.OfCategory(c, t, part)).ToArray();
        return [.. Enumerable.Range(0, Draws).Select(d => weights.Select((w, c) => w * categories[c][d]).Sum())];
    }

    private static IReadOnlyList<UncertainEstimate> Run(Study study) =>
        UncertaintyRun.Execute(study, Sampling, new SimdBackend(2), 2).Estimates;

    // The provinces, and the first of them again as a set without areas.
    private static Study TwoSets(Study study)
    {
        var all = study.RegionSets[0];
        const int kept = 9;
        var (groups, years) = (study.Groups.Count, study.Years.Count);
        T[,,] First<T>(T[,,] values)
        {
            var result = new T[kept, groups, years];
            for (var i = 0; i < kept; i++)
                for (var j = 0; j < groups; j++)
                    for (var t = 0; t < years; t++) result[i, j, t] = values[i, j, t];
            return result;
        }

        var filled = new FilledSeries?[kept, groups];
        for (var i = 0; i < kept; i++)
            for (var j = 0; j < groups; j++) filled[i, j] = all.Filled[i, j];
        return study with
        {
            RegionSets =
            [
                all,
                all with
                {
                    Name = "selection",
                    Regions = [.. all.Regions.Take(kept).Select(r => r with { Area = -1 })],
                    Areas = [],
                    Gdp = First(all.Gdp),
                    RevisionSd = First(all.RevisionSd),
                    Filled = filled,
                },
            ],
        };
    }

    private static Study WithWeights(Study study) => study with
    {
        RegionSets =
        [
            study.RegionSets[0] with { DirectAllocation = Weights(study, study.RegionSets[0], 4, 1) },
            study.RegionSets[1] with { IndirectAllocation = Weights(study, study.RegionSets[1], 2, 2) },
        ],
    };

    private static RegionAllocation Weights(Study study, RegionSet set, int groups, int seed)
    {
        var random = new Random(seed);
        var weights = new double[set.Regions.Count, groups, study.Years.Count];
        for (var i = 0; i < set.Regions.Count; i++)
            for (var q = 0; q < groups; q++)
                for (var t = 0; t < study.Years.Count; t++) weights[i, q, t] = i == 1 && q == 0 ? 0 : 0.1 + random.NextDouble();
        return new()
        {
            Groups = [.. Enumerable.Range(0, groups).Select(q => $"group {q}")],
            CategoryGroup = [.. study.Categories.Categories.Select((_, c) => (c * 3 + 1) % groups)],
            Weights = weights,
        };
    }

    private static RegionSet Permuted(RegionSet set, int[] order)
    {
        T[,,] Rows<T>(T[,,] values)
        {
            var result = (T[,,])values.Clone();
            for (var i = 0; i < order.Length; i++)
                for (var j = 0; j < values.GetLength(1); j++)
                    for (var t = 0; t < values.GetLength(2); t++) result[i, j, t] = values[order[i], j, t];
            return result;
        }

        var filled = (FilledSeries?[,])set.Filled.Clone();
        for (var i = 0; i < order.Length; i++)
            for (var j = 0; j < filled.GetLength(1); j++) filled[i, j] = set.Filled[order[i], j];
        return set with
        {
            Regions = [.. order.Select(i => set.Regions[i])],
            Gdp = Rows(set.Gdp),
            RevisionSd = Rows(set.RevisionSd),
            Filled = filled,
            DirectAllocation = set.DirectAllocation! with { Weights = Rows(set.DirectAllocation!.Weights) },
        };
    }

    private static void Near(double expected, double actual, double? scale = null) =>
        Assert.Equal(expected, actual, 1e-12 * (scale ?? Math.Abs(expected)));

    // Draws of all amounts of all years.
    private sealed class Sample
    {
        private readonly OutputMap _map;
        private readonly double[] _values;
        private readonly int[] _row;

        public Sample(Study study)
        {
            Entities = EntityList.Of(study);
            var plan = new CompiledStudy(study).Plan(Seed);
            _map = plan.Outputs;
            int[] outputs = [.. Enumerable.Range(0, _map.Sector(0, 0)).Where(o => o % OutputMap.Measures != OutputMap.Growth)];
            _row = new int[_map.Count];
            for (var i = 0; i < outputs.Length; i++) _row[outputs[i]] = i;
            _values = new double[outputs.Length * Draws];
            using var program = new SimdBackend(2).Load(plan);
            program.Evaluate(0, Draws, outputs, _values);
        }

        public IReadOnlyList<Entity> Entities { get; }

        public IEnumerable<Entity> Regional => Entities.Where(e => e.Set >= 0);

        public double[] Of(Entity entity, int year, Component part) => Output(entity, year, (int)part);

        public double[] OfCategory(int category, int year, Component part) => At(_map.Index(year, _map.Category(category), (int)part));

        public double[] Output(Entity entity, int year, int measure) => At(_map.Index(year, Entities.ToList().IndexOf(entity), measure));

        private double[] At(int output) => _values[(_row[output] * Draws)..((_row[output] + 1) * Draws)];
    }
}
