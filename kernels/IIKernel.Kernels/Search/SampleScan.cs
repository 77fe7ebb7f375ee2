using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>Adjacent draws of some outputs.</summary>
public readonly ref struct DrawBlock
{
    private readonly ReadOnlySpan<double> _values;
    private readonly int _stride;

    /// <summary>A part of a batch.</summary>
    /// <param name="first">Index of the first draw.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="values">The values from that draw of the first output on; rows lie <paramref name="stride"/> apart.</param>
    /// <param name="stride">Draws of the batch.</param>
    public DrawBlock(long first, int count, ReadOnlySpan<double> values, int stride)
    {
        (First, Count, _stride) = (first, count, stride);
        _values = values;
    }

    /// <summary>Index of the first draw.</summary>
    public long First { get; }

    /// <summary>Number of draws.</summary>
    public int Count { get; }

    /// <summary>The values of an output, in draw order.</summary>
    /// <param name="row">Position of the output in the list that was asked for.</param>
    public ReadOnlySpan<double> Row(int row) => _values.Slice(row * _stride, Count);
}

/// <summary>
/// What looks at draws and keeps no more of them than fits a fixed amount of memory. It counts in whole numbers, so that what several have
/// counted adds up to the same in any order and grouping.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IDrawReceiver<TSelf>
    where TSelf : IDrawReceiver<TSelf>
{
    /// <summary>Looks at some draws; each draw is given once, in no certain order.</summary>
    void Take(DrawBlock draws);

    /// <summary>Adds what another receiver has counted.</summary>
    void Add(TSelf other);

    /// <summary>Writes what it has counted.</summary>
    void Write(BinaryWriter writer);

    /// <summary>Reads what a receiver of the same question has counted, in the place of its own.</summary>
    /// <exception cref="FormatException">It was written by another kind.</exception>
    void Read(BinaryReader reader);
}

/// <summary>Looks at draws in draw order.</summary>
/// <param name="draws">The next draws.</param>
public delegate void DrawAction(DrawBlock draws);

/// <summary>Goes over the draws of a sample, some outputs of each draw together, in memory that does not grow with their number.</summary>
public static class SampleScan
{
#if DEBUG
    // Hostile sizes: many batches and pieces, even in small tests.
    private const int Together = 1 << 10;
    private const int PieceDraws = 48;
#else
    // Values that are evaluated together: 2 MB.
    private const int Together = 1 << 18;

    // Draws of a batch that a thread takes at a time.
    private const int PieceDraws = 512;
#endif

    // Draws of the smallest batch: a block of the processor's.
    private const int LeastDraws = 256;

    /// <summary>Gives every draw to a receiver; each thread has one of its own, and they are added up in the end.</summary>
    /// <typeparam name="T">The receiver.</typeparam>
    /// <param name="source">What is drawn.</param>
    /// <param name="first">Index of the first draw, at least 0.</param>
    /// <param name="count">Number of draws, at least 1.</param>
    /// <param name="outputs">Indices of outputs, each at most once: the rows of what receivers are given.</param>
    /// <param name="create">Makes a receiver that has seen no draw.</param>
    /// <param name="question">What tells what the receivers count from anything else; see <see cref="IdentityWriter"/>.</param>
    /// <param name="threads">Threads for the receivers' work; evaluation has those of the backend.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the scan with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The receiver of all draws.</returns>
    public static T Gather<T>(IDrawSource source, long first, long count, int[] outputs, Func<T> create, object question, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
        where T : class, IDrawReceiver<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Scan<T>(source, first, count, outputs, create, question, threads).Do(source.Ledger, progress, cancellation);
    }

    private static T GatherAll<T>(IDrawSource source, long first, long count, int[] outputs, Func<T> create, int threads,
        IProgress<double>? progress, CancellationToken cancellation)
        where T : class, IDrawReceiver<T>
    {
        var receivers = new T?[threads];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        foreach (var (from, draws, values) in Batches(source, first, count, outputs, progress, cancellation))
        {
            var pieces = (draws + PieceDraws - 1) / PieceDraws;
            var next = -1;
            Parallel.For(0, Math.Min(threads, pieces), options, thread =>
            {
                var receiver = receivers[thread] ??= create();
                for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
                {
                    var at = piece * PieceDraws;
                    receiver.Take(new(from + at, Math.Min(PieceDraws, draws - at), values.AsSpan(at), draws));
                }
            });
        }

        var whole = create();
        foreach (var receiver in receivers)
            if (receiver is not null) whole.Add(receiver);
        return whole;
    }

    /// <summary>Gives every draw to an action, in draw order, on one thread.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="first">Index of the first draw, at least 0.</param>
    /// <param name="count">Number of draws, at least 1.</param>
    /// <param name="outputs">Indices of outputs, each at most once: the rows of what the action is given.</param>
    /// <param name="take">Looks at the next draws.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the scan with an <see cref="OperationCanceledException"/>.</param>
    public static void InOrder(IDrawSource source, long first, long count, int[] outputs, DrawAction take,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(take);
        foreach (var (from, draws, values) in Batches(source, first, count, outputs, progress, cancellation))
            take(new(from, draws, values, draws));
    }

    // Values of a batch: a row an output, as many values a row as there are draws. The array is used again by the next.
    private static IEnumerable<(long First, int Draws, double[] Values)> Batches(IDrawSource source, long first, long count, int[] outputs,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs.Length, 1, nameof(outputs));
        var batch = (int)Math.Min(count, Math.Max(Together / outputs.Length / LeastDraws, 1) * LeastDraws);
        var values = new double[checked(outputs.Length * batch)];
        for (var done = 0L; done < count; done += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var draws = (int)Math.Min(batch, count - done);
            source.Evaluate(first + done, draws, outputs, values, cancellation);
            yield return (first + done, draws, values);
            progress?.Report((done + draws) / (double)count);
        }
    }

    // A scan as work that can be divided.
    private sealed class Scan<T>(
        IDrawSource source, long first, long count, int[] outputs, Func<T> create, object question, int threads) : DividedWork<T>
        where T : class, IDrawReceiver<T>
    {
        public override SampleSegments Segments => new(count);

        public override void Identify(BinaryWriter writer)
        {
            IdentityWriter.Write(writer, first);
            IdentityWriter.Write(writer, count);
            IdentityWriter.Write(writer, outputs);
            IdentityWriter.Write(writer, question);
        }

        public override T Do(SegmentRange range, T? before, IProgress<double>? progress, CancellationToken cancellation)
        {
            var start = Segments.Start(range.First);
            return GatherAll(
                source, first + start, Segments.Start(range.End) - start, outputs, create, threads, progress, cancellation);
        }

        public override T Merge(IReadOnlyList<T> parts)
        {
            var whole = create();
            foreach (var part in parts) whole.Add(part);
            return whole;
        }

        public override void Write(BinaryWriter writer, T found) => found.Write(writer);

        public override T Read(BinaryReader reader, SegmentRange range)
        {
            var found = create();
            found.Read(reader);
            return found;
        }
    }
}
