using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A group of threads that draws, factorises and solves one table, formulas (2)–(6): what <see cref="FactorisedInduction{TLane}"/> does on
/// a processor, operation by operation in the same order, so that the bits are the same whatever the size of the group.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="tables">The tables' memory.</param>
/// <param name="elimination">What factorises.</param>
/// <param name="marks">Shared: one whole number for each of <see cref="TableMark"/>.</param>
internal readonly struct TableGroup(
    PlanView<DeviceArray<double>, DeviceArray<int>> plan, TableView tables, GroupElimination elimination, ArrayView<int> marks)
{
    // Of a dot product, running sums that are halved in the end, and what is left over.
    private const int Running = 8;

    private readonly PlanView<DeviceArray<double>, DeviceArray<int>> _plan = plan;
    private readonly TableView _tables = tables;
    private readonly GroupElimination _elimination = elimination;
    private readonly ArrayView<int> _marks = marks;
    private readonly ArrayView<double> _memory = tables.Memory;
    private readonly long _start = Grid.IdxX * tables.Length;

    /// <summary>Solves the system of one draw.</summary>
    /// <param name="draw">Its index.</param>
    /// <param name="work">Its scratch memory: S_k; takes what <see cref="TableResult"/> says, and Zi_c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Solve(ulong draw, Workspace<ScalarLane, DeviceStore> work)
    {
        for (var mark = Group.IdxX; mark < TableMark.Count; mark += Group.DimX) _marks[mark] = 0;
        if (_plan.Flows.Common.IsAny != 0) DrawCommonErrors(draw);
        GroupElimination.Wait();
        DrawFlows(draw);
        ToSystem();
        GroupElimination.Wait();
        _elimination.Factorise(_memory, _start, _plan.Flows.Count, _start + _tables.Reciprocals);
        Guard();
        InvertTrailing();
        GroupElimination.Wait();
        Induce(work);
        Indirect(work);

        // The memory of the table is the next draw's.
        GroupElimination.Wait();
    }

    // What the flows of rows, columns and sources have in common.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrawCommonErrors(ulong draw)
    {
        var n = _plan.Flows.Count;
        for (var e = Group.IdxX; e < _tables.Common; e += Group.DimX)
        {
            var kind = e < n ? CommonErrorKind.Row : e < 2 * n ? CommonErrorKind.Column : CommonErrorKind.Source;
            var weight = e < n ? _plan.Flows.Common.Row : e < 2 * n ? _plan.Flows.Common.Column : _plan.Flows.Common.Source;
            var key = e < 2 * n ? _plan.Flows.Common.Keys[2 * (e < n ? e : e - n)] : _plan.Flows.Common.SourceKeys[2 * (e - 2 * n)];
            var word = CounterLayout.CommonWord(kind, _plan.Flows.Common.Side);
            var bits = new CommonErrorBits(_plan.Seed, _plan.Sequence.DrawOf(draw), word);
            var z = LaneMath.NormalQuantile(ScalarLane.UniformOfKey(bits, (uint)key));
            Set(_tables.CommonErrors + e, new ScalarLane(weight) * z);
        }
    }

    // x_ij of the draw column by column, and what the sectors' accounts are with them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrawFlows(ulong draw)
    {
        var n = _plan.Flows.Count;
        for (var j = Group.IdxX; j < n; j += Group.DimX)
        {
            var key = (ulong)(uint)_plan.Flows.ColumnKeys[2 * j];
            var inputs = new ScalarLane(0.0);
            for (var i = 0; i < n; i++)
            {
                var at = i * _plan.Flows.Stride + j;
                var flow = new ScalarLane(_plan.Flows.Flows[at]);
                if (_plan.AtPoint == 0)
                {
                    var bits = new FlowBits(_plan.Seed, _plan.Sequence.DrawOf(draw), (uint)_plan.Flows.RowKeys[i]);
                    var z = LaneMath.NormalQuantile(ScalarLane.UniformOfKey(bits, key));
                    if (_plan.Flows.Common.IsAny != 0) z = InCommon(i, j, z);
                    flow *= FlowFactor.OfNormal(z, new ScalarLane(_plan.Flows.Spreads[at]));
                }

                Set(Element(i, j), flow);
                inputs += flow;
            }

            Account(j, inputs);
        }
    }

    // A standard normal variate of which a part is shared with others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane InCommon(int i, int j, ScalarLane z)
    {
        var n = _plan.Flows.Count;
        var source = _plan.Flows.Common.Sources[i * _plan.Flows.Stride + j];
        var shared = Get(_tables.CommonErrors + i) + Get(_tables.CommonErrors + n + j)
            + (source == 0 ? new ScalarLane(0.0) : Get(_tables.CommonErrors + 2 * n + source - 1));
        var own = source == 0 ? _plan.Flows.Common.OwnWithout : _plan.Flows.Common.Own;
        return ScalarLane.MultiplyAdd(new ScalarLane(own), z, shared);
    }

    // (2) a_ij = x_ij / X_j, of which I − A is left in the place of the flows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ToSystem()
    {
        var n = _plan.Flows.Count;
        for (var j = Group.IdxX; j < n; j += Group.DimX)
        {
            var scale = new ScalarLane(-1.0) / Get(_tables.Output + j);
            for (var i = 0; i < n; i++)
            {
                var element = Get(Element(i, j)) * scale;
                if (i == j) element += new ScalarLane(1.0);
                Set(Element(i, j), element);
            }
        }
    }

    // X_j and V_j of the draw, and whether the inputs of a sector exceed its output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Account(int j, ScalarLane inputs)
    {
        var other = new ScalarLane(_plan.Flows.OtherInputs[j]);
        if (_plan.Flows.Fixed == FixedAccount.Output)
        {
            var output = new ScalarLane(_plan.Flows.Output[j]);
            Set(_tables.Output + j, output);
            Set(_tables.ValueAdded + j, output - inputs - other);
            if (_plan.AtPoint == 0 && inputs.Value > _plan.Flows.MostInputs[j]) _marks[TableMark.Deficit] = 1;
        }
        else
        {
            var valueAdded = new ScalarLane(_plan.Flows.ValueAdded[j]);
            Set(_tables.ValueAdded + j, valueAdded);
            var output = valueAdded + inputs + other;
            Set(_tables.Output + j, output);
            if (_plan.AtPoint == 0 && !(output.Value > 0)) _marks[TableMark.NoSolution] = 1;
        }
    }

    // Whatever is made of V and ΔY of a table that cannot be solved is no number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Guard()
    {
        var n = _plan.Flows.Count;
        for (var k = Group.IdxX; k < n; k += Group.DimX)
        {
            var reciprocal = Get(_tables.Reciprocals + k).Value;
            if (!(reciprocal > 0 && reciprocal < double.PositiveInfinity)) _marks[TableMark.NoSolution] = 1;
        }

        GroupElimination.Wait();
        if (_marks[TableMark.NoSolution] == 0)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = Group.IdxX; j < n; j += Group.DimX)
                {
                    var element = Get(Element(i, j)).Value;
                    if (element > TableMark.MostGrowth || element < -TableMark.MostGrowth) _marks[TableMark.Growth] = 1;
                }
            }
        }

        GroupElimination.Wait();
        if (_marks[TableMark.NoSolution] + _marks[TableMark.Growth] > 0)
            for (var j = Group.IdxX; j < n; j += Group.DimX) Set(_tables.ValueAdded + j, new ScalarLane(double.NaN));
    }

    // U^−1 L^−1 of the trailing block, a column a thread.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void InvertTrailing()
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        var first = n - m;
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            var column = _tables.Inverse + (long)j * m;
            for (var i = 0; i < m; i++)
            {
                var x = new ScalarLane(i == j ? 1.0 : 0.0);
                for (var k = 0; k < i; k++) x = ScalarLane.MultiplyAdd(Get(Element(first + i, first + k)), Get(column + k), x);
                Set(column + i, x);
            }

            for (var i = m - 1; i >= 0; i--)
            {
                var x = Get(column + i);
                for (var k = i + 1; k < m; k++)
                {
                    x = ScalarLane.MultiplyAdd(
                        GroupElimination.Negative(Get(Element(first + i, first + k))), Get(column + k), x);
                }

                Set(column + i, x * Get(_tables.Reciprocals + first + i));
            }
        }
    }

    // (4) and (5), whose denominators come out of the trailing block: C E_K u, and ΔY.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Induce(Workspace<ScalarLane, DeviceStore> work)
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        var first = n - m;
        for (var i = Group.IdxX; i < first; i += Group.DimX) Set(_tables.Solution + i, new ScalarLane(0.0));
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            // u_j = X_kj S_kj / (1 + S_kj (C_kj,kj − 1)).
            var s = work.Coefficient(_plan.Flows.Related[j]);
            var own = Get(_tables.Inverse + (long)j * m + j) - new ScalarLane(1.0);
            var u = Get(_tables.Output + first + j) * s / ScalarLane.MultiplyAdd(s, own, new ScalarLane(1.0));
            Set(_tables.Multipliers + j, u);
            Set(_tables.Solution + first + j, u);
        }

        // L y = E_K u: y is 0 before the related sectors.
        for (var k = first; k < n; k++)
        {
            GroupElimination.Wait();
            for (var i = k + 1 + Group.IdxX; i < n; i += Group.DimX)
            {
                Set(_tables.Solution + i,
                    ScalarLane.MultiplyAdd(Get(Element(i, k)), Get(_tables.Solution + k), Get(_tables.Solution + i)));
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            GroupElimination.Wait();
            var product = _elimination.Dot(_memory, _start + Element(i, i + 1), _start + _tables.Solution + i + 1, n - i - 1, Running);
            if (Group.IdxX == 0)
                Set(_tables.Solution + i, (Get(_tables.Solution + i) - product) * Get(_tables.Reciprocals + i));
        }

        GroupElimination.Wait();

        // ΔY_i = (1 − s_i)((C E_K u)_i − u_i): H E_K u of the related sectors.
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            var left = new ScalarLane(1.0) - work.Coefficient(_plan.Flows.Related[j]);
            Set(_tables.Solution + first + j, left * (Get(_tables.Solution + first + j) - Get(_tables.Multipliers + j)));
        }

        GroupElimination.Wait();
    }

    // (5) and (6): Zi_i = V_i ΔY_i / X_i, and by category in the order of the sectors, with what the draw's V_c(t0) makes of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Indirect(Workspace<ScalarLane, DeviceStore> work)
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        for (var i = Group.IdxX; i < _plan.SectorCount; i += Group.DimX)
        {
            var place = _plan.Flows.Places[i];
            work.SetLeontief(i, place < 0 ? new ScalarLane(0.0)
                : Get(_tables.ValueAdded + place) / Get(_tables.Output + place) * Get(_tables.Solution + place));
        }

        for (var k = Group.IdxX; k < _plan.RelatedCount; k += Group.DimX)
        {
            // The place of a related sector without output is none.
            var value = new ScalarLane(0.0);
            for (var j = 0; j < m; j++)
                if (_plan.Flows.Related[j] == k) value = Get(_tables.ValueAdded + n - m + j);
            work.SetLeontief(TableResult.ValueAdded(_plan) + k, value);
        }

        GroupElimination.Wait();
        for (var c = Group.IdxX; c < _plan.CategoryCount; c += Group.DimX)
        {
            var (indirect, valueAdded) = (new ScalarLane(0.0), new ScalarLane(0.0));
            for (var i = 0; i < _plan.SectorCount; i++)
            {
                var place = _plan.Flows.Places[i];
                if (place >= 0 && _plan.Flows.SectorCategory[i] == c)
                {
                    indirect += work.Leontief(i);
                    valueAdded += Get(_tables.ValueAdded + place);
                }
            }

            // A category without value added at the point has none in the accounts either.
            var point = new ScalarLane(_plan.Flows.CategoryValueAdded[c]);
            var ratio = point.Value == 0 ? new ScalarLane(1.0) : point / valueAdded;
            work.SetLeontief(TableResult.Ratios(_plan) + c, ratio);
            work.SetIndirect(c, indirect * ratio);
            if (ratio.Value < 0 || ratio.Value == double.PositiveInfinity) _marks[TableMark.Turned] = 1;
        }

        GroupElimination.Wait();
        for (var mark = Group.IdxX; mark < TableMark.Count; mark += Group.DimX)
            work.SetLeontief(TableResult.Marks(_plan) + mark, new ScalarLane(_marks[mark] == 0 ? 0.0 : 1.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Element(int row, int column) => (long)row * _plan.Flows.Count + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane Get(long index) => new(_memory[_start + index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long index, ScalarLane value)
    {
        var memory = _memory;
        memory[_start + index] = value.Value;
    }
}
