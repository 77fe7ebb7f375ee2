using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (2)–(6) for a table that is drawn, on a processor. Each draw of a lane has its own I − A, whose related sectors come last;
/// how it is solved is another type parameter. No inverse is formed.
/// </summary>
/// <remarks>
/// Its own memory is that of <see cref="TableResult"/>. Draws of a thread share one matrix.
/// </remarks>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TSolver">What solves the system of a draw.</typeparam>
internal readonly unsafe partial struct FactorisedInduction<TLane, TSolver>
    : ILeontiefStage<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>
    where TLane : unmanaged, IHostLane<TLane>
    where TSolver : struct, ITableSolver<TLane>
{
    /// <inheritdoc/>
    public static bool IsApart => false;

    /// <inheritdoc/>
    public static int Memory(SamplePlan plan) => TableResult.Memory(plan);

    /// <inheritdoc/>
    public static int Shared(SamplePlan plan) =>
        checked(AreasOf(plan.Flows.Count, plan.Flows.Related.Length).Length + CommonErrors<TLane>.Memory(plan.Flows));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(
        in PlanView<HostArray<double>, HostArray<int>> plan, ulong firstDraw, Workspace<TLane, HostStore<TLane>> work)
    {
        var shared = work.Memory.Shared(plan.Layout.Length);
        if (plan.AtPoint == 0)
        {
            for (var d = 0; d < TLane.Count; d++) SolveDraw(plan, firstDraw + (ulong)d, d, work, shared);
            return;
        }

        // At the point all draws are the same.
        SolveDraw(plan, firstDraw, 0, work, shared);
        var memory = work.Memory;
        for (var i = 0; i < TableResult.Marks(plan) + TableMark.Count; i++)
            work.SetLeontief(i, TLane.Broadcast(*memory.Values(plan.Layout.Leontief + i)));
        for (var c = 0; c < plan.CategoryCount; c++) work.SetIndirect(c, TLane.Broadcast(*memory.Values(plan.Layout.Indirect + c)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfSectors(
        in PlanView<HostArray<double>, HostArray<int>> plan, int sector, int related, int other, int otherRelated,
        Workspace<TLane, HostStore<TLane>> work, out TLane first, out TLane second) =>
        SolvedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>.OfSectors(
            plan, sector, related, other, otherRelated, work, out first, out second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ValueAdded(
        in PlanView<HostArray<double>, HostArray<int>> plan, int related, Workspace<TLane, HostStore<TLane>> work) =>
        SolvedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>.ValueAdded(plan, related, work);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfAccounts(
        in PlanView<HostArray<double>, HostArray<int>> plan, int category, TLane value, Workspace<TLane, HostStore<TLane>> work) =>
        SolvedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>.OfAccounts(plan, category, value, work);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Mark(
        in PlanView<HostArray<double>, HostArray<int>> plan, int mark, Workspace<TLane, HostStore<TLane>> work) =>
        SolvedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>.Mark(plan, mark, work);

    // One draw, at its place in the lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveDraw(in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, int d,
        Workspace<TLane, HostStore<TLane>> work, double* shared)
    {
        var (n, m) = (plan.Flows.Count, plan.Flows.RelatedCount);
        var areas = AreasOf(n, m);
        double* matrix = shared + areas.Matrix, inputs = shared + areas.Inputs;
        double* output = shared + areas.Output, valueAdded = shared + areas.ValueAdded, solution = shared + areas.Solution;
        var (balanced, negative, deficit) = DrawTable(plan, draw, areas, shared);
        var positive = true;
        for (var j = 0; j < n; j++) positive &= plan.AtPoint != 0 || output[j] > 0;
        ToSystem(matrix, n, areas.Stride, output, inputs);
        var outcome = TSolver.Solve(plan, d, work, areas, shared);
        positive &= outcome.HasPositivePivots;
        var grown = positive && outcome.HasGrown;
        var solved = balanced && positive && !grown;
        var marks = plan.Layout.Leontief + TableResult.Marks(plan);
        work.Memory.Values(marks + TableMark.Deficit)[d] = deficit ? 1 : 0;
        work.Memory.Values(marks + TableMark.NoSolution)[d] = balanced && !positive ? 1 : 0;
        work.Memory.Values(marks + TableMark.Growth)[d] = balanced && grown ? 1 : 0;
        work.Memory.Values(marks + TableMark.Unbalanced)[d] = balanced ? 0 : 1;
        work.Memory.Values(marks + TableMark.Negative)[d] = negative ? 1 : 0;
        work.Memory.Values(marks + TableMark.Unrefined)[d] = balanced && outcome.IsUnrefined ? 1 : 0;
        if (!solved)
        {
            // Whatever is made of V and ΔY is no number.
            for (var p = 0; p < n; p++) valueAdded[p] = double.NaN;
        }

        var memory = work.Memory;
        var related = plan.Layout.Leontief + TableResult.ValueAdded(plan);
        for (var k = 0; k < plan.RelatedCount; k++) memory.Values(related + k)[d] = 0;
        for (var j = 0; j < m; j++) memory.Values(related + plan.Flows.Related[j])[d] = valueAdded[n - m + j];
        Indirect(plan, d, work, output, valueAdded, solution);
    }

    // (5) and (6): Zi_i = V_i ΔY_i / X_i, and by category in the order of the sectors, with what the draw's V_c(t0) makes of it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Indirect(in PlanView<HostArray<double>, HostArray<int>> plan, int d, Workspace<TLane, HostStore<TLane>> work,
        double* output, double* valueAdded, double* solution)
    {
        var memory = work.Memory;
        var ratios = plan.Layout.Leontief + TableResult.Ratios(plan);
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            memory.Values(plan.Layout.Indirect + c)[d] = 0;
            memory.Values(ratios + c)[d] = 0;
        }

        for (var i = 0; i < plan.SectorCount; i++)
        {
            var p = plan.Flows.Places[i];
            var indirect = p < 0 ? 0 : valueAdded[p] / output[p] * solution[p];
            memory.Values(plan.Layout.Leontief + i)[d] = indirect;
            if (p < 0) continue;
            var c = plan.Flows.SectorCategory[i];
            memory.Values(plan.Layout.Indirect + c)[d] += indirect;
            memory.Values(ratios + c)[d] += valueAdded[p];
        }

        var turned = false;
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            // A category without value added at the point has none in the accounts either.
            var point = plan.Flows.CategoryValueAdded[c];
            var ratio = point == 0 ? 1 : point / memory.Values(ratios + c)[d];
            memory.Values(ratios + c)[d] = ratio;
            memory.Values(plan.Layout.Indirect + c)[d] *= ratio;
            turned |= ratio < 0 || double.IsInfinity(ratio);
        }

        memory.Values(plan.Layout.Leontief + TableResult.Marks(plan) + TableMark.Turned)[d] = turned ? 1 : 0;
    }

    private static TableAreas<TLane> AreasOf(int n, int m) => new(n, m, TSolver.Memory(n, m));
}
