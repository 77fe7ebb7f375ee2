using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IIKernel.Kernels.Random;

/// <summary>The words of eight draws in a 512-bit register.</summary>
/// <param name="Value">One word for each draw.</param>
public readonly record struct Word512(Vector512<ulong> Value) : IWord<Word512>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 Broadcast(ulong value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 Xor(Word512 a, Word512 b, Word512 c) => new(
        Avx512F.IsSupported ? Avx512F.TernaryLogic(a.Value, b.Value, c.Value, 0x96) : a.Value ^ b.Value ^ c.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 operator |(Word512 left, Word512 right) => new(left.Value | right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 operator <<(Word512 value, int bits) => new(value.Value << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 operator >>>(Word512 value, int bits) => new(value.Value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 Low32(Word512 value) => new(value.Value & Vector512.Create((ulong)uint.MaxValue));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 Multiply32(Word512 left, Word512 right) =>
        Avx512F.IsSupported
            ? new(Avx512F.Multiply(left.Value.AsUInt32(), right.Value.AsUInt32()))
            : new(Low32(left).Value * Low32(right).Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 operator +(Word512 left, Word512 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 operator &(Word512 left, Word512 right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word512 SelectBelow(Word512 value, ulong bound, Word512 ifBelow, Word512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(value.Value, Vector512.Create(bound)), ifBelow.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(Word512 value, ulong bound) => Vector512.LessThanAll(value.Value, Vector512.Create(bound));
}
