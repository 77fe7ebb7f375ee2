using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>
/// Value added of the base year by category as a function of the coefficients S_k, with its exact derivatives: the program of a draw, whose
/// coefficients are given. Not safe for threads.
/// </summary>
/// <param name="plan">The compiled study: C categories, m related sectors.</param>
public sealed class CoefficientResponse(SamplePlan plan)
{
    private readonly LaneProgram<ScalarLane, GivenInputs<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>>> _values =
        new(plan);
    private readonly LaneProgram<DualLane<ScalarLane>,
        GivenInputs<DualLane<ScalarLane>, HostArray<double>, HostArray<int>, HostStore<DualLane<ScalarLane>>>> _slopes = new(plan);

    /// <summary>Zd_c of the last evaluation; C values.</summary>
    public double[] Direct { get; } = new double[plan.CategoryCount];

    /// <summary>Zi_c; C values.</summary>
    public double[] Indirect { get; } = new double[plan.CategoryCount];

    /// <summary>∂Zd_c/∂S_k of the last evaluation that asked for slopes; C × m.</summary>
    public double[,] DirectSlope { get; } = new double[plan.CategoryCount, plan.RelatedCount];

    /// <summary>∂Zi_c/∂S_k; C × m.</summary>
    public double[,] IndirectSlope { get; } = new double[plan.CategoryCount, plan.RelatedCount];

    /// <summary>Evaluates at <paramref name="s"/>; m values in [0, 1].</summary>
    /// <param name="s">S_k.</param>
    /// <param name="slopes">Whether the derivatives are wanted too.</param>
    public void Evaluate(ReadOnlySpan<double> s, bool slopes)
    {
        for (var k = 0; k < s.Length; k++) _values.Work.SetCoefficient(k, new(s[k]));
        _values.BaseYear();
        for (var c = 0; c < plan.CategoryCount; c++)
            (Direct[c], Indirect[c]) = (_values.Work.Direct(c).Value, _values.Work.Indirect(c).Value);
        for (var along = 0; slopes && along < s.Length; along++)
        {
            for (var k = 0; k < s.Length; k++) _slopes.Work.SetCoefficient(k, new(new(s[k]), new(k == along ? 1 : 0)));
            _slopes.BaseYear();
            for (var c = 0; c < plan.CategoryCount; c++)
            {
                DirectSlope[c, along] = _slopes.Work.Direct(c).Slope.Value;
                IndirectSlope[c, along] = _slopes.Work.Indirect(c).Slope.Value;
            }
        }

        // The workspaces know their memory by its address.
        GC.KeepAlive(this);
    }
}
