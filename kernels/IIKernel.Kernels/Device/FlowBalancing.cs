using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Balances one drawn table to the sums of its rows and columns at the point, in place. Sums along a row are <see cref="Running"/> sums
/// that are halved in the end, sums along a column are added up from the first row on: the same whatever the registers.
/// </summary>
internal static unsafe class FlowBalancing<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    // Sweeps over rows and columns: tables of 100 to 400 sectors take some sixty. Projections: what follows the first mends its rounding.
    private const int MostSweeps = 1000;
    private const int MostProjections = 20;

    // Room for every lane.
    private const int Running = FlowPlan.Alignment;

    /// <summary>Balances, and says whether the sums are met.</summary>
    /// <param name="flows">The plan.</param>
    /// <param name="matrix">x̃_ij; takes x_ij.</param>
    /// <param name="stride">The distance of its rows.</param>
    /// <param name="work">Four vectors of rows or columns, rounded up to <see cref="FlowPlan.Alignment"/>, one after the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Balance(in FlowView<HostArray<double>, HostArray<int>> flows, double* matrix, int stride, double* work)
    {
        var row = FlowPlan.StrideOf(stride);
        double* rows = work, columns = work + row, sums = work + 2 * row, running = work + 3 * row;
        return flows.Balance.Method == BalanceMethod.Scaling
            ? Scale(flows, matrix, stride, rows, columns, sums, running)
            : Project(flows, matrix, stride, rows, columns, sums, running);
    }

    /// <summary>Whether a flow is negative that is not at the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNegative(in FlowView<HostArray<double>, HostArray<int>> flows, double* matrix, int stride)
    {
        var zero = TLane.Broadcast(0.0);
        var most = zero;
        for (var i = 0; i < flows.Count; i++)
        {
            for (var j = 0; j < stride; j += TLane.Count)
            {
                var x = LaneRow.Load<TLane>(matrix + (long)i * stride + j, stride - j);
                most = LaneMath.Max(TLane.SelectLess(LaneRow.Load<TLane>(flows.Flows, i * flows.Stride + j), zero, zero, zero - x), most);
            }
        }

        var negative = false;
        for (var d = 0; d < TLane.Count; d++) negative |= ((double*)&most)[d] > 0;
        return negative;
    }

    // x_ij = r_i x̃_ij s_j: each sweep makes r_i those that meet the rows, and looks what they make of the columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Scale(in FlowView<HostArray<double>, HostArray<int>> flows, double* matrix, int stride, double* rows,
        double* columns, double* sums, double* running)
    {
        var (n, zero, met) = (flows.Count, TLane.Broadcast(0.0), false);
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            for (var j = 0; j < stride; j += TLane.Count)
            {
                var weight = LaneRow.Load<TLane>(flows.Balance.Weights, i * flows.Stride + j);
                var scaled = TLane.SelectLess(zero, weight, LaneRow.Load<TLane>(row + j, stride - j), zero);
                LaneRow.Store(row + j, scaled, stride - j);
            }
        }

        new Span<double>(columns, FlowPlan.StrideOf(stride)).Fill(1);
        for (var sweep = 0; sweep < MostSweeps && !met; sweep++)
        {
            if (sweep > 0)
            {
                for (var j = 0; j < n; j++)
                {
                    var total = flows.Balance.ColumnTotals[j];
                    columns[j] = total > 0 ? total / sums[j] : 1;
                }
            }

            new Span<double>(sums, FlowPlan.StrideOf(stride)).Clear();
            for (var i = 0; i < n; i++)
            {
                var row = matrix + (long)i * stride;
                var total = flows.Balance.RowTotals[i];
                rows[i] = total > 0 ? total / Dot(row, columns, stride, running) : 1;
                AddRow(sums, rows[i], row, stride);
            }

            met = true;
            for (var j = 0; j < n; j++)
                met &= Math.Abs(columns[j] * sums[j] - flows.Balance.ColumnTotals[j]) <= flows.Balance.ColumnTolerances[j];
        }

        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            var factor = TLane.Broadcast(rows[i]);
            for (var j = 0; j < stride; j += TLane.Count)
            {
                var at = i * flows.Stride + j;
                var scaled = factor * LaneRow.Load<TLane>(row + j, stride - j) * *(TLane*)(columns + j);
                var weight = LaneRow.Load<TLane>(flows.Balance.Weights, at);
                scaled = TLane.SelectLess(zero, weight, scaled, LaneRow.Load<TLane>(flows.Flows, at));
                LaneRow.Store(row + j, scaled, stride - j);
            }
        }

        return met;
    }

    // x = x̃ − w_ij (λ_i + μ_j), where with the gaps ρ_i of the rows and κ_j of the columns λ_i Σ_j w_ij + Σ_j w_ij μ_j = ρ_i and
    // Σ_i w_ij λ_i + μ_j Σ_i w_ij = κ_j: λ is eliminated, and μ = G (κ − Wᵀ (ρ_i / Σ_j w_ij)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Project(in FlowView<HostArray<double>, HostArray<int>> flows, double* matrix, int stride, double* gaps,
        double* columns, double* multipliers, double* running)
    {
        var (n, length) = (flows.Count, FlowPlan.StrideOf(stride));
        ref readonly var balance = ref flows.Balance;
        for (var projection = 0; projection <= MostProjections; projection++)
        {
            var met = true;
            new Span<double>(columns, length).Clear();
            new Span<double>(multipliers, length).Clear();
            for (var i = 0; i < n; i++)
            {
                var row = matrix + (long)i * stride;
                gaps[i] = Sum(row, stride, running) - balance.RowTotals[i];
                met &= Math.Abs(gaps[i]) <= balance.RowTolerances[i];
                AddRow(columns, 1, row, stride);
                AddRow(multipliers, -(gaps[i] * balance.RowReciprocals[i]), balance.Weights, i * flows.Stride, stride);
            }

            for (var j = 0; j < n; j++)
            {
                var gap = columns[j] - balance.ColumnTotals[j];
                met &= Math.Abs(gap) <= balance.ColumnTolerances[j];
                columns[j] = gap + multipliers[j];
            }

            if (met) return true;
            if (projection == MostProjections) break;
            new Span<double>(multipliers, length).Clear();
            for (var k = 0; k < n; k++) AddRow(multipliers, columns[k], balance.Inverse, k * flows.Stride, stride);
            for (var i = 0; i < n; i++)
            {
                var row = matrix + (long)i * stride;
                var along = Dot(balance.Weights, i * flows.Stride, multipliers, stride, running);
                var multiplier = TLane.Broadcast((gaps[i] - along) * balance.RowReciprocals[i]);
                for (var j = 0; j < stride; j += TLane.Count)
                {
                    var change = LaneRow.Load<TLane>(balance.Weights, i * flows.Stride + j) * (multiplier + *(TLane*)(multipliers + j));
                    LaneRow.Store(row + j, LaneRow.Load<TLane>(row + j, stride - j) - change, stride - j);
                }
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(double* target, double factor, double* row, int stride)
    {
        var all = TLane.Broadcast(factor);
        for (var j = 0; j < stride; j += TLane.Count)
            *(TLane*)(target + j) = TLane.MultiplyAdd(all, LaneRow.Load<TLane>(row + j, stride - j), *(TLane*)(target + j));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(double* target, double factor, HostArray<double> values, int row, int stride)
    {
        var all = TLane.Broadcast(factor);
        for (var j = 0; j < stride; j += TLane.Count)
            *(TLane*)(target + j) = TLane.MultiplyAdd(all, LaneRow.Load<TLane>(values, row + j), *(TLane*)(target + j));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(double* row, int stride, double* running)
    {
        new Span<double>(running, Running).Clear();
        for (var j = 0; j < stride; j += TLane.Count)
        {
            var sum = (TLane*)(running + j % Running);
            *sum += LaneRow.Load<TLane>(row + j, stride - j);
        }

        return Halved(running);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(double* row, double* vector, int stride, double* running)
    {
        new Span<double>(running, Running).Clear();
        for (var j = 0; j < stride; j += TLane.Count)
        {
            var sum = (TLane*)(running + j % Running);
            *sum = TLane.MultiplyAdd(LaneRow.Load<TLane>(row + j, stride - j), *(TLane*)(vector + j), *sum);
        }

        return Halved(running);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(HostArray<double> values, int row, double* vector, int stride, double* running)
    {
        new Span<double>(running, Running).Clear();
        for (var j = 0; j < stride; j += TLane.Count)
        {
            var sum = (TLane*)(running + j % Running);
            *sum = TLane.MultiplyAdd(LaneRow.Load<TLane>(values, row + j), *(TLane*)(vector + j), *sum);
        }

        return Halved(running);
    }

    private static double Halved(double* running)
    {
        for (var half = Running / 2; half > 0; half /= 2)
            for (var k = 0; k < half; k++) running[k] += running[k + half];
        return running[0];
    }
}
