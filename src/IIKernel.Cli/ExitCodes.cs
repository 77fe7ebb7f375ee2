using System.Globalization;

namespace IIKernel.Cli;

/// <summary>What the process returns.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>The study, an option, a file or the memory of the machine is at fault, or what is printed cannot be; nothing was written
    /// unless the message says so.</summary>
    public const int BadInput = 2;

    /// <summary>There is no such device, or it failed.</summary>
    public const int NoDevice = 3;

    /// <summary>Shares were joined, and another round of them is needed.</summary>
    public const int NextRound = 4;

    /// <summary>The program itself is at fault; its message says what to report.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted from the keyboard or ended by the system; the message says whether anything was written.</summary>
    public const int Interrupted = 130;

    /// <summary>The codes in words.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"), (CheckFailed, "a check failed"), (BadInput, "bad input"), (NoDevice, "no such device"),
        (NextRound, "another round of shares is needed"),
        (Internal, "a fault of the program itself"), (Interrupted, "interrupted"),
    ];
}

/// <summary>An option that cannot be carried out: its message is for the user, its code for the shell.</summary>
public sealed class CommandException : Exception
{
    private readonly string _message;

    /// <summary>A fault of the call as a whole, or of what it names.</summary>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    /// <param name="message">What is wrong, in whole sentences.</param>
    public CommandException(int exitCode, string message)
        : base(message)
    {
        (ExitCode, _message) = (exitCode, message);
    }

    private CommandException(int exitCode, string option, string value, string message)
        : base($"{option} {value}: {message}")
    {
        (ExitCode, Option, _message) = (exitCode, option, message);
    }

    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; }

    /// <summary>The option at fault, with its dashes; null where it is not the value of one.</summary>
    public string? Option { get; }

    /// <summary>A fault of an option's value: "--level 1.5: expected …".</summary>
    /// <param name="option">The option with its dashes.</param>
    /// <param name="value">The value as it was read; the command line puts it as it was typed.</param>
    /// <param name="message">What was found and expected.</param>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    public static CommandException Of(string option, object? value, string message, int exitCode = ExitCodes.BadInput) =>
        new(exitCode, option, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", message);

    /// <summary>The same with the value as it was typed: 1.50, which is read as 1.5.</summary>
    public CommandException AsTyped(string value) => Option is null ? this : new(ExitCode, Option, value, _message);
}
