using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Words;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>verify</c>.</summary>
[Verb("verify", HelpText =
    "Hold the files of an output folder, and the inputs they came from, against the receipts in it; exit code 1 when one differs.")]
public sealed class VerifyOptions : VerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Whether the files are still those that a run wrote", UsageStyle.Short, new VerifyOptions { Folder = "out" }),
    ];

    /// <summary>The folder.</summary>
    [Value(0, MetaName = "DIR", Required = true, HelpText = "Folder that a verb wrote with --out.")]
    public string Folder { get; set; } = "";

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON.")]
    public bool Json { get; set; }

    /// <summary>Whether nothing is printed.</summary>
    [Option("quiet", HelpText = "Print nothing.")]
    public bool Quiet { get; set; }
}

/// <summary>The verb <c>verify</c>.</summary>
public static class VerifyVerb
{
    private const int MostNamed = 20;

    // What is to be seen first stands first.
    private static readonly FileState[] States = [FileState.Differs, FileState.Missing, FileState.OutOfReach, FileState.Agrees];

    /// <summary>Reads the receipts of a folder back and prints what agrees.</summary>
    /// <exception cref="CommandException">There is no such folder, or no receipt in it.</exception>
    public static int Execute(VerifyOptions options)
    {
        if (!Directory.Exists(options.Folder))
            throw Refused(options, "found no such folder; expected one that a verb wrote with --out. Check the path.");
        ReceiptVerification verification;
        try
        {
            verification = ReceiptVerification.Of(options.Folder, Program.Verbs.Select(v => (v.Name, v.Outputs))
                .Append((ChoicesVerb.Name, ChoicesVerb.Outputs)).ToDictionary());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(options, $"{exception.Message} Check its permissions.");
        }

        if (verification.Receipts.Count == 0 && verification.Interrupted.Count == 0)
            throw Refused(options, $"found {Unread(options.Folder) ?? "no receipt"}; expected run.json or that of another verb. Name the "
                + "folder that --out named.");
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(verification, JsonText.Options));
        else if (!options.Quiet) Print(verification);
        return verification.Agrees ? ExitCodes.Done : ExitCodes.CheckFailed;
    }

    // A file that has a receipt's place and cannot be read as one.
    private static string? Unread(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => name != "study.json") is { } name
            ? $"{name}, which is damaged or no receipt" : null;

    private static CommandException Refused(VerifyOptions options, string message) =>
        new(ExitCodes.BadInput, $"{options.Folder}: {message}");

    // Plain lines: a command must not be folded.
    private static void Print(ReceiptVerification verification)
    {
        foreach (var receipt in verification.Receipts)
        {
            Console.WriteLine(Say($"{receipt.File}, written by {Wording.OneLine(receipt.Verb)}"));
            foreach (var state in States)
            {
                foreach (var role in receipt.Files.Where(f => f.State == state).GroupBy(f => f.Role))
                {
                    var count = role.Key == ReceiptVerification.Output ? Counted.Outputs(role.Count()) : Counted.Inputs(role.Count());
                    Console.WriteLine(Say($"  {Text(state)}: {List([count, .. Named(state, [.. role.Select(f => f.Path)])])}"));
                }
            }

            if (receipt.Unlisted.Count > 0)
            {
                Console.WriteLine(Say($"  INCOMPLETE: it does not list {List(receipt.Unlisted)}, which {receipt.Verb} always writes; it "
                    + $"was changed."));
            }

            Console.WriteLine(Say($"  To do the same again:"));
            Console.WriteLine($"  cd {Wording.OneLine(Invocation.Quoted(receipt.WorkingFolder))}");
            Console.WriteLine($"  {Wording.OneLine(receipt.CommandLine)}");
        }

        foreach (var name in verification.Unreadable)
        {
            Console.WriteLine(Say($"UNREADABLE: {name} is no receipt of this program, or was changed; what it listed is unknown."));
            Console.WriteLine(Say($"  Run the verb again with --force."));
        }

        if (verification.Others.Count > 0)
            Console.WriteLine(Say($"Listed by no receipt, and not looked at: {Wording.OneLine(Shortened(verification.Others))}"));

        if (verification.Interrupted.Count > 0)
        {
            Console.WriteLine(Say($"INTERRUPTED: {Counted.Files(verification.Interrupted.Count)} of a run that was ended early, or "
                + $"still writes;"));
            Console.WriteLine(Say($"  the next run clears them: {Wording.OneLine(List(verification.Interrupted))}"));
        }

        Console.WriteLine(verification.Agrees ? Say($"Everything that can be reached agrees.") : Say($"Not everything agrees."));
    }

    private static string Text(FileState state) => state switch
    {
        FileState.Differs => Say($"DIFFERS"),
        FileState.Missing => Say($"MISSING"),
        FileState.OutOfReach => Say($"out of reach"),
        _ => Say($"agrees"),
    };

    private static string Shortened(IReadOnlyList<string> names) => names.Count <= MostNamed ? List(names)
        : Say($"{List(names.Take(MostNamed))} and {names.Count - MostNamed} more");

    // What is in order need not be named where it is much.
    private static IEnumerable<string> Named(FileState state, string[] paths) =>
        state == FileState.Agrees && paths.Length > 5 ? [] : paths.Select(Wording.OneLine);
}
