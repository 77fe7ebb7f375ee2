using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// Sorts columns of equal length, a register of them at a time: Batcher's odd-even merge exchange (Knuth, The Art of Computer
/// Programming, 5.2.2) compares the same rows whatever their values, so all columns of a register are compared at once and nothing
/// waits for a branch.
/// </summary>
internal static class ColumnSort
{
    /// <summary>Columns that are sorted together.</summary>
    public const int Together = 8;

    // Rows that are sorted by themselves first: they and their neighbours stay in the first cache.
    private const int Chunk = 512;

    // A thread's own, for as many rows as it has needed so far.
    [ThreadStatic]
    private static Vector512<double>[]? t_rows;

    /// <summary>Sorts up to <see cref="Together"/> columns, each ascending; a column that holds NaN is put in any order.</summary>
    /// <param name="columns">The columns, one after the other.</param>
    /// <param name="length">Values in a column.</param>
    public static void Sort(Span<double> columns, int length)
    {
        if (t_rows is null || t_rows.Length < length) t_rows = new Vector512<double>[length];
        var rows = t_rows.AsSpan(0, length);
        var table = MemoryMarshal.Cast<Vector512<double>, double>(rows);
        for (var c = 0; c * length < columns.Length; c++)
        {
            var column = columns.Slice(c * length, length);
            for (var row = 0; row < column.Length; row++) table[row * Together + c] = column[row];
        }

        for (var at = 0; at < length; at += Chunk) Exchange(rows.Slice(at, Math.Min(Chunk, length - at)), 1);
        Exchange(rows, Chunk);
        for (var c = 0; c * length < columns.Length; c++)
        {
            var column = columns.Slice(c * length, length);
            for (var row = 0; row < column.Length; row++) column[row] = table[row * Together + c];
        }
    }

    // Merges runs of so many rows, which are sorted, until all are one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exchange(Span<Vector512<double>> rows, int run)
    {
        for (; run < rows.Length; run *= 2)
        {
            for (var apart = run; apart > 0; apart /= 2)
            {
                for (var at = apart % run; at + apart < rows.Length; at += 2 * apart)
                {
                    if (at / (2 * run) != (at + apart) / (2 * run)) continue;
                    ref var first = ref rows[at];
                    ref var second = ref rows[at + apart];
                    var count = Math.Min(apart, rows.Length - at - apart);
                    for (var i = 0; i < count; i++)
                    {
                        ref var low = ref Unsafe.Add(ref first, i);
                        ref var high = ref Unsafe.Add(ref second, i);
                        var (a, b) = (low, high);
                        var swapped = Vector512.LessThan(b, a);
                        low = Vector512.ConditionalSelect(swapped, b, a);
                        high = Vector512.ConditionalSelect(swapped, a, b);
                    }
                }
            }
        }
    }
}
