using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>Counts one stream's values in the bins of its windows: <see cref="Window.Bin"/> in lanes.</summary>
internal sealed class BinCounter<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    private const double TwoTo52 = 4503599627370496.0;

    // Counts in a cache line.
    private const int Line = 64 / sizeof(uint);

    private readonly Window[] _windows;
    private readonly double[] _scales;
    private readonly int _bins;

    // The least and the greatest value: of all windows together for the outer ones of a first pass, else window by window.
    private readonly TLane[] _smallest;
    private readonly TLane[] _largest;

    // 32 bits a bin, so that more of them stay in cache; they are emptied before one can overflow. The last counts
    // what lies in no window.
    private readonly uint[] _counts;
    private long[]? _emptied;
    private long _sinceEmptied;
    private long _undefined;

    public BinCounter(AccumulationPass pass, int stream)
    {
        _windows = pass.Windows[stream];
        _bins = pass.Bins;
        _scales = new double[_windows.Length];
        for (var w = 0; w < _scales.Length; w++) _scales[w] = _windows[w].Scale(_bins);
        _counts = new uint[_windows.Length * _bins + 1];
        var followed = pass.CountsGaps ? 1 : _windows.Length;
        _smallest = new TLane[followed];
        _largest = new TLane[followed];
        Array.Fill(_smallest, TLane.Broadcast(double.PositiveInfinity));
        Array.Fill(_largest, TLane.Broadcast(double.NegativeInfinity));
    }

    /// <summary>Counts values; those in no window are passed over, those that are no finite number counted as such.</summary>
    /// <param name="values">The values, and behind them room to fill up a lane.</param>
    /// <param name="count">How many there are.</param>
    public void Add(double[] values, int count)
    {
        _sinceEmptied += count;
        if (_sinceEmptied > uint.MaxValue) Empty(count);
        Fetch();

        // NaN is in no window.
        var whole = (count + TLane.Count - 1) / TLane.Count * TLane.Count;
        values.AsSpan(count, whole - count).Fill(double.NaN);
        var finite = 0;
        for (var i = 0; i < whole; i += TLane.Count) finite += Add(Unsafe.As<double, TLane>(ref values[i]));
        _undefined += count - finite;
    }

    /// <summary>Adds what was counted to a result.</summary>
    public void AddTo(StreamResult result)
    {
        for (var i = 0; i < result.Bins.Length; i++) result.Bins[i] += _counts[i] + (_emptied is null ? 0 : _emptied[i]);
        for (var i = 0; i < _smallest.Length; i++)
        {
            var last = i == _smallest.Length - 1 ? _windows.Length - 1 : i;
            foreach (var value in Elements(_smallest, i)) result.Smallest[i] = Math.Min(result.Smallest[i], value);
            foreach (var value in Elements(_largest, i)) result.Largest[last] = Math.Max(result.Largest[last], value);
        }

        result.Undefined += _undefined;
    }

    private int Add(TLane x)
    {
        var lowest = TLane.Broadcast(double.MinValue);
        var none = TLane.Broadcast(_windows.Length * _bins);

        // The last window that starts at or below the value.
        ref readonly var window = ref _windows[0];
        var start = LaneMath.Max(TLane.Broadcast(window.Low), lowest);
        var end = TLane.Broadcast(window.High);
        var gridLow = TLane.Broadcast(window.GridLow);
        var scale = TLane.Broadcast(_scales[0]);
        var first = TLane.Broadcast(0);
        for (var w = 1; w < _windows.Length; w++)
        {
            window = ref _windows[w];
            var low = TLane.Broadcast(window.Low);
            end = TLane.SelectLess(x, low, end, TLane.Broadcast(window.High));
            gridLow = TLane.SelectLess(x, low, gridLow, TLane.Broadcast(window.GridLow));
            scale = TLane.SelectLess(x, low, scale, TLane.Broadcast(_scales[w]));
            first = TLane.SelectLess(x, low, first, TLane.Broadcast(w * _bins));
        }

        var position = LaneMath.Min(LaneMath.Max((x - gridLow) * scale, TLane.Broadcast(0)), TLane.Broadcast(_bins - 1));
        var bin = TLane.SelectLess(x, end, TLane.SelectLess(x, start, none, first + position), none);
        Follow(x, start);

        // The whole number k stands in the low bits of 2^52 + k.
        var whole = TLane.Floor(bin) + TLane.Broadcast(TwoTo52);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        for (var i = 0; i < TLane.Count; i++)
            Unsafe.Add(ref counts, Unsafe.As<double, int>(ref Unsafe.Add(ref Unsafe.As<TLane, double>(ref whole), i)))++;
        return BitOperations.PopCount(TLane.BetweenBits(lowest, x, TLane.Broadcast(double.PositiveInfinity)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(TLane x, TLane start)
    {
        if (_smallest.Length == 1 && _windows[0].Low == double.NegativeInfinity)
        {
            // What comes here lies in the windows, or is no finite number: then nobody asks.
            _smallest[0] = LaneMath.Min(x, _smallest[0]);
            _largest[0] = LaneMath.Max(x, _largest[0]);
            return;
        }

        var nothing = TLane.Broadcast(double.NaN);
        for (var w = 0; w < _windows.Length; w++)
        {
            ref readonly var window = ref _windows[w];
            if (w > 0) start = TLane.Broadcast(window.Low);
            var inside = TLane.SelectLess(x, TLane.Broadcast(window.High), TLane.SelectLess(x, start, nothing, x), nothing);
            _smallest[w] = LaneMath.Min(inside, _smallest[w]);
            _largest[w] = LaneMath.Max(inside, _largest[w]);
        }
    }

    // The counts were left for long: calls them into the cache all at once, not one miss after the other.
    private unsafe void Fetch()
    {
        if (!Sse.IsSupported) return;
        for (var i = 0; i < _counts.Length; i += Line) Sse.Prefetch0(Unsafe.AsPointer(ref _counts[i]));
    }

    private void Empty(int since)
    {
        _emptied ??= new long[_counts.Length];
        for (var i = 0; i < _counts.Length; i++) _emptied[i] += _counts[i];
        Array.Clear(_counts);
        _sinceEmptied = since;
    }

    private static ReadOnlySpan<double> Elements(TLane[] lanes, int at) => MemoryMarshal.Cast<TLane, double>(lanes.AsSpan(at, 1));
}
