using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A group of threads that draws a table, factorises it in single precision and corrects what is solved with the factor in double,
/// formulas (2)–(6): what <see cref="MixedSolver{TLane}"/> does on a processor, operation by operation in the same order. A draw that does
/// not reach the bound is marked, and left to <see cref="TableGroup"/>.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="tables">The tables' memory.</param>
/// <param name="mixed">What of it is this solver's own.</param>
/// <param name="elimination">What factorises.</param>
/// <param name="marks">Shared: one whole number for each of <see cref="TableMark"/>.</param>
internal readonly struct MixedGroup(
    PlanView<DeviceArray<double>, DeviceArray<int>> plan, TableView tables, MixedView mixed,
    GroupElimination<float, SingleArithmetic> elimination, ArrayView<int> marks)
{
    private readonly GroupTable _table = new(plan, tables, marks);
    private readonly PlanView<DeviceArray<double>, DeviceArray<int>> _plan = plan;
    private readonly TableView _tables = tables;
    private readonly MixedView _mixed = mixed;
    private readonly GroupElimination<float, SingleArithmetic> _elimination = elimination;
    private readonly ArrayView<int> _marks = marks;
    private readonly ArrayView<float> _singles = mixed.Singles;
    private readonly ArrayView<double> _doubles = mixed.Doubles;
    private readonly long _single = Grid.IdxX * mixed.SinglesLength;
    private readonly long _double = Grid.IdxX * mixed.DoublesLength;

    /// <summary>Solves the system of one draw.</summary>
    /// <param name="draw">Its index.</param>
    /// <param name="work">Its scratch memory: S_k; takes what <see cref="TableResult"/> says, and Zi_c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Solve(ulong draw, Workspace<ScalarLane, DeviceStore> work)
    {
        _table.Draw(draw);
        Narrow();
        GroupElimination.Wait();
        _elimination.Factorise(_singles, _single, _plan.Flows.Count, _single + _mixed.Reciprocals);
        GroupElimination.Wait();
        Guard();
        GroupElimination.Wait();

        // The mark says before the first correction that the factor is of no use, then that the bound is not reached.
        var open = _marks[TableMark.Unrefined] == 0;
        for (var step = 0; open && step < FlowPrecision.MostCorrections; step++)
        {
            Correct();
            Bound();
            GroupElimination.Wait();
            Residuals();
            GroupElimination.Wait();
            open = _marks[TableMark.Unrefined] != 0;
        }

        _table.Undo();
        Induce(work);
        GroupElimination.Wait();
        _table.Indirect(work);

        // The memory of the table is the next draw's.
        GroupElimination.Wait();
    }

    // I − A in single precision, the sums of its rows, and the right sides E_K.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Narrow()
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        for (var i = 0; i < n; i++)
            for (var j = Group.IdxX; j < n; j += Group.DimX) SetSingle(_table.Element(i, j), (float)_table.Get(_table.Element(i, j)).Value);
        for (var i = Group.IdxX; i < n; i += Group.DimX)
        {
            var sum = new ScalarLane(0.0);
            for (var j = 0; j < n; j++) sum += Magnitude(_table.Get(_table.Element(i, j)));
            Set(_mixed.RowSums + i, sum);
        }

        for (var e = Group.IdxX; e < n * m; e += Group.DimX)
        {
            Set(e, new ScalarLane(0.0));
            SetSingle(_mixed.Corrections + e, e / m == n - m + e % m ? 1 : 0);
        }
    }

    // Whether the factor's pivots are above 0 and its elements have not grown; what is no number is found by what is solved with it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Guard()
    {
        var n = _plan.Flows.Count;
        for (var k = Group.IdxX; k < n; k += Group.DimX)
        {
            var reciprocal = Single(_mixed.Reciprocals + k);
            if (!(reciprocal > 0 && reciprocal < float.PositiveInfinity)) _marks[TableMark.Unrefined] = 1;
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = Group.IdxX; j < n; j += Group.DimX)
            {
                var element = Single(_table.Element(i, j));
                if (element > (float)TableMark.MostGrowth || element < (float)-TableMark.MostGrowth) _marks[TableMark.Unrefined] = 1;
            }
        }
    }

    // Solves for the residuals, an element of each right side a thread, and adds what that gives to the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Correct()
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        for (var k = 0; k < n; k++)
        {
            for (var e = (k + 1) * m + Group.IdxX; e < n * m; e += Group.DimX)
                SetSingle(_mixed.Corrections + e, Updated(e, Single(_table.Element(e / m, k)), k * m + e % m));
            GroupElimination.Wait();
        }

        for (var k = n - 1; k >= 0; k--)
        {
            for (var e = k * m + Group.IdxX; e < (k + 1) * m; e += Group.DimX)
            {
                var correction = SingleArithmetic.Product(Single(_mixed.Corrections + e), Single(_mixed.Reciprocals + k));
                SetSingle(_mixed.Corrections + e, correction);
                Set(e, Get(e) + new ScalarLane(correction));
            }

            GroupElimination.Wait();
            for (var e = Group.IdxX; e < k * m; e += Group.DimX)
            {
                var factor = SingleArithmetic.Negative(Single(_table.Element(e / m, k)));
                SetSingle(_mixed.Corrections + e, Updated(e, factor, k * m + e % m));
            }

            GroupElimination.Wait();
        }
    }

    // What element e of the right sides is after the one at the other place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Updated(int e, float factor, int other) =>
        SingleArithmetic.MultiplyAdd(factor, Single(_mixed.Corrections + other), Single(_mixed.Corrections + e));

    // What the residuals of a column may be, a column a thread; no residual is found above it yet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Bound()
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            var (norm, largest) = (new ScalarLane(0.0), new ScalarLane(0.0));
            for (var i = 0; i < n; i++)
            {
                norm = ScalarLane.SelectLess(norm, Get(_mixed.RowSums + i), Get(_mixed.RowSums + i), norm);
                var x = Magnitude(Get((long)i * m + j));
                largest = ScalarLane.SelectLess(largest, x, x, largest);
            }

            Set(_mixed.Bounds + j, new ScalarLane(_plan.Flows.MostResidual) * norm * largest);
        }

        if (Group.IdxX == 0) _marks[TableMark.Unrefined] = 0;
    }

    // e_k − (I − A) x, an element a thread, and rounded: the right sides of the next corrections.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Residuals()
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        for (var e = Group.IdxX; e < n * m; e += Group.DimX)
        {
            var (i, j) = (e / m, e % m);
            var residual = new ScalarLane(i == n - m + j ? 1.0 : 0.0);
            for (var k = 0; k < n; k++)
                residual = ScalarLane.MultiplyAdd(Negative(_table.Get(_table.Element(i, k))), Get((long)k * m + j), residual);
            var bound = Get(_mixed.Bounds + j).Value;
            if (!(residual.Value <= bound && residual.Value >= -bound)) _marks[TableMark.Unrefined] = 1;
            SetSingle(_mixed.Corrections + e, (float)residual.Value);
        }
    }

    // (4) and (5), whose denominators are elements of the columns: C E_K u as their sum in ascending order, and ΔY.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Induce(Workspace<ScalarLane, DeviceStore> work)
    {
        var (n, m) = (_plan.Flows.Count, _plan.Flows.RelatedCount);
        var first = n - m;
        for (var j = Group.IdxX; j < m; j += Group.DimX)
        {
            // u_j = X_kj S_kj / (1 + S_kj (C_kj,kj − 1)).
            var s = work.Coefficient(_plan.Flows.Related[j]);
            var own = Get((long)(first + j) * m + j) - new ScalarLane(1.0);
            _table.Set(_tables.Multipliers + j,
                _table.Get(_tables.Output + first + j) * s / ScalarLane.MultiplyAdd(s, own, new ScalarLane(1.0)));
        }

        GroupElimination.Wait();
        for (var i = Group.IdxX; i < n; i += Group.DimX)
        {
            var sum = new ScalarLane(0.0);
            for (var j = 0; j < m; j++) sum = ScalarLane.MultiplyAdd(Get((long)i * m + j), _table.Get(_tables.Multipliers + j), sum);
            if (i >= first)
            {
                // ΔY_i = (1 − s_i)((C E_K u)_i − u_i): H E_K u of the related sectors.
                var left = new ScalarLane(1.0) - work.Coefficient(_plan.Flows.Related[i - first]);
                sum = left * (sum - _table.Get(_tables.Multipliers + i - first));
            }

            _table.Set(_tables.Solution + i, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane Magnitude(ScalarLane x) => ScalarLane.SelectLess(x, new ScalarLane(0.0), Negative(x), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane Negative(ScalarLane x) => new ScalarLane(-1.0) * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane Get(long index) => new(_doubles[_double + index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long index, ScalarLane value)
    {
        var doubles = _doubles;
        doubles[_double + index] = value.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Single(long index) => _singles[_single + index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetSingle(long index, float value)
    {
        var singles = _singles;
        singles[_single + index] = value;
    }
}
