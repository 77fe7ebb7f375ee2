using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>
/// What the errors of the flows of one draw have in common, in memory of its own: √ρ_r z_i of every row, √ρ_c z_j of every column and
/// √ρ_s z_g of every source; and of one row at a time what each of its flows has of these together and for itself.
/// </summary>
internal static unsafe class CommonErrors<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    // Areas of one row of flows: rows, columns, what is in common, what is not.
    private const int Rows = 4;

    /// <summary>The doubles that they take.</summary>
    public static int Memory(FlowPlan plan) =>
        plan.Common.IsAny ? checked(Rows * plan.Stride + FlowPlan.StrideOf(plan.Common.SourceKeys.Length)) : 0;

    /// <summary>Draws them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, double* memory)
    {
        ref readonly var common = ref plan.Flows.Common;
        var (stride, at) = (plan.Flows.Stride, plan.Sequence.DrawOf(draw));
        Draw(plan.Seed, at, CounterLayout.CommonWord(CommonErrorKind.Row, common.Side), common.Row, common.Keys, stride, memory);
        Draw(plan.Seed, at, CounterLayout.CommonWord(CommonErrorKind.Column, common.Side), common.Column, common.Keys, stride,
            memory + stride);
        Draw(plan.Seed, at, CounterLayout.CommonWord(CommonErrorKind.Source, common.Side), common.Source, common.SourceKeys,
            FlowPlan.StrideOf(common.SourceCount), memory + Rows * stride);
    }

    /// <summary>What the flows of a row have in common with others, and √ of the share that is their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRow(in PlanView<HostArray<double>, HostArray<int>> plan, int row, double* memory, out double* shared,
        out double* own)
    {
        ref readonly var common = ref plan.Flows.Common;
        var stride = plan.Flows.Stride;
        double* columns = memory + stride, sources = memory + Rows * stride;
        shared = memory + 2 * stride;
        own = memory + 3 * stride;
        for (var j = 0; j < stride; j++)
        {
            var source = common.Sources[row * stride + j];
            shared[j] = memory[row] + columns[j] + (source == 0 ? 0 : sources[source - 1]);
            own[j] = source == 0 ? common.OwnWithout : common.Own;
        }
    }

    /// <summary>The factors of neighbouring flows of the row.</summary>
    /// <param name="u">The uniform variates of what is their own.</param>
    /// <param name="spread">σ.</param>
    /// <param name="shared">What they have in common with others.</param>
    /// <param name="own">√ of the share that is their own.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TLane Factor(TLane u, TLane spread, double* shared, double* own) =>
        FlowFactor.OfNormal(TLane.MultiplyAdd(*(TLane*)own, LaneMath.NormalQuantile(u), *(TLane*)shared), spread);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(ulong seed, ulong draw, uint word, double weight, HostArray<int> keys, int count, double* target)
    {
        var bits = new CommonErrorBits(seed, draw, word);
        for (var k = 0; k < count; k += TLane.Count)
        {
            var u = TLane.UniformOfKeys(bits, in Unsafe.As<int, ulong>(ref keys.At(2 * k)));
            *(TLane*)(target + k) = TLane.Broadcast(weight) * LaneMath.NormalQuantile(u);
        }
    }
}
