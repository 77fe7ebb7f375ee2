using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Statistics;

/// <content>What is cached or kept of the windows' values, page by page.</content>
internal sealed partial class ColumnAccumulator<TLane>
{
    private readonly PagePool _pages = new();

    // The pages of each column that are full.
    private readonly List<ArraySegment<double>>[] _full;

    // Caches or keeps the values that were marked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void SetAside(int column, ref ColumnState state, int others, ref double values, int count)
    {
        if (state.Count + others > PagePool.Length - Few) MakeSpace(column, others);
        CopyOthers(ref values, count, state.Page + state.Count);
        state.Count += others;
    }

    // What is kept is compacted when its page is full, and the page left only if most of it is wanted.
    private void MakeSpace(int s, int others)
    {
        ref var state = ref _states[s];
        if (!_caches)
        {
            Compact(s);
            if (state.Count <= PagePool.Length * 3 / 4 && state.Count + others <= PagePool.Length - Few) return;
        }

        GoOn(s, _pages.Take());
    }

    // Drops what lies in no window.
    private unsafe void Compact(int s) => _states[s].Count = Filter(s, _states[s].Page, _states[s].Count);

    // Goes on in another page.
    private void GoOn(int s, ArraySegment<double> page)
    {
        Flush(s);
        Place(ref _states[s], page);
    }

    private void Flush(int s)
    {
        ref var state = ref _states[s];
        if (state.Count > 0) _full[s].Add(state.Values[..state.Count]);
        state.Count = 0;
    }

    // Takes this thread's share of what an earlier pass caches of a column: the values that are still wanted move to the first of its
    // pages, and the last are free.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Recall(int s, int thread)
    {
        ref var state = ref _states[s];
        var all = _pass.Earlier?.Columns[s].Cached ?? [];
        var taken = thread;
        Place(ref state, Next(all, ref taken));
        for (var i = thread; i < all.Count; i += _threads)
        {
            for (Span<double> values = all[i]; values.Length > 0; values = values[Math.Min(Together, values.Length)..])
            {
                var count = Math.Min(Together, values.Length);
                ref var first = ref MemoryMarshal.GetReference(values);
                var others = CountGaps(ref state, ref first, count);
                CopyOthers(ref first, count, _some.Start);
                var recalled = new ReadOnlySpan<double>(_some.Start, others);
                var fit = Math.Min(others, PagePool.Length - Few - state.Count);
                Append(ref state, recalled[..fit]);
                if (fit == others) continue;
                GoOn(s, Next(all, ref taken));
                Append(ref state, recalled[fit..]);
            }
        }

        while (taken < all.Count) _pages.Return(Next(all, ref taken));
    }

    // Adds no more than these values: behind them may be what is to be recalled next.
    private static unsafe void Append(ref ColumnState state, ReadOnlySpan<double> values)
    {
        values.CopyTo(new(state.Page + state.Count, values.Length));
        state.Count += values.Length;
    }

    // The next of this thread's pages, or a new one.
    private ArraySegment<double> Next(IReadOnlyList<ArraySegment<double>> pages, ref int taken)
    {
        if (taken >= pages.Count) return _pages.Take();
        var page = pages[taken];
        taken += _threads;
        return new(page.Array!, page.Offset, PagePool.Length);
    }
}
