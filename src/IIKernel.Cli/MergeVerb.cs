using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels;
using IIKernel.Kernels.Journal;
using IIKernel.Reports.Files;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>merge</c>.</summary>
[Verb("merge", HelpText = "Join the shares that --shard drew of a run, and write its files or say which round is next.")]
public sealed class MergeOptions : VerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("What the shares in a folder say together", UsageStyle.Short, new MergeOptions { Folder = "work", Out = "out" }),
    ];

    /// <summary>The folder.</summary>
    [Value(0, MetaName = "DIR", Required = true, HelpText = "Folder that --work named.")]
    public string Folder { get; set; } = "";

    /// <summary>The output folder.</summary>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for the run's files (default: that which the shares were told).")]
    public string? Out { get; set; }

    /// <summary>Rounds that are divided.</summary>
    [Option("rounds", MetaValue = "N", Default = 2, HelpText = "Rounds of shares; what is left to draw after the last is drawn here.")]
    public int Rounds { get; set; } = 2;

    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }

    /// <summary>Whether files of others are replaced.</summary>
    [Option("force", HelpText = WritingOptions.ForceHelp)]
    public bool Force { get; set; }

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether tables and progress are left out.</summary>
    [Option("quiet", HelpText = "Print neither tables nor progress.")]
    public bool Quiet { get; set; }
}

/// <summary>The verb <c>merge</c>.</summary>
public static class MergeVerb
{
    /// <summary>Joins the shares of a round; ends the run where nothing is left to draw.</summary>
    /// <exception cref="CommandException">Shares are missing, there twice, or of another run.</exception>
    public static int Execute(MergeOptions options)
    {
        if (File.Exists(options.Folder)) throw Refused(options, "found a file; expected a folder that --work named. Check the path.");
        if (!Directory.Exists(options.Folder))
            throw Refused(options, "found no such folder; expected one that --work named. Check the path.");
        if (options.Rounds < 1) throw CommandException.Of("--rounds", options.Rounds, "expected a number of at least 1.");
        var folder = WorkFolder.Open(options.Folder);
        var store = new WorkStore();
        var joined = folder.Joined;
        foreach (var record in joined?.File.Records ?? []) store.Add(record);
        var shares = folder.Shares.Select(path => (Path: path, File: WorkFolder.ReadNamed(path))).ToArray();
        if (shares.Length == 0 && joined is { } before)
        {
            TellNext(options, before.Path, folder.Round - 1);
            return ExitCodes.NextRound;
        }

        if (shares.Length == 0)
            throw Refused(options, $"found no share of round {folder.Round}; expected some that --shard wrote. Draw them first.");
        var header = joined?.File.Header ?? shares[0].File.Header;
        foreach (var (path, file) in shares) LongRun.Require(path, header, file.Header);
        CheckParts(options, folder.Round, [.. shares.Select(s => (s.Path, s.File.Header))]);
        foreach (var (path, file) in shares)
        {
            try
            {
                foreach (var record in file.Records) store.Join(record);
            }
            catch (ArgumentException)
            {
                throw new CommandException(ExitCodes.BadInput, $"{path}: found other figures of the same draws than in another share; "
                    + "expected the same on every machine. Draw it again on another machine, and report this.");
            }
        }

        var first = shares[0].File.Header;
        try
        {
            var code = Program.Again(Ended(first.Arguments), verb =>
            {
                verb.Joined = new(first, store, folder.Round >= options.Rounds);
                (verb.Shard, verb.Work, verb.Checkpoint, verb.Resume) = (null, null, null, false);
                (verb.Quiet, verb.Json, verb.Threads) = (options.Quiet, options.Json, options.Threads);
                verb.Out = options.Out ?? verb.Out;

                // What shares were told is no leave to replace files here.
                verb.Force = options.Force;
            });
            if (code == ExitCodes.Done && !options.Quiet)
                Console.Error.WriteLine(Say($"The result is final: the shares were all that it takes."));
            return code;
        }
        catch (UnfinishedWorkException)
        {
            var next = first with { Share = 0, Shares = 0, IsDone = true, Saved = DateTimeOffset.Now };
            var path = folder.PathOf(next);
            WorkFile.Write(path, next, store);
            TellNext(options, path, folder.Round);
            return ExitCodes.NextRound;
        }
    }

    private static void TellNext(MergeOptions options, string path, int round)
    {
        if (options.Quiet) return;
        Console.Error.WriteLine(Say($"Round {round} is joined: {path}."));
        Console.Error.WriteLine(Say($"Round {round + 1} is next: draw every share again by the same command, then merge."));
    }

    // The arguments of one run that does all of it: for its receipt.
    internal static IReadOnlyList<string> Ended(IReadOnlyList<string> arguments)
    {
        string[] names = ["--shard", "--work", "--checkpoint-every"];
        var ended = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (names.Contains(arguments[i])) i++;
            else if (!names.Any(name => arguments[i].StartsWith(name + "=", StringComparison.Ordinal))) ended.Add(arguments[i]);
        }

        return ended;
    }

    // Every part of the whole once.
    private static void CheckParts(MergeOptions options, int round, (string Path, WorkHeader Header)[] shares)
    {
        var ordered = shares.OrderBy(s => Start(s.Header)).ThenBy(s => s.Path, StringComparer.Ordinal).ToArray();
        foreach (var ((before, one), (path, other)) in ordered.Zip(ordered.Skip(1)))
        {
            if (Start(other) > End(one) - Rounding) continue;
            // Their names say what they are, so that those of one K differ.
            throw new CommandException(ExitCodes.BadInput, $"{path}: found K = {other.Shares} and draws that {Path.GetFileName(before)} "
                + $"with K = {one.Shares} holds too; expected one K. Remove the shares with K = {other.Shares}, or those with "
                + $"K = {one.Shares}, and draw what is missing.");
        }

        if (shares.FirstOrDefault(s => !s.Header.IsDone) is { Path: { } undone })
        {
            throw new CommandException(ExitCodes.BadInput, $"{undone}: found a share that was not drawn to its end; expected all of it. "
                + "Run its command again, which goes on.");
        }

        var at = 0.0;
        foreach (var (_, header) in ordered)
        {
            if (Start(header) > at + Rounding) throw Missing(options, round, shares);
            at = End(header);
        }

        if (at < 1 - Rounding) throw Missing(options, round, shares);
    }

    // Shares are at least 1/256: what a quotient is rounded by is nothing to them.
    private const double Rounding = 1e-9;

    private static double Start(WorkHeader header) => (header.Share - 1.0) / header.Shares;

    private static double End(WorkHeader header) => (double)header.Share / header.Shares;

    private static CommandException Missing(MergeOptions options, int round, (string Path, WorkHeader Header)[] shares)
    {
        var count = shares.Max(s => s.Header.Shares);
        var missing = Enumerable.Range(1, count).Where(i => !shares.Any(s =>
            Start(s.Header) < (i - 0.5) / count && (i - 0.5) / count < End(s.Header))).ToArray();
        var numbers = shares.DistinctBy(s => s.Header.Shares)
            .Select(s => $"K = {s.Header.Shares} ({Path.GetFileName(s.Path)})").ToArray();
        var mixed = numbers.Length == 1 ? "" : $" among shares with {string.Join(" and ", numbers)}";
        return Refused(options, $"found no share {Wording.Listed([.. missing.Select(i => $"{i}/{count}")], 10, ", ")} of round {round}"
            + $"{mixed}; expected all{(mixed.Length == 0 ? "" : ", best with one K")}. Draw what is missing, and merge again.");
    }

    private static CommandException Refused(MergeOptions options, string message) =>
        new(ExitCodes.BadInput, $"{options.Folder}: {message}");
}
