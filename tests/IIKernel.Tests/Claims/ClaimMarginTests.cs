using IIKernel.Claims;
using IIKernel.Reading;
using IIKernel.Uncertainty;
using MathNet.Numerics.Distributions;
using Xunit;

namespace IIKernel.Tests.Claims;

/// <summary>How far verdicts are from turning, where that can be said exactly.</summary>
public sealed class ClaimMarginTests
{
    // S is uniform on [0.2, 0.8] about 0.5 and all else certain: the direct total is S times a constant.
    private static readonly CompiledStudy Uniform = Compile();

    // P(|S − 0.5| ≤ d) = d / 0.3 at scale 1 and d / (0.3 s) at scale s: one half at s = 2 d / 0.3.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.24)]
    public void An_interval_about_the_point_of_a_uniform_input_turns_at_the_known_scale_and_value(double d)
    {
        var margin = Margin(Uniform, $"\"within\": [{Text(0.5 - d)}, {Text(0.5 + d)}]");
        var exact = 2 * d / 0.3;
        // The standard error of a half of the draws, over the slope 1 / (2 s) of the probability; and the last bracket, below s / 32.
        var error = Math.Sqrt(0.25 / ClaimMargins.Draws) * 2 * exact;
        Assert.InRange(margin.Scale, exact - 4 * error, exact + 4 * error + exact / 32);
        Assert.Equal("coefficient:088", margin.Nearest!.Input.Name);
        Assert.Equal(d, Math.Abs(margin.Nearest.Value - 0.5), 1e-5);
        Assert.Equal(Normal.InvCDF(0, 1, 0.5 + d / 0.6), margin.Nearest.Move, 1e-4);
    }

    // More than half of the draws stay below the point's own threshold at any scale.
    [Fact]
    public void What_fails_by_a_threshold_above_a_symmetric_input_is_not_turned_by_any_scale()
    {
        var margin = Margin(Uniform, $"\"above\": {Text(0.65)}");
        Assert.Equal(double.PositiveInfinity, margin.Scale);
        Assert.Equal(0.65, margin.Nearest!.Value, 1e-5);
        Assert.Equal(Normal.InvCDF(0, 1, 0.75), margin.Nearest.Move, 1e-4);
        Assert.Null(Margin(Uniform, $"\"above\": {Text(0.81)}").Nearest);
    }

    [Fact]
    public void A_claim_that_nearly_every_draw_breaks_turns_below_the_least_scale() => Assert.Equal(
        ClaimMargins.LeastScale, Margin(Uniform, $"\"within\": [{Text(0.5 - 1e-4)}, {Text(0.5 + 1e-4)}]").Scale);

    [Fact]
    public void The_nearest_input_of_the_demonstration_turns_each_verdict_where_it_says_whoever_shares_the_work()
    {
        var compiled = new CompiledStudy(TestData.FullDemonstration);
        var claims = ClaimReader.Of(compiled.Study)!.Claims;
        var margins = ClaimMargins.Of(compiled, claims, 1, 1);
        Assert.Equal(margins, ClaimMargins.Of(compiled, claims, 1, 3));
        var plan = compiled.Plan(1);
        var place = new ClaimPlace(compiled, claims, plan);
        var point = place.At(plan.Marginals.Points).ToArray();
        var turning = 0;
        for (var c = 0; c < claims.Count; c++)
        {
            if (margins[c].Nearest is not { } nearest) continue;
            turning++;
            var inputs = plan.Marginals.Points.ToArray();
            inputs[nearest.Input.Index] = nearest.Value;
            Assert.NotEqual(point[c], place.At(inputs)[c]);
            inputs[nearest.Input.Index] += (plan.Marginals.Points[nearest.Input.Index] - nearest.Value) * 1e-3;
            Assert.Equal(point[c], place.At(inputs)[c]);
            // No quantile of these scores is farther from a point in the middle of its distribution.
            Assert.InRange(nearest.Move, 0, ClaimMargins.MostScore + 1);
        }

        Assert.InRange(turning, 5, claims.Count - 1);
    }

    private static ClaimMargin Margin(CompiledStudy study, string bound) => ClaimMargins.Of(
        study, ClaimFiles.Read(study.Study, ClaimFiles.Of(
            $$"""{ "figure": { "scope": "nation", "year": 2017, "component": "direct" }, {{bound}} }""")), 11, 2)[0];

    // The direct total at a value of S.
    private static string Text(double coefficient) => FormattableString.Invariant(
        $"{new FigureIndex(Uniform.Keys).Select("nation.direct.2017")[0].Point / 0.5 * coefficient:R}");

    private static CompiledStudy Compile()
    {
        using var editor = new StudyEditor();
        return new(editor.Write("coefficients.csv", "sector,point,distribution,low,mode,high\n088,0.5,uniform,0.2,,0.8\n").Read());
    }
}
