using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>
/// Work on the draws of a sample that can be done in parts, segment by segment, in any order and by anyone: what the parts found is what
/// the whole finds, to the bit.
/// </summary>
/// <typeparam name="T">What is found.</typeparam>
public abstract class DividedWork<T>
    where T : class
{
    /// <summary>The segments of the sample.</summary>
    public abstract SampleSegments Segments { get; }

    /// <summary>Those that the whole goes over.</summary>
    public virtual SegmentRange Range => new(0, Segments.Count);

    /// <summary>
    /// Whether a part goes on from the one before and finds what both find together; else each finds its own, which are merged in the end.
    /// </summary>
    public virtual bool IsCumulative => false;

    /// <summary>Whether what parts found is merged part by part, since that takes no more memory than one; else they stay apart.</summary>
    public virtual bool IsMergedAlong => true;

    /// <summary>The first segment that is to be drawn: those before are known to the work itself. Only where it is cumulative.</summary>
    public virtual int Start => Range.First;

    /// <summary>
    /// Which of several like pieces of a run it is, counted from 0, and how many there are; null where it is no such piece. A piece is
    /// done as a whole by one of those who divide the run, unless they are more than the pieces, and what it found is kept however little
    /// work it was.
    /// </summary>
    public virtual (int Index, int Count)? Piece => null;

    /// <summary>Writes what tells it from any other work on the same draws.</summary>
    public abstract void Identify(BinaryWriter writer);

    /// <summary>Does some of it.</summary>
    /// <param name="range">The segments.</param>
    /// <param name="before">What is known of all segments before, where the work is cumulative; else null.</param>
    /// <param name="progress">Takes the finished share of these segments, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public abstract T Do(SegmentRange range, T? before, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>Does all of it, or has it done.</summary>
    /// <param name="ledger">Who does it; null where it is simply done.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UnfinishedWorkException">Others have not done their share of it.</exception>
    public T Do(IWorkLedger? ledger, IProgress<double>? progress, CancellationToken cancellation) => ledger is null
        ? Do(Range, null, progress, cancellation) : ledger.Do(this, progress, cancellation);

    /// <summary>What adjacent parts found together.</summary>
    /// <param name="parts">At least one, by their segments.</param>
    public abstract T Merge(IReadOnlyList<T> parts);

    /// <summary>Writes what was found.</summary>
    public abstract void Write(BinaryWriter writer, T found);

    /// <summary>Reads what was found of some segments.</summary>
    /// <exception cref="EndOfStreamException">There is less than was written.</exception>
    /// <exception cref="FormatException">It was not written by this work.</exception>
    public abstract T Read(BinaryReader reader, SegmentRange range);
}

/// <summary>Who does divided work: it may keep what was found, so that it need not be done again, or leave some of it to others.</summary>
public interface IWorkLedger
{
    /// <summary>Does work, or what of it is not known yet.</summary>
    /// <param name="work">The work.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UnfinishedWorkException">Others have not done their share of it.</exception>
    T Do<T>(DividedWork<T> work, IProgress<double>? progress, CancellationToken cancellation)
        where T : class;

    /// <summary>The same for work on functions of what is drawn.</summary>
    /// <param name="functions">What tells the functions from others; see <see cref="IdentityWriter"/>.</param>
    IWorkLedger About(object functions);
}

/// <summary>Work has been left to others, and what depends on it must wait for them.</summary>
public sealed class UnfinishedWorkException : Exception
{
    /// <summary>With a message of its own.</summary>
    public UnfinishedWorkException()
        : base("Others have not done their share of the work.")
    {
    }
}

/// <summary>Pieces of work that do not depend on each other: where one must wait for others, the rest is done all the same.</summary>
public sealed class IndependentWork
{
    private bool _waits;

    /// <summary>Does a piece; null where it must wait.</summary>
    public T? Do<T>(Func<T?> piece)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(piece);
        try
        {
            return piece();
        }
        catch (UnfinishedWorkException)
        {
            _waits = true;
            return null;
        }
    }

    /// <summary>Ends the pieces.</summary>
    /// <exception cref="UnfinishedWorkException">One must wait.</exception>
    public void End()
    {
        if (_waits) throw new UnfinishedWorkException();
    }
}
