using IIKernel.Kernels;
using IIKernel.Kernels.Plan;

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

    /// <summary>The plan whose draws take some inputs from the second sample.</summary>
    public SamplePlan PlanOf(IEnumerable<int> ofSecond)
    {
        var sides = new int[plan.Marginals.Kinds.Length];
        foreach (var input in ofSecond) sides[input] = 1;
        return plan with { Marginals = plan.Marginals with { Sides = sides } };
    }

    /// <summary>Every input.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, plan.Marginals.Kinds.Length);

    /// <summary>The figures with some inputs from the second sample; a row of so many draws each.</summary>
    public double[][] Sides(IEnumerable<int> ofSecond, int draws) => Draw(PlanOf(ofSecond), draws);

    /// <summary>The figures with some inputs' distances from their points times a factor.</summary>
    public double[][] Spread(IEnumerable<int> inputs, double factor, int draws)
    {
        var spreads = new double[plan.Marginals.Kinds.Length];
        Array.Fill(spreads, 1);
        foreach (var input in inputs) spreads[input] = factor;
        return Draw(plan with { Marginals = plan.Marginals with { Spreads = spreads } }, draws);
    }

    /// <summary>The figures as a plan of the same outputs draws them.</summary>
    public double[][] Draw(SamplePlan drawn, int draws)
    {
        using var program = backend.Load(drawn);
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values, cancellation);
        return [.. outputs.Select((_, i) => values.AsSpan(i * draws, draws).ToArray())];
    }
}
