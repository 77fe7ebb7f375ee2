using System.Runtime.CompilerServices;
using System.Text;

namespace IIKernel.Kernels.Random;

/// <summary>
/// Which counter belongs to which variate. Counter words 0 and 1: the draw index, low and high half;
/// word 2: the input quantity; word 3: the stream. Key: the seed. A variate is therefore a pure function of
/// (seed, draw, input, stream), whatever computes it and in whatever order.
/// </summary>
public static class CounterLayout
{
    /// <summary>The stream of ordinary draws.</summary>
    public const uint SampleStream = 0;

    /// <summary>
    /// (k + ½)·2^−52 is the double with significand bits k in [1, 2), minus this; the difference is exact,
    /// and lies in [2^−53, 1 − 2^−53].
    /// </summary>
    public const double UniformOffset = 1.0 - 1.1102230246251565e-16;

    /// <summary>
    /// The first 52 of the 128 generated bits as an integer k: all of word 0, then the high 20 bits of word 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord First52Bits<TWord>(ulong seed, TWord draw, uint input, uint stream)
        where TWord : unmanaged, IWord<TWord>
    {
        var x0 = TWord.Low32(draw);
        var x1 = draw >>> 32;
        var x2 = TWord.Broadcast(input);
        var x3 = TWord.Broadcast(stream);
        Philox4x32.Encrypt(ref x0, ref x1, ref x2, ref x3, (uint)seed, (uint)(seed >> 32), Philox4x32.StandardRounds);
        return (x0 << 20) | (x1 >>> 12);
    }

    /// <summary>
    /// The 32-bit identifier of an input quantity: FNV-1a of its name in UTF-8. Inputs are addressed by name,
    /// not position, so adding or reordering inputs changes no other input's stream.
    /// </summary>
    public static uint InputId(string name)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
