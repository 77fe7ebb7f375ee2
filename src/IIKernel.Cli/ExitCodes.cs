namespace IIKernel.Cli;

/// <summary>What the process returns.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>The study, an option or the output folder is at fault; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>There is no such device.</summary>
    public const int NoDevice = 3;

    /// <summary>Interrupted from the keyboard; nothing was written.</summary>
    public const int Interrupted = 130;
}

/// <summary>An option that cannot be carried out: its message is for the user, its code for the shell.</summary>
public sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
