using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>
/// A permutation of 0 … n − 1 as a pure function of a key: a Feistel network of four rounds with <see cref="Philox4x32"/> as its round
/// function (Luby and Rackoff 1988) permutes the numbers below a power of four, and is applied again to what falls outside (cycle walking).
/// No table, no order, any n.
/// </summary>
public static class KeyedPermutation
{
    private const int Rounds = 4;
    private const int RoundBits = 2;

    /// <summary>The images of some numbers.</summary>
    /// <param name="index">The numbers; one that is not below <paramref name="count"/> counts as 0.</param>
    /// <param name="count">n, 1 to 2^32.</param>
    /// <param name="key">Which permutation, below 2^30: words.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="input">Identifier of the input quantity.</param>
    /// <param name="stream">Stream of the generator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Map<TWord>(TWord index, ulong count, TWord key, ulong seed, ulong input, uint stream)
        where TWord : unmanaged, IWord<TWord>
    {
        var half = 1;
        while (1UL << (2 * half) < count) half++;
        var x = TWord.SelectBelow(index, count, index, TWord.Broadcast(0));
        x = Once(x, half, key, seed, input, stream);
        while (!TWord.AllBelow(x, count))
            x = TWord.SelectBelow(x, count, x, Once(x, half, key, seed, input, stream));
        return x;
    }

    // Numbers of 2·half bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Once<TWord>(TWord x, int half, TWord key, ulong seed, ulong input, uint stream)
        where TWord : unmanaged, IWord<TWord>
    {
        var left = x >>> half;
        var right = (x << (64 - half)) >>> (64 - half);
        for (var round = 0; round < Rounds; round++)
        {
            var x0 = right;
            var x1 = (key << RoundBits) | TWord.Broadcast((ulong)round);
            CounterLayout.Block(ref x0, ref x1, out _, out _, seed, input, stream);
            var next = TWord.Xor(left, x0 >>> (32 - half), TWord.Broadcast(0));
            left = right;
            right = next;
        }

        return (left << half) | right;
    }
}
