using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Tables;

/// <summary>
/// LU factorisation of a square matrix with partial pivoting, block by block so that large tables cost n³ and not more: a step reads what
/// is in the cache, and asks whether it is still wanted. Every element is computed by the operations of Math.NET's own routine in its
/// order, so the results are the same bits; that routine walks along rows of a matrix stored by columns, and slows down as n grows.
/// </summary>
public sealed class LuFactorization
{
    // Columns, and rows, of a block.
    private const int Block = 64;

    // Columns whose sums stay in registers together.
    private const int Columns = 4;

    // Rows whose sums do: two registers.
    private static readonly int Tile = 2 * Vector<double>.Count;

    private readonly int _n;
    private readonly double[] _a;
    private readonly int[] _pivots;
    private readonly double[] _packed;

    // L below the diagonal (its own is 1), U on and above it; by columns.
    private LuFactorization(double[] columns, int n)
    {
        (_n, _a) = (n, columns);
        _pivots = new int[n];
        _packed = new double[n * Tile];
    }

    /// <summary>Factorises a matrix in place.</summary>
    /// <param name="columns">n × n elements, column after column; they are overwritten and kept.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Not n × n elements.</exception>
    public static LuFactorization Of(double[] columns, int n, CancellationToken cancellation = default)
    {
        if (columns.Length != (long)n * n) throw new ArgumentException("Not n × n elements.", nameof(columns));
        var result = new LuFactorization(columns, n);
        result.Factorise(cancellation);
        return result;
    }

    /// <summary>Solves for several right sides at once, in place.</summary>
    /// <param name="columns">Right sides of n elements, one after the other; replaced by the solutions.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public void Solve(double[] columns, CancellationToken cancellation = default)
    {
        var count = columns.Length / _n;
        for (var j = 0; j < count; j++)
        {
            var column = columns.AsSpan(j * _n, _n);
            for (var i = 0; i < _n; i++)
                if (_pivots[i] != i) (column[i], column[_pivots[i]]) = (column[_pivots[i]], column[i]);
        }

        for (var j = 0; j < count; j += Block)
        {
            var width = Math.Min(Block, count - j);
            for (var i = 0; i < _n; i += Block) Forward(columns, j, width, i, cancellation);
            for (var i = (_n - 1) / Block * Block; i >= 0; i -= Block) Backward(columns, j, width, i, cancellation);
        }
    }

    // L y = b for a block of rows: what the rows above it contribute, then the block itself.
    private void Forward(double[] b, int j, int width, int i, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var end = Math.Min(i + Block, _n);
        Accumulate(b, j * _n, _n, width, i, end, b, j * _n, first: 0, count: i, step: 1, subtract: true);
        for (var c = j; c < j + width; c++)
        {
            for (var k = i; k < end; k++)
            {
                var y = b[c * _n + k];
                for (var r = k + 1; r < end; r++) b[c * _n + r] -= y * _a[k * _n + r];
            }
        }
    }

    // U x = y for a block of rows, from the last row upwards.
    private void Backward(double[] b, int j, int width, int i, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var end = Math.Min(i + Block, _n);
        Accumulate(b, j * _n, _n, width, i, end, b, j * _n, first: _n - 1, count: _n - end, step: -1, subtract: true);
        for (var c = j; c < j + width; c++)
        {
            for (var k = end - 1; k >= i; k--)
            {
                var x = b[c * _n + k] /= _a[k * _n + k];
                for (var r = i; r < k; r++) b[c * _n + r] -= x * _a[k * _n + r];
            }
        }
    }

    private void Factorise(CancellationToken cancellation)
    {
        // Σ_k l_ik u_kj of the elements of a block of columns, as far as they are summed.
        var sums = new double[_n * Math.Min(Block, _n)];
        for (var j = 0; j < _n; j += Block)
        {
            var end = Math.Min(j + Block, _n);
            Array.Clear(sums);
            for (var i = 0; i < j; i += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                Accumulate(sums, 0, _n, end - j, i, i + Block, _a, j * _n, first: 0, count: i, step: 1, subtract: false);
                for (var c = j; c < end; c++)
                {
                    for (var k = i; k < i + Block; k++)
                    {
                        var u = _a[c * _n + k] -= sums[(c - j) * _n + k];
                        for (var r = k + 1; r < i + Block; r++) sums[(c - j) * _n + r] += _a[k * _n + r] * u;
                    }
                }
            }

            for (var i = j; i < _n; i += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                Accumulate(sums, 0, _n, end - j, i, Math.Min(i + Block, _n), _a, j * _n, first: 0, count: j, step: 1, subtract: false);
            }

            for (var c = j; c < end; c++) Pivot(sums, j, end, c);
        }
    }

    // Finishes column c of the block of columns that begins with j.
    private void Pivot(double[] sums, int j, int end, int c)
    {
        var column = _a.AsSpan(c * _n, _n);
        var sum = sums.AsSpan((c - j) * _n, _n);
        for (var k = j; k < c; k++)
        {
            var u = column[k] -= sum[k];
            Add(sum[(k + 1)..], _a.AsSpan(k * _n + k + 1, _n - k - 1), u);
        }

        for (var i = c; i < _n; i++) column[i] -= sum[i];
        var p = c;
        for (var i = c + 1; i < _n; i++)
            if (Math.Abs(column[i]) > Math.Abs(column[p])) p = i;
        _pivots[c] = p;
        if (p != c)
        {
            for (var k = 0; k < _n; k++) (_a[k * _n + p], _a[k * _n + c]) = (_a[k * _n + c], _a[k * _n + p]);
            for (var k = 0; k < end - j; k++) (sums[k * _n + p], sums[k * _n + c]) = (sums[k * _n + c], sums[k * _n + p]);
        }

        if (column[c] == 0) return;
        for (var i = c + 1; i < _n; i++) column[i] /= column[c];
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var s = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var v = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (var i = 0; i < s.Length; i++) s[i] += v[i] * factor;
        for (var i = s.Length * Vector<double>.Count; i < sums.Length; i++) sums[i] += values[i] * factor;
    }

    // target[i, c] ± Σ_k a[i, k] right[k, c] for rows begin … end and the given columns, added one after the other for k = first,
    // first + step, …: the sums of a tile of rows and of four columns stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(
        double[] target, int offset, int stride, int width, int begin, int end, double[] right, int rightOffset, int first, int count,
        int step, bool subtract)
    {
        if (count == 0) return;
        ref var packed = ref MemoryMarshal.GetArrayDataReference(_packed);
        ref var u = ref MemoryMarshal.GetArrayDataReference(right);
        Span<double> sums = stackalloc double[Columns * Tile];
        ref var s = ref MemoryMarshal.GetReference(sums);
        var half = (nuint)Vector<double>.Count;
        var tile = (nuint)Tile;
        for (var i = begin; i < end; i += Tile)
        {
            var rows = Math.Min(Tile, end - i);
            Pack(i, rows, first, count, step, subtract);
            for (var c = 0; c < width; c += Columns)
            {
                var columns = Math.Min(Columns, width - c);
                for (var d = 0; d < columns; d++) target.AsSpan(offset + (c + d) * stride + i, rows).CopyTo(sums[(d * Tile)..]);
                var (a0, a1) = (Vector.LoadUnsafe(ref s), Vector.LoadUnsafe(ref s, half));
                var at = (nint)(rightOffset + c * stride + first);
                if (columns == Columns)
                {
                    var (b0, b1) = (Vector.LoadUnsafe(ref s, tile), Vector.LoadUnsafe(ref s, tile + half));
                    var (c0, c1) = (Vector.LoadUnsafe(ref s, 2 * tile), Vector.LoadUnsafe(ref s, 2 * tile + half));
                    var (d0, d1) = (Vector.LoadUnsafe(ref s, 3 * tile), Vector.LoadUnsafe(ref s, 3 * tile + half));
                    for (nuint k = 0; k < (nuint)count * tile; k += tile, at += step)
                    {
                        var l0 = Vector.LoadUnsafe(ref packed, k);
                        var l1 = Vector.LoadUnsafe(ref packed, k + half);
                        var x = new Vector<double>(Unsafe.Add(ref u, at));
                        a0 += l0 * x;
                        a1 += l1 * x;
                        x = new Vector<double>(Unsafe.Add(ref u, at + stride));
                        b0 += l0 * x;
                        b1 += l1 * x;
                        x = new Vector<double>(Unsafe.Add(ref u, at + 2 * stride));
                        c0 += l0 * x;
                        c1 += l1 * x;
                        x = new Vector<double>(Unsafe.Add(ref u, at + 3 * stride));
                        d0 += l0 * x;
                        d1 += l1 * x;
                    }

                    b0.StoreUnsafe(ref s, tile);
                    b1.StoreUnsafe(ref s, tile + half);
                    c0.StoreUnsafe(ref s, 2 * tile);
                    c1.StoreUnsafe(ref s, 2 * tile + half);
                    d0.StoreUnsafe(ref s, 3 * tile);
                    d1.StoreUnsafe(ref s, 3 * tile + half);
                }
                else
                {
                    columns = 1;
                    for (nuint k = 0; k < (nuint)count * tile; k += tile, at += step)
                    {
                        var x = new Vector<double>(Unsafe.Add(ref u, at));
                        a0 += Vector.LoadUnsafe(ref packed, k) * x;
                        a1 += Vector.LoadUnsafe(ref packed, k + half) * x;
                    }
                }

                a0.StoreUnsafe(ref s);
                a1.StoreUnsafe(ref s, half);
                for (var d = 0; d < columns; d++) sums.Slice(d * Tile, rows).CopyTo(target.AsSpan(offset + (c + d) * stride + i, rows));
                if (columns < Columns) c -= Columns - 1;
            }
        }
    }

    // Rows i … i + rows − 1 of the columns, side by side in the order in which they are added; a − l x is a + (−l) x to the bit.
    private void Pack(int i, int rows, int first, int count, int step, bool subtract)
    {
        for (var k = 0; k < count; k++)
        {
            var from = _a.AsSpan((first + k * step) * _n + i, rows);
            var to = _packed.AsSpan(k * Tile, Tile);
            if (subtract)
            {
                for (var r = 0; r < rows; r++) to[r] = -from[r];
            }
            else
            {
                from.CopyTo(to);
            }

            to[rows..].Clear();
        }
    }
}
