using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>The whole analysis, on the demonstration.</summary>
public sealed class SensitivityAnalysisTests
{
    private const int Draws = 1 << 12;

    private static readonly CompiledStudy Full = new(TestData.FullDemonstration);
    private static readonly Lazy<SensitivityResult> All = new(() => Analyse(Full, Nation(Full), new(Draws, 1, 0.95)));

    [Fact]
    public void Sampled_indices_are_the_exact_ones_within_their_intervals()
    {
        var study = new CompiledStudy(TestData.Demonstration);
        var plan = study.Plan(5) with { Sequence = new() { Kind = SequenceKind.Sobol, Replicates = SensitivityOptions.Replicates } };
        var exact = new ExactIndices(plan);
        int[] outputs = [.. Nation(study).Select(k => k.Output)];
        var inputs = SensitivityInputs.Of(plan, study.Inputs());
        Assert.Equal(11, inputs.Single.Count);
        Assert.Equal("coefficients", Assert.Single(inputs.Groups).Name);

        // 99.9 %: some sixty intervals are looked at.
        var sampler = new FigureSampler(new SimdBackend(2), plan, outputs, default);
        var sampled = new SampledIndices(sampler, 1 << 13, new(SensitivityOptions.Replicates, 0.999));
        foreach (var input in inputs.Single)
        {
            sampled.Add(input);
            for (var f = 0; f < outputs.Length; f++)
            {
                var found = exact.Of(outputs[f])!;
                Covers(found.First([input.Members[0]]), sampled.First(f, input));
                Covers(found.Total([input.Members[0]]), sampled.Total(f, input));
            }
        }

        static void Covers(double value, IndexEstimate estimate) =>
            Assert.True(Math.Abs(value - estimate.Raw) <= estimate.Upper - estimate.Raw, $"{value} instead of {estimate}");
    }

    [Fact]
    public void Without_anything_but_coefficients_amounts_are_exact_and_growth_is_sampled()
    {
        var study = new CompiledStudy(TestData.Demonstration);
        EstimateKey[] figures = [.. study.Keys.Where(k => k is { Scope: "nation", Year: 2022, Component: Component.Total })];
        var result = Analyse(study, figures, new(1 << 10, 1, 0.95) { SecondOrder = true });
        foreach (var row in result.Rows.Where(r => r.Measure is SensitivityMeasure.First or SensitivityMeasure.Second))
            Assert.Equal(row.Figure.Measure == Measure.Growth ? IndexMethod.Sampled : IndexMethod.Exact, row.Method);
        foreach (var figure in figures.Where(f => f.Measure != Measure.Growth))
        {
            var own = result.Rows.Where(r => r.Figure == figure && r.Input is not { IsGroup: true }).ToArray();
            var first = own.Where(r => r.Measure == SensitivityMeasure.First).Sum(r => r.Estimate.Value);
            var total = own.Where(r => r.Measure == SensitivityMeasure.Total).Sum(r => r.Estimate.Value);
            Assert.InRange(first, 0.99, 1 - 1e-9);
            Assert.InRange(total, 1 + 1e-9, 1.01);

            // Every product is counted in both of its inputs' total orders.
            Assert.Equal(2, first + total, 1e-9);
            Assert.True(own.Where(r => r.Measure == SensitivityMeasure.Second).Sum(r => r.Estimate.Value) <= 1 - first + 1e-12);
            Assert.Equal(28, own.Count(r => r.Measure == SensitivityMeasure.Second));
        }
    }

    [Fact]
    public void Indices_add_up_and_no_input_takes_part_in_less_than_it_brings()
    {
        foreach (var figure in All.Value.Figures)
        {
            var rows = Rows(figure);
            var panel = Of(rows, "panel", SensitivityMeasure.First);
            var parts = new[] { "panel", "growth", "extrapolation", "revisions" };
            var first = parts.Sum(p => Of(rows, p, SensitivityMeasure.First).Raw);
            var total = parts.Sum(p => Of(rows, p, SensitivityMeasure.Total).Raw);
            var error = parts.Sum(p => Half(Of(rows, p, SensitivityMeasure.First)) + Half(Of(rows, p, SensitivityMeasure.Total)));
            Assert.InRange(first, 0, 1 + error);
            Assert.InRange(total, 1 - error, 2);
            foreach (var row in rows.Where(r => r.Measure == SensitivityMeasure.First))
            {
                var whole = Of(rows, row.Input!.Name, SensitivityMeasure.Total);
                Assert.True(row.Estimate.Raw <= whole.Raw + Half(row.Estimate) + Half(whole), row.Input.Name);
                Assert.InRange(row.Estimate.Value, 0, 1.1);
            }

            // The base year knows of no growth, and no figure of the nation of revisions of regions' GDP.
            if (figure.Year != Full.Study.BaseYear) continue;
            Assert.Equal(new(0, 0, 0, false, 0), Of(rows, "growth", SensitivityMeasure.Total));
            Assert.Equal(1, panel.Raw, Half(panel) + 1e-12);
            Assert.Equal(0, Of(rows, "panel", SensitivityMeasure.WidthKnown).Value);
        }
    }

    [Fact]
    public void Large_groups_are_screened_and_what_is_left_out_takes_hardly_part()
    {
        var result = All.Value;
        Assert.True(result.Screened.Looked > 700);
        Assert.InRange(result.Screened.Kept, 3, 12);
        var last = result.Figures[^1];
        var rows = Rows(last);

        // Of the extrapolated series three explain nearly all of the group's part in the total.
        var group = Of(rows, "extrapolation", SensitivityMeasure.Total).Value;
        var kept = rows.Where(r => r is { Measure: SensitivityMeasure.Total, Input: { IsGroup: false, Group: InputGroup.Extrapolation } });
        Assert.True(kept.Sum(r => r.Estimate.Value) > 0.9 * group);
        Assert.Contains(rows, r => r.Input?.Name == "output");
    }

    [Fact]
    public void A_panel_shares_its_variance_among_the_coefficients_and_its_members()
    {
        foreach (var figure in All.Value.Figures)
        {
            var rows = Rows(figure);
            var explained = rows.Single(r => r.Measure == SensitivityMeasure.Explained);
            Assert.Equal(IndexMethod.LinearNormal, explained.Method);
            var shapley = rows.Where(r => r.Measure == SensitivityMeasure.Shapley).Sum(r => r.Estimate.Value);
            Assert.Equal(explained.Estimate.Value, shapley, 1e-12);
            if (figure is { Component: Component.Direct, Year: 2017 }) Assert.Equal(1, explained.Estimate.Value, 1e-9);

            // A panel of twice the experts has some 1/√2 of the experts' spread.
            var twice = Of(rows, "experts", SensitivityMeasure.WidthTwiceExperts).Value;
            Assert.InRange(twice, Of(rows, "experts", SensitivityMeasure.WidthKnown).Value, 1);
        }
    }

    [Fact]
    public void Threads_and_backends_give_the_same_bits()
    {
        EstimateKey[] figures = [Nation(Full)[^1]];
        var options = new SensitivityOptions(1 << 10, 3, 0.9) { SecondOrder = true };
        var expected = Analyse(Full, figures, options, new ReferenceBackend());
        foreach (var backend in new IBackend[] { new SimdBackend(1), new SimdBackend(2) })
        {
            var found = Analyse(Full, figures, options, backend);
            Assert.Equal(Text(expected), Text(found));
        }

        static IEnumerable<string> Text(SensitivityResult result) =>
        [
            .. result.Rows.Select(r => $"{r.Input?.Name} {r.With?.Name} {r.Measure} {r.Method} {r.Estimate}"),
            .. result.Swings.Select(s => s.Swing.ToString()),
        ];
    }

    [Fact]
    public void At_the_needed_spread_the_interval_has_the_wanted_width()
    {
        const double wanted = 0.25;
        EstimateKey[] figures = [Nation(Full)[^1]];
        var result = Analyse(Full, figures, new(1 << 11, 1, 0.95) { Width = wanted });
        var now = result.Rows.Single(r => r.Measure == SensitivityMeasure.Width).Estimate.Value / figures[0].Point;
        Assert.True(now > wanted);
        var needed = result.Rows.Where(r => r.Measure == SensitivityMeasure.SpreadNeeded).ToArray();
        Assert.Contains(needed, r => !double.IsNaN(r.Estimate.Value));
        Assert.Contains(needed, r => double.IsNaN(r.Estimate.Value));
        foreach (var row in needed)
        {
            var known = Of([.. result.Rows], row.Input!.Name, SensitivityMeasure.WidthKnown).Value;
            Assert.Equal(known * now > wanted, double.IsNaN(row.Estimate.Value));
            if (double.IsNaN(row.Estimate.Value)) continue;
            Assert.InRange(row.Estimate.Value, 0, 1);
            var plan = Full.Plan(1) with { Sequence = new() { Kind = SequenceKind.Sobol, Replicates = SensitivityOptions.Replicates } };
            var sampler = new FigureSampler(new SimdBackend(2), plan, [figures[0].Output], default);
            var values = sampler.Spread(row.Input, row.Estimate.Value, 1 << 11)[0];
            var width = new WidthOfSample(1 << 11, SensitivityOptions.Replicates, 0.95).Of(values).All;
            Assert.Equal(wanted, width / figures[0].Point, 0.0021 * wanted);
        }
    }

    // Of a single related sector Zi is (1 − S) V H S/(1 + S·H), largest at S = (√(1 + H) − 1)/H.
    [Fact]
    public void Swings_find_what_lies_inside_the_range()
    {
        var demonstration = TestData.Demonstration;
        var study = demonstration with
        {
            Coefficients = [.. demonstration.Coefficients.Select((c, k) =>
                k == 0 ? c with { Distribution = new UniformMarginal(0, 1) } : c with { Point = 0, Distribution = null })],
        };
        var compiled = new CompiledStudy(study);
        var sector = study.Table.Sectors[study.Coefficients[0].Sector].Code;
        var figure = compiled.Keys.Single(k => k.Scope == "sector" && k.Code == sector && k.Component == Component.Indirect);
        var plan = compiled.Plan(1);
        var swing = InputSwings.Of(new(plan, [figure.Output]), plan.Marginals, 0, "S", 0.95)[0];
        Assert.True(swing.IsInside);
        Assert.Equal(0.025, swing.Low, 1e-14);
        Assert.Equal(0.975, swing.High, 1e-14);

        var (h, own) = (plan.Induction.Diagonal[0], plan.Induction.Related[0]);
        var top = (Math.Sqrt(1 + h) - 1) / h;
        double At(double s) => (1 - s) * own * plan.Induction.Output[0] * s / (1 + s * h);
        Assert.Equal(top, swing.GreatestAt, 1e-7);
        Assert.Equal(1, swing.Greatest / At(top), 1e-12);
        Assert.Equal(1, swing.Least / Math.Min(At(0.025), At(0.975)), 1e-12);
        Assert.Equal(swing.Least, Math.Min(swing.AtLow, swing.AtHigh));
    }

    [Fact]
    public void Coefficients_of_a_copula_are_one_input_and_have_effects_each()
    {
        var m = TestData.Demonstration.Coefficients.Count;
        var normal = new double[m, m];
        for (var i = 0; i < m; i++) normal[i, i] = 1;
        (normal[0, 1], normal[1, 0]) = (0.7, 0.7);
        var study = new CompiledStudy(TestData.Demonstration with { Correlation = new RankCorrelation(normal) });
        var result = Analyse(study, [Nation(study)[2]], new(Draws, 1, 0.95));
        Assert.Equal(m - 1, result.Inputs.Single.Count);
        var joined = result.Inputs.Single.Single(i => i.Members.Count > 1);
        Assert.Equal([0, 1], joined.Members);
        Assert.Equal(IndexMethod.Sampled, result.Rows.First(r => r.Measure == SensitivityMeasure.First).Method);
        var shapley = result.Rows.Where(r => r.Measure == SensitivityMeasure.Shapley)
            .ToDictionary(r => r.Input!.Members[0], r => r.Estimate);
        Assert.Equal(m, shapley.Count);

        // The total is nearly linear: what the two have together is what their first-order index says.
        var together = Of([.. result.Rows], joined.Name, SensitivityMeasure.First);
        Assert.Equal(together.Raw, shapley[0].Value + shapley[1].Value, Half(together) + 0.01);
    }

    // The columns of a joint sample come from one row in every draw, whatever the sequence and the side.
    [Fact]
    public void Coefficients_of_a_joint_sample_are_one_input_and_keep_their_rows()
    {
        double[][] columns = [[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.1, 0.4, 0.2, 0.3]];
        var study = new CompiledStudy(TestData.Demonstration with
        {
            Coefficients = [.. TestData.Demonstration.Coefficients.Select((c, k) =>
                k < 2 ? c with { Distribution = new JointSampleMarginal("posterior", columns[k]) } : c)],
        });
        var plan = study.Plan(1) with { Sequence = new() { Kind = SequenceKind.Sobol } };
        Assert.Equal(2 * (plan.RelatedCount - 1), SequencePlan.DimensionsOf(
            plan.Marginals with { Sides = [.. plan.Marginals.Kinds.Select(_ => 1)] }));
        var inputs = SensitivityInputs.Of(plan, study.Inputs());
        Assert.Equal([0, 1], inputs.Single[0].Members);
        var sampler = new FigureSampler(new SimdBackend(2), plan, [], default);
        foreach (var side in new[] { [], inputs.Single[0].Members })
        {
            var drawn = new double[64 * plan.RelatedCount];
            new InputSample(sampler.Plan.WithSecondSample(side, false)).Coefficients(0, 64, drawn);
            var rows = Enumerable.Range(0, 64)
                .Select(i => Array.IndexOf(columns[0], drawn[i * plan.RelatedCount])).ToArray();
            Assert.All(rows.Select((row, i) => (row, i)), r => Assert.Equal(columns[1][r.row], drawn[r.i * plan.RelatedCount + 1]));
            Assert.Equal(5, rows.Distinct().Count());
        }
    }

    private static SensitivityRow[] Rows(EstimateKey figure) => [.. All.Value.Rows.Where(r => r.Figure == figure)];

    private static IndexEstimate Of(SensitivityRow[] rows, string input, SensitivityMeasure measure) =>
        rows.Single(r => r.Input?.Name == input && r.Measure == measure && r.With is null).Estimate;

    private static double Half(IndexEstimate estimate) => estimate.Upper - estimate.Raw;

    private static EstimateKey[] Nation(CompiledStudy study) => [.. study.Keys.Where(k => k is { Scope: "nation", Measure: Measure.Value })
        .Where(k => k.Year == study.Study.Years[0] || k.Year == study.Study.Years[^1])];

    private static SensitivityResult Analyse(
        CompiledStudy study, EstimateKey[] figures, SensitivityOptions options, IBackend? backend = null) =>
        SensitivityAnalysis.Execute(study, figures, options, backend ?? new SimdBackend(2));
}
