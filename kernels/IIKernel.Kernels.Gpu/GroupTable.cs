using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// The table of one draw in the memory of a group of threads: drawn, formula (2), and what follows from its ΔY, formulas (5) and (6). All
/// is done as on a processor, operation by operation in the same order, so that the bits are the same whatever the size of the group.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="tables">The tables' memory.</param>
/// <param name="marks">Shared: one whole number for each of <see cref="TableMark"/>.</param>
internal readonly struct GroupTable(
    PlanView<DeviceArray<double>, DeviceArray<int>> plan, TableView tables, ArrayView<int> marks)
{
    private readonly PlanView<DeviceArray<double>, DeviceArray<int>> _plan = plan;
    private readonly TableView _tables = tables;
    private readonly ArrayView<int> _marks = marks;
    private readonly ArrayView<double> _memory = tables.Memory;
    private readonly long _start = Grid.IdxX * tables.Length;

    /// <summary>Draws the table of a draw and leaves I − A; no mark is set before.</summary>
    /// <param name="draw">Its index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Draw(ulong draw)
    {
        for (var mark = Group.IdxX; mark < TableMark.Count; mark += Group.DimX) _marks[mark] = 0;
        if (_plan.Flows.Common.IsAny != 0) DrawCommonErrors(draw);
        GroupElimination.Wait();
        DrawFlows(draw);
        ToSystem();
        GroupElimination.Wait();
    }

    /// <summary>Whatever is made of V of a table that cannot be solved is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Undo()
    {
        if (_marks[TableMark.NoSolution] + _marks[TableMark.Growth] > 0)
            for (var j = Group.IdxX; j < _plan.Flows.Count; j += Group.DimX) Set(_tables.ValueAdded + j, new ScalarLane(double.NaN));
    }

    /// <summary>
    /// (5) and (6): Zi_i = V_i ΔY_i / X_i, and by category in the order of the sectors, with what the draw's V_c(t0) makes of it.
    /// </summary>
    /// <param name="work">Takes what <see cref="TableResult"/> says, and Zi_c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Indirect(Workspace<ScalarLane, DeviceStore> work)
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

    /// <summary>Where in its memory an element of the matrix lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Element(int row, int column) => (long)row * _plan.Flows.Count + column;

    /// <summary>A number of its memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScalarLane Get(long index) => new(_memory[_start + index]);

    /// <summary>Sets a number of its memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long index, ScalarLane value)
    {
        var memory = _memory;
        memory[_start + index] = value.Value;
    }
}
