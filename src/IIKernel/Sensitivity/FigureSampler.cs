using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;

namespace IIKernel.Sensitivity;

/// <summary>Draws some figures of a plan again and again, with inputs taken from another sample or nearer to their points.</summary>
/// <param name="backend">Where to draw.</param>
/// <param name="plan">The plan.</param>
/// <param name="outputs">The figures: indices of <see cref="OutputMap"/>.</param>
/// <param name="cancellation">Ends a drawing with an <see cref="OperationCanceledException"/>.</param>
internal sealed class FigureSampler(IBackend backend, SamplePlan plan, int[] outputs, CancellationToken cancellation)
{
    /// <summary>The plan.</summary>
    public SamplePlan Plan => plan;

    /// <summary>Every input.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, plan.Marginals.Kinds.Length);

    /// <summary>The figures with some inputs from the second sample, and flows if so wished; a row of so many draws each.</summary>
    public double[][] Sides(IEnumerable<int> ofSecond, bool flows, int draws) => Draw(plan.WithSecondSample(ofSecond, flows), draws);

    /// <summary>The figures with an input's distance from its point times a factor.</summary>
    public double[][] Spread(SensitivityInput input, double factor, int draws) => Draw(
        input.Group == InputGroup.Flows ? plan.WithFlowSpread(factor) : plan.WithSpread(input.Spreads, factor), draws);

    /// <summary>The figures as a plan of the same outputs draws them.</summary>
    public double[][] Draw(SamplePlan drawn, int draws)
    {
        using var program = backend.Load(drawn);
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values, cancellation);
        if (drawn.Flows.Count > 0 && values.Any(double.IsNaN))
            throw new StudyException([new("study.json", "key uncertainty.flows", "draws whose table has no solution",
                "errors of flows by which every table has one, since an index compares all draws",
                "Give the flows smaller errors; run says in how many draws there is no solution.")]);
        return [.. outputs.Select((_, i) => values.AsSpan(i * draws, draws).ToArray())];
    }
}
