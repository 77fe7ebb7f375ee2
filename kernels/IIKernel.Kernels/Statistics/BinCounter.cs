using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>Counts one column's values in the bins of its windows in a first pass: <see cref="Window.Bin"/> in lanes.</summary>
internal sealed class BinCounter<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    private const double TwoTo52 = 4503599627370496.0;
    private const int Line = 64;

    // No count of a byte overflows within a group.
    private static readonly int Group = byte.MaxValue / TLane.Count * TLane.Count;

    private readonly Grid[] _grids;
    private readonly int _bins;

    // A byte a bin, so that the counts of all columns stay in the second cache; they are emptied before one can overflow.
    private readonly byte[] _counts;
    private readonly uint[] _totals;
    private long[]? _emptied;
    private int _inCounts;
    private long _inTotals;

    // The least value and the number after the greatest, of all windows together.
    private double _smallest = double.PositiveInfinity;
    private double _beyond = double.NegativeInfinity;
    private bool _infinite;
    private long _undefined;

    public BinCounter(AccumulationPass pass, int column)
    {
        var windows = pass.Windows[column];
        _bins = pass.Bins;
        _grids = new Grid[windows.Length];
        for (var w = 0; w < windows.Length; w++)
        {
            ref readonly var window = ref windows[w];
            _grids[w] = new() { Low = window.Low, High = window.High, GridLow = window.GridLow, Scale = window.Scale(_bins) };
        }

        var counts = (windows.Length * _bins + Line - 1) / Line * Line;
        _counts = new byte[counts];
        _totals = new uint[counts];
    }

    /// <summary>Whether no number that was counted lies beyond the windows.</summary>
    public bool IsInWindows => !_infinite && _smallest >= _grids[0].Low && _beyond <= _grids[^1].High;

    /// <summary>Counts values draw by draw. They lie in the windows or are no numbers, which are counted as such.</summary>
    /// <param name="values">The first of them; behind the last a lane of anything may be read.</param>
    /// <param name="count">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ref double values, int count)
    {
        for (; count > 0; count -= Group)
        {
            var present = Math.Min(count, Group);
            if (_inCounts + present > byte.MaxValue) Empty();
            _inCounts += present;
            for (var i = 0; i < present; i += TLane.Count)
                Add(Unsafe.As<double, TLane>(ref Unsafe.Add(ref values, i)), Math.Min(present - i, TLane.Count));
            values = ref Unsafe.Add(ref values, Group);
        }
    }

    /// <summary>
    /// Counts many values of the column alone, whose totals are in the first cache: likewise, but with no way through bytes.
    /// </summary>
    /// <param name="values">The first of them; behind the last a lane of anything may be read.</param>
    /// <param name="count">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddMany(ref double values, int count)
    {
        ref var totals = ref MemoryMarshal.GetArrayDataReference(_totals);
        for (var i = 0; i < count; i += TLane.Count)
        {
            var present = Math.Min(count - i, TLane.Count);
            var x = Unsafe.As<double, TLane>(ref Unsafe.Add(ref values, i));
            Follow(x, present);
            var bins = Bins(x);
            for (var v = 0; v < present; v++)
                Unsafe.Add(ref totals, Unsafe.As<double, int>(ref Unsafe.Add(ref Unsafe.As<TLane, double>(ref bins), v)))++;
        }
    }

    /// <summary>Adds what was counted to a result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(ColumnResult result)
    {
        Empty();
        for (var i = 0; i < result.Bins.Length; i++) result.Bins[i] += _totals[i] + (_emptied is null ? 0 : _emptied[i]);
        if (_smallest < _grids[0].High) result.Smallest[0] = Math.Min(result.Smallest[0], _smallest);
        if (_beyond > _grids[^1].Low) result.Largest[^1] = Math.Max(result.Largest[^1], Math.BitDecrement(_beyond));
        if (_undefined == 0) return;
        result.Undefined += _undefined;

        // All of them went to one bin.
        var nowhere = Bins(TLane.Broadcast(double.NaN));
        result.Bins[Unsafe.As<TLane, int>(ref nowhere)] -= _undefined;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(TLane x, int present)
    {
        Follow(x, present);
        var bins = Bins(x);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        for (var i = 0; i < present; i++)
            Unsafe.Add(ref counts, Unsafe.As<double, int>(ref Unsafe.Add(ref Unsafe.As<TLane, double>(ref bins), i)))++;
    }

    // The bins of some values: whole numbers in the low bits of 2^52 + k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Bins(TLane x)
    {
        // The last window that starts at or below the value.
        ref readonly var grid = ref _grids[0];
        var gridLow = TLane.Broadcast(grid.GridLow);
        var scale = TLane.Broadcast(grid.Scale);
        var first = TLane.Broadcast(TwoTo52);
        for (var w = 1; w < _grids.Length; w++)
        {
            grid = ref _grids[w];
            var start = TLane.Broadcast(grid.Low);
            gridLow = TLane.SelectLess(x, start, gridLow, TLane.Broadcast(grid.GridLow));
            scale = TLane.SelectLess(x, start, scale, TLane.Broadcast(grid.Scale));
            first = TLane.SelectLess(x, start, first, TLane.Broadcast(TwoTo52 + w * _bins));
        }

        // Rounded down before the window's first bin is added, which would round. NaN goes to a bin like any other.
        var bin = LaneMath.Min(LaneMath.Max((x - gridLow) * scale, TLane.Broadcast(0)), TLane.Broadcast(_bins - 1));
        return TLane.Floor(bin) + first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(TLane x, int present)
    {
        var news = ulong.MaxValue >> (64 - present) & ~TLane.BetweenBits(TLane.Broadcast(_smallest), x, TLane.Broadcast(_beyond));
        if (news != 0) Stretch(x, news);
    }

    // Takes values that are less than the least or greater than the greatest so far, or no finite numbers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Stretch(TLane x, ulong news)
    {
        for (; news != 0; news &= news - 1)
        {
            var value = Unsafe.Add(ref Unsafe.As<TLane, double>(ref x), BitOperations.TrailingZeroCount(news));
            if (double.IsFinite(value))
            {
                _smallest = Math.Min(_smallest, value);
                _beyond = Math.Max(_beyond, Math.BitIncrement(value));
            }
            else if (double.IsNaN(value))
            {
                _undefined++;
            }
            else
            {
                _infinite = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Empty()
    {
        _inTotals += _inCounts;
        if (_inTotals > uint.MaxValue)
        {
            _emptied ??= new long[_totals.Length];
            for (var i = 0; i < _totals.Length; i++) _emptied[i] += _totals[i];
            Array.Clear(_totals);
            _inTotals = _inCounts;
        }

        for (var at = 0; at < _counts.Length; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(_counts, at), out var low, out var high);
            AddTotals(low, at);
            AddTotals(high, at + Vector<ushort>.Count);
        }

        Array.Clear(_counts);
        _inCounts = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTotals(Vector<ushort> counts, int at)
    {
        Vector.Widen(counts, out var low, out var high);
        (new Vector<uint>(_totals, at) + low).CopyTo(_totals, at);
        (new Vector<uint>(_totals, at + Vector<uint>.Count) + high).CopyTo(_totals, at + Vector<uint>.Count);
    }

    // What a bin's number follows from, window by window.
    private struct Grid
    {
        public double Low;
        public double High;
        public double GridLow;
        public double Scale;
    }
}
