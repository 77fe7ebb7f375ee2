using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>
/// Philox4x32: a counter-based generator. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC11 (2011), doi:10.1145/2063384.2063405.
/// </summary>
public static class Philox4x32
{
    /// <summary>The number of rounds of the standard generator.</summary>
    public const int StandardRounds = 10;

    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // Weyl increments of the key: the golden ratio and √3 − 1, as fractions of 2^32.
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>
    /// Encrypts the 128-bit counter (x0 … x3, 32 bits in each word) under the 64-bit key in place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encrypt<TWord>(ref TWord x0, ref TWord x1, ref TWord x2, ref TWord x3, uint key0, uint key1, int rounds)
        where TWord : unmanaged, IWord<TWord>
    {
        // Two rounds a turn: what changes places in one is back in the other, and nothing has to be moved.
        for (; rounds > 1; rounds -= 2)
        {
            Round(x0, x1, x2, x3, key0, key1, out var y0, out var y1, out var y2, out var y3);
            Round(y0, y1, y2, y3, key0 + Weyl0, key1 + Weyl1, out x0, out x1, out x2, out x3);
            key0 += unchecked(2 * Weyl0);
            key1 += unchecked(2 * Weyl1);
        }

        if (rounds > 0) Round(x0, x1, x2, x3, key0, key1, out x0, out x1, out x2, out x3);
        x0 = TWord.Low32(x0);
        x1 = TWord.Low32(x1);
        x2 = TWord.Low32(x2);
        x3 = TWord.Low32(x3);
    }

    // The high halves of y1 and y3 are never read: the product takes the low ones, and they are cut off in the end. What is known early
    // comes first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TWord>(
        TWord x0, TWord x1, TWord x2, TWord x3, uint key0, uint key1, out TWord y0, out TWord y1, out TWord y2, out TWord y3)
        where TWord : unmanaged, IWord<TWord>
    {
        y3 = TWord.Multiply32(TWord.Broadcast(Multiplier0), x0);
        y1 = TWord.Multiply32(TWord.Broadcast(Multiplier1), x2);
        y0 = TWord.Xor(x1, TWord.Broadcast(key0), y1 >>> 32);
        y2 = TWord.Xor(x3, TWord.Broadcast(key1), y3 >>> 32);
    }
}
