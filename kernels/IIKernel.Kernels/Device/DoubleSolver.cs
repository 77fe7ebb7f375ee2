using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Solves the system of a draw in double precision: of I − A = L U the trailing block gives C_KK = U_KK^−1 L_KK^−1, and one back
/// substitution C E_K u.
/// </summary>
internal readonly unsafe struct DoubleSolver<TLane> : ITableSolver<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    // Running sums of a dot product, halved in the end: the same whatever the registers.
    private const int Running = 8;

    /// <inheritdoc/>
    public static int Memory(int n, int m) => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TableOutcome Solve(in PlanView<HostArray<double>, HostArray<int>> plan, int d, Workspace<TLane, HostStore<TLane>> work,
        TableAreas<TLane> areas, double* shared)
    {
        var n = plan.Flows.Count;
        double* matrix = shared + areas.Matrix, reciprocals = shared + areas.Reciprocals;
        TLane.Factorise(matrix, n, reciprocals);
        var positive = true;
        for (var k = 0; k < n; k++) positive &= reciprocals[k] is > 0 and < double.PositiveInfinity;
        var grown = positive && !(Largest(matrix, n, areas.Stride) <= TableMark.MostGrowth);
        Induce(plan, d, work, areas, shared);
        return new(positive, grown, IsUnrefined: false);
    }

    // The largest magnitude of an element; those that are no numbers are found by their pivots.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Largest(double* matrix, int n, int stride)
    {
        var zero = TLane.Broadcast(0.0);
        var most = zero;
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            for (var j = 0; j + TLane.Count <= stride; j += TLane.Count)
            {
                var element = *(TLane*)(row + j);
                most = LaneMath.Max(LaneMath.Max(element, zero - element), most);
            }

            for (var j = stride / TLane.Count * TLane.Count; j < stride; j++)
            {
                var element = TLane.Broadcast(row[j]);
                most = LaneMath.Max(LaneMath.Max(element, zero - element), most);
            }
        }

        var largest = 0.0;
        for (var d = 0; d < TLane.Count; d++) largest = Math.Max(largest, ((double*)&most)[d]);
        return largest;
    }

    // (4) and (5), whose denominators come out of the trailing block: C E_K u, and ΔY.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Induce(in PlanView<HostArray<double>, HostArray<int>> plan, int d, Workspace<TLane, HostStore<TLane>> work,
        TableAreas<TLane> areas, double* shared)
    {
        var (n, m) = (plan.Flows.Count, plan.Flows.RelatedCount);
        double* matrix = shared + areas.Matrix, reciprocals = shared + areas.Reciprocals, output = shared + areas.Output;
        double* solution = shared + areas.Solution, u = shared + areas.Multipliers, inverse = shared + areas.Inverse;
        var (first, stride) = (n - m, areas.Stride);
        InvertTrailing(matrix + (long)first * stride + first, m, stride, reciprocals + first, inverse);
        new Span<double>(solution, n).Clear();
        for (var j = 0; j < m; j++)
        {
            // u_j = X_kj S_kj / (1 + S_kj (C_kj,kj − 1)).
            var s = work.Memory.Values(plan.Flows.Related[j])[d];
            u[j] = output[first + j] * s / Math.FusedMultiplyAdd(s, inverse[j * areas.Width + j] - 1, 1);
        }

        // L y = E_K u: y is 0 before the related sectors.
        for (var i = first; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            var y = u[i - first];
            for (var k = first; k < i; k++) y = Math.FusedMultiplyAdd(row[k], solution[k], y);
            solution[i] = y;
        }

        for (var i = n - 1; i >= 0; i--)
            solution[i] = (solution[i] - Dot(matrix + (long)i * stride + i + 1, solution + i + 1, n - i - 1)) * reciprocals[i];

        // ΔY_i = (1 − s_i)((C E_K u)_i − u_i): H E_K u of the related sectors.
        for (var j = 0; j < m; j++)
            solution[first + j] = (1 - work.Memory.Values(plan.Flows.Related[j])[d]) * (solution[first + j] - u[j]);
    }

    // U^−1 L^−1 of the trailing block, m × m.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InvertTrailing(double* block, int m, int stride, double* reciprocals, double* inverse)
    {
        var width = TableAreas<TLane>.WidthOf(m);
        new Span<double>(inverse, m * width).Clear();
        for (var i = 0; i < m; i++)
        {
            var target = inverse + (long)i * width;
            target[i] = 1;
            for (var k = 0; k < i; k++) AddRow(target, block[(long)i * stride + k], inverse + (long)k * width, width);
        }

        for (var i = m - 1; i >= 0; i--)
        {
            var target = inverse + (long)i * width;
            for (var k = i + 1; k < m; k++) AddRow(target, -block[(long)i * stride + k], inverse + (long)k * width, width);
            var reciprocal = TLane.Broadcast(reciprocals[i]);
            for (var j = 0; j < width; j += TLane.Count) *(TLane*)(target + j) = *(TLane*)(target + j) * reciprocal;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(double* target, double factor, double* row, int width)
    {
        var all = TLane.Broadcast(factor);
        for (var j = 0; j < width; j += TLane.Count)
            *(TLane*)(target + j) = TLane.MultiplyAdd(all, *(TLane*)(row + j), *(TLane*)(target + j));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double* a, double* b, int count)
    {
        var (s0, s1, s2, s3, s4, s5, s6, s7) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var k = 0;
        for (; k + Running <= count; k += Running)
        {
            s0 = Math.FusedMultiplyAdd(a[k], b[k], s0);
            s1 = Math.FusedMultiplyAdd(a[k + 1], b[k + 1], s1);
            s2 = Math.FusedMultiplyAdd(a[k + 2], b[k + 2], s2);
            s3 = Math.FusedMultiplyAdd(a[k + 3], b[k + 3], s3);
            s4 = Math.FusedMultiplyAdd(a[k + 4], b[k + 4], s4);
            s5 = Math.FusedMultiplyAdd(a[k + 5], b[k + 5], s5);
            s6 = Math.FusedMultiplyAdd(a[k + 6], b[k + 6], s6);
            s7 = Math.FusedMultiplyAdd(a[k + 7], b[k + 7], s7);
        }

        var rest = 0.0;
        for (; k < count; k++) rest = Math.FusedMultiplyAdd(a[k], b[k], rest);
        return (s0 + s4 + (s2 + s6)) + (s1 + s5 + (s3 + s7)) + rest;
    }
}
