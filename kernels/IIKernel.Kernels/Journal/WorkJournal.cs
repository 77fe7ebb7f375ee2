using System.Diagnostics;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>
/// What was found so far of all work on the draws of one run, so that a run that was ended goes on where it was, and so that machines can
/// divide one. Work is a function of its key, so that it does not matter who found something, when, and in which parts.
/// </summary>
/// <remarks>
/// Without a share everything is done here. With one, of work that is divided only its own segments are, and what depends on the whole
/// waits (<see cref="UnfinishedWorkException"/>). Where a sample's values themselves are divided, the draws of others are replaced by
/// its own meanwhile, so that all such work is met in one go: what comes of that is no result (<see cref="IsOpen"/>). To join shares,
/// nothing that is divided is done here.
/// </remarks>
public sealed class WorkJournal
{
    // Values that are held in memory where the draws themselves are divided: 8 GB. Above, passes over them are divided one by one.
    private const long MostValues = 1L << 30;

    // Saving takes no more than so much of the time.
    private const double MostSaving = 0.01;

    private readonly Stopwatch _sinceSaved = Stopwatch.StartNew();
    private TimeSpan _saving;
    private bool _isBusy;

    // Whether something was found since the last save.
    private bool _hasNew;

    // Whether a piece is done here as a whole, and the keys of what it is made of.
    private bool _isWhole;
    private HashSet<WorkKey>? _parts;
    private (WorkKey Scope, long Draws, StoredSource Source)? _values;

    /// <summary>What is known.</summary>
    public required WorkStore Store { get; init; }

    /// <summary>The share that is done here; null where all is, or nothing that is divided.</summary>
    public WorkShare? Share { get; init; }

    /// <summary>Whether shares are joined: what of divided work is not known is waited for.</summary>
    public bool Joins { get; init; }

    /// <summary>Whether what is not known of the shares that are joined is drawn here.</summary>
    public bool Finishes { get; init; }

    /// <summary>Draws of the sample: smaller ones are not divided, unless their values are.</summary>
    public required long Draws { get; init; }

    /// <summary>The time between two saves, or more where saving takes long; zero to save after every piece of work.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Threads of the backend: as many segments are drawn together at least.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Saves what is known; called when <see cref="Interval"/> has passed; null where nothing is saved.</summary>
    public Action<WorkStore>? Save { get; init; }

    /// <summary>Whether something was left to others: what was described of the draws is no result.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether work is being done right now: what is drawn for it is no work of its own.</summary>
    internal bool IsBusy => _isBusy;

    /// <summary>Whether it has anything to do with work that takes so long.</summary>
    internal bool Minds(double seconds) => Divides || (Save is not null && seconds >= Interval.TotalSeconds / 2) || Store.Count > 0;

    private bool Divides => !_isWhole && (Share is not null || Joins);

    private bool IsDue => Save is not null
        && (Interval == TimeSpan.Zero || (_sinceSaved.Elapsed >= Interval && _sinceSaved.Elapsed >= _saving / MostSaving));

    /// <summary>Saves what is known now.</summary>
    public void SaveNow()
    {
        var clock = Stopwatch.StartNew();
        Save?.Invoke(Store);
        _saving = clock.Elapsed;
        _sinceSaved.Restart();
        _hasNew = false;
    }

    /// <summary>Saves what was found meanwhile, once that is due: describing values may take longer than drawing them.</summary>
    internal void SaveIfDue()
    {
        if (_hasNew && IsDue) SaveNow();
    }

    /// <summary>Does work, or what of it is not known.</summary>
    internal T Do<T>(WorkScope scope, DividedWork<T> work, IProgress<double>? progress, CancellationToken cancellation)
        where T : class
    {
        if (_isBusy) return work.Do(work.Range, null, progress, cancellation);
        if (work.Piece is { } piece) return Piece(scope, work, piece, progress, cancellation);
        if (!Divides) return Complete(scope, work, work.Range, progress, cancellation);
        if (work is PassWork pass)
        {
            if (Served(scope, pass.Pass, pass.Source, cancellation) is { } served)
            {
                var described = served.Accumulate(pass.Pass, progress, cancellation);
                SaveIfDue();
                return (T)(object)described;
            }

            work = (DividedWork<T>)(object)pass.Plain();
            if (pass.Pass.Draws < Draws) return Complete(scope, work, work.Range, progress, cancellation);
        }

        var known = Store.Find(scope.KeyOf(work));
        if (WorkStore.Missing(known, work.Range).Count == 0) return Merge(work, known);
        if (Finishes) return Complete(scope, work, work.Range, progress, cancellation);
        IsOpen = true;
        if (Share is { } share && share.Of(work.Range) is { Count: > 0 } own) Complete(scope, work, own, progress, cancellation);
        throw new UnfinishedWorkException();
    }

    /// <summary>The first draws of some outputs, if they are to be taken from here: those of others may be missing.</summary>
    /// <param name="scope">Whose draws.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="outputs">Indices of outputs.</param>
    /// <param name="source">What draws them.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    internal StoredSource Values(WorkScope scope, long draws, int[] outputs, IDrawSource source, CancellationToken cancellation)
    {
        if (Held(scope, draws, outputs) is { } held) return held;
        var work = new ValuesWork(draws, outputs, source);
        var key = scope.KeyOf(work);
        if (Divides && !Finishes && WorkStore.Missing(Store.Find(key), work.Range).Count > 0)
        {
            IsOpen = true;
            var own = Share?.Of(work.Range) ?? default;
            if (own.Count == 0) throw new UnfinishedWorkException();
            var drawn = Complete(scope, work, own, null, cancellation);
            return Hold(scope, draws, outputs, new(0, [.. drawn.Rows.Select(row => Repeated(row, draws))]));
        }

        var all = Complete(scope, work, work.Range, null, cancellation);
        return Divides ? Hold(scope, draws, outputs, all) : Stored(outputs, all);
    }

    /// <summary>Values that are held of a sample; null where those are not.</summary>
    internal StoredSource? Held(WorkScope scope, long draws, ReadOnlySpan<int> outputs)
    {
        if (_values is not { } values || values.Scope != scope.Key || values.Draws < draws) return null;
        foreach (var output in outputs)
            if (!values.Source.Holds(output)) return null;
        return values.Source;
    }

    // A piece of a run: known, done here, or left to others; where pieces are fewer than shares, each is divided itself.
    private T Piece<T>(
        WorkScope scope, DividedWork<T> work, (int Index, int Count) piece, IProgress<double>? progress, CancellationToken cancellation)
        where T : class
    {
        var key = scope.KeyOf(work);
        if (Store.Find(key) is [var known]) return Read(work, known);
        if (Divides && !Finishes)
        {
            if (Share is not { } share || piece.Count < share.Count) return work.Do(work.Range, null, progress, cancellation);
            var own = share.Of(new(0, piece.Count));
            if (piece.Index < own.First || piece.Index >= own.End)
            {
                IsOpen = true;
                throw new UnfinishedWorkException();
            }
        }

        T found;
        (_isWhole, _parts) = (!Finishes, []);
        try
        {
            found = work.Do(work.Range, null, progress, cancellation);
            foreach (var part in _parts) Store.Remove(part);
        }
        finally
        {
            (_isWhole, _parts) = (false, null);
        }

        Add(new(key, work.Range, new FoundPayload<T>(work, found)));
        if (IsDue) SaveNow();
        return found;
    }

    // The values that a pass goes over, where these are divided: what it caches, and where it goes on, is a matter of one machine.
    private StoredSource? Served(WorkScope scope, AccumulationPass pass, IDrawSource source, CancellationToken cancellation)
    {
        if (Held(scope, pass.Draws, pass.Columns) is { } held) return held;
        var isPart = pass.Caches || pass.Range.Count < pass.Segments.Count;
        return isPart && pass.Draws * pass.Columns.Length <= MostValues
            ? Values(scope, pass.Draws, pass.Columns, source, cancellation) : null;
    }

    private StoredSource Hold(WorkScope scope, long draws, int[] outputs, DrawnValues values)
    {
        var source = Stored(outputs, values);
        _values = (scope.Key, draws, source);
        return source;
    }

    private static StoredSource Stored(int[] outputs, DrawnValues values) =>
        new(outputs.Max() + 1, outputs.Zip(values.Rows).ToDictionary(p => p.First, p => p.Second));

    private static double[] Repeated(double[] values, long draws)
    {
        var all = new double[draws];
        for (var at = 0L; at < draws; at += values.Length)
            values.AsSpan(0, (int)Math.Min(values.Length, draws - at)).CopyTo(all.AsSpan((int)at));
        return all;
    }

    // Does what is not known of some segments, and returns what is known of them then.
    private T Complete<T>(
        WorkScope scope, DividedWork<T> work, SegmentRange range, IProgress<double>? progress, CancellationToken cancellation)
        where T : class
    {
        var isWhole = range == work.Range;

        // Little work is done at once, and nothing is kept of it.
        if (isWhole && !Divides && Seconds(scope, work, range) < Interval.TotalSeconds / 2 && !Knows(scope, work))
            return Timed(scope, work, range, null, progress, cancellation);
        var key = scope.KeyOf(work);
        _parts?.Add(key);
        var open = WorkStore.Missing(Store.Find(key), range);
        foreach (var missing in open)
        {
            // What is known of the segments just before is merged with these, so that few records are kept of long work.
            var known = !work.IsMergedAlong ? null
                : Store.Find(key).FirstOrDefault(r => r.Range.End == missing.First && r.Range.First >= range.First);
            var before = known is null ? null : Read(work, known);
            var first = known?.Range.First ?? missing.First;
            var at = work.IsCumulative && before is null ? work.Start : missing.First;
            while (at < missing.End)
            {
                var part = new SegmentRange(at, Count(scope, work, new(at, missing.End - at)));
                var share = progress is null ? null : new PartOfProgress(progress, work.Range, part);
                var found = Timed(scope, work, part, work.IsCumulative ? before : null, share, cancellation);
                at = part.End;
                before = before is null || work.IsCumulative || !work.IsMergedAlong ? found : work.Merge([before, found]);

                // What a cumulative pass caches serves for something else as soon as it goes on: it is kept where it is saved at once.
                if (!work.IsMergedAlong) Add(new(key, part, new FoundPayload<T>(work, found)));
                else if (IsDue || !work.IsCumulative) Add(new(key, new(first, at - first), new FoundPayload<T>(work, before)));
                if (IsDue) SaveNow();
            }

            if (work.IsMergedAlong && new SegmentRange(first, at - first) == range) return before!;
        }

        return Merge(work, [.. Store.Find(key).Where(r => r.Range.First >= range.First && r.Range.End <= range.End)]);
    }

    private void Add(WorkRecord record)
    {
        Store.Add(record);
        _hasNew = true;
    }

    private bool Knows<T>(WorkScope scope, DividedWork<T> work)
        where T : class => Store.Count > 0 && Store.Find(scope.KeyOf(work)).Count > 0;

    private T Timed<T>(
        WorkScope scope, DividedWork<T> work, SegmentRange range, T? before, IProgress<double>? progress, CancellationToken cancellation)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        _isBusy = true;
        try
        {
            return work.Do(range, before, progress, cancellation);
        }
        finally
        {
            _isBusy = false;
            var first = Math.Max(range.First, work.Start);
            scope.Note(work.Segments.Start(range.End) - work.Segments.Start(first), clock.Elapsed.TotalSeconds);
        }
    }

    // About how long segments will take.
    private static double Seconds<T>(WorkScope scope, DividedWork<T> work, SegmentRange range)
        where T : class => scope.Seconds(work.Segments.Start(range.End) - work.Segments.Start(range.First));

    // How many of some segments are drawn until there may be something to save: as many as threads, times what is expected to take so long.
    private int Count<T>(WorkScope scope, DividedWork<T> work, SegmentRange rest)
        where T : class
    {
        if (Save is null) return rest.Count;
        var whole = rest.Count * Interval.TotalSeconds / Seconds(scope, work, rest);
        var rounds = Math.Max(1, Math.Round(whole / Threads));
        return (int)Math.Min(rest.Count, rounds * Threads);
    }

    private static T Merge<T>(DividedWork<T> work, IReadOnlyList<WorkRecord> known)
        where T : class => work.Merge([.. known.Select(record => Read(work, record))]);

    private static T Read<T>(DividedWork<T> work, WorkRecord record)
        where T : class
    {
        if (record.Payload is FoundPayload<T> here) return here.Found;
        if (record.Range.End > work.Segments.Count) throw Damaged(record, null);
        using var stream = record.Payload.Open();
        using var reader = new BinaryReader(stream);
        try
        {
            var found = work.Read(reader, record.Range);
            if (stream.Position == stream.Length) return found;
        }
        catch (Exception exception) when (exception is FormatException or EndOfStreamException)
        {
            throw Damaged(record, exception);
        }

        throw Damaged(record, null);
    }

    private static InvalidDataException Damaged(WorkRecord record, Exception? inner) => new(
        $"{record.Payload}: found work that the program did not write; expected what it writes. Remove it, and what it held is drawn "
        + "again.", inner);

    // The share of all segments, of that of some.
    private sealed class PartOfProgress(IProgress<double> whole, SegmentRange all, SegmentRange part) : IProgress<double>
    {
        public void Report(double value) => whole.Report((part.First - all.First + value * part.Count) / all.Count);
    }
}
