using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Solves the system of a draw by a factor in single precision: the columns of C E_K, whose residuals e_k − (I − A) x are computed in
/// double precision and corrected by the factor until the bound of <see cref="FlowPrecision"/> holds in each. A draw that does not reach it
/// is solved by <see cref="DoubleSolver{TLane}"/>.
/// </summary>
/// <remarks>
/// It is the text that devices are held against, and on a processor no faster than double precision.
/// </remarks>
internal readonly unsafe struct MixedSolver<TLane> : ITableSolver<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    /// <inheritdoc/>
    public static int Memory(int n, int m) => new Own(n, m).Length;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TableOutcome Solve(in PlanView<HostArray<double>, HostArray<int>> plan, int d, Workspace<TLane, HostStore<TLane>> work,
        TableAreas<TLane> areas, double* shared)
    {
        var (n, m) = (plan.Flows.Count, plan.Flows.RelatedCount);
        if (Refine(shared + areas.Matrix, areas.Stride, n, m, plan.Flows.MostResidual, shared + areas.Own) == 0)
            return DoubleSolver<TLane>.Solve(plan, d, work, areas, shared) with { IsUnrefined = true };
        Induce(plan, d, work, areas, shared);
        return new(HasPositivePivots: true, HasGrown: false, IsUnrefined: false);
    }

    /// <summary>
    /// The columns of the inverse that belong to the last rows, see <see cref="Columns"/>, and after how many corrections the bound holds;
    /// 0 where it does not.
    /// </summary>
    /// <param name="matrix">n rows; stays as it is.</param>
    /// <param name="stride">Their distance.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="m">Number of wanted columns.</param>
    /// <param name="mostResidual">The bound: see <see cref="FlowPrecision.MostResidual"/>.</param>
    /// <param name="memory">Of <see cref="Memory"/> doubles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Refine(double* matrix, int stride, int n, int m, double mostResidual, double* memory)
    {
        var (own, width, sides) = (new Own(n, m), TableAreas<TLane>.WidthOf(m), SingleElimination.Stride(m));
        double* columns = memory + own.Columns, bounds = memory + own.Bounds, start = memory + own.Start;
        float* factor = (float*)memory, reciprocals = factor + own.Reciprocals, corrections = factor + own.Corrections;
        var norm = Narrow(matrix, n, stride, factor);
        SingleElimination.Factorise(factor, n, reciprocals);
        if (!SingleElimination.IsSound(factor, n, reciprocals, (float)TableMark.MostGrowth)) return 0;
        new Span<double>(columns, n * width).Clear();
        new Span<double>(start, width).Clear();
        new Span<float>(corrections, n * sides).Clear();
        for (var j = 0; j < m; j++) corrections[(n - m + j) * sides + j] = 1;
        for (var step = 1; step <= FlowPrecision.MostCorrections; step++)
        {
            SingleElimination.Solve(factor, n, reciprocals, corrections, sides);
            for (var i = 0; i < n; i++)
                for (var j = 0; j < m; j++) columns[i * width + j] += corrections[i * sides + j];
            for (var j = 0; j < m; j++) bounds[j] = mostResidual * norm * Largest(columns + j, n, width);
            if (IsWithin(matrix, stride, n, m, columns, width, start, bounds, corrections)) return step;
        }

        return 0;
    }

    /// <summary>Where in its memory the columns lie: n rows, <see cref="TableAreas{TLane}.WidthOf"/> apart.</summary>
    public static int Columns(int n, int m) => new Own(n, m).Columns;

    // I − A in single precision; ‖I − A‖ as the largest sum of a row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Narrow(double* matrix, int n, int stride, float* factor)
    {
        var norm = 0.0;
        for (var i = 0; i < n; i++)
        {
            double* row = matrix + (long)i * stride;
            var target = factor + (long)i * SingleElimination.Stride(n);
            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                target[j] = (float)row[j];
                sum += Math.Abs(row[j]);
            }

            norm = sum > norm ? sum : norm;
        }

        return norm;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Largest(double* column, int n, int width)
    {
        var most = 0.0;
        for (var i = 0; i < n; i++) most = Math.Abs(column[i * width]) is var x && x > most ? x : most;
        return most;
    }

    // e_k − (I − A) x of every column, in ascending order of the elements of x, and rounded: the right sides of the next corrections.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsWithin(
        double* matrix, int stride, int n, int m, double* columns, int width, double* start, double* bounds, float* residuals)
    {
        var within = true;
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            if (i >= n - m) start[i - (n - m)] = 1;
            for (var j = 0; j < m; j += TLane.Count)
            {
                var residual = *(TLane*)(start + j);
                for (var k = 0; k < n; k++)
                    residual = TLane.MultiplyAdd(TLane.Broadcast(-row[k]), *(TLane*)(columns + (long)k * width + j), residual);
                for (var l = 0; l < TLane.Count && j + l < m; l++)
                {
                    var value = ((double*)&residual)[l];
                    within &= value <= bounds[j + l] && value >= -bounds[j + l];
                    residuals[i * SingleElimination.Stride(m) + j + l] = (float)value;
                }
            }

            if (i >= n - m) start[i - (n - m)] = 0;
        }

        return within;
    }

    // (4) and (5), whose denominators are elements of the columns: C E_K u as their sum in ascending order, and ΔY.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Induce(in PlanView<HostArray<double>, HostArray<int>> plan, int d, Workspace<TLane, HostStore<TLane>> work,
        TableAreas<TLane> areas, double* shared)
    {
        var (n, m, width) = (plan.Flows.Count, plan.Flows.RelatedCount, areas.Width);
        double* columns = shared + areas.Own + Columns(n, m), output = shared + areas.Output;
        double* solution = shared + areas.Solution, u = shared + areas.Multipliers;
        for (var j = 0; j < m; j++)
        {
            // u_j = X_kj S_kj / (1 + S_kj (C_kj,kj − 1)).
            var s = work.Memory.Values(plan.Flows.Related[j])[d];
            u[j] = output[n - m + j] * s / Math.FusedMultiplyAdd(s, columns[(n - m + j) * width + j] - 1, 1);
        }

        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < m; j++) sum = Math.FusedMultiplyAdd(columns[i * width + j], u[j], sum);
            solution[i] = sum;
        }

        // ΔY_i = (1 − s_i)((C E_K u)_i − u_i): H E_K u of the related sectors.
        for (var j = 0; j < m; j++)
            solution[n - m + j] = (1 - work.Memory.Values(plan.Flows.Related[j])[d]) * (solution[n - m + j] - u[j]);
    }

    // Where its own memory lies: first what is in single precision, counted so, then what is in double.
    private readonly struct Own
    {
        public Own(int n, int m)
        {
            var width = TableAreas<TLane>.WidthOf(m);
            Reciprocals = checked(n * SingleElimination.Stride(n));
            Corrections = Reciprocals + SingleElimination.Stride(n);
            Columns = checked(Corrections + n * SingleElimination.Stride(m)) / 2;
            Bounds = checked(Columns + n * width);
            Start = Bounds + width;
            Length = checked(Start + width);
        }

        public int Reciprocals { get; }

        public int Corrections { get; }

        public int Columns { get; }

        public int Bounds { get; }

        public int Start { get; }

        public int Length { get; }
    }
}
