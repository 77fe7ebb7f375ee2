using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

// The table of a draw, and its system.
internal readonly unsafe partial struct FactorisedInduction<TLane, TSolver>
{
    /// <summary>Copies the table of a draw, and says whether its sums are met.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="draw">Index of the draw.</param>
    /// <param name="shared">Memory that nothing else uses meanwhile; see <see cref="Shared"/>.</param>
    /// <param name="flows">Takes x_ij, N × N.</param>
    /// <param name="output">Takes X_j; N.</param>
    /// <param name="valueAdded">Takes V_j; N.</param>
    public static bool Copy(in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, LaneMemory shared, Span<double> flows,
        Span<double> output, Span<double> valueAdded)
    {
        var n = plan.Flows.Count;
        var areas = AreasOf(n, plan.Flows.RelatedCount);
        var (balanced, _, _) = DrawTable(plan, draw, areas, shared.Start);
        for (var i = 0; i < n; i++) shared.Values.Slice(i * areas.Stride, n).CopyTo(flows[(i * n)..]);
        shared.Values.Slice(areas.Output, n).CopyTo(output);
        shared.Values.Slice(areas.ValueAdded, n).CopyTo(valueAdded);
        GC.KeepAlive(shared);
        return balanced;
    }

    // x_ij, X_j and V_j of the draw, balanced where the plan says so; whether its sums are met, whether a flow is negative that is not at
    // the point, and whether the inputs of a sector exceed its output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool Balanced, bool Negative, bool Deficit) DrawTable(
        in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, TableAreas<TLane> areas, double* shared)
    {
        double* matrix = shared + areas.Matrix, inputs = shared + areas.Inputs;
        double* output = shared + areas.Output, valueAdded = shared + areas.ValueAdded;
        DrawFlows(plan, draw, matrix, areas.Stride, inputs, shared + areas.Length);
        if (plan.Flows.Balance.Method == BalanceMethod.None || plan.AtPoint != 0)
            return (true, false, Accounts(plan, inputs, output, valueAdded));
        var balanced = FlowBalancing<TLane>.Balance(plan.Flows, matrix, areas.Stride, output);
        for (var j = 0; j < plan.Flows.Count; j++) (output[j], valueAdded[j]) = (plan.Flows.Output[j], plan.Flows.ValueAdded[j]);
        return (balanced, balanced && FlowBalancing<TLane>.HasNegative(plan.Flows, matrix, areas.Stride), false);
    }

    // x_ij of the draw, and Σ_i x_ij.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawFlows(in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, double* matrix, int stride,
        double* inputs, double* common)
    {
        var n = plan.Flows.Count;
        var inCommon = plan.Flows.Common.IsAny != 0 && plan.AtPoint == 0;
        double* shared = null, own = null;
        if (inCommon) CommonErrors<TLane>.Draw(plan, draw, common);
        new Span<double>(inputs, stride).Clear();
        ref readonly var keys = ref Unsafe.As<int, ulong>(ref plan.Flows.ColumnKeys.At(0));
        for (var i = 0; i < n; i++)
        {
            var bits = new FlowBits(plan.Seed, plan.Sequence.DrawOf(draw), (uint)plan.Flows.RowKeys[i]);
            var row = matrix + (long)i * stride;
            if (inCommon) CommonErrors<TLane>.OfRow(plan, i, common, out shared, out own);
            for (var j = 0; j < stride; j += TLane.Count)
            {
                var at = i * plan.Flows.Stride + j;
                var flow = LaneRow.Load<TLane>(plan.Flows.Flows, at);
                if (plan.AtPoint == 0)
                {
                    var u = TLane.UniformOfKeys(bits, in Unsafe.Add(ref Unsafe.AsRef(in keys), j));
                    flow *= inCommon ? CommonErrors<TLane>.Factor(u, LaneRow.Load<TLane>(plan.Flows.Spreads, at), shared + j, own + j)
                        : FlowFactor.Of(u, LaneRow.Load<TLane>(plan.Flows.Spreads, at));
                }

                LaneRow.Store(row + j, flow, stride - j);
                LaneRow.Store(inputs + j, *(TLane*)(inputs + j) + flow, stride - j);
            }
        }
    }

    // X_j and V_j of the draw, and whether the inputs of a sector exceed its output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Accounts(
        in PlanView<HostArray<double>, HostArray<int>> plan, double* inputs, double* output, double* valueAdded)
    {
        var deficit = false;
        for (var j = 0; j < plan.Flows.Count; j++)
        {
            var other = plan.Flows.OtherInputs[j];
            if (plan.Flows.Fixed == FixedAccount.Output)
            {
                output[j] = plan.Flows.Output[j];
                valueAdded[j] = output[j] - inputs[j] - other;
                deficit |= plan.AtPoint == 0 && inputs[j] > plan.Flows.MostInputs[j];
            }
            else
            {
                valueAdded[j] = plan.Flows.ValueAdded[j];
                output[j] = valueAdded[j] + inputs[j] + other;
            }
        }

        return deficit;
    }

    // (2) a_ij = x_ij / X_j, of which I − A is left in the place of the flows; rows behind the last are 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToSystem(double* matrix, int n, int stride, double* output, double* scales)
    {
        for (var j = 0; j < stride; j++) scales[j] = j < n ? -1 / output[j] : 0;
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            for (var j = 0; j < stride; j += TLane.Count)
                LaneRow.Store(row + j, *(TLane*)(row + j) * *(TLane*)(scales + j), stride - j);
            row[i] += 1;
        }

        new Span<double>(matrix + (long)n * stride, (Elimination.RowsOf(n) - n) * stride).Clear();
    }
}
