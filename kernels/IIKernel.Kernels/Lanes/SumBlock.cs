using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// The shape of a sum: a block of <see cref="Draws"/> adjacent draws has <see cref="Remainders"/> running sums. That of remainder i
/// adds the draws whose index leaves the remainder i, in ascending order; in the end they are halved (i plus i + 4, then i + 2, then
/// i + 1). Squares are added by fused multiply–adds. So registers of any width add up to the same bits.
/// </summary>
public static class SumBlock
{
    /// <summary>Draws per block.</summary>
    public const int Draws = 64;

    /// <summary>Running sums per block.</summary>
    public const int Remainders = 8;

    /// <summary>
    /// Sum and sum of squares of the deviations of one block from <paramref name="centre"/>. What a partial block
    /// lacks counts as 0.
    /// </summary>
    /// <param name="block">Up to <see cref="Draws"/> values.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    public static (double Sum, double SumOfSquares) Add(ReadOnlySpan<double> block, double centre)
    {
        Span<double> sums = stackalloc double[Remainders];
        Span<double> squares = stackalloc double[Remainders];
        sums.Clear();
        squares.Clear();
        for (var i = 0; i < block.Length; i++)
        {
            var deviation = block[i] - centre;
            sums[i % Remainders] += deviation;
            squares[i % Remainders] = Math.FusedMultiplyAdd(deviation, deviation, squares[i % Remainders]);
        }

        return (Halve(ref sums[0]), Halve(ref squares[0]));
    }

    /// <summary>The sum of the running sums of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Halve(ref double sums)
    {
        var quarter = Vector256.LoadUnsafe(ref sums) + Vector256.LoadUnsafe(ref sums, Remainders / 2);
        var pair = quarter.GetLower() + quarter.GetUpper();
        return pair[0] + pair[1];
    }
}
