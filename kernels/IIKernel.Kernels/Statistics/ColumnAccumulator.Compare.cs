using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <content>How the few values that are wanted are told from the others: by their keys, and the last ones exactly.</content>
internal sealed partial class ColumnAccumulator<TLane>
{
    // Values that are copied at a time, the last of them anything: a loop that ends with the last value could not be foreseen.
    private const int Few = 4;

    // What a column's values are compared with, CoarseInterval.Together at a time: the gaps below, between and above its windows, which
    // hold most values, or its intervals.
    private readonly CoarseInterval[] _coarse;

    // Which of the values that are looked at lie in each interval.
    private readonly ulong[] _inside;

    // Counts those of some values that surely lie in gaps, and marks the others; returns how many these are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountGaps(ref ColumnState state, ref double values, int count)
    {
        ref var inside = ref MemoryMarshal.GetArrayDataReference(_inside);
        var blocks = (count + SumBlock.Draws - 1) / SumBlock.Draws;
        TLane.Within(ref values, blocks, state.Scale, ref _coarse[state.Coarse], ref inside);
        var (below, inFirstGap, above, others) = (0, 0, 0, 0);
        for (var at = 0; at < count; at += SumBlock.Draws)
        {
            var present = Present(count - at);
            below += BitOperations.PopCount(inside & present);
            inFirstGap += BitOperations.PopCount(Unsafe.Add(ref inside, 1) & present);
            above += BitOperations.PopCount(Unsafe.Add(ref inside, 3) & present);
            inside = present & ~(inside | Unsafe.Add(ref inside, 1) | Unsafe.Add(ref inside, 2) | Unsafe.Add(ref inside, 3));
            others += BitOperations.PopCount(inside);
            inside = ref Unsafe.Add(ref inside, CoarseInterval.Together);
        }

        state.Below += below;
        state.InFirstGap += inFirstGap;
        state.Above += above;
        return state.More.Length == 0 ? others : CountMore(ref state, ref values, blocks);
    }

    // The same for the gaps from the fourth on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountMore(ref ColumnState state, ref double values, int blocks)
    {
        ref var others = ref MemoryMarshal.GetArrayDataReference(_inside);
        ref var inside = ref Unsafe.Add(ref others, Blocks * CoarseInterval.Together);
        for (var gap = 0; gap < state.More.Length; gap += CoarseInterval.Together)
        {
            TLane.Within(ref values, blocks, state.Scale, ref _coarse[state.Coarse + CoarseInterval.Together + gap], ref inside);
            for (var i = 0; i < blocks * CoarseInterval.Together; i++)
            {
                ref var left = ref Unsafe.Add(ref others, i / CoarseInterval.Together * CoarseInterval.Together);
                var found = left & Unsafe.Add(ref inside, i);
                left &= ~found;
                if (found != 0) state.More[gap + i % CoarseInterval.Together] += BitOperations.PopCount(found);
            }
        }

        var count = 0;
        for (var block = 0; block < blocks; block++)
            count += BitOperations.PopCount(Unsafe.Add(ref others, block * CoarseInterval.Together));
        return count;
    }

    // Copies the values that were marked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void CopyOthers(ref double values, int count, double* to)
    {
        ref var inside = ref MemoryMarshal.GetArrayDataReference(_inside);
        for (var at = 0; at < count; at += SumBlock.Draws)
        {
            to += Copy(ref Unsafe.Add(ref values, at), inside, to);
            inside = ref Unsafe.Add(ref inside, CoarseInterval.Together);
        }
    }

    // Drops those of some values that lie in no window after all, and counts them where gaps are counted; what is no number stays
    // there. Returns how many are left. Columns may be filtered side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Filter(int column, double* values, int count)
    {
        var left = 0;
        for (var at = 0; at < count; at += TLane.Count)
        {
            var lane = *(TLane*)(values + at);
            var wanted = 0UL;
            foreach (ref readonly var window in _pass.Windows[column].AsSpan())
                wanted |= TLane.BetweenBits(TLane.Broadcast(window.Low), lane, TLane.Broadcast(window.High));
            var present = Present(Math.Min(count - at, TLane.Count));
            for (var others = _gaps ? present & ~wanted : 0; others != 0; others &= others - 1)
            {
                var i = BitOperations.TrailingZeroCount(others);
                if (!IsInGap(column, values[at + i])) wanted |= 1UL << i;
            }

            for (wanted &= present; wanted != 0; wanted &= wanted - 1)
                values[left++] = values[at + BitOperations.TrailingZeroCount(wanted)];
        }

        return left;
    }

    // Whether a value that lies in no window is a number, which is counted: an infinite one lies below or above all windows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsInGap(int column, double value)
    {
        if (double.IsNaN(value)) return false;
        ref var state = ref _states[column];
        if (double.IsInfinity(value)) state.Infinite++;
        var windows = _pass.Windows[column];
        if (value < windows[0].Low) state.Below++;
        else if (value >= windows[^1].High) state.Above++;
        else if (value < windows[1].Low) state.InFirstGap++;
        else if (state.More.Length > 0 && value >= windows[2].Low) state.More[Array.FindIndex(windows, 3, w => value < w.Low) - 3]++;
        return true;
    }

    // Marks those of some values that lie in a column's intervals, and perhaps a few others; returns how many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindWithin(in ColumnState state, ref double values, int count)
    {
        ref var inside = ref MemoryMarshal.GetArrayDataReference(_inside);
        var blocks = (count + SumBlock.Draws - 1) / SumBlock.Draws;
        for (var i = state.Coarse; i < state.CoarseEnd; i += CoarseInterval.Together)
            TLane.Within(ref values, blocks, state.Scale, ref _coarse[i], ref Unsafe.Add(ref inside, (i - state.Coarse) * Blocks));
        var found = 0;
        for (var at = 0; at < count; at += SumBlock.Draws)
        {
            var bits = 0UL;
            for (var i = 0; i < state.CoarseEnd - state.Coarse; i += CoarseInterval.Together)
            {
                ref var some = ref Unsafe.Add(ref inside, i * Blocks);
                bits |= some | Unsafe.Add(ref some, 1) | Unsafe.Add(ref some, 2) | Unsafe.Add(ref some, 3);
            }

            inside = bits & Present(count - at);
            found += BitOperations.PopCount(inside);
            inside = ref Unsafe.Add(ref inside, CoarseInterval.Together);
        }

        return found;
    }

    // Bits of so many values, at most a block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Present(int count) => ulong.MaxValue >> (SumBlock.Draws - Math.Min(SumBlock.Draws, count));

    // Copies the values that bits stand for, and behind them fewer than Few of anything; returns how many. The value behind the block is
    // read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int Copy(ref double block, ulong bits, double* to)
    {
        var count = BitOperations.PopCount(bits);
        for (; bits != 0; to += Few)
        {
            to[0] = Unsafe.Add(ref block, BitOperations.TrailingZeroCount(bits));
            bits &= bits - 1;
            to[1] = Unsafe.Add(ref block, BitOperations.TrailingZeroCount(bits));
            bits &= bits - 1;
            to[2] = Unsafe.Add(ref block, BitOperations.TrailingZeroCount(bits));
            bits &= bits - 1;
            to[3] = Unsafe.Add(ref block, BitOperations.TrailingZeroCount(bits));
            bits &= bits - 1;
        }

        return count;
    }

    private static void CompareWithGaps(AccumulationPass pass, int s, ref ColumnState state, List<CoarseInterval> coarse)
    {
        state.More = new long[Math.Max(0, pass.Windows[s].Length - 3)];
        state.Scale = Window.CoarseScale(pass.Windows[s]);
        foreach (var (low, high) in Gaps(pass, s)) coarse.Add(CoarseInterval.Inside(low, high, state.Scale));
    }

    // What lies beyond the intervals need not be told: the scale is as fine as it can be.
    private static void CompareWithIntervals((double Low, double High)[] intervals, ref ColumnState state, List<CoarseInterval> coarse)
    {
        if (intervals.Length == 0) return;
        state.Scale = CoarseScale.Of(intervals[0].Low, intervals[^1].High, 1 << 15);
        foreach (var (low, high) in intervals) coarse.Add(CoarseInterval.Around(low, high, state.Scale));
    }

    // The gaps below and above a column's windows, with the first two between them, then those between the others; one that there is not
    // holds nothing.
    private static (double Low, double High)[] Gaps(AccumulationPass pass, int s)
    {
        var windows = pass.Windows[s];
        var between = pass.Compared(s);
        (double, double) nothing = (double.PositiveInfinity, double.PositiveInfinity);
        return
        [
            windows[0].Low > double.MinValue ? (double.MinValue, windows[0].Low) : nothing, between.Length > 0 ? between[0] : nothing,
            between.Length > 1 ? between[1] : nothing, (windows[^1].High, double.PositiveInfinity), .. between.Skip(2),
        ];
    }
}
