using System.Runtime.InteropServices;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>
/// Ctrl-C, and the system's wish that the process ends. Work that watches <see cref="Token"/> ends by itself, and what it holds is let go
/// on the way out; what has not ended within a second is left where it is, since nothing that it does outlives the process.
/// </summary>
internal static class Interruption
{
    // What work may take to end itself, and a message to be written where the reader may be stuck: together less than a second.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan MessageGrace = TimeSpan.FromSeconds(0.3);

    private static readonly CancellationTokenSource Source = new();
    private static readonly Lock Gate = new();
    private static readonly ManualResetEventSlim Told = new();
    private static VerbOutput? _output;
    private static string? _message;
    private static bool _isAnswered;

    /// <summary>Requested once the process is to end.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>What is said of an interruption: whether files were written before.</summary>
    public static string Message => (Token.IsCancellationRequested ? _message : null) ?? FaultReport.InterruptedMessage;

    /// <summary>Answers interruptions from now on, until what is returned is disposed.</summary>
    /// <param name="report">Tells that work was interrupted.</param>
    public static IDisposable Heed(Action report)
    {
        _isAnswered = false;

        void Answer(PosixSignalContext context)
        {
            context.Cancel = true;
            new Thread(() => Leave(report)) { IsBackground = true }.Start();
            Source.Cancel();
        }

        return new Registrations(PosixSignalRegistration.Create(PosixSignal.SIGINT, Answer),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Answer));
    }

    /// <summary>Reports the interruption once; whoever comes second waits until that is done, as long as a message may take.</summary>
    public static void Tell(Action report)
    {
        if (Interlocked.Exchange(ref _isAnswered, true))
        {
            Told.Wait(MessageGrace);
            return;
        }

        report();
        Told.Set();
    }

    /// <summary>Notes an output folder that is held until work has ended; null once it is not.</summary>
    public static void Hold(VerbOutput? output)
    {
        lock (Gate) _output = output;
    }

    /// <summary>Says what an interruption leaves.</summary>
    public static void Note(string message)
    {
        lock (Gate) _message = message;
    }

    /// <summary>Saves what is to outlive an interruption, which waits for it; where that fails, its fault is all that is said.</summary>
    public static void Keep(Action save)
    {
        lock (Gate)
        {
            try
            {
                save();
            }
            catch
            {
                _isAnswered = true;
                throw;
            }
        }
    }

    /// <summary>Writes files, which is begun by nobody who is to end, and whose folder nobody else lets go meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The process is to end.</exception>
    public static T Writing<T>(Func<T> write)
    {
        lock (Gate)
        {
            Token.ThrowIfCancellationRequested();
            _output = null;
            _message = Say($"Interrupted while files were written; a run into the same folder clears what is incomplete.");
        }

        var written = write();
        _message = Say($"Interrupted; the files were written.");
        return written;
    }

    private static void Leave(Action report)
    {
        Thread.Sleep(Grace);
        lock (Gate)
        {
            _output?.Dispose();
            _output = null;
        }

        new Thread(() => Tell(report)) { IsBackground = true }.Start();
        Told.Wait(MessageGrace);
        Environment.Exit(ExitCodes.Interrupted);
    }

    private sealed class Registrations(params PosixSignalRegistration[] signals) : IDisposable
    {
        public void Dispose()
        {
            foreach (var signal in signals) signal.Dispose();
        }
    }
}
