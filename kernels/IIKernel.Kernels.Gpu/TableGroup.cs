using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A group of threads that draws, factorises and solves one table, formulas (2)–(6): what <see cref="DoubleSolver{TLane}"/> does on a
/// processor, operation by operation in the same order.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="tables">The tables' memory.</param>
/// <param name="elimination">What factorises.</param>
/// <param name="marks">Shared: one whole number for each of <see cref="TableMark"/>.</param>
internal readonly struct TableGroup(
    PlanView<DeviceArray<double>, DeviceArray<int>> plan, TableView tables, GroupElimination<double, DoubleArithmetic> elimination,
    ArrayView<int> marks)
{
    // Of a dot product, running sums that are halved in the end, and what is left over.
    private const int Running = 8;

    private readonly GroupTable _table = new(plan, tables, marks);
    private readonly PlanView<DeviceArray<double>, DeviceArray<int>> _plan = plan;
    private readonly TableView _tables = tables;
    private readonly GroupElimination<double, DoubleArithmetic> _elimination = elimination;
    private readonly ArrayView<int> _marks = marks;
    private readonly ArrayView<double> _memory = tables.Memory;
    private readonly long _start = Grid.IdxX * tables.Length;

    /// <summary>Solves the system of one draw.</summary>
    /// <param name="draw">Its index.</param>
    /// <param name="work">Its scratch memory: S_k; takes what <see cref="TableResult"/> says, and Zi_c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Solve(ulong draw, Workspace<ScalarLane, DeviceStore> work)
    {
        _table.Draw(draw);
        _elimination.Factorise(_memory, _start, _plan.Flows.Count, _start + _tables.Reciprocals);
        Guard();
        InvertTrailing();
        GroupElimination.Wait();
        Induce(work);
        _table.Indirect(work);

        // The memory of the table is the next draw's.
        GroupElimination.Wait();
    }

    // What is said against the factor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Guard()
    {
        var n = _plan.Flows.Count;
        for (var k = Group.IdxX; k < n; k += Group.DimX)
        {
            var reciprocal = _table.Get(_tables.Reciprocals + k).Value;
            if (!(reciprocal > 0 && reciprocal < double.PositiveInfinity)) _marks[TableMark.NoSolution] = 1;
        }

        GroupElimination.Wait();
        if (_marks[TableMark.NoSolution] == 0)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = Group.IdxX; j < n; j += Group.DimX)
                {
                    var element = _table.Get(_table.Element(i, j)).Value;
                    if (element > TableMark.MostGrowth || element < -TableMark.MostGrowth) _marks[TableMark.Growth] = 1;
                }
            }
        }

        GroupElimination.Wait();
        _table.Undo();
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
                for (var k = 0; k < i; k++)
                    x = ScalarLane.MultiplyAdd(_table.Get(_table.Element(first + i, first + k)), _table.Get(column + k), x);
                _table.Set(column + i, x);
            }

            for (var i = m - 1; i >= 0; i--)
            {
                var x = _table.Get(column + i);
                for (var k = i + 1; k < m; k++)
                {
                    x = ScalarLane.MultiplyAdd(
                        Negative(_table.Get(_table.Element(first + i, first + k))), _table.Get(column + k), x);
                }

                _table.Set(column + i, x * _table.Get(_tables.Reciprocals + first + i));
            }
        }
    }

    // (4) and (5), whose denominators come out of the trailing block: C E_K u, and ΔY.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Induce(Workspace<ScalarLane, DeviceStore> work)
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        var first = n - m;
        for (var i = Group.IdxX; i < first; i += Group.DimX) _table.Set(_tables.Solution + i, new ScalarLane(0.0));
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            // u_j = X_kj S_kj / (1 + S_kj (C_kj,kj − 1)).
            var s = work.Coefficient(_plan.Flows.Related[j]);
            var own = _table.Get(_tables.Inverse + (long)j * m + j) - new ScalarLane(1.0);
            var u = _table.Get(_tables.Output + first + j) * s / ScalarLane.MultiplyAdd(s, own, new ScalarLane(1.0));
            _table.Set(_tables.Multipliers + j, u);
            _table.Set(_tables.Solution + first + j, u);
        }

        // L y = E_K u: y is 0 before the related sectors.
        for (var k = first; k < n; k++)
        {
            GroupElimination.Wait();
            for (var i = k + 1 + Group.IdxX; i < n; i += Group.DimX)
            {
                _table.Set(_tables.Solution + i,
                    ScalarLane.MultiplyAdd(
                        _table.Get(_table.Element(i, k)), _table.Get(_tables.Solution + k), _table.Get(_tables.Solution + i)));
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            GroupElimination.Wait();
            var product = new ScalarLane(_elimination.Dot(
                _memory, _start + _table.Element(i, i + 1), _start + _tables.Solution + i + 1, n - i - 1, Running));
            if (Group.IdxX == 0)
                _table.Set(_tables.Solution + i, (_table.Get(_tables.Solution + i) - product) * _table.Get(_tables.Reciprocals + i));
        }

        GroupElimination.Wait();

        // ΔY_i = (1 − s_i)((C E_K u)_i − u_i): H E_K u of the related sectors.
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            var left = new ScalarLane(1.0) - work.Coefficient(_plan.Flows.Related[j]);
            var change = _table.Get(_tables.Solution + first + j) - _table.Get(_tables.Multipliers + j);
            _table.Set(_tables.Solution + first + j, left * change);
        }

        GroupElimination.Wait();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane Negative(ScalarLane x) => new ScalarLane(-1.0) * x;
}
