using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>
/// The words of two registers: each round of the generator waits for the one before, and two at a time keep the
/// multipliers busy meanwhile.
/// </summary>
/// <param name="First">The words of the first draws.</param>
/// <param name="Second">Those of the next.</param>
public readonly record struct PairWord<TWord>(TWord First, TWord Second) : IWord<PairWord<TWord>>
    where TWord : unmanaged, IWord<TWord>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> Broadcast(ulong value) => new(TWord.Broadcast(value), TWord.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> Xor(PairWord<TWord> a, PairWord<TWord> b, PairWord<TWord> c) =>
        new(TWord.Xor(a.First, b.First, c.First), TWord.Xor(a.Second, b.Second, c.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> operator |(PairWord<TWord> left, PairWord<TWord> right) =>
        new(left.First | right.First, left.Second | right.Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> operator <<(PairWord<TWord> value, int bits) =>
        new(value.First << bits, value.Second << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> operator >>>(PairWord<TWord> value, int bits) =>
        new(value.First >>> bits, value.Second >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> Low32(PairWord<TWord> value) =>
        new(TWord.Low32(value.First), TWord.Low32(value.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> Multiply32(PairWord<TWord> left, PairWord<TWord> right) =>
        new(TWord.Multiply32(left.First, right.First), TWord.Multiply32(left.Second, right.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> operator +(PairWord<TWord> left, PairWord<TWord> right) =>
        new(left.First + right.First, left.Second + right.Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> operator &(PairWord<TWord> left, PairWord<TWord> right) =>
        new(left.First & right.First, left.Second & right.Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairWord<TWord> SelectBelow(
        PairWord<TWord> value, ulong bound, PairWord<TWord> ifBelow, PairWord<TWord> otherwise) => new(
        TWord.SelectBelow(value.First, bound, ifBelow.First, otherwise.First),
        TWord.SelectBelow(value.Second, bound, ifBelow.Second, otherwise.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBelow(PairWord<TWord> value, ulong bound) =>
        TWord.AllBelow(value.First, bound) && TWord.AllBelow(value.Second, bound);
}
