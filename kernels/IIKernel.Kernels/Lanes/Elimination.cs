using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>LU factorisation of one square matrix without pivoting, one element at a time: the definition of every bit.</summary>
public static unsafe class Elimination
{
    /// <summary>Rows of a tile; a matrix needs memory for a multiple of them.</summary>
    public const int Rows = 6;

    /// <summary>The rows that a matrix of n has memory for: whole tiles.</summary>
    public static int RowsOf(int n) => (n + Rows - 1) / Rows * Rows;

    /// <summary>Factorises.</summary>
    /// <param name="matrix">n rows. Takes U on and above the diagonal, −L below it, whose own diagonal is 1.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="stride">The distance of two rows.</param>
    /// <param name="reciprocals">Takes 1/U_kk; n.</param>
    public static void Reference(LaneMemory matrix, int n, int stride, LaneMemory reciprocals)
    {
        Reference(matrix.Start, n, stride, reciprocals.Start);
        GC.KeepAlive(matrix);
        GC.KeepAlive(reciprocals);
    }

    /// <inheritdoc cref="Reference(LaneMemory, int, int, LaneMemory)"/>
    internal static void Reference(double* matrix, int n, int stride, double* reciprocals)
    {
        for (var k = 0; k < n; k++)
        {
            var above = matrix + (long)k * stride;
            reciprocals[k] = 1 / above[k];
            for (var i = k + 1; i < n; i++)
            {
                var row = matrix + (long)i * stride;
                var multiplier = -(row[k] * reciprocals[k]);
                row[k] = multiplier;
                for (var j = k + 1; j < n; j++) row[j] = Math.FusedMultiplyAdd(multiplier, above[j], row[j]);
            }
        }
    }
}

/// <summary>
/// LU factorisation of one square matrix without pivoting, in place, on the registers of a processor. An element is updated by the rows
/// above it in ascending order, a fused multiply–add each, and what is left of the diagonal is multiplied by the pivot's reciprocal: so the
/// bits are those of <see cref="Elimination.Reference(LaneMemory, int, int, LaneMemory)"/>, whatever is done at a time.
/// </summary>
/// <remarks>
/// A tile of rows and columns takes all its updates in registers before it is stored: each row block goes from left to right through its
/// tiles. Matrices that do not fit the second cache are eliminated by as many columns at a time as do.
/// </remarks>
/// <typeparam name="TVector">The register.</typeparam>
/// <typeparam name="TOperations">What it can do.</typeparam>
public static unsafe class Elimination<TVector, TOperations>
    where TVector : unmanaged
    where TOperations : struct, IVectorOperations<TVector>
{
    private const int Rows = Elimination.Rows;
    private const int Registers = 2;

    // Elements of the rows above that are read over and over again: half of a second cache.
    private const int CachedElements = 1 << 16;

    /// <summary>Columns of a tile; rows are a multiple of them apart.</summary>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Registers * TOperations.Count;
    }

    /// <summary>The distance of two rows in memory, for matrices of n columns.</summary>
    public static int Stride(int n) => (n + Columns - 1) / Columns * Columns;

    /// <summary>The number of elements of memory, of which all outside the matrix must be finite.</summary>
    public static int Length(int n) => Elimination.RowsOf(n) * Stride(n);

    /// <summary>Factorises.</summary>
    /// <param name="matrix">
    /// n rows, <see cref="Stride"/> apart, of <see cref="Length"/> elements. Takes U on and above the diagonal, −L below it, whose own
    /// diagonal is 1.
    /// </param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Takes 1/U_kk; n.</param>
    public static void Factorise(LaneMemory matrix, int n, LaneMemory reciprocals)
    {
        Factorise(matrix.Start, n, reciprocals.Start);
        GC.KeepAlive(matrix);
        GC.KeepAlive(reciprocals);
    }

    /// <inheritdoc cref="Factorise(LaneMemory, int, LaneMemory)"/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Factorise(double* matrix, int n, double* reciprocals)
    {
        var stride = Stride(n);
        var step = Math.Max(CachedElements / stride / (Rows * Columns), 1) * (Rows * Columns);
        for (var first = 0; first < n; first += step)
        {
            var end = Math.Min(first + step, n);
            for (var i = first; i < n; i += Rows)
            {
                var rows = matrix + (long)i * stride;
                for (var j = first; j < stride; j += Columns)
                {
                    // All rows above the block that are not in the tile's own columns, then those that are one by one.
                    var last = Math.Min(end, Math.Min(i, j));
                    Update(rows, stride, matrix + j, j, first, last);
                    if (j >= i + Rows) Within(rows, stride, i, j, Math.Min(i + Rows, end));
                    else if (j + Columns <= i) Below(matrix, rows, stride, j, Math.Min(end, j + Columns), reciprocals);
                    else OnDiagonal(matrix, rows, stride, i, j, last, Math.Min(end, Math.Min(i + Rows, j + Columns)), reciprocals);
                }
            }
        }
    }

    // Six rows by two registers: −L of columns from … last − 1 times the rows above.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Update(double* rows, int stride, double* above, int column, int from, int last)
    {
        double* r0 = rows, r1 = rows + stride, r2 = rows + 2 * stride;
        double* r3 = rows + 3 * stride, r4 = rows + 4 * stride, r5 = rows + 5 * stride;
        var second = column + TOperations.Count;
        var (a0, b0) = (*(TVector*)(r0 + column), *(TVector*)(r0 + second));
        var (a1, b1) = (*(TVector*)(r1 + column), *(TVector*)(r1 + second));
        var (a2, b2) = (*(TVector*)(r2 + column), *(TVector*)(r2 + second));
        var (a3, b3) = (*(TVector*)(r3 + column), *(TVector*)(r3 + second));
        var (a4, b4) = (*(TVector*)(r4 + column), *(TVector*)(r4 + second));
        var (a5, b5) = (*(TVector*)(r5 + column), *(TVector*)(r5 + second));
        var u = above + (long)from * stride;
        for (var k = from; k < last; k++, u += stride)
        {
            var (x, y) = (*(TVector*)u, *(TVector*)(u + TOperations.Count));
            var m = TOperations.Broadcast(r0[k]);
            a0 = TOperations.MultiplyAdd(m, x, a0);
            b0 = TOperations.MultiplyAdd(m, y, b0);
            m = TOperations.Broadcast(r1[k]);
            a1 = TOperations.MultiplyAdd(m, x, a1);
            b1 = TOperations.MultiplyAdd(m, y, b1);
            m = TOperations.Broadcast(r2[k]);
            a2 = TOperations.MultiplyAdd(m, x, a2);
            b2 = TOperations.MultiplyAdd(m, y, b2);
            m = TOperations.Broadcast(r3[k]);
            a3 = TOperations.MultiplyAdd(m, x, a3);
            b3 = TOperations.MultiplyAdd(m, y, b3);
            m = TOperations.Broadcast(r4[k]);
            a4 = TOperations.MultiplyAdd(m, x, a4);
            b4 = TOperations.MultiplyAdd(m, y, b4);
            m = TOperations.Broadcast(r5[k]);
            a5 = TOperations.MultiplyAdd(m, x, a5);
            b5 = TOperations.MultiplyAdd(m, y, b5);
        }

        (*(TVector*)(r0 + column), *(TVector*)(r0 + second)) = (a0, b0);
        (*(TVector*)(r1 + column), *(TVector*)(r1 + second)) = (a1, b1);
        (*(TVector*)(r2 + column), *(TVector*)(r2 + second)) = (a2, b2);
        (*(TVector*)(r3 + column), *(TVector*)(r3 + second)) = (a3, b3);
        (*(TVector*)(r4 + column), *(TVector*)(r4 + second)) = (a4, b4);
        (*(TVector*)(r5 + column), *(TVector*)(r5 + second)) = (a5, b5);
    }

    // A tile right of the diagonal: what its own rows do to those below them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Within(double* rows, int stride, int row, int column, int end)
    {
        for (var k = row; k < end; k++)
        {
            var u = rows + (k - row) * stride + column;
            var (x, y) = (*(TVector*)u, *(TVector*)(u + TOperations.Count));
            for (var i = k + 1 - row; i < Rows; i++)
            {
                var target = rows + i * stride;
                var m = TOperations.Broadcast(target[k]);
                TVector* a = (TVector*)(target + column), b = (TVector*)(target + column + TOperations.Count);
                *a = TOperations.MultiplyAdd(m, x, *a);
                *b = TOperations.MultiplyAdd(m, y, *b);
            }
        }
    }

    // A tile left of the diagonal: its columns are divided by their pivots one after the other, each after what those before it do to it.
    // Registers hold nothing of use where a column is done: its multipliers wait apart.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Below(double* matrix, double* rows, int stride, int column, int end, double* reciprocals)
    {
        double* r0 = rows, r1 = rows + stride, r2 = rows + 2 * stride;
        double* r3 = rows + 3 * stride, r4 = rows + 4 * stride, r5 = rows + 5 * stride;
        var second = column + TOperations.Count;
        var (a0, b0) = (*(TVector*)(r0 + column), *(TVector*)(r0 + second));
        var (a1, b1) = (*(TVector*)(r1 + column), *(TVector*)(r1 + second));
        var (a2, b2) = (*(TVector*)(r2 + column), *(TVector*)(r2 + second));
        var (a3, b3) = (*(TVector*)(r3 + column), *(TVector*)(r3 + second));
        var (a4, b4) = (*(TVector*)(r4 + column), *(TVector*)(r4 + second));
        var (a5, b5) = (*(TVector*)(r5 + column), *(TVector*)(r5 + second));
        var waiting = stackalloc TVector[Rows];
        var value = (double*)waiting;
        var lanes = TOperations.Count;
        var u = matrix + (long)column * stride + column;
        for (var k = column; k < end; k++, u += stride)
        {
            var (x, y, reciprocal) = (*(TVector*)u, *(TVector*)(u + lanes), reciprocals[k]);
            int lane;
            if (k < second)
            {
                (waiting[0], waiting[1], waiting[2], waiting[3], waiting[4], waiting[5]) = (a0, a1, a2, a3, a4, a5);
                lane = k - column;
            }
            else
            {
                (waiting[0], waiting[1], waiting[2], waiting[3], waiting[4], waiting[5]) = (b0, b1, b2, b3, b4, b5);
                lane = k - second;
            }

            r0[k] = -(value[lane] * reciprocal);
            var m = TOperations.Broadcast(r0[k]);
            a0 = TOperations.MultiplyAdd(m, x, a0);
            b0 = TOperations.MultiplyAdd(m, y, b0);
            r1[k] = -(value[lanes + lane] * reciprocal);
            m = TOperations.Broadcast(r1[k]);
            a1 = TOperations.MultiplyAdd(m, x, a1);
            b1 = TOperations.MultiplyAdd(m, y, b1);
            r2[k] = -(value[2 * lanes + lane] * reciprocal);
            m = TOperations.Broadcast(r2[k]);
            a2 = TOperations.MultiplyAdd(m, x, a2);
            b2 = TOperations.MultiplyAdd(m, y, b2);
            r3[k] = -(value[3 * lanes + lane] * reciprocal);
            m = TOperations.Broadcast(r3[k]);
            a3 = TOperations.MultiplyAdd(m, x, a3);
            b3 = TOperations.MultiplyAdd(m, y, b3);
            r4[k] = -(value[4 * lanes + lane] * reciprocal);
            m = TOperations.Broadcast(r4[k]);
            a4 = TOperations.MultiplyAdd(m, x, a4);
            b4 = TOperations.MultiplyAdd(m, y, b4);
            r5[k] = -(value[5 * lanes + lane] * reciprocal);
            m = TOperations.Broadcast(r5[k]);
            a5 = TOperations.MultiplyAdd(m, x, a5);
            b5 = TOperations.MultiplyAdd(m, y, b5);
        }
    }

    // A tile on the diagonal: some of its columns are divided, some of its rows are pivots.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OnDiagonal(
        double* matrix, double* rows, int stride, int row, int column, int from, int end, double* reciprocals)
    {
        var tile = stackalloc TVector[Rows * Registers];
        for (var r = 0; r < Rows; r++)
        {
            tile[Registers * r] = *(TVector*)(rows + r * stride + column);
            tile[Registers * r + 1] = *(TVector*)(rows + r * stride + column + TOperations.Count);
        }

        for (var k = from; k < end; k++)
        {
            // A pivot's row in this block, or above it.
            var own = k - row;
            var u = own >= 0 ? (double*)(tile + Registers * own) : matrix + (long)k * stride + column;
            if (k >= column && own >= 0) reciprocals[k] = 1 / u[k - column];
            var (x, y) = (*(TVector*)u, *(TVector*)(u + TOperations.Count));
            for (var r = Math.Max(own + 1, 0); r < Rows; r++)
            {
                var target = tile + Registers * r;
                if (k >= column) rows[r * stride + k] = -(((double*)target)[k - column] * reciprocals[k]);
                var m = TOperations.Broadcast(rows[r * stride + k]);
                target[0] = TOperations.MultiplyAdd(m, x, target[0]);
                target[1] = TOperations.MultiplyAdd(m, y, target[1]);
            }
        }

        // Multipliers are where they belong; what is right of them is stored.
        for (var r = 0; r < Rows; r++)
        {
            var own = (double*)(tile + Registers * r);
            for (var c = Math.Max(column, Math.Min(end, row + r)); c < column + Columns; c++) rows[r * stride + c] = own[c - column];
        }
    }
}
