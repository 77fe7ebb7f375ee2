using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IIKernel.Kernels.Random;

/// <summary>
/// 64-bit integers, one for each draw of a lane: what the generator computes in, so that
/// <see cref="Philox4x32"/> is written once for one draw and for a register of them.
/// </summary>
public interface IWord<TSelf>
    where TSelf : unmanaged, IWord<TSelf>
{
    /// <summary>The same word for every draw.</summary>
    static abstract TSelf Broadcast(ulong value);

    /// <summary>Bitwise exclusive or of three.</summary>
    static abstract TSelf Xor(TSelf a, TSelf b, TSelf c);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>value · 2^bits, modulo 2^64.</summary>
    static abstract TSelf operator <<(TSelf value, int bits);

    /// <summary>Logical shift right.</summary>
    static abstract TSelf operator >>>(TSelf value, int bits);

    /// <summary>The low 32 bits.</summary>
    static abstract TSelf Low32(TSelf value);

    /// <summary>The 64-bit product of the low 32 bits of both words.</summary>
    static abstract TSelf Multiply32(TSelf left, TSelf right);

    /// <summary>left + right, modulo 2^64.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Where value &lt; bound the second word, elsewhere the third; both numbers are below 2^63.</summary>
    static abstract TSelf SelectBelow(TSelf value, ulong bound, TSelf ifBelow, TSelf otherwise);

    /// <summary>Whether value &lt; bound for every draw; both numbers are below 2^63.</summary>
    static abstract bool AllBelow(TSelf value, ulong bound);
}

/// <summary>The word of one draw.</summary>
/// <param name="Value">The word.</param>
public readonly record struct ScalarWord(ulong Value) : IWord<ScalarWord>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord Broadcast(ulong value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord Xor(ScalarWord a, ScalarWord b, ScalarWord c) => new(a.Value ^ b.Value ^ c.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord operator |(ScalarWord left, ScalarWord right) => new(left.Value | right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord operator <<(ScalarWord value, int bits) => new(value.Value << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord operator >>>(ScalarWord value, int bits) => new(value.Value >> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord Low32(ScalarWord value) => new((uint)value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord Multiply32(ScalarWord left, ScalarWord right) =>
        new((ulong)(uint)left.Value * (uint)right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord operator +(ScalarWord left, ScalarWord right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord operator &(ScalarWord left, ScalarWord right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarWord SelectBelow(ScalarWord value, ulong bound, ScalarWord ifBelow, ScalarWord otherwise) =>
        value.Value < bound ? ifBelow : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(ScalarWord value, ulong bound) => value.Value < bound;
}

/// <summary>The words of as many draws as a SIMD register holds.</summary>
/// <param name="Value">One word for each draw.</param>
public readonly record struct VectorWord(Vector<ulong> Value) : IWord<VectorWord>
{
    /// <summary>Number of words in a register.</summary>
    public static int Count => Vector<ulong>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord Broadcast(ulong value) => new(new Vector<ulong>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord Xor(VectorWord a, VectorWord b, VectorWord c) => new(a.Value ^ b.Value ^ c.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord operator |(VectorWord left, VectorWord right) => new(left.Value | right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord operator <<(VectorWord value, int bits) => new(value.Value << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord operator >>>(VectorWord value, int bits) => new(value.Value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord Low32(VectorWord value) => new(value.Value & new Vector<ulong>(uint.MaxValue));

    // Vector<ulong> has a 64 × 64 product only, several instructions where the processor's own
    // 32 × 32 → 64 product is one. All branches give the same integers.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord Multiply32(VectorWord left, VectorWord right)
    {
        if (Avx512F.IsSupported && Vector<ulong>.Count == 8)
            return new(Avx512F.Multiply(left.Value.AsVector512().AsUInt32(), right.Value.AsVector512().AsUInt32()).AsVector());
        if (Avx2.IsSupported && Vector<ulong>.Count == 4)
            return new(Avx2.Multiply(left.Value.AsVector256().AsUInt32(), right.Value.AsVector256().AsUInt32()).AsVector());
        if (Sse2.IsSupported && Vector<ulong>.Count == 2)
            return new(Sse2.Multiply(left.Value.AsVector128().AsUInt32(), right.Value.AsVector128().AsUInt32()).AsVector());
        return new(Low32(left).Value * Low32(right).Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord operator +(VectorWord left, VectorWord right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord operator &(VectorWord left, VectorWord right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorWord SelectBelow(VectorWord value, ulong bound, VectorWord ifBelow, VectorWord otherwise) =>
        new(Vector.ConditionalSelect(Vector.LessThan(value.Value, new Vector<ulong>(bound)), ifBelow.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(VectorWord value, ulong bound) => Vector.LessThanAll(value.Value, new Vector<ulong>(bound));
}
