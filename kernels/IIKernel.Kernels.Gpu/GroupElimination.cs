using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>Sizes of the shared memory of a group that factorises a matrix, in elements of it, and its barrier.</summary>
internal static class GroupElimination
{
    /// <summary>Columns of a panel.</summary>
    public const int Panel = 16;

    /// <summary>Rows, and columns, of a tile of what is left.</summary>
    public const int Tile = 64;

    /// <summary>The distance of two rows: one more than a panel has, so that neighbouring threads meet different banks.</summary>
    public const int Padded = Panel + 1;

    /// <summary>The rows of a tile.</summary>
    public const int RowsLength = Tile * Padded;

    /// <summary>The columns of a tile.</summary>
    public const int ColumnsLength = Panel * Tile;

    /// <summary>A block on the diagonal.</summary>
    public const int DiagonalLength = Panel * Padded;

    /// <summary>Waits for all threads of the group, and for what they have written to shared and to device memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wait() => Group.Barrier();
}

/// <summary>
/// LU factorisation of one matrix without pivoting by a group of threads, in device memory. An element is updated by the rows above it in
/// ascending order, a fused multiply–add each: so the bits are those of
/// <see cref="Elimination.Reference(LaneMemory, int, int, LaneMemory)"/>, in single precision of <see cref="SingleElimination"/>.
/// </summary>
/// <remarks>
/// Panels of <see cref="GroupElimination.Panel"/> columns go from left to right. Of each the block on the diagonal is factorised in shared
/// memory, the rows right of it and the columns below it by a thread each; what is left takes all updates of the panel in registers, four
/// by four elements a thread, whose factors are read from shared memory. The memory is of constant size, allocated by the kernel itself.
/// No loop before a barrier has a <c>continue</c>: PoCL 6 then runs its body for none of the threads.
/// </remarks>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TArithmetic">Their arithmetic.</typeparam>
/// <param name="rows">Shared: <see cref="GroupElimination.RowsLength"/>.</param>
/// <param name="columns">Shared: <see cref="GroupElimination.ColumnsLength"/>.</param>
/// <param name="diagonal">Shared: <see cref="GroupElimination.DiagonalLength"/>.</param>
internal readonly struct GroupElimination<T, TArithmetic>(ArrayView<T> rows, ArrayView<T> columns, ArrayView<T> diagonal)
    where T : unmanaged
    where TArithmetic : struct, IDeviceArithmetic<T>
{
    private const int Panel = GroupElimination.Panel;
    private const int Tile = GroupElimination.Tile;
    private const int Padded = GroupElimination.Padded;
    private const int ColumnsLength = GroupElimination.ColumnsLength;

    // Threads that share a tile are 16 by 16.
    private const int Side = 16;

    private readonly ArrayView<T> _rows = rows;
    private readonly ArrayView<T> _columns = columns;
    private readonly ArrayView<T> _diagonal = diagonal;

    /// <summary>Factorises.</summary>
    /// <param name="memory">Device memory.</param>
    /// <param name="matrix">Where the matrix begins: n rows, n apart. Takes U on and above the diagonal, −L below it.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Where 1/U_kk go; n.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Factorise(ArrayView<T> memory, long matrix, int n, long reciprocals)
    {
        for (var first = 0; first < n; first += Panel)
        {
            var width = IntrinsicMath.Min(Panel, n - first);
            Diagonal(memory, matrix, n, first, width, reciprocals + first);
            for (var column = first + width; column < n; column += Tile) Right(memory, matrix, n, first, width, column);
            for (var row = first + width; row < n; row += Tile)
            {
                Below(memory, matrix, n, first, width, row, reciprocals + first);
                for (var column = first + width; column < n; column += Tile) Update(memory, matrix, n, first, width, row, column);
            }
        }
    }

    /// <summary>Σ a_k b_k of two stretches of device memory, in running sums that are halved in the end; for all threads.</summary>
    /// <param name="memory">Device memory.</param>
    /// <param name="a">Where the one begins.</param>
    /// <param name="b">Where the other begins.</param>
    /// <param name="count">Their length.</param>
    /// <param name="running">Number of running sums, 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Dot(ArrayView<T> memory, long a, long b, int count, int running)
    {
        var (left, right, sums) = (_columns, _rows, _diagonal);
        var whole = count / running * running;
        for (var r = Group.IdxX; r <= running; r += Group.DimX) sums[r] = TArithmetic.Zero;
        for (var start = 0; start < count; start += ColumnsLength)
        {
            var length = IntrinsicMath.Min(ColumnsLength, count - start);
            GroupElimination.Wait();
            for (var k = Group.IdxX; k < length; k += Group.DimX)
            {
                left[k] = memory[a + start + k];
                right[k] = memory[b + start + k];
            }

            // Behind the running sums what is left over, one after the other.
            GroupElimination.Wait();
            for (var r = Group.IdxX; r <= running; r += Group.DimX)
            {
                var (from, to, step) = (r, IntrinsicMath.Min(length, whole - start), running);
                if (r == running) (from, to, step) = (IntrinsicMath.Max(whole - start, 0), length, 1);
                var sum = sums[r];
                for (var k = from; k < to; k += step)
                    sum = TArithmetic.MultiplyAdd(left[k], right[k], sum);
                sums[r] = sum;
            }
        }

        GroupElimination.Wait();
        var even = TArithmetic.Sum(TArithmetic.Sum(sums[0], sums[4]), TArithmetic.Sum(sums[2], sums[6]));
        var odd = TArithmetic.Sum(TArithmetic.Sum(sums[1], sums[5]), TArithmetic.Sum(sums[3], sums[7]));
        return TArithmetic.Sum(TArithmetic.Sum(even, odd), sums[running]);
    }

    // The block on the diagonal, column by column, an element a thread.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Diagonal(ArrayView<T> memory, long matrix, int n, int first, int width, long reciprocals)
    {
        var block = _diagonal;
        GroupElimination.Wait();
        for (var e = Group.IdxX; e < Panel * Panel; e += Group.DimX)
        {
            var (i, j) = (e / Panel, e % Panel);
            if (i < width && j < width) block[i * Padded + j] = memory[matrix + (long)(first + i) * n + first + j];
        }

        for (var k = 0; k < width; k++)
        {
            GroupElimination.Wait();
            var reciprocal = TArithmetic.Reciprocal(block[k * Padded + k]);
            for (var i = k + 1 + Group.IdxX; i < width; i += Group.DimX)
                block[i * Padded + k] = TArithmetic.Negative(TArithmetic.Product(block[i * Padded + k], reciprocal));
            if (Group.IdxX == 0) memory[reciprocals + k] = reciprocal;
            GroupElimination.Wait();
            for (var e = Group.IdxX; e < Panel * Panel; e += Group.DimX)
            {
                var (i, j) = (e / Panel, e % Panel);
                if (i > k && j > k && i < width && j < width)
                {
                    var (l, u) = (block[i * Padded + k], block[k * Padded + j]);
                    block[i * Padded + j] = TArithmetic.MultiplyAdd(l, u, block[i * Padded + j]);
                }
            }
        }

        GroupElimination.Wait();
        for (var e = Group.IdxX; e < Panel * Panel; e += Group.DimX)
        {
            var (i, j) = (e / Panel, e % Panel);
            if (i < width && j < width) memory[matrix + (long)(first + i) * n + first + j] = block[i * Padded + j];
        }
    }

    // Columns right of the block, one a thread: U of the panel's rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Right(ArrayView<T> memory, long matrix, int n, int first, int width, int column)
    {
        var (block, columns) = (_diagonal, _columns);
        LoadColumns(memory, matrix, n, first, width, column);
        GroupElimination.Wait();
        var end = IntrinsicMath.Min(Tile, n - column);
        for (var j = Group.IdxX; j < end; j += Group.DimX)
        {
            for (var i = 1; i < width; i++)
            {
                var element = columns[i * Tile + j];
                for (var k = 0; k < i; k++)
                    element = TArithmetic.MultiplyAdd(block[i * Padded + k], columns[k * Tile + j], element);
                columns[i * Tile + j] = element;
                memory[matrix + (long)(first + i) * n + column + j] = element;
            }
        }
    }

    // Rows below the block, one a thread: −L of the panel's columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Below(ArrayView<T> memory, long matrix, int n, int first, int width, int row, long reciprocals)
    {
        var (block, rows) = (_diagonal, _rows);
        GroupElimination.Wait();
        for (var e = Group.IdxX; e < Tile * Panel; e += Group.DimX)
        {
            var (i, k) = (e / Panel, e % Panel);
            if (row + i < n && k < width) rows[i * Padded + k] = memory[matrix + (long)(row + i) * n + first + k];
        }

        GroupElimination.Wait();
        var end = IntrinsicMath.Min(Tile, n - row);
        for (var i = Group.IdxX; i < end; i += Group.DimX)
        {
            for (var k = 0; k < width; k++)
            {
                var element = rows[i * Padded + k];
                for (var l = 0; l < k; l++)
                    element = TArithmetic.MultiplyAdd(rows[i * Padded + l], block[l * Padded + k], element);
                rows[i * Padded + k] = TArithmetic.Negative(TArithmetic.Product(element, memory[reciprocals + k]));
            }
        }

        GroupElimination.Wait();
        for (var e = Group.IdxX; e < Tile * Panel; e += Group.DimX)
        {
            var (i, k) = (e / Panel, e % Panel);
            if (row + i < n && k < width) memory[matrix + (long)(row + i) * n + first + k] = rows[i * Padded + k];
        }
    }

    // A tile of what is left: the panel's −L times its U, whose rows are in shared memory since Below.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update(ArrayView<T> memory, long matrix, int n, int first, int width, int row, int column)
    {
        var (rows, columns) = (_rows, _columns);
        LoadColumns(memory, matrix, n, first, width, column);
        GroupElimination.Wait();
        for (var position = Group.IdxX; position < Side * Side; position += Group.DimX)
        {
            var (i, j) = (position / Side, position % Side);
            var (r0, r1, r2, r3) = (row + i, row + i + Side, row + i + 2 * Side, row + i + 3 * Side);
            var (c0, c1, c2, c3) = (column + j, column + j + Side, column + j + 2 * Side, column + j + 3 * Side);
            var (x00, x01, x02, x03) = Load(memory, matrix, n, r0, c0, c1, c2, c3);
            var (x10, x11, x12, x13) = Load(memory, matrix, n, r1, c0, c1, c2, c3);
            var (x20, x21, x22, x23) = Load(memory, matrix, n, r2, c0, c1, c2, c3);
            var (x30, x31, x32, x33) = Load(memory, matrix, n, r3, c0, c1, c2, c3);
            for (var k = 0; k < width; k++)
            {
                var (u0, u1) = (columns[k * Tile + j], columns[k * Tile + j + Side]);
                var (u2, u3) = (columns[k * Tile + j + 2 * Side], columns[k * Tile + j + 3 * Side]);
                var l = rows[i * Padded + k];
                x00 = TArithmetic.MultiplyAdd(l, u0, x00);
                x01 = TArithmetic.MultiplyAdd(l, u1, x01);
                x02 = TArithmetic.MultiplyAdd(l, u2, x02);
                x03 = TArithmetic.MultiplyAdd(l, u3, x03);
                l = rows[(i + Side) * Padded + k];
                x10 = TArithmetic.MultiplyAdd(l, u0, x10);
                x11 = TArithmetic.MultiplyAdd(l, u1, x11);
                x12 = TArithmetic.MultiplyAdd(l, u2, x12);
                x13 = TArithmetic.MultiplyAdd(l, u3, x13);
                l = rows[(i + 2 * Side) * Padded + k];
                x20 = TArithmetic.MultiplyAdd(l, u0, x20);
                x21 = TArithmetic.MultiplyAdd(l, u1, x21);
                x22 = TArithmetic.MultiplyAdd(l, u2, x22);
                x23 = TArithmetic.MultiplyAdd(l, u3, x23);
                l = rows[(i + 3 * Side) * Padded + k];
                x30 = TArithmetic.MultiplyAdd(l, u0, x30);
                x31 = TArithmetic.MultiplyAdd(l, u1, x31);
                x32 = TArithmetic.MultiplyAdd(l, u2, x32);
                x33 = TArithmetic.MultiplyAdd(l, u3, x33);
            }

            Store(memory, matrix, n, r0, c0, c1, c2, c3, x00, x01, x02, x03);
            Store(memory, matrix, n, r1, c0, c1, c2, c3, x10, x11, x12, x13);
            Store(memory, matrix, n, r2, c0, c1, c2, c3, x20, x21, x22, x23);
            Store(memory, matrix, n, r3, c0, c1, c2, c3, x30, x31, x32, x33);
        }
    }

    // Columns of the panel's rows: U, or what becomes it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LoadColumns(ArrayView<T> memory, long matrix, int n, int first, int width, int column)
    {
        var columns = _columns;
        GroupElimination.Wait();
        for (var e = Group.IdxX; e < Panel * Tile; e += Group.DimX)
        {
            var (k, j) = (e / Tile, e % Tile);
            if (k < width && column + j < n) columns[e] = memory[matrix + (long)(first + k) * n + column + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T X0, T X1, T X2, T X3) Load(
        ArrayView<T> memory, long matrix, int n, int row, int c0, int c1, int c2, int c3) =>
        (Load(memory, matrix, n, row, c0), Load(memory, matrix, n, row, c1),
            Load(memory, matrix, n, row, c2), Load(memory, matrix, n, row, c3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load(ArrayView<T> memory, long matrix, int n, int row, int column) =>
        row < n && column < n ? memory[matrix + (long)row * n + column] : TArithmetic.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ArrayView<T> memory, long matrix, int n, int row, int c0, int c1, int c2, int c3,
        T x0, T x1, T x2, T x3)
    {
        Store(memory, matrix, n, row, c0, x0);
        Store(memory, matrix, n, row, c1, x1);
        Store(memory, matrix, n, row, c2, x2);
        Store(memory, matrix, n, row, c3, x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ArrayView<T> memory, long matrix, int n, int row, int column, T value)
    {
        if (row < n && column < n) memory[matrix + (long)row * n + column] = value;
    }
}
