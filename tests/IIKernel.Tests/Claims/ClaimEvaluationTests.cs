using IIKernel.Claims;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Claims;

/// <summary>What is counted of claims is what every draw says by itself.</summary>
public sealed class ClaimEvaluationTests
{
    private const int Draws = 3000;
    private const ulong Seed = 7;

    private static readonly CompiledStudy Compiled = new(TestData.FullDemonstration);
    private static readonly FigureIndex Index = new(Compiled.Keys);
    private static readonly SamplingOptions Sampling = new(Draws, Seed, 0.95);

    private static readonly string[] Provinces = [.. Compiled.Study.RegionSets[0].Regions.Select(r => $"provinces:{r.Code}.")];

    // Each kind of condition, and what it says of a draw whose figures are asked by name.
    private static readonly (string Condition, Func<Func<string, double>, bool> Holds)[] Cases =
    [
        ("""{ "figure": { "scope": "nation", "year": 2022 }, "above": 44000 }""", f => f("nation.total.2022") > 44000),
        ("""{ "figure": { "scope": "nation", "year": 2021, "measure": "growth" }, "below": 15 }""", f => f("nation.growth.2021") < 15),
        ("""{ "figure": { "scope": "group", "code": "2", "year": 2020, "component": "direct" }, "within": [4000, 4600] }""",
            f => f("group:2.direct.2020") is >= 4000 and <= 4600),
        ("""{ "figure": { "scope": "provinces", "code": "110000", "year": 2022, "measure": "share" }, """
            + """ "printed": { "value": 6.5, "rounding": 1 } }""", f => Math.Abs(f("provinces:110000.share.2022") - 6.5) <= 0.5),
        ("""{ "rank": { "scope": "provinces", "code": "330000", "year": 2022, "exactly": 4 } }""",
            f => Provinces.Count(p => f(p + "total.2022") > f("provinces:330000.total.2022")) == 3),
        ("""{ "rank": { "scope": "provinces", "code": "110000", "year": 2021, "component": "direct", "atMost": 3 } }""",
            f => Provinces.Count(p => f(p + "direct.2021") > f("provinces:110000.direct.2021")) <= 2),
        ("""{ "count": { "scope": "provinces", "year": 2022, "above": 1000, "exactly": 18 } }""",
            f => Provinces.Count(p => f(p + "total.2022") > 1000) == 18),
        ("""{ "count": { "scope": "provinces", "year": 2022, "measure": "growth", "above": 10, "atLeast": 12 } }""",
            f => Provinces.Count(p => f(p + "growth.2022") > 10) >= 12),
        ("""{ "count": { "scope": "provinces", "year": 2022, "above": 3000, "atMost": 3 } }""",
            f => Provinces.Count(p => f(p + "total.2022") > 3000) <= 3),
        ("""{ "growth": { "scope": "nation", "from": 2017, "to": 2022 }, "above": 80 }""",
            f => 100 * (f("nation.total.2022") / f("nation.total.2017") - 1) > 80),
        ("""{ "growth": { "scope": "group", "code": "3", "component": "direct", "from": 2018, "to": 2021, "perYear": true }, """
            + """ "above": 11 }""",
            f => 100 * (Math.Pow(f("group:3.direct.2021") / f("group:3.direct.2018"), 1 / 3.0) - 1) > 11),
        ("""{ "firstYear": { "scope": "provinces", "code": "210000", "above": 1000, "year": 2021 } }""",
            f => f("provinces:210000.total.2021") > 1000
                && Enumerable.Range(2017, 4).All(y => f($"provinces:210000.total.{y}") <= 1000)),
        ("""{ "ratio": { "of": { "figure": { "scope": "nation", "year": 2022, "component": "indirect" } }, """
            + """ "to": { "figure": { "scope": "nation", "year": 2022, "component": "direct" } } }, "within": [2.4, 2.6] }""",
            f => f("nation.indirect.2022") / f("nation.direct.2022") is >= 2.4 and <= 2.6),
        ("""{ "percentage": { "of": { "sum": [ { "figure": { "scope": "provinces", "code": "440000", "year": 2022 } }, """
            + """{ "figure": { "scope": "provinces", "code": "320000", "year": 2022 } } ] }, """
            + """ "to": { "figure": { "scope": "nation", "year": 2022 } } }, "above": 22 }""",
            f => 100 * (f("provinces:440000.total.2022") + f("provinces:320000.total.2022")) / f("nation.total.2022") > 22),
        ("""{ "largest": { "scope": "provinces", "year": 2022, "count": 10 }, "above": 28000 }""",
            f => Provinces.Select(p => f(p + "total.2022")).OrderDescending().Take(10).Sum() > 28000),
        ("""{ "difference": { "of": { "figure": { "scope": "provinces", "code": "370000", "year": 2022 } }, """
            + """ "minus": { "figure": { "scope": "provinces", "code": "330000", "year": 2022 } } }, "above": 200 }""",
            f => f("provinces:370000.total.2022") - f("provinces:330000.total.2022") > 200),
        ("""{ "all": [ { "figure": { "scope": "nation", "year": 2022 }, "above": 44000 }, """
            + """{ "figure": { "scope": "nation", "year": 2022, "measure": "growth" }, "above": 9 } ] }""",
            f => f("nation.total.2022") > 44000 && f("nation.growth.2022") > 9),
        ("""{ "any": [ { "figure": { "scope": "nation", "year": 2022 }, "above": 46000 }, """
            + """{ "not": { "figure": { "scope": "sector", "code": "088", "year": 2017 }, "below": 3000 } } ] }""",
            f => f("nation.total.2022") > 46000 || !(f("sector:088.total.2017") < 3000)),
        ("""{ "not": { "figure": { "scope": "area", "code": "west", "year": 2022 }, "above": 9000 } }""",
            f => f("area:west.total.2022") <= 9000),
    ];

    private static readonly IReadOnlyList<Claim> Claims = ClaimFiles.Read(
        Compiled.Study, ClaimFiles.Named(Cases.Select((c, i) => ($"c{i}", i % 3 == 0 ? "third" : i == 1 ? "one" : "", c.Condition))));

    [Fact]
    public void Every_kind_of_condition_is_counted_as_each_draw_says_by_itself()
    {
        var held = Held();
        var summary = ClaimEvaluation.Of(Compiled, Claims, Sampling, new SimdBackend(2), 2);
        for (var c = 0; c < Cases.Length; c++)
        {
            var result = summary.Claims[c];
            Assert.Equal((held[c].LongCount(h => h), (long)Draws, 0L), (result.Share.Held, result.Share.Draws, result.Undefined));
            Assert.Equal(Cases[c].Holds(name => Index.Select(name)[0].Point) ? ClaimVerdict.Holds : ClaimVerdict.Fails, result.AtPoint);
            var p = held[c].Count(h => h) / (double)Draws;
            Assert.Equal(p, result.Share.Probability);
            Assert.Equal(Math.Sqrt(p * (1 - p) / Draws), result.Share.StandardError, 1e-15);
        }

        // They would say little if few could fail.
        Assert.True(held.Count(h => h.Contains(true) && h.Contains(false)) > Cases.Length * 2 / 3);
    }

    [Fact]
    public void Claims_of_a_label_hold_together_where_all_of_them_hold_in_one_draw()
    {
        var held = Held();
        var summary = ClaimEvaluation.Of(Compiled, Claims, Sampling, new SimdBackend(1), 1);
        Assert.Equal(["third", "one", ""], summary.Joint.Select(j => j.Group));
        foreach (var joint in summary.Joint)
        {
            int[] members = [.. Enumerable.Range(0, Claims.Count).Where(c => joint.Group.Length == 0 || Claims[c].Group == joint.Group)];
            Assert.Equal(members.Length, joint.Claims);
            Assert.Equal(Enumerable.Range(0, Draws).LongCount(d => members.All(c => held[c][d])), joint.Share.Held);
            Assert.Equal(members.All(c => summary.Claims[c].AtPoint == ClaimVerdict.Holds), joint.HoldsAtPoint);
        }
    }

    [Fact]
    public void Counts_do_not_depend_on_threads_or_backend()
    {
        var expected = Counts(ClaimEvaluation.Of(Compiled, Claims, Sampling, new ReferenceBackend(), 1));
        foreach (var threads in new[] { 1, 2, 5 })
            Assert.Equal(expected, Counts(ClaimEvaluation.Of(Compiled, Claims, Sampling, new SimdBackend(threads), threads)));

        static IEnumerable<long> Counts(ClaimSummary s) => s.Claims.Select(c => c.Share.Held).Concat(s.Joint.Select(j => j.Share.Held));
    }

    [Fact]
    public void A_claim_on_what_is_no_number_is_undefined_and_does_not_hold_nor_does_its_contrary()
    {
        const string figure = """{ "figure": { "scope": "nation", "year": 2022 }, "above": 2 }""";
        var claims = ClaimFiles.Read(Compiled.Study, ClaimFiles.Of(
            figure, $$"""{ "not": {{figure}} }""",
            $$"""{ "any": [ {{figure}}, { "figure": { "scope": "nation", "year": 2021 }, "above": 0 } ] }""",
            """{ "ratio": { "of": { "figure": { "scope": "nation", "year": 2021 } }, """
                + """ "to": { "figure": { "scope": "nation", "year": 2020 } } }, "above": 0 }"""));
        var (y22, y21, y20) = (Output("nation.total.2022"), Output("nation.total.2021"), Output("nation.total.2020"));
        var source = new StoredSource(Compiled.Keys.Count + 1000, new Dictionary<int, double[]>
        {
            [y22] = [1, double.NaN, 3, 4],
            [y21] = [1, 1, 0, double.PositiveInfinity],
            [y20] = [1, 1, 0, 1],
        });
        var results = ClaimEvaluation.Of(Compiled, claims, source, 4, 1).Claims;
        Assert.Equal([(2L, 1L), (1, 1), (3, 1), (3, 1)], results.Select(r => (r.Share.Held, r.Undefined)));
    }

    // P(S·V > x) of a uniform S, where nothing else is uncertain.
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void A_probability_lies_within_four_standard_errors_of_the_exact_one(double exact)
    {
        using var editor = new StudyEditor();
        editor.Write("coefficients.csv", "sector,point,distribution,low,mode,high\n088,0.5,uniform,0.2,,0.8\n");
        var compiled = new CompiledStudy(editor.Read());
        var key = new FigureIndex(compiled.Keys).Select("nation.direct.2017")[0];
        var threshold = key.Point / 0.5 * (0.8 - exact * 0.6);
        var claims = ClaimFiles.Read(compiled.Study, ClaimFiles.Of(FormattableString.Invariant(
            $$"""{ "figure": { "scope": "nation", "year": 2017, "component": "direct" }, "above": {{threshold:R}} }""")));
        var share = ClaimEvaluation.Of(compiled, claims, new(40_000, 3, 0.95), new SimdBackend(2), 2).Claims[0].Share;
        Assert.True(Math.Abs(share.Probability - exact) <= 4 * share.StandardError, $"{share.Probability} instead of {exact}");
    }

    // Whether each condition holds in each draw, from the draws themselves.
    private static bool[][] Held()
    {
        EstimateKey[] keys = [.. Compiled.Keys.Where(k => k.Scope is not "category" and not "sector" || k.Code == "088")];
        var rows = keys.Select((k, i) => (Name: FigureIndex.Reference(k).ToString(), i)).ToDictionary(k => k.Name, k => k.i);
        using var program = Compiled.Load(new ReferenceBackend(), Seed);
        var values = new double[keys.Length * Draws];
        program.Program.Evaluate(0, Draws, keys.Select(k => k.Output).ToArray(), values);
        return [.. Cases.Select(c => Enumerable.Range(0, Draws).Select(d => c.Holds(name => values[rows[name] * Draws + d])).ToArray())];
    }

    private static int Output(string name) => Index.Select(name)[0].Output;
}
