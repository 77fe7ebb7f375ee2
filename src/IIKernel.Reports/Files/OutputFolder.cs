using System.Text.Json;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>
/// The folder that a verb writes to. It is one run's own from before the first draw until the last file is in its place; it holds no input
/// of that run, and nothing is replaced there that is not this program's. All files are complete before the first takes its place. Then the
/// old receipt goes, the files come, and the new receipt comes last, so that a receipt in its place never lies, whenever the run is killed.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string _typed;
    private readonly string _folder;
    private readonly string _verb;
    private readonly string[] _names;
    private readonly bool _force;
    private readonly List<string> _made;
    private readonly FolderLock _lock;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly List<string> _temporary = [];
    private readonly List<string> _staged = [];

    private OutputFolder(string typed, string folder, string verb, string[] names, bool force)
    {
        (_typed, _folder, _verb, _names, _force) = (typed, folder, verb, names, force);
        _made = [.. Missing(folder)];
        try
        {
            _lock = FolderLock.Take(folder);
        }
        catch
        {
            RemoveMade();
            throw;
        }
    }

    /// <summary>Called after every step of <see cref="Publish"/> that changes the folder; for tests of what a killed run leaves.</summary>
    internal Action? StepTaken { get; set; }

    /// <summary>Makes the folder where it is not there, locks it and tries to write.</summary>
    /// <param name="folder">The folder as typed.</param>
    /// <param name="verb">The verb that writes.</param>
    /// <param name="names">Names of the files that it will write, without its receipt.</param>
    /// <param name="inputs">Paths of every file that the run reads.</param>
    /// <param name="force">Whether files of others are replaced.</param>
    /// <exception cref="OutputException">The folder cannot be used; it is as it was.</exception>
    public static OutputFolder Open(string folder, string verb, IReadOnlyList<string> names, IEnumerable<string> inputs, bool force)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw new OutputException("found an empty text; expected the name of a folder. Write one, such as out.");
        return Guarded(() =>
        {
            var real = RealPath.Of(folder);
            if (File.Exists(real)) throw new OutputException("found a file; expected the name of a folder. Choose another name.");
            if (inputs.FirstOrDefault(input => RealPath.IsBelow(RealPath.Of(input), real)) is { } below)
            {
                throw new OutputException(
                    $"found a folder that holds an input of this run, {below}; expected a folder of its own for the outputs. "
                        + "Choose another folder.");
            }

            var opened = new OutputFolder(folder, real, verb, [.. names], force);
            try
            {
                opened.Prepare();
                return opened;
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        });
    }

    /// <summary>
    /// Writes one of the files beforehand: one that takes long, while the rest is not known yet. It takes its place with the others.
    /// </summary>
    /// <param name="file">The file, of a name that <see cref="Open"/> was told.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Stage(OutputFile file)
    {
        if (!_names.Contains(file.Name)) throw new ArgumentException("Another file than the folder was opened for.", nameof(file));
        _staged.Add(Guarded(() =>
        {
            WriteTemporary(file);
            return file.Name;
        }));
    }

    /// <summary>Writes the files and their receipt; returns their paths.</summary>
    /// <param name="files">The files, of the names that <see cref="Open"/> was told, but for those that were staged.</param>
    /// <param name="receipt">The receipt, whose outputs and end are filled in here.</param>
    /// <exception cref="OutputException">The files cannot be written; nothing new is left, unless the message says so.</exception>
    public IReadOnlyList<string> Publish(IReadOnlyList<OutputFile> files, Receipt receipt)
    {
        if (!files.Select(f => f.Name).SequenceEqual(_names.Except(_staged)))
            throw new ArgumentException("Other files than the folder was opened for.", nameof(files));
        return Guarded(() =>
        {
            var outputs = new List<FileFingerprint>();
            foreach (var name in _names)
            {
                var path = _staged.Contains(name) ? Temporary(name) : WriteTemporary(files.Single(f => f.Name == name));
                outputs.Add(new(name, FolderContents.Sha256(path)));
            }

            receipt = receipt with { Outputs = outputs, Finished = DateTimeOffset.Now };
            var receiptFile = new OutputFile(Receipt.FileNameOf(_verb), stream =>
            {
                JsonSerializer.Serialize(stream, receipt, JsonText.Options);
                stream.WriteByte((byte)'\n');
            });
            WriteTemporary(receiptFile);
            Exchange([.. _names, receiptFile.Name]);
            return (IReadOnlyList<string>)[.. _names.Append(receiptFile.Name).Select(name => Path.Combine(_typed, name))];
        });
    }

    /// <summary>Lets go of the folder; removes what is not complete, and the folder where it was made for nothing.</summary>
    public void Dispose()
    {
        foreach (var path in _temporary) TryDelete(path);
        _lock.Dispose();
        RemoveMade();
    }

    private void Prepare()
    {
        var contents = FolderContents.Read(_folder);
        contents.Check(_verb, _names, _force);
        contents.CheckReplaceable(_verb, _names);
        foreach (var path in contents.Leftovers) File.Delete(path);
        // A folder may hold a lock's file and yet take no new one.
        File.Delete(WriteTemporary(OutputFile.Bytes("trial", [0])));
        _temporary.Clear();
    }

    private string WriteTemporary(OutputFile file)
    {
        var path = Temporary(file.Name);
        // A name that nobody has, and no link is followed.
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _temporary.Add(path);
        file.Write(stream);
        // A disk may say only now that it is full.
        stream.Flush(flushToDisk: true);
        StepTaken?.Invoke();
        return path;
    }

    // The receipts that go are kept beside the new one until that is in its place: they say which files are ours if this run is killed.
    private void Exchange(string[] names)
    {
        var contents = FolderContents.Read(_folder);
        contents.Check(_verb, _names, _force);
        contents.CheckReplaceable(_verb, _names);
        var stale = contents.Stale(_verb, _names);
        var gone = new List<(string Place, string Kept)>();
        var placed = 0;
        try
        {
            foreach (var name in contents.MadeFalse(_verb, _names).Append(Receipt.FileNameOf(_verb)))
            {
                if (!contents.Receipts.ContainsKey(name)) continue;
                var kept = Path.Combine(_folder, FolderContents.TemporaryName(Guid.NewGuid().ToString("N"), name));
                File.Move(Full(name), kept);
                gone.Add((Full(name), kept));
                StepTaken?.Invoke();
            }

            foreach (var name in names)
            {
                if (placed == names.Length - 1)
                    foreach (var old in stale) File.Delete(Full(old));
                File.Move(Temporary(name), Full(name), overwrite: true);
                placed++;
                StepTaken?.Invoke();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (placed == 0)
            {
                foreach (var (place, kept) in gone) File.Move(kept, place);
                throw;
            }

            // What stays says which of the files are ours.
            _temporary.Remove(Temporary(names[^1]));
            throw new OutputException($"{exception.Message} {placed} of {names.Length} files are in their places and no receipt is. "
                + "Close what uses the others and run the same command again.");
        }

        _temporary.Clear();
        _made.Clear();
        foreach (var path in contents.InterruptedReceipts.Concat(gone.Select(g => g.Kept))) TryDelete(path);
        StepTaken?.Invoke();
    }

    // ENOSPC and EDQUOT where errors have numbers of their own, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static bool IsFull(IOException exception) =>
        exception.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeld(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    private static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (IOException exception) when (IsFull(exception))
        {
            throw new OutputException(
                "found no space left on its disk; nothing was replaced. Free some, or choose a folder on another disk.");
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new OutputException(
                $"{exception.Message.TrimEnd('.')}. Close it there and run the same command again, or choose another folder.");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            throw new OutputException($"{exception.Message.TrimEnd('.')}. Choose a folder that can be written.");
        }
    }

    // The folders that are not there, the innermost first.
    private static IEnumerable<string> Missing(string folder)
    {
        for (var path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path)) yield return path;
    }

    private void RemoveMade()
    {
        try
        {
            foreach (var path in _made) Directory.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run uses it by now.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run clears it.
        }
    }

    private string Temporary(string name) => Path.Combine(_folder, FolderContents.TemporaryName(_run, name));

    private string Full(string name) => Path.Combine(_folder, name);
}
