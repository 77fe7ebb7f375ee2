using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>Counts one stream's values in the bins of its windows: <see cref="Window.Bin"/> in lanes.</summary>
internal sealed class BinCounter<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    private const double TwoTo52 = 4503599627370496.0;

    private readonly Window[] _windows;
    private readonly int _bins;
    private readonly double[] _scales;
    private readonly TLane[] _smallest;
    private readonly TLane[] _largest;

    // 32 bits a bin, so that more of them stay in cache; they are emptied before one can overflow. The last counts
    // what lies in no window.
    private readonly uint[] _counts;
    private long[]? _emptied;
    private long _sinceEmptied;
    private long _undefined;

    public BinCounter(Window[] windows, int bins)
    {
        _windows = windows;
        _bins = bins;
        _scales = [.. windows.Select(w => w.Scale(bins))];
        _counts = new uint[windows.Length * bins + 1];
        _smallest = new TLane[windows.Length];
        _largest = new TLane[windows.Length];
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

        // NaN is in no window.
        var whole = (count + TLane.Count - 1) / TLane.Count * TLane.Count;
        values.AsSpan(count, whole - count).Fill(double.NaN);
        var finite = 0;
        for (var i = 0; i < whole; i += TLane.Count) finite += Add(ref values[i]);
        _undefined += count - finite;
    }

    /// <summary>Adds what was counted to a result.</summary>
    public void AddTo(StreamResult result)
    {
        for (var i = 0; i < result.Bins.Length; i++) result.Bins[i] += _counts[i] + (_emptied is null ? 0 : _emptied[i]);
        for (var w = 0; w < _windows.Length; w++)
        {
            foreach (var value in Elements(_smallest, w)) result.Smallest[w] = Math.Min(result.Smallest[w], value);
            foreach (var value in Elements(_largest, w)) result.Largest[w] = Math.Max(result.Largest[w], value);
        }

        result.Undefined += _undefined;
    }

    private int Add(ref double first)
    {
        var x = Unsafe.As<double, TLane>(ref first);
        var none = TLane.Broadcast(_windows.Length * _bins);
        var nothing = TLane.Broadcast(double.NaN);
        var zero = TLane.Broadcast(0);
        var lowest = TLane.Broadcast(double.MinValue);
        var infinity = TLane.Broadcast(double.PositiveInfinity);
        var last = TLane.Broadcast(_bins - 1);
        var finite = BitOperations.PopCount(TLane.BetweenBits(lowest, x, infinity));
        var bin = none;
        for (var w = 0; w < _windows.Length; w++)
        {
            ref readonly var window = ref _windows[w];
            var low = LaneMath.Max(TLane.Broadcast(window.Low), lowest);
            var high = TLane.Broadcast(window.High);
            var position = (x - TLane.Broadcast(window.GridLow)) * TLane.Broadcast(_scales[w]);
            position = LaneMath.Min(LaneMath.Max(position, zero), last) + TLane.Broadcast(w * _bins);
            bin = TLane.SelectLess(x, high, TLane.SelectLess(x, low, bin, position), bin);
            var inside = TLane.SelectLess(x, high, TLane.SelectLess(x, low, nothing, x), nothing);
            _smallest[w] = LaneMath.Min(inside, _smallest[w]);
            _largest[w] = LaneMath.Max(inside, _largest[w]);
        }

        // The whole number k stands in the low bits of 2^52 + k.
        var whole = TLane.Floor(bin) + TLane.Broadcast(TwoTo52);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        for (var i = 0; i < TLane.Count; i++)
            Unsafe.Add(ref counts, Unsafe.As<double, int>(ref Unsafe.Add(ref Unsafe.As<TLane, double>(ref whole), i)))++;
        return finite;
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
