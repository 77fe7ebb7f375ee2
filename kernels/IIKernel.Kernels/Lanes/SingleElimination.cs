using System.Numerics;
using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// LU factorisation of one square matrix in single precision without pivoting, and what is solved with it. An element is updated in a fixed
/// order, a fused multiply–add each, so that the bits are the same whatever is done at a time. A pivot's reciprocal is that of double
/// precision, rounded once more: not every device rounds a division in single precision correctly.
/// </summary>
internal static unsafe class SingleElimination
{
    // Rows begin at a multiple of this: a register each, of any width.
    private const int Alignment = 16;

    /// <summary>The distance of two rows in memory, for rows of <paramref name="count"/> elements.</summary>
    public static int Stride(int count) => (count + Alignment - 1) / Alignment * Alignment;

    /// <summary>Factorises: each row takes what the rows above it do to it, in ascending order.</summary>
    /// <param name="matrix">n rows, <see cref="Stride"/> apart. Takes U on and above the diagonal, −L below it.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Takes 1/U_kk; n.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factorise(float* matrix, int n, float* reciprocals)
    {
        var stride = Stride(n);
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            for (var k = 0; k < i; k++)
            {
                row[k] = -(row[k] * reciprocals[k]);
                AddRow(row + k + 1, row[k], matrix + (long)k * stride + k + 1, n - k - 1);
            }

            reciprocals[i] = (float)(1 / (double)row[i]);
        }
    }

    /// <summary>
    /// Solves for several right sides: forwards in ascending order of the rows above, backwards in descending order of those below.
    /// </summary>
    /// <param name="matrix">What <see cref="Factorise"/> has left.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Likewise.</param>
    /// <param name="sides">A column a right side: n rows, <paramref name="width"/> apart. Takes the solutions.</param>
    /// <param name="width">Number of right sides; a multiple of 16 is solved fastest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(float* matrix, int n, float* reciprocals, float* sides, int width)
    {
        var stride = Stride(n);
        for (var i = 0; i < n; i++)
        {
            var row = matrix + (long)i * stride;
            for (var k = 0; k < i; k++) AddRow(sides + (long)i * width, row[k], sides + (long)k * width, width);
        }

        for (var i = n - 1; i >= 0; i--)
        {
            float* row = matrix + (long)i * stride, target = sides + (long)i * width;
            for (var k = n - 1; k > i; k--) AddRow(target, -row[k], sides + (long)k * width, width);
            for (var j = 0; j < width; j++) target[j] *= reciprocals[i];
        }
    }

    /// <summary>Whether all pivots are above 0 and no element is above <paramref name="most"/>.</summary>
    /// <param name="matrix">What <see cref="Factorise"/> has left; what is no number is found by what is solved with it.</param>
    /// <param name="n">Number of rows and columns.</param>
    /// <param name="reciprocals">Likewise.</param>
    /// <param name="most">The largest magnitude.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsSound(float* matrix, int n, float* reciprocals, float most)
    {
        var sound = true;
        for (var k = 0; k < n; k++) sound &= reciprocals[k] is > 0 and < float.PositiveInfinity;
        for (var i = 0; i < n && sound; i++)
        {
            var row = matrix + (long)i * Stride(n);
            for (var j = 0; j < n; j++) sound &= !(row[j] > most) & !(row[j] < -most);
        }

        return sound;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(float* target, float factor, float* row, int count)
    {
        var all = new Vector<float>(factor);
        var j = 0;
        for (; j + Vector<float>.Count <= count; j += Vector<float>.Count)
        {
            *(Vector<float>*)(target + j) =
                Vector.FusedMultiplyAdd(all, *(Vector<float>*)(row + j), *(Vector<float>*)(target + j));
        }

        for (; j < count; j++) target[j] = float.FusedMultiplyAdd(factor, row[j], target[j]);
    }
}
