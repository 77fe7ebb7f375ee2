using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>Scrambled points of Sobol'; see <see cref="SequenceKind.Sobol"/> and <see cref="SequencePlan"/>.</summary>
internal readonly struct SobolSequence : ISequence
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Uniform<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
    {
        // Digits of the index that any draw of the lane has.
        var digits = 0;
        for (var rest = (firstDraw + (ulong)TLane.Count) >> plan.Sequence.ReplicateBits; rest != 0; rest >>= 1) digits++;
        return TLane.Uniform(
            new SobolBits<TIntegers>(
                plan.Sequence.Directions, input * DirectionNumbers.Bits, Math.Min(digits, DirectionNumbers.Bits), plan.Point(input)),
            firstDraw);
    }
}

/// <summary>One coordinate of scrambled points.</summary>
/// <param name="directions">The digits of the direction numbers in reverse; see <see cref="SequenceView{TReals, TIntegers}"/>.</param>
/// <param name="at">Index of the first of the coordinate's direction numbers.</param>
/// <param name="digits">How many digits the indices of points have, at most.</param>
/// <param name="address">Which points draws are.</param>
internal readonly struct SobolBits<TIntegers>(TIntegers directions, int at, int digits, PointAddress address) : IBitSource
    where TIntegers : struct, IReadOnlyArray<int>
{
    // What is left of 52 bits behind the 32 digits of a point.
    private const int TailBits = 20;

    private readonly TIntegers _directions = directions;
    private readonly int _at = at;
    private readonly int _digits = digits;
    private readonly PointAddress _address = address;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord First52Bits<TWord>(TWord draw)
        where TWord : unmanaged, IWord<TWord>
    {
        var (point, replicate) = (_address.Point(draw), _address.Replicate(draw));
        var (key0, key1) = (replicate, TWord.Broadcast(0));
        _address.Block(ref key0, ref key1, out var key2, out var key3, CounterLayout.ScrambleStream);
        var leading = OwenScramble.Reverse(OwenScramble.Scramble(Reversed(point), key0, key1, key2, key3));

        // Digits behind those that two points share are independent of each other's.
        var (tail, other) = (TWord.Low32(point), replicate);
        _address.Block(ref tail, ref other, out _, out _, CounterLayout.TailStream);
        return (leading << TailBits) | (tail >>> (32 - TailBits));
    }

    /// <summary>
    /// The 32 digits of points before they are scrambled, the leading one in the lowest bit: the sum without carry of the direction numbers
    /// of the digits of Gray's code of the index.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord Reversed<TWord>(TWord point)
        where TWord : unmanaged, IWord<TWord>
    {
        var gray = TWord.Xor(point, point >>> 1, TWord.Broadcast(0));
        var sum = TWord.Broadcast(0);
        for (var digit = 0; digit < _digits; digit++)
        {
            var direction = TWord.Broadcast((uint)_directions[_at + digit]);
            sum = TWord.Xor(sum, TWord.Multiply32(gray & TWord.Broadcast(1), direction), TWord.Broadcast(0));
            gray >>>= 1;
        }

        return sum;
    }
}
