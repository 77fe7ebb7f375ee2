using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>A drawn table: N sectors in the order of <see cref="FlowPlan.Sectors"/>.</summary>
/// <param name="Flows">x_ij, N × N, row by row.</param>
/// <param name="Output">X_j; N.</param>
/// <param name="ValueAdded">V_j; N.</param>
/// <param name="IsBalanced">Whether the sums of <see cref="FlowPlan.Balance"/> are met; true where there are none.</param>
public sealed record DrawnTable(double[] Flows, double[] Output, double[] ValueAdded, bool IsBalanced);

/// <summary>
/// The tables behind the draws of a plan: the same numbers that every backend draws, recomputed by the reference. Not safe for threads.
/// </summary>
public sealed class FlowSample
{
    private readonly PlanView<HostArray<double>, HostArray<int>> _view;
    private readonly LaneMemory _memory;

    /// <summary>The tables of a plan that draws them.</summary>
    /// <param name="plan">The compiled study.</param>
    public FlowSample(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _view = new(plan, default, new(static a => new(a), static a => new(a)));
        _memory = new(FactorisedInduction<ScalarLane, DoubleSolver<ScalarLane>>.Shared(plan));
    }

    /// <summary>The table of a draw.</summary>
    /// <param name="draw">Index of the draw.</param>
    public DrawnTable Table(long draw)
    {
        var n = _view.Flows.Count;
        var (flows, output, valueAdded) = (new double[n * n], new double[n], new double[n]);
        var balanced = FactorisedInduction<ScalarLane, DoubleSolver<ScalarLane>>.Copy(
            _view, (ulong)draw, _memory, flows, output, valueAdded);
        return new(flows, output, valueAdded, balanced);
    }
}
