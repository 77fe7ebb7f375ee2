using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Lanes;
using MathNet.Numerics.LinearAlgebra.Double;

namespace IIKernel.Bench;

/// <summary>
/// The factorisation of I − A that a drawn table needs, on one thread: <see cref="Elimination{TVector, TOperations}"/> against OpenBLAS
/// (dgetrf, with pivoting, where the library is installed) and Math.NET's own routine. In turn, the best of each; the copy that each
/// factorisation destroys is made before the clock runs.
/// </summary>
internal static unsafe partial class Factorizations
{
    private const string Library = "libopenblas.so.0";
    private const int Rounds = 30;

    private static readonly int[] Sizes = [149, 402, 1302];

    public static void Print()
    {
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        Console.WriteLine("   n   elimination us   GFLOP/s   OpenBLAS us   ratio   Math.NET us   ratio");
        foreach (var n in Sizes)
        {
            if (Vector512Operations.IsSupported) Print<Vector512<double>, Vector512Operations>(n);
            else Print<Vector<double>, VectorOperations>(n);
        }
    }

    private static void Print<TVector, TOperations>(int n)
        where TVector : unmanaged
        where TOperations : struct, IVectorOperations<TVector>
    {
        var stride = Elimination<TVector, TOperations>.Stride(n);
        var random = new Random(n);
        var a = new double[n * n];
        for (var j = 0; j < n; j++)
            for (var i = 0; i < n; i++) a[j * n + i] = (i == j ? 1 : 0) - 1.4 * random.NextDouble() / n;
        var matrix = new LaneMemory(Elimination<TVector, TOperations>.Length(n));
        var (reciprocals, columns) = (new LaneMemory(n), new LaneMemory(n * n));
        matrix.Values.Clear();
        var pivots = new int[n];
        var dense = new DenseMatrix(n, n, a);
        var hasLibrary = NativeLibrary.TryLoad(Library, out _);
        var rounds = n > 1000 ? 5 : Rounds;
        var (own, library, managed) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < rounds; round++)
        {
            for (var j = 0; j < n; j++)
                for (var i = 0; i < n; i++) matrix.Values[i * stride + j] = a[j * n + i];
            own = Math.Min(own, Timing.Nanoseconds(() =>
            {
                Elimination<TVector, TOperations>.Factorise(matrix, n, reciprocals);
                return 1000;
            }));
            if (hasLibrary)
            {
                a.CopyTo(columns.Values);
                library = Math.Min(library, Timing.Nanoseconds(() =>
                {
                    Dgetrf(ref n, ref n, columns.Start, ref n, pivots, out var info);
                    return info == 0 ? 1000 : throw new InvalidOperationException($"dgetrf says {info}.");
                }));
            }

            managed = Math.Min(managed, Timing.Nanoseconds(() =>
            {
                _ = dense.LU();
                return 1000;
            }));
        }

        string Column(double value, string format, int width) => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(width);
        Console.WriteLine(
            $"{n,4}{Column(own, "0.0", 17)}{Column(2.0 / 3 * n * n * n / own / 1000, "0.0", 10)}"
            + (hasLibrary ? Column(library, "0.0", 14) + Column(library / own, "0.00", 8) : "             –       –")
            + Column(managed, "0.0", 14) + Column(managed / own, "0.0", 8));
    }

    [LibraryImport(Library, EntryPoint = "dgetrf_")]
    private static partial void Dgetrf(ref int rows, ref int columns, double* a, ref int stride, int[] pivots, out int info);
}
