using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (2)–(6) for a table that is drawn, on a processor. Each draw of a lane factorises its own I − A = L U, whose related sectors
/// come last: C_KK = U_KK^−1 L_KK^−1 comes out of the trailing block, and one back substitution gives C E_K u, from which
/// ΔY_i = (1 − s_i)((C E_K u)_i − u_i). No inverse is formed.
/// </summary>
/// <remarks>
/// Its own memory is that of <see cref="TableResult"/>. Draws of a thread share one matrix.
/// </remarks>
internal readonly unsafe struct FactorisedInduction<TLane> : ILeontiefStage<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>
    where TLane : unmanaged, IHostLane<TLane>
{
    // Running sums of a dot product, halved in the end: the same whatever the registers.
    private const int Running = 8;

    /// <inheritdoc/>
    public static bool IsApart => false;

    /// <inheritdoc/>
    public static int Memory(SamplePlan plan) => TableResult.Memory(plan);

    /// <inheritdoc/>
    public static int Shared(SamplePlan plan) =>
        checked(new Areas(plan.Flows.Count, plan.Flows.Related.Length).Length + CommonErrors<TLane>.Memory(plan.Flows));

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
        var areas = new Areas(n, plan.Flows.RelatedCount);
        var (balanced, _, _) = DrawTable(plan, draw, areas, shared.Start);
        for (var i = 0; i < n; i++) shared.Values.Slice(i * areas.Stride, n).CopyTo(flows[(i * n)..]);
        shared.Values.Slice(areas.Output, n).CopyTo(output);
        shared.Values.Slice(areas.ValueAdded, n).CopyTo(valueAdded);
        GC.KeepAlive(shared);
        return balanced;
    }

    // One draw, at its place in the lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveDraw(in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, int d,
        Workspace<TLane, HostStore<TLane>> work, double* shared)
    {
        var (n, m) = (plan.Flows.Count, plan.Flows.RelatedCount);
        var areas = new Areas(n, m);
        double* matrix = shared + areas.Matrix, reciprocals = shared + areas.Reciprocals, inputs = shared + areas.Inputs;
        double* output = shared + areas.Output, valueAdded = shared + areas.ValueAdded, solution = shared + areas.Solution;
        var (balanced, negative, deficit) = DrawTable(plan, draw, areas, shared);
        var positive = true;
        for (var j = 0; j < n; j++) positive &= plan.AtPoint != 0 || output[j] > 0;
        ToSystem(matrix, n, areas.Stride, output, inputs);
        TLane.Factorise(matrix, n, reciprocals);
        for (var k = 0; k < n; k++) positive &= reciprocals[k] is > 0 and < double.PositiveInfinity;
        var grown = positive && !(Largest(matrix, n, areas.Stride) <= TableMark.MostGrowth);
        var solved = balanced && positive && !grown;
        var marks = plan.Layout.Leontief + TableResult.Marks(plan);
        work.Memory.Values(marks + TableMark.Deficit)[d] = deficit ? 1 : 0;
        work.Memory.Values(marks + TableMark.NoSolution)[d] = balanced && !positive ? 1 : 0;
        work.Memory.Values(marks + TableMark.Growth)[d] = balanced && grown ? 1 : 0;
        work.Memory.Values(marks + TableMark.Unbalanced)[d] = balanced ? 0 : 1;
        work.Memory.Values(marks + TableMark.Negative)[d] = negative ? 1 : 0;
        if (!solved)
        {
            // Whatever is made of V and ΔY is no number.
            for (var p = 0; p < n; p++) valueAdded[p] = double.NaN;
        }

        Induce(plan, d, work, areas, shared);
        var memory = work.Memory;
        var related = plan.Layout.Leontief + TableResult.ValueAdded(plan);
        for (var k = 0; k < plan.RelatedCount; k++) memory.Values(related + k)[d] = 0;
        for (var j = 0; j < m; j++) memory.Values(related + plan.Flows.Related[j])[d] = valueAdded[n - m + j];
        Indirect(plan, d, work, output, valueAdded, solution);
    }

    // x_ij, X_j and V_j of the draw, balanced where the plan says so; whether its sums are met, whether a flow is negative that is not at
    // the point, and whether the inputs of a sector exceed its output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool Balanced, bool Negative, bool Deficit) DrawTable(
        in PlanView<HostArray<double>, HostArray<int>> plan, ulong draw, Areas areas, double* shared)
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
                var flow = Load(plan.Flows.Flows, at);
                if (plan.AtPoint == 0)
                {
                    var u = TLane.UniformOfKeys(bits, in Unsafe.Add(ref Unsafe.AsRef(in keys), j));
                    flow *= inCommon ? CommonErrors<TLane>.Factor(u, Load(plan.Flows.Spreads, at), shared + j, own + j)
                        : FlowFactor.Of(u, Load(plan.Flows.Spreads, at));
                }

                Store(row + j, flow, stride - j);
                Store(inputs + j, *(TLane*)(inputs + j) + flow, stride - j);
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
                Store(row + j, *(TLane*)(row + j) * *(TLane*)(scales + j), stride - j);
            row[i] += 1;
        }

        new Span<double>(matrix + (long)n * stride, (Elimination.RowsOf(n) - n) * stride).Clear();
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
        Areas areas, double* shared)
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
        var width = Areas.WidthOf(m);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Load(HostArray<double> values, int index) => Unsafe.As<double, TLane>(ref values.At(index));

    /// <summary>Stores what of a lane lies within a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(double* target, TLane value, int room)
    {
        if (room >= TLane.Count) *(TLane*)target = value;
        else new Span<double>(&value, room).CopyTo(new(target, room));
    }

    // Where what the draws of a thread share lies, in doubles.
    private readonly struct Areas
    {
        public Areas(int n, int m)
        {
            (Stride, Width) = (TLane.Stride(n), WidthOf(m));
            var row = FlowPlan.StrideOf(Stride);

            // A lane may be read behind the end of a row.
            Reciprocals = checked(Elimination.RowsOf(n) * Stride + FlowPlan.Alignment);
            Inputs = Reciprocals + row;
            Output = Inputs + row;
            ValueAdded = Output + row;
            Solution = ValueAdded + row;
            Multipliers = Solution + row;
            Inverse = Multipliers + row;
            Length = checked(Inverse + m * Width);
        }

        public int Matrix => 0;

        public int Stride { get; }

        public int Width { get; }

        public int Reciprocals { get; }

        public int Inputs { get; }

        public int Output { get; }

        public int ValueAdded { get; }

        public int Solution { get; }

        public int Multipliers { get; }

        public int Inverse { get; }

        public int Length { get; }

        public static int WidthOf(int m) => (m + TLane.Count - 1) / TLane.Count * TLane.Count;
    }
}
