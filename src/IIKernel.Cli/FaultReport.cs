using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using IIKernel.Kernels;
using IIKernel.Reports.Files;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Any exception as what the user reads and what the shell gets.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Messages">One line a fault.</param>
/// <param name="Faults">The faults of a study in their parts; empty for other exceptions.</param>
public sealed record FaultReport(int ExitCode, IReadOnlyList<string> Messages, IReadOnlyList<StudyFault> Faults)
{
    /// <summary>What is said when work was interrupted that had written nothing.</summary>
    public static string InterruptedMessage => Say($"Interrupted; nothing was written.");

    // A file of the wrong kind can hold a fault in every cell.
    private const int MostFaults = 50;

    // Places of an internal fault, the innermost first.
    private const int Places = 3;

    /// <summary>The report of an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="typed">The arguments, for the report of an internal fault.</param>
    public static FaultReport Of(Exception exception, IReadOnlyList<string> typed)
    {
        var inner = Innermost(exception);
        return inner switch
        {
            StudyException study => new(ExitCodes.BadInput, [.. study.Faults.Select(Text)], study.Faults),
            CommandException command => new(command.ExitCode, [command.Message], []),
            DeviceException device => new(ExitCodes.NoDevice, [device.Message], []),
            OperationCanceledException => new(ExitCodes.Interrupted, [Interruption.Message], []),
            InvalidDataException data => new(ExitCodes.BadInput, [data.Message], []),
            OutOfMemoryException => new(ExitCodes.BadInput, [
                Say($"The memory of this machine does not suffice; a smaller study or fewer draws need less. {OneLine(inner)}")], []),
            IOException or UnauthorizedAccessException => new(
                ExitCodes.BadInput, [VerbOutput.HasWritten
                    ? Say($"Reading or writing failed: {OneLine(inner)} The files of --out had been written before.")
                    : Say($"Reading or writing failed: {OneLine(inner)}")], []),
            _ => new(ExitCodes.Internal, [Internal(inner, typed)], []),
        };
    }

    /// <summary>Prints it: a JSON document on standard output, where programs wait for one, or lines on standard error.</summary>
    public void Print(bool json)
    {
        try
        {
            if (json)
            {
                var document = new { exitCode = ExitCode, messages = Messages, faults = Faults };
                Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
                return;
            }
        }
        catch (IOException)
        {
            // Standard output may be what failed.
        }

        try
        {
            foreach (var message in Messages.Take(MostFaults)) Console.Error.WriteLine(Wording.OneLine(message));
            if (Messages.Count > MostFaults) Console.Error.WriteLine(Say($"… and {Messages.Count - MostFaults} more faults."));
        }
        catch (IOException)
        {
            // Then the exit code alone tells.
        }
    }

    // Tasks and reflection wrap what was thrown in them; of several, a fault for the user says more than one of the program.
    private static Exception Innermost(Exception exception) => exception switch
    {
        AggregateException several when several.InnerExceptions.Count > 0 =>
            several.Flatten().InnerExceptions.Select(Innermost)
                .MinBy(e => e is StudyException or CommandException or DeviceException ? 0 : e is OperationCanceledException ? 2 : 1)!,
        TargetInvocationException or TypeInitializationException when exception.InnerException is { } inner => Innermost(inner),
        _ => exception,
    };

    private static string Internal(Exception exception, IReadOnlyList<string> typed)
    {
        var own = new StackTrace(exception, fNeedFileInfo: false).GetFrames().Select(f => f.GetMethod())
            .Where(m => m?.DeclaringType?.FullName?.StartsWith(nameof(IIKernel), StringComparison.Ordinal) == true)
            .Select(m => $"{m!.DeclaringType!.FullName}.{m.Name}").Distinct().Take(Places);
        var command = string.Join(' ', typed.Select(word => word.Length == 0 || word.Any(char.IsWhiteSpace) ? $"'{word}'" : word));
        return Say($"Internal fault of {UsageStyle.Program} {Machine.ProductVersion}, not of your input: {exception.GetType().Name} in "
            + $"{string.Join(" < ", own.DefaultIfEmpty("unknown"))}: {OneLine(exception)} "
            + $"Please report this line with the command, {UsageStyle.Program} {command}, and the study that it read.");
    }

    private static string Text(StudyFault f) => Wording.OneLine(f.Place.Length == 0
        ? Say($"{f.File}: found {f.Found}; expected {f.Expected}. {f.Remedy}")
        : Say($"{f.File}, {f.Place}: found {f.Found}; expected {f.Expected}. {f.Remedy}"));

    private static string OneLine(Exception exception)
    {
        var text = exception.Message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
