using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>
/// Owen's nested uniform scrambling of the 32 leading binary digits of points, as a pure function of keys: each digit is flipped or not by
/// a hash of the digits before it. Every elementary interval of a net keeps its number of points, and each point is uniform over the keys.
/// Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences" (1995); by hashing: Laine and Karras (2011), Burley, "Practical hash-based
/// Owen scrambling", JCGT 9(4) (2020).
/// </summary>
public static class OwenScramble
{
    // Even multipliers: a digit takes part in those behind it only.
    private const ulong First = 0x3d20adea;
    private const ulong Second = 0x05526c56;
    private const ulong Third = 0x53a22864;

    /// <summary>
    /// Scrambles 32 digits, the leading one in the lowest bit. Two rounds with keys of their own: after one, digits far behind still show
    /// what the first ones are.
    /// </summary>
    /// <param name="digits">Words below 2^32.</param>
    /// <param name="key0">Words below 2^32, as the next three.</param>
    /// <param name="key1">The second.</param>
    /// <param name="key2">The third.</param>
    /// <param name="key3">The fourth.</param>
    /// <returns>Words below 2^32.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Scramble<TWord>(TWord digits, TWord key0, TWord key1, TWord key2, TWord key3)
        where TWord : unmanaged, IWord<TWord> => Round(Round(digits, key0, key1), key2, key3);

    /// <summary>The 32 low bits in reverse order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Reverse<TWord>(TWord word)
        where TWord : unmanaged, IWord<TWord>
    {
        word = Swap(word, 1, 0x55555555);
        word = Swap(word, 2, 0x33333333);
        word = Swap(word, 4, 0x0F0F0F0F);
        word = Swap(word, 8, 0x00FF00FF);
        return (word >>> 16) | TWord.Low32(word << 16);
    }

    // Adding, multiplying by an odd number, mixing in an even multiple: permutations in which bit i depends on bits 0 … i alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Round<TWord>(TWord x, TWord key, TWord factor)
        where TWord : unmanaged, IWord<TWord>
    {
        x = MixIn(x, First);
        x = TWord.Low32(x + key);
        x = TWord.Low32(TWord.Multiply32(x, factor | TWord.Broadcast(1)));
        x = MixIn(x, Second);
        return MixIn(x, Third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord MixIn<TWord>(TWord x, ulong even)
        where TWord : unmanaged, IWord<TWord> =>
        TWord.Xor(x, TWord.Low32(TWord.Multiply32(x, TWord.Broadcast(even))), TWord.Broadcast(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Swap<TWord>(TWord word, int bits, ulong mask)
        where TWord : unmanaged, IWord<TWord> =>
        ((word >>> bits) & TWord.Broadcast(mask)) | ((word & TWord.Broadcast(mask)) << bits);
}
