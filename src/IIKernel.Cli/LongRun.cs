using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Journal;
using IIKernel.Reports.Files;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Shares of one run that were found together.</summary>
/// <param name="Header">Which run they belong to.</param>
/// <param name="Store">What they found.</param>
/// <param name="Finishes">Whether what is left is drawn by whoever joins them.</param>
internal sealed record JoinedShares(WorkHeader Header, WorkStore Store, bool Finishes);

/// <summary>A run that may take hours: it keeps its state in a file, or is one share of a run that machines divide.</summary>
internal sealed class LongRun
{
    // Options that no figure depends on.
    private static readonly HashSet<string> Indifferent =
    [
        "backend", "device", "threads", "quiet", "json", "lang", "out", "force", "rows", "checkpoint", "checkpoint-every", "resume",
        "shard", "work",
    ];

    private readonly LongVerbOptions _options;
    private readonly WorkHeader _header;
    private readonly WorkShare? _share;
    private readonly WorkJournal? _journal;
    private readonly string? _path;

    // What all shares know of the rounds before.
    private readonly HashSet<IWorkPayload> _common = [];
    private bool _isDone;

    // Whether the file of the state is this run's: it went on from it, or wrote it.
    private bool _isOwn;

    // Whether it was said that saving fails.
    private bool _hasFailed;

    private LongRun(LongVerbOptions options, WorkHeader header, long draws)
    {
        (_options, _header, _share) = (options, header, options.Share);
        var store = new WorkStore();
        if (options.Joined is { } joined)
        {
            Require("merge", header, joined.Header);
            _journal = new() { Store = joined.Store, Joins = true, Finishes = joined.Finishes, Draws = draws };
            return;
        }

        if (_share is { } share)
        {
            var folder = WorkFolder.Open(options.Work!);
            if (folder.Joined is { } before)
            {
                Require(before.Path, header, before.File.Header);
                foreach (var record in before.File.Records)
                {
                    store.Add(record);
                    _common.Add(record.Payload);
                }
            }

            if (folder.Overlapping(share) is { } other)
            {
                var k = other.Share.Count;
                throw CommandException.Of("--shard", options.Shard, $"found K = {share.Count} beside {other.Path} with K = {k}, which "
                    + $"holds draws of this share; expected K = {k}. Draw a share I/{k}, or remove that file.");
            }

            _header = header = header with { Round = folder.Round, Share = share.Index + 1, Shares = share.Count };
            _path = folder.PathOf(header);
            if (folder.Another(_path) is { } another) Require(another.Path, header, another.Header);
        }
        else if ((_path = PathOf(options)) is null)
        {
            if (options.Resume)
            {
                throw new CommandException(ExitCodes.BadInput, "--resume: found no file of a state; expected --checkpoint FILE, or "
                    + "--out DIR, whose name with .checkpoint behind it has.");
            }

            return;
        }

        Recall(store);
        _journal = new()
        {
            Store = store,
            Share = _share,
            Draws = draws,
            Interval = options.SaveInterval,
            Threads = options.ThreadCount,
            Save = Save,
        };
    }

    /// <summary>Opens the state or the shares of a run.</summary>
    /// <exception cref="CommandException">A file of work is another run's, or damaged, or an option cannot be carried out.</exception>
    public static LongRun Of(LongVerbOptions options, Study study, long draws, IReadOnlyList<FileFingerprint> others) => new(
        options,
        new()
        {
            Verb = options.Invocation.Verb,
            Arguments = options.Invocation.Arguments,
            Asked = options.Invocation.Options.Where(o => !Indifferent.Contains(o.Key)).ToDictionary(o => o.Key, o => Text(o.Value)),
            Study = study.Name,
            Inputs = [.. study.Files, .. others],
        },
        draws);

    /// <summary>Where the state of a run is kept; null where it is not.</summary>
    private static string? PathOf(LongVerbOptions options)
    {
        if (options.Checkpoint is not { } path)
        {
            if (options.Out is not { Length: > 0 } folder) return null;
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
            var state = Path.TrimEndingDirectorySeparator(name is "." or ".." ? Path.GetFullPath(folder) : folder) + ".checkpoint";
            return !Directory.Exists(state) ? state
                : throw CommandException.Of("--out", folder, $"found the folder {state} where the state of the run is kept; expected a "
                    + "file or nothing there. Choose another folder, or another place by --checkpoint FILE.");
        }

        if (Directory.Exists(path))
            throw CommandException.Of("--checkpoint", path, "found a folder; expected the name of a file. Choose another.");
        var place = Path.GetDirectoryName(Path.GetFullPath(path));
        if (options.Out is { Length: > 0 } results && place == Path.TrimEndingDirectorySeparator(Path.GetFullPath(results)))
        {
            throw CommandException.Of("--checkpoint", path, "found the folder of --out, which holds results alone; expected another place. "
                + "Leave the option out: the state lies beside that folder then.");
        }

        return Directory.Exists(place) ? path
            : throw CommandException.Of("--checkpoint", path, "found no folder of that name for the file; expected one. Make it first.");
    }

    /// <summary>A backend whose work is kept, or divided.</summary>
    public IBackend Over(IBackend backend) => _journal is null ? backend : new JournaledBackend(backend, _journal);

    /// <summary>Draws at the console.</summary>
    /// <returns>Whether there is a result; else this share is done, which was said.</returns>
    /// <inheritdoc cref="ConsoleWork.Run"/>
    public bool Draw<T>(bool quiet, ProgressMeter meter, Func<IProgress<double>, CancellationToken, T> work, out T result)
    {
        result = default!;
        if (_share is not null && _isDone)
        {
            Tell(Say($"The share is done already: {_path}."));
            return false;
        }

        try
        {
            result = ConsoleWork.Run(quiet, meter, work);
            if (_share is null) return true;
        }
        catch (UnfinishedWorkException) when (_share is not null)
        {
            // What is left is the others' share.
        }
        catch (OperationCanceledException) when (_path is not null)
        {
            Interruption.Keep(() => _journal!.SaveNow());
            throw;
        }

        Interruption.Keep(Complete);
        Tell(Say($"Share {_header.Share} of {_header.Shares} of round {_header.Round} is done: {_path}."));
        Tell(Say($"Once all are there, {UsageStyle.Program} merge {Invocation.Quoted(_options.Work!)} joins them."));
        return false;
    }

    // The file of a share that is done.
    private void Complete()
    {
        try
        {
            WorkFile.Write(
                _path!, _header with { IsDone = true, Saved = DateTimeOffset.Now }, _journal!.Store, r => !_common.Contains(r.Payload));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{_path}: found that it cannot be written: {exception.Message} Expected room "
                + "and leave for it. Run the same command again once there are, which goes on from what was saved before.");
        }

        Interruption.Note(Say($"Interrupted; the share is done: {_path}."));
    }

    /// <summary>The run has ended, and all that it found was written: its state is of no use any more.</summary>
    public void End()
    {
        if (_share is null && _isOwn && File.Exists(_path)) File.Delete(_path);
    }

    /// <summary>Refuses work of another run.</summary>
    /// <exception cref="CommandException">It is.</exception>
    public static void Require(string path, WorkHeader expected, WorkHeader found)
    {
        if (expected.Difference(found) is not var (other, own)) return;
        throw new CommandException(ExitCodes.BadInput,
            $"{path}: found {other}; expected {own}. Run the command that wrote it, or choose another place for this one.");
    }

    private void Recall(WorkStore store)
    {
        if (!File.Exists(_path)) return;
        if (!WorkFile.IsOne(_path))
        {
            throw new CommandException(ExitCodes.BadInput, $"{_path}: found something that is no file of work; expected the state of a "
                + "run, or no file. Choose another name.");
        }

        if (_share is null && !_options.Resume)
        {
            throw new CommandException(ExitCodes.BadInput, $"{_path}: found the state of a run that did not end; expected none. "
                + "Go on from it with --resume, or remove it to start from the beginning.");
        }

        Interruption.Note(Kept);
        var file = _share is null ? WorkFolder.Read(_path) : WorkFolder.ReadNamed(_path);
        Require(_path, _header, file.Header);
        (_isDone, _isOwn) = (file.Header.IsDone, true);
        foreach (var record in file.Records) store.Add(record);
    }

    private void Save(WorkStore store)
    {
        if (store.Count == 0) return;
        try
        {
            WorkFile.Write(_path!, _header with { Saved = DateTimeOffset.Now }, store, r => !_common.Contains(r.Payload));
            (_isOwn, _hasFailed) = (true, false);
            Interruption.Note(Kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The run is worth more than its state. Said under --quiet too: whoever is away relies on what was saved.
            if (!_hasFailed)
                Console.Error.WriteLine(Say($"The state of the run could not be saved, and the run goes on: {exception.Message}"));
            _hasFailed = true;
        }
    }

    // What an interruption leaves.
    private string Kept => _share is null
        ? Say($"Interrupted; {_path} holds what was found. The same command with --resume goes on from there.")
        : Say($"Interrupted; {_path} holds what was found. The same command goes on from there.");

    private void Tell(string line)
    {
        if (!_options.Quiet) Console.Error.WriteLine(line);
    }

    private static string Text(object? value) => value is IEnumerable<string> list ? string.Join(',', list)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
