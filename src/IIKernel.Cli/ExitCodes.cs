namespace IIKernel.Cli;

/// <summary>What the process returns.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>The study, an option, a file or the memory of the machine is at fault; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>There is no such device, or it failed.</summary>
    public const int NoDevice = 3;

    /// <summary>The program itself is at fault; its message says what to report.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted from the keyboard or ended by the system; the message says whether anything was written.</summary>
    public const int Interrupted = 130;

    /// <summary>The codes in words.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"), (CheckFailed, "a check failed"), (BadInput, "bad input"), (NoDevice, "no such device"),
        (Internal, "a fault of the program itself"), (Interrupted, "interrupted"),
    ];
}

/// <summary>An option that cannot be carried out: its message is for the user, its code for the shell.</summary>
public sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
