using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>
/// What one thread of this machine can do of one kind of work and nothing else, its operands in registers: loops of operations that
/// do not wait for each other.
/// </summary>
/// <typeparam name="TLane">The registers, four at a time.</typeparam>
/// <typeparam name="TWord">The same registers as whole numbers, two at a time.</typeparam>
internal static class Peaks<TLane, TWord>
    where TLane : unmanaged, IHostLane<TLane>
    where TWord : unmanaged, IWord<TWord>
{
    private const int Turns = 4096;

    /// <summary>Fused multiply–adds; an addition or a multiplication takes as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Sums()
    {
        var (a, b, c) = (TLane.Broadcast(1), TLane.Broadcast(2), TLane.Broadcast(3));
        var (x, y) = (TLane.Broadcast(0.999), TLane.Broadcast(1e-3));
        for (var i = 0; i < Turns; i++)
        {
            a = TLane.MultiplyAdd(a, x, y);
            b = TLane.MultiplyAdd(b, x, y);
            c = TLane.MultiplyAdd(c, x, y);
        }

        return Use(a + b + c, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Divisions()
    {
        var (a, b) = (TLane.Broadcast(1), TLane.Broadcast(2));
        var x = TLane.Broadcast(1.7);
        for (var i = 0; i < Turns; i++)
        {
            a = x / a;
            b = x / b;
        }

        return Use(a + b, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long SquareRoots()
    {
        var (a, b) = (TLane.Broadcast(1.1), TLane.Broadcast(2));
        for (var i = 0; i < Turns; i++)
        {
            a = TLane.Sqrt(a);
            b = TLane.Sqrt(b);
        }

        return Use(a + b, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Selections()
    {
        var (a, b) = (TLane.Broadcast(1), TLane.Broadcast(2));
        var (x, y) = (TLane.Broadcast(1.5), TLane.Broadcast(0.5));
        for (var i = 0; i < Turns; i++)
        {
            a = TLane.SelectLess(a, x, y, a);
            b = TLane.SelectLess(b, x, y, b);
        }

        return Use(a + b, 2);
    }

    /// <summary>Intervals in which values of the first cache are looked for by their keys, to a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Intervals()
    {
        const int blocks = 4;
        var values = new double[blocks * SumBlock.Draws];
        var bits = new ulong[blocks * CoarseInterval.Together];
        var scale = CoarseScale.Of(0, CoarseInterval.Together, 1 << 14);
        CoarseInterval[] intervals = [.. Enumerable.Range(0, CoarseInterval.Together).Select(i => CoarseInterval.Inside(i, i + 1, scale))];
        for (var i = 0; i < Turns; i++) TLane.Within(ref values[0], blocks, scale, ref intervals[0], ref bits[0]);
        GC.KeepAlive(bits);
        return (long)Turns * values.Length * CoarseInterval.Together;
    }

    /// <summary>32-bit products, high and low half, as Philox takes them, with nothing else of a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Products()
    {
        var (a, b, c, d) = (TWord.Broadcast(3), TWord.Broadcast(5), TWord.Broadcast(7), TWord.Broadcast(9));
        var x = TWord.Broadcast(0xD2511F53);
        for (var i = 0; i < Turns; i++)
        {
            a = TWord.Multiply32(a, x);
            b = TWord.Multiply32(b, x);
            c = TWord.Multiply32(c, x);
            d = TWord.Multiply32(d, x);
        }

        GC.KeepAlive(a | b | c | d);
        return 4L * Turns * Unsafe.SizeOf<TWord>() / sizeof(ulong);
    }

    // The value is asked for, so that nothing is found to be needless.
    private static long Use(TLane value, int together)
    {
        GC.KeepAlive(value);
        return (long)together * Turns * TLane.Count;
    }
}
