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
        var multiplier0 = TWord.Broadcast(Multiplier0);
        var multiplier1 = TWord.Broadcast(Multiplier1);
        for (var round = 0; round < rounds; round++)
        {
            var product0 = TWord.Multiply32(multiplier0, x0);
            var product1 = TWord.Multiply32(multiplier1, x2);
            var y0 = TWord.Xor(product1 >>> 32, x1, TWord.Broadcast(key0));
            var y2 = TWord.Xor(product0 >>> 32, x3, TWord.Broadcast(key1));
            // Their high halves are never read: the product takes the low ones, and they are cut off in the end.
            x1 = product1;
            x3 = product0;
            x0 = y0;
            x2 = y2;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        x0 = TWord.Low32(x0);
        x1 = TWord.Low32(x1);
        x2 = TWord.Low32(x2);
        x3 = TWord.Low32(x3);
    }
}
